"""A large invented project for measuring: rows made in bulk, shaped like those that people make."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from goldenthread.debrief.replies.models import Reply, Told
from goldenthread.example.stories.stage import enrol, lines_of, staff
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
IN_A_THEME = 0.9  # so many of a hundred voices have been grouped
STAFF = ("Bess Bench", "Fred Bench", "Rita Bench", "Sid Bench", "Prue Bench", "Dora Bench")


@dataclass
class Filled:
    """What was made, and a receipt that opens one of its voices."""

    project: Project
    voices: int
    code: str = field(repr=False)


@transaction.atomic
def fill(*, voices: int, now: datetime, tick: Callable[[], None] = lambda: None) -> Filled:
    """Make one listening project of so many released voices, grouped, answered and told.

    :raises Refusal: there is one already
    """
    if Organisation.objects.filter(address=ADDRESS).exists():
        raise Refusal("The bench is filled already. Use a new data folder to fill it anew.")
    project = _project(now)
    themes = _themes(project, now.date())
    reply = _reply(project, themes[0], now.date())
    drawn = random.Random(20260310)  # noqa: S311  the same rows each time, nothing secret
    made = 0
    for size in _slices(voices):
        _slice(project, themes, reply, drawn, now.date(), made, size)
        made += size
        tick()
    for theme in themes:
        theme.voice_count = theme.groupings.count()
    Theme.objects.bulk_update(themes, ["voice_count"])
    issued = receipts.issue(scope=project.ref, now=now)
    first = Voice.objects.filter(project=project, groupings__isnull=False).order_by("words").first()
    Voice.objects.filter(pk=first.pk if first else None).update(receipt=issued.receipt)
    freeze(project=project, now=now)
    return Filled(project, made, issued.code)


def slices(voices: int) -> int:
    """Return how many times `fill` ticks."""
    return -(-voices // SLICE)


def _slices(voices: int) -> Iterator[int]:
    for at in range(0, voices, SLICE):
        yield min(SLICE, voices - at)


def _project(now: datetime) -> Project:
    """Prepare and open the project through the services, as for real."""
    founder = welcome(email=f"bess@{ADDRESS}.example", name=STAFF[0], now=now)
    organisation = organisations.found(
        by=founder,
        name="The bench",
        kind=Organisation.Kind.NETWORK,
        nation=Organisation.Nation.ENGLAND,
        address=ADDRESS,
        now=now,
        from_the_command_line=True,
    )
    people = enrol(organisation, STAFF, now=now)
    project = projects.prepare(
        by=founder,
        organisation=organisation,
        title="A large project",
        summary="Rows for measuring.",
        address=ADDRESS,
        now=now,
    )
    terms = dict.fromkeys(
        ("can_change", "cannot_change", "who_decides", "risks_accepted", "what_people_get_back"),
        "Whatever is measured.",
    )
    today = now.date()
    projects.write_terms(
        by=founder,
        project=project,
        question="How long does it take?",
        hear_by=today + timedelta(days=60),
        debrief_on=today + timedelta(days=90),
        now=now,
        **terms,
    )
    roles = {
        "facilitator": [people["fred"]],
        "reader": [people["rita"], people["sid"]],
        "safeguarder": [people["prue"]],
        "decision-maker": [people["dora"]],
    }
    staff(project, founder, roles, now=now)
    projects.set_stages(
        by=founder,
        project=project,
        windows={"listen": (today, today + timedelta(days=60), "")},
        now=now,
    )
    return projects.open_listening(by=people["fred"], project=project, now=now)


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


def _slice(
    project: Project,
    themes: list[Theme],
    reply: Reply,
    drawn: random.Random,
    today: date,
    made: int,
    size: int,
) -> None:
    """Make one slice of voices with all that hangs on them."""
    texts = [line.text for line in lines_of("waiting") + lines_of("crisis")]
    due = timezone.make_aware(datetime.combine(today, time(12)))
    words = [
        Words(
            ref=UUID(int=drawn.getrandbits(128), version=4),
            project=project,
            text=(text := f"{texts[(made + at) % len(texts)]} ({made + at})"),
            shown=text,
            salt=drawn.randbytes(32),
            state=Words.State.RELEASED,
            received_on=(day := today - timedelta(days=drawn.randrange(365))),
            released_on=day,
            due_at=due,
        )
        for at in range(size)
    ]
    Words.objects.bulk_create(words, batch_size=1000)
    kinds = list(Voice.Kind)
    Voice.objects.bulk_create(
        (Voice(words=each, project=project, kind=drawn.choice(kinds)) for each in words),
        batch_size=1000,
    )
    grouped = [(drawn.choice(themes), each.ref) for each in words if drawn.random() < IN_A_THEME]
    Grouping.objects.bulk_create(
        (Grouping(theme=theme, voice_id=ref) for theme, ref in grouped), batch_size=1000
    )
    pairs = [(("voice", ref), ("theme", theme.ref)) for theme, ref in grouped]
    tie_all(pairs, how=How.GROUPED, project=project.ref)
    states = [Told.State.OPENED, Told.State.WAITING, Told.State.BOARD]
    Told.objects.bulk_create(
        (
            Told(ref=uuid4(), reply=reply, voice_id=ref, state=drawn.choice(states), on=today)
            for theme, ref in grouped
            if theme.ref == reply.about
        ),
        batch_size=1000,
    )
