"""A project in the middle: help in a crisis, day or night. It is late, and the page says so."""

from goldenthread.example.stories.meeting import meet, seat_group
from goldenthread.example.stories.stage import (
    Calendar,
    Cast,
    lines_of,
    prepare,
    read_all,
    say_all,
    script_of,
)
from goldenthread.listen.themes import services as themes
from goldenthread.listen.voices.models import Voice
from goldenthread.projects import services as projects
from goldenthread.safety.release.services import freeze

UNREAD = 2  # voices that wait for a reader, overdue
NOT_SHOWN_BACK = "carers"


def tell(calendar: Calendar, cast: Cast, university: Cast) -> None:
    """Listen, group, seat a panel, and run late with the answer."""
    script = script_of("crisis")
    project = prepare(calendar, cast, script, by="bea", giver="bea", days=-90)
    partner = projects.ask_partner(
        by=cast["bea"],
        project=project,
        address=university.organisation.address,
        now=calendar.at(-89),
    )
    projects.accept_partnership(by=university["ada"], partner=partner, now=calendar.at(-88))
    project = projects.open_listening(by=cast["bea"], project=project, now=calendar.at(-71))
    said = list(say_all(project, lines_of("crisis"), calendar, days=(-69, -28), lost=3))
    read_all(project, cast["ola"], [voice for _line, voice in said[:-UNREAD]])
    heard: dict[str, list[Voice]] = {}
    for line, voice in said[:-UNREAD]:
        heard.setdefault(line.theme, []).append(voice)
    for key, words in script["themes"].items():
        refs = [voice.ref for voice in heard[key]]
        theme = themes.make_theme(
            by=cast["fay"], project=project, voices=refs, now=calendar.at(-20), **words
        )
        if key != NOT_SHOWN_BACK:
            themes.show_back(by=cast["fay"], theme=theme, now=calendar.at(-12))
    freeze(project=project, by=cast["bea"], now=calendar.at(-19))
    group = seat_group(project, cast, script, calendar, by="bea", days=-25)
    meet(group, cast, script, calendar, by="bea")
