"""A project that has come almost to its end: getting help while you wait for counselling."""

from goldenthread.debrief.replies import services as replies
from goldenthread.example.stories import missing
from goldenthread.example.stories.deeds import (
    Told,
    act,
    ask_to_decide,
    decide,
    make_themes,
    reply,
    show_back,
    sort_by_theme,
)
from goldenthread.example.stories.meeting import meet, seat_group
from goldenthread.example.stories.stage import (
    Calendar,
    Cast,
    Line,
    lines_of,
    prepare,
    read_all,
    say,
    say_all,
    script_of,
)
from goldenthread.listen.themes import services as themes
from goldenthread.people.contacts import services as contacts
from goldenthread.projects import services as projects
from goldenthread.projects.speaker import Guest
from goldenthread.safety.release.services import freeze

IN_TWIN = 20  # from this voice on, someone had begun the same theme a second time
CAME_BACK = (4, 5)  # four of five who hold a receipt have opened it since
CONFIRMED = 15
ANSWERS = ("yes", "yes", "partly", "yes", "no", "yes", "dont-know")


def tell(calendar: Calendar, cast: Cast) -> str:
    """Live the whole thread, from the terms to the first confirmations; return a receipt."""
    script = script_of("waiting")
    project = prepare(calendar, cast, script, by="tom", giver="ada", days=-300)
    missing.ask(calendar, cast, project)
    project = projects.open_listening(by=cast["tom"], project=project, now=calendar.at(-286))
    told = Told(calendar, cast, script, project)
    _listen(told)
    missing.answer(calendar, project)
    _group(told)
    panel = seat_group(project, cast, script, calendar, by="tom", days=-254)
    decide(told, group=panel, meeting=meet(panel, cast, script, calendar, by="tom")[0])
    act(told)
    reply(told)
    _come_back(told)
    missing.reach(calendar, cast, project)
    freeze(project=project, by=cast["tom"], now=calendar.at(-60))
    ask_to_decide(told)
    return told.code


def _listen(told: Told) -> None:
    calendar = told.calendar
    first = Line(**told.script["guest"])
    spoken = say(told.project, first, code=True, now=calendar.at(-284))
    told.code = spoken.code or ""
    said = [(first, spoken.voice)]
    said += say_all(told.project, lines_of("waiting"), calendar, days=(-284, -246), lost=5)
    read_all(told.project, told.cast["rosa"], [voice for _line, voice in said])
    sort_by_theme(told, said)
    contacts.leave(
        scope=told.project.ref,
        how="email",
        value="someone@northmoor.example",
        wants_news=True,
        wants_to_help=False,
        now=calendar.at(-250),
    )


def _group(told: Told) -> None:
    calendar, cara = told.calendar, told.cast["cara"]
    make_themes(told, by="cara")
    refs = [voice.ref for voice in told.voices["no-word"][IN_TWIN:]]
    silence = told.things["theme", "no-word"]
    twin = themes.split(
        by=cara, theme=silence, voices=refs, now=calendar.at(-237), **told.script["twin"]
    )
    told.things["theme", "no-word"] = themes.merge(
        by=cara, themes=[twin], into=silence, now=calendar.at(-237)
    )
    show_back(told, by="cara")
    freeze(project=told.project, by=told.cast["tom"], now=calendar.at(-225))
    found = {key: told.things["theme", key] for key in told.script["themes"]}
    missing.place(calendar, told.cast, told.project, found)


def _come_back(told: Told) -> None:
    """Most who hold a receipt came back, some have said whether it changed for them."""
    calendar, change = told.calendar, told.things["change", "message"]
    of, every = CAME_BACK
    for key in ("no-word", "evenings"):
        holders = [voice for voice in told.voices[key] if voice.receipt_id]
        came = [voice for at, voice in enumerate(holders) if at and at % every < of]
        replies.opened(voices=came, now=calendar.at(-130))
        for at, voice in enumerate(came[:CONFIRMED] if key == "no-word" else []):
            replies.confirm(
                by=Guest(receipt=voice.receipt_id),
                voice=voice,
                change=change,
                answer=ANSWERS[at % len(ANSWERS)],
                now=calendar.at(-100),
            )
    spoken_to = [voice.ref for voice in told.voices["no-word"] if not voice.receipt_id][:3]
    replies.tell_in_person(
        by=told.cast["tom"], project=told.project, voices=spoken_to, now=calendar.at(-120)
    )
