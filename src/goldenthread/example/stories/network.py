"""A national network: its champions' projects, a survey at work, and a debrief that is late."""

from typing import Any
from uuid import uuid4, uuid5

from goldenthread.debrief.replies import services as replies
from goldenthread.example.stories import deeds
from goldenthread.example.stories.meeting import meet, seat_group
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
from goldenthread.listen.surveys import services as surveys
from goldenthread.listen.surveys.holder import Holder
from goldenthread.listen.surveys.library import template_at
from goldenthread.listen.surveys.models import Question
from goldenthread.listen.surveys.services import Filled
from goldenthread.listen.voices import services as voices
from goldenthread.listen.voices.models import Voice
from goldenthread.people.contacts import services as contacts
from goldenthread.projects import services as projects
from goldenthread.projects.models import Partner, Project
from goldenthread.projects.speaker import Guest
from goldenthread.safety.reading import services as reading
from goldenthread.start import services as start
from goldenthread.start.steps import BY_KEY


def tell(calendar: Calendar, cast: Cast) -> None:
    """Close one project, be late with two, and begin a fourth."""
    _walk(calendar, cast, script_of("walk"))
    _local_groups(calendar, cast, script_of("groups"))
    _work(calendar, cast, script_of("work"))
    _begin_one(calendar, cast, script_of("barber"))


def _walk(calendar: Calendar, cast: Cast, script: Script) -> None:
    """Live a small project to its end: told, confirmed, closed."""
    told = _listen(calendar, cast, script, by="jean", days=(-230, -216), spoken=(-213, -198))
    deeds.make_themes(told, by="niamh")
    deeds.show_back(told, by="niamh")
    deeds.decide(told)
    deeds.act(told)
    deeds.reply(told)
    for row in script["confirmed"]:
        heard = [voice for voice in told.voices[row["theme"]] if voice.receipt_id]
        _come_back(told, heard, row["answers"], change=told.things["change", row["action"]])
    could_not = script["could_not"]
    replies.tick(
        by=cast["jean"],
        project=told.project,
        voices=[each.ref for each in told.voices[could_not["theme"]] if not each.receipt_id],
        how="could-not",
        because=could_not["because"],
        now=told.on("told"),
    )
    partner = Partner.objects.get(project=told.project)
    projects.agree_to_close(by=cast["angus"], partner=partner, now=told.on("closed"))
    projects.close(by=cast["jean"], project=told.project, now=told.on("closed"))


def _local_groups(calendar: Calendar, cast: Cast, script: Script) -> None:
    """Tell people in rounds; some wait, two have had no answer, and the debrief is over its day."""
    told = _listen(calendar, cast, script, by="rory", days=(-140, -131), spoken=(-128, -108))
    deeds.make_themes(told, by="niamh")
    deeds.show_back(told, by="niamh")
    panel = seat_group(told.project, cast, script, calendar, by="rory", days=-100)
    meet(panel, cast, script, calendar, by="rory")
    deeds.decide(told, group=panel)
    deeds.act(told)
    deeds.reply(told)
    contacts.leave(
        scope=told.project.ref, now=calendar.at(-110), wants_to_help=True, **script["contact"]
    )
    contacts.shuffle_in(now=calendar.at(-108))
    change = told.things["change", "sums"]
    for key, number in script["confirmed"]["came"].items():
        heard = [voice for voice in told.voices[key] if voice.receipt_id][:number]
        answers = script["confirmed"]["answers"] if key == "sums" else []
        _come_back(told, heard, answers, change=change)
    deeds.ask_to_decide(told)


def _listen(
    calendar: Calendar,
    cast: Cast,
    script: Script,
    *,
    by: str,
    days: tuple[int, int],
    spoken: tuple[int, int],
) -> deeds.Told:
    """Prepare and open a project on these days, and let people speak and be read."""
    project = prepare(calendar, cast, script, by=by, giver="isla", days=days[0])
    project = projects.open_listening(by=cast[by], project=project, now=calendar.at(days[1]))
    told = deeds.Told(calendar, cast, script, project)
    said = list(say_all(project, lines_in(script), calendar, days=spoken, lost=7))
    read_all(project, cast["effie"], [voice for _line, voice in said])
    deeds.sort_by_theme(told, said)
    return told


def _come_back(told: deeds.Told, heard: list[Voice], answers: list[str], *, change: Any) -> None:
    """Open receipts after the last answer, and say whether it has changed."""
    calendar = told.calendar
    opened, asked = max(row["sent"] for row in told.script["replies"]) + 4, change.since_on
    replies.opened(voices=heard, now=calendar.at(opened))
    for voice, answer in zip(heard, answers, strict=False):
        replies.confirm(
            by=Guest(receipt=voice.receipt_id),
            voice=voice,
            change=change,
            answer=answer,
            now=calendar.at((asked - calendar.today).days + 35),
        )


def _work(calendar: Calendar, cast: Cast, script: Script) -> None:
    """Ask those who work there; what came in last has waited too long for a reader."""
    rory = cast["rory"]
    project = prepare(calendar, cast, script, by="rory", giver="isla", days=-30)
    project = projects.open_listening(by=rory, project=project, now=calendar.at(-19))
    said = list(say_all(project, lines_in(script), calendar, days=(-17, -12)))
    read_all(project, cast["effie"], [voice for _line, voice in said])
    for text in script["unread"]:
        say(project, Line("", "issue", text), now=calendar.at(-5))
    _read_on(calendar, cast, project, script)
    _survey(calendar, cast, project, script["survey"])


def _read_on(calendar: Calendar, cast: Cast, project: Project, script: Script) -> None:
    """Ask one author back, hear from somebody who wants to be known, and hand the reading over."""
    effie, now = cast["effie"], calendar.at(-4)
    text, question = script["asked"]
    words = say(project, Line("", "issue", text), now=calendar.at(-6)).voice.words
    reading.ask_back(by=effie, words=words, text=question, version=words.version, now=now)
    voices.speak(
        by=cast["fergus"],
        project=project,
        form_key=uuid4(),
        known_as="support",
        text=script["known"],
        now=calendar.at(-13),
    )
    reading.hand_over(by=effie, project=project, text=script["note"], now=now)


def _survey(calendar: Calendar, cast: Cast, project: Project, script: Script) -> None:
    """Open a survey; too few have answered for anyone to see anything."""
    given: dict[str, Any] = {"by": cast["rory"], "now": calendar.at(-16)}
    survey = surveys.begin_survey(
        project=project,
        title=script["title"],
        template=template_at(script["template"]),
        **given,
    )
    wave = surveys.open_survey(survey=survey, until=calendar.day(12), **given)
    questions = survey.questions.filter(kind=Question.Kind.SCALE).order_by("position")
    ticks = {str(each.ref): 3 for each in questions}
    for person in range(script["answers"]):
        surveys.send(
            by=Guest(),
            wave=wave,
            holder=Holder(),
            form_key=uuid5(wave.ref, str(person)),
            filled=Filled(ticks),
            now=calendar.at(-10),
        )


def _begin_one(calendar: Calendar, cast: Cast, script: Script) -> None:
    """Answer some of the eight questions; who decides and who reads is still open."""
    given: dict[str, Any] = {"by": cast["jean"], "now": calendar.at(-3)}
    project = start.begin(
        organisation=cast.organisation,
        template=script["template"],
        title=script["title"],
        **given,
    )
    for step, answer in script["answers"].items():
        start.answer(start=project.start, step=BY_KEY[step], given=answer, **given)
