"""A school: one project listens to pupils, one waits for the head, one is ready to be opened."""

from datetime import timedelta
from uuid import uuid4

from goldenthread.example.stories import deeds
from goldenthread.example.stories.stage import (
    Calendar,
    Cast,
    Line,
    Script,
    lines_in,
    prepare,
    read_all,
    say,
    say_all,
    script_of,
)
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.services import classes
from goldenthread.projects import services as projects
from goldenthread.projects.models import Project
from goldenthread.safety.concerns import services as concerns
from goldenthread.safety.reading import services as reading
from goldenthread.safety.young import services as young


def tell(calendar: Calendar, cast: Cast) -> None:
    """Ask pupils about break, parents and staff about sleep; a third project waits to begin."""
    _ask_pupils(calendar, cast, script_of("breaks"))
    _wait_for_the_head(calendar, cast, script_of("phones"))
    _for_pupils(calendar, cast, script_of("quiet-room"), days=-8)


def _for_pupils(calendar: Calendar, cast: Cast, script: Script, *, days: int) -> Project:
    """Prepare a project for pupils, with its page for parents."""
    project = prepare(calendar, cast, script, by="owen", giver="hanna", days=days)
    young.write_guardian_page(
        by=cast["owen"], project=project, seen=0, now=calendar.at(days), **script["guardians"]
    )
    return project


def _ask_pupils(calendar: Calendar, cast: Cast, script: Script) -> None:
    owen = cast["owen"]
    project = _for_pupils(calendar, cast, script, days=-24)
    project = projects.open_listening(by=owen, project=project, now=calendar.at(-11))
    said = list(say_all(project, lines_in(script), calendar, days=script["spoken"]["days"]))
    waits = len(said) - script["spoken"]["second"]
    for at, (_line, voice) in enumerate(said):
        _read_by_two(calendar, cast, voice, released=at < waits)
    _tell_the_head(calendar, cast, project, script["staff"])
    say(project, Line("", "issue", script["unread"]["text"]), now=calendar.at(0))
    _hold_a_class(calendar, cast, project, script["class"]["name"])


def _read_by_two(calendar: Calendar, cast: Cast, voice: Voice, *, released: bool) -> None:
    """What children say is shown once two readers have read it."""
    words, now = voice.words, calendar.at(-2)
    words = reading.pass_on(by=cast["meg"], words=words, version=words.version, now=now)
    if released:
        reading.release(by=cast["idris"], words=words, version=words.version, now=now)


def _tell_the_head(calendar: Calendar, cast: Cast, project: Project, script: Script) -> None:
    """A concern about someone who works there goes to the head alone, who has yet to look."""
    now = calendar.at(-1)
    words = say(project, Line("", "issue", script["text"]), now=now).voice.words
    concerns.raise_concern(
        by=cast["meg"], words=words, why=script["why"], names=script["names"], now=now
    )


def _hold_a_class(calendar: Calendar, cast: Cast, project: Project, name: str) -> None:
    """A class speaks just now, from one device; two pupils have had their turn."""
    begun = calendar.now - timedelta(minutes=10)
    held = classes.start_class(by=cast["owen"], project=project, name=name, slips=True, now=begun)
    for text in ("More benches, please.", "I would like to draw at break."):
        classes.speak_in_turn(
            held=held, form_key=uuid4(), text=text, kind="idea", keep_receipt=False, now=begun
        )


def _wait_for_the_head(calendar: Calendar, cast: Cast, script: Script) -> None:
    """Two decisions are written, and nobody has published them: the answer is late."""
    owen = cast["owen"]
    project = prepare(calendar, cast, script, by="owen", giver="hanna", days=-75)
    for name in script["strands"]:
        projects.add_strand(by=owen, project=project, name=name, now=calendar.at(-75))
    project = projects.open_listening(by=owen, project=project, now=calendar.at(-66))
    told = deeds.Told(calendar, cast, script, project)
    said = list(say_all(project, lines_in(script), calendar, days=(-63, -44), lost=3))
    read_all(project, cast["meg"], [voice for _line, voice in said])
    deeds.sort_by_theme(told, said)
    deeds.make_themes(told, by="amy")
    deeds.show_back(told, by="amy")
    deeds.decide(told)
