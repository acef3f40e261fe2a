"""A large invented project for measuring: rows made in bulk, shaped like those that people make."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from goldenthread.debrief.replies.models import Reply, Told
from goldenthread.example.stories.stage import (
    Calendar,
    Cast,
    enrol,
    lines_of,
    prepare,
    script_of,
)
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes.models import Grouping, Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.organisations import services as organisations
from goldenthread.organisations.models import Organisation
from goldenthread.people.accounts.services import welcome
from goldenthread.people.receipts import services as receipts
from goldenthread.projects import services as projects
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release.services import freeze
from goldenthread.thread.models import How
from goldenthread.thread.services import tie_all

ADDRESS = "bench"
SLICE = 2000
THEMES = 40
GROUPED = 0.9  # the share of voices that are in a theme
STAFF = ("Bess Bench", "Fred Bench", "Rita Bench", "Sid Bench", "Prue Bench", "Dora Bench")


@dataclass
class Filled:
    """What was made, and a receipt that opens one of its voices."""

    project: Project
    voices: int
    code: str = field(repr=False)


@dataclass(frozen=True)
class Made:
    """What every slice hangs its voices on."""

    project: Project
    themes: list[Theme]
    reply: Reply
    today: date
    texts: list[str]


@transaction.atomic
def fill(*, voices: int, now: datetime, tick: Callable[[], None] = lambda: None) -> Filled:
    """Make one listening project of so many released voices, grouped, answered and told.

    :raises Refusal: there is one already
    """
    if Organisation.objects.filter(address=ADDRESS).exists():
        raise Refusal("The bench is filled already. Use a new data folder to fill it anew.")
    project, today = _project(now), now.date()
    themes = _themes(project, today)
    texts = [line.text for line in lines_of("waiting") + lines_of("crisis")]
    made = Made(project, themes, _reply(project, themes[0], today), today, texts)
    drawn = random.Random(20260310)  # noqa: S311  the same rows each time, nothing secret
    for at in range(0, voices, SLICE):
        _slice(made, drawn, at, min(SLICE, voices - at))
        tick()
    _count(themes)
    code = _receipt(project, now)
    freeze(project=project, now=now)
    return Filled(project, voices, code)


def settle() -> None:
    """Tidy up and take statistics, as the database does by itself in its quiet minutes."""
    with connection.cursor() as cursor:
        cursor.execute("vacuum (analyze)")


def _count(themes: list[Theme]) -> None:
    for theme in themes:
        theme.voice_count = theme.groupings.count()
    Theme.objects.bulk_update(themes, ["voice_count"])


def _receipt(project: Project, now: datetime) -> str:
    """Give one grouped voice a receipt, so that opening one can be measured."""
    issued = receipts.issue(scope=project.ref, now=now)
    grouped = Voice.objects.filter(project=project, groupings__isnull=False)
    Voice.objects.filter(pk__in=grouped.order_by("words")[:1]).update(receipt=issued.receipt)
    return issued.code


def slices(voices: int) -> int:
    """Return how many times `fill` ticks."""
    return -(-voices // SLICE)


def _project(now: datetime) -> Project:
    """Prepare and open the project through the services, on working days of last week."""
    calendar, script = Calendar(now.date()), script_of("bench")
    now = calendar.at(-10)
    founder = welcome(email=f"bess@{ADDRESS}.example", name=STAFF[0], now=now)
    organisation = organisations.found(
        by=founder,
        name="The bench",
        kind=str(Organisation.Kind.NETWORK),
        nation=Organisation.Nation.ENGLAND,
        address=ADDRESS,
        now=now,
        from_the_command_line=True,
    )
    for line in organisation.help_lines.all():
        organisations.verify_help_line(by=founder, line=line, now=now)
    cast = Cast(organisation, enrol(organisation, STAFF, now=now))
    project = prepare(calendar, cast, script, by="bess", giver="bess", days=-9)
    return projects.open_listening(by=cast["fred"], project=project, now=calendar.at(-8))


def _themes(project: Project, today: date) -> list[Theme]:
    return Theme.objects.bulk_create(
        Theme(
            project=project,
            title=f"Theme {number}",
            sentence="What several people said.",
            state=Theme.State.AGREED,
            shown_back_on=today,
            made_on=today,
        )
        for number in range(1, THEMES + 1)
    )


def _reply(project: Project, theme: Theme, today: date) -> Reply:
    return Reply.objects.create(
        project=project,
        about_kind="theme",
        about=theme.ref,
        text="We heard you.",
        happens_next="We meet.",
        signed_by="Fred Bench",
        state=Reply.State.SENT,
        written_on=today,
        sent_on=today,
    )


def _slice(made: Made, drawn: random.Random, at: int, size: int) -> None:
    """Make one slice of voices with all that hangs on them."""
    project = made.project
    words = list(_words(made, drawn, at, size))
    Words.objects.bulk_create(words, batch_size=1000)
    kinds = list(Voice.Kind)
    voices = [Voice(words=each, project=project, kind=drawn.choice(kinds)) for each in words]
    Voice.objects.bulk_create(voices, batch_size=1000)
    grouped = [(drawn.choice(made.themes), each.ref) for each in words if drawn.random() < GROUPED]
    Grouping.objects.bulk_create(
        [Grouping(theme=theme, voice_id=ref) for theme, ref in grouped], batch_size=1000
    )
    pairs = [(("voice", ref), ("theme", theme.ref)) for theme, ref in grouped]
    tie_all(pairs, how=How.GROUPED, project=project.ref)
    states = [Told.State.OPENED, Told.State.WAITING, Told.State.BOARD]
    told = [
        Told(reply=made.reply, voice_id=ref, state=drawn.choice(states), on=made.today)
        for theme, ref in grouped
        if theme.ref == made.reply.about
    ]
    Told.objects.bulk_create(told, batch_size=1000)


def _words(made: Made, drawn: random.Random, at: int, size: int) -> Iterator[Words]:
    due = timezone.make_aware(datetime.combine(made.today, time(12)))
    for number in range(at, at + size):
        text = f"{made.texts[number % len(made.texts)]} ({number})"
        day = made.today - timedelta(days=drawn.randrange(365))
        yield Words(
            ref=UUID(int=drawn.getrandbits(128), version=4),
            project=made.project,
            text=text,
            shown=text,
            salt=drawn.randbytes(32),
            state=Words.State.RELEASED,
            received_on=day,
            released_on=day,
            due_at=due,
        )
