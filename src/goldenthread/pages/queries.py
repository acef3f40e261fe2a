"""What a page shows that no single room knows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from goldenthread.act.decisions.models import Decision
from goldenthread.act.plans.models import Change
from goldenthread.act.plans.queries import changes_of
from goldenthread.debrief.replies import queries as replies
from goldenthread.debrief.replies.models import Told
from goldenthread.debrief.replies.telling import untold
from goldenthread.empower.meetings.models import Meeting
from goldenthread.kit import clock
from goldenthread.kit.charts.bands import Picture
from goldenthread.listen.themes import queries as themes
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.offers import say_reading
from goldenthread.listen.voices.ways import Doors, doors_of
from goldenthread.organisations.models import Organisation
from goldenthread.organisations.queries import administered_by, waiting_for_administrators
from goldenthread.pages.desk import RUNS, Desk, Link, desks, links_in, links_of
from goldenthread.pages.picture import picture_of
from goldenthread.pages.quoting import Quoting, quoting_of
from goldenthread.pages.record import InRecord, in_record, is_late
from goldenthread.people.accounts.models import Person
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects import hours
from goldenthread.projects import queries as projects
from goldenthread.projects.models import Project, Stage, Terms
from goldenthread.projects.permissions import may_see_board, runs_a_partner
from goldenthread.projects.roles import held_by, roles_of
from goldenthread.projects.rota import rotas_of
from goldenthread.projects.speaker import Speaker
from goldenthread.projects.work import Work, work_for
from goldenthread.safety.moderation.models import Appeal
from goldenthread.safety.moderation.services import appealing
from goldenthread.safety.reading import queries as reading
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release.moderated import in_short
from goldenthread.safety.release.queries import Figures, latest
from goldenthread.thread.queries import Story, stories_of


@dataclass(frozen=True)
class Overview:
    """A project as anyone who may see it sees it."""

    terms: Terms | None
    stages: Sequence[Any]
    listening: bool
    why_closed: str
    figures: Figures
    picture: Picture | None
    chain: Sequence[Any]
    moderated: Sequence[str]
    decisions: Sequence[Decision]
    changes: Sequence[Change]
    meeting: Meeting | None
    debrief_overdue: bool
    answer_overdue: bool
    desk: Sequence[Link]
    may_read_words: bool
    doors: Doors  # ways in beside the box, and what came of them

    @property
    def heard_so_far(self) -> str:
        """Say in words what no picture shows yet."""
        if self.figures.number("voices") is None:
            return _("Fewer than ten people have spoken so far. Figures come later.")
        return _("So far we have heard %(about)s.") % {
            "about": self.figures.about("voices", _("voices"))
        }


def overview(project: Project, *, speaker: Speaker, now: datetime) -> Overview:
    """Gather the project page."""
    today = clock.today(now)
    figures = latest(project)
    windows = projects.windows_of(project)
    box = projects.listening_in(project, windows.get(Stage.Name.LISTEN), now=now)
    terms = projects.current_terms(project)
    decisions = Decision.objects.filter(project=project, state=Decision.State.PUBLISHED)
    published = list(decisions.order_by("-decided_on", "-number")[:4])
    meetings = Meeting.objects.filter(
        group__project=project, state=Meeting.State.ANNOUNCED, ends_at__gte=now
    )
    return Overview(
        terms=terms,
        stages=projects.stages_of(project, windows, today=today),
        listening=box.is_open,
        why_closed=box.sentence,
        figures=figures,
        picture=picture_of(project, figures),
        chain=replies.chain(project, figures) if figures.shown or published else [],
        moderated=in_short(project, figures),
        decisions=published,
        changes=list(changes_of(project, speaker, now=now)[:3]),
        meeting=meetings.order_by("starts_at").first(),
        debrief_overdue=_is_open(project) and terms is not None and terms.debrief_on < today,
        answer_overdue=_is_open(project)
        and terms is not None
        and terms.hear_by < today
        and untold(project) > 0,
        desk=links_in(project, _works_as(speaker, project, now)),
        may_read_words=may_see_board(speaker, project, now=now),
        doors=doors_of(project, now=now),
    )


def _works_as(speaker: Speaker, project: Project, now: datetime) -> set[str]:
    """Return the roles of a person in a project, and whether they run a partner of it."""
    runs = runs_a_partner(speaker, project, now=now)
    return {*roles_of(speaker, project, now=now), *([RUNS] if runs else [])}


def _is_open(project: Project) -> bool:
    return project.state == Project.State.OPEN


@dataclass(frozen=True)
class Followed:
    """One voice as its author may follow it. Never the words."""

    voice: Voice
    reading: Any
    story: Story
    told: Sequence[Any]
    questions: Sequence[Change]
    waiting_for_correction: Sequence[Any]
    record: InRecord
    appeal: Appeal | None = None
    may_appeal: bool = False
    quoting: Quoting = field(default_factory=Quoting)
    next_reading: str = ""  # while they wait for a reader
    late: bool = False  # the day by which people hear is over

    @property
    def has_waited(self) -> bool:
        """Whether an answer to this voice had not been opened before."""
        return any(each.state not in Told.COUNTS for each in self.told)


def follow(voices: list[Voice], *, speaker: Speaker, now: datetime) -> list[Followed]:
    """Follow voices from being said to being confirmed, ten at the cost of one.

    They were fetched `as_followed`.
    """
    if not voices:
        return []
    today = clock.today(now)
    refs = [voice.ref for voice in voices]
    views = reading.for_authors([voice.words for voice in voices])
    stories = stories_of(refs, visible_to=speaker, but=["reply"])  # they stand in `told`
    told = replies.told_of(voices)
    questions = replies.questions_about(
        {ref: _changes_in(stories[ref]) for ref in refs if any(map(_reached, told[ref]))}, today
    )
    corrections = _to_correct(speaker, refs)
    next_readings = _next_readings(voices, now)
    return [
        Followed(
            voice=voice,
            reading=views[voice.ref],
            story=stories[voice.ref],
            told=[each for each in told[voice.ref] if each.reply is not None],
            questions=questions.get(voice.ref, []),
            waiting_for_correction=corrections[voice.ref],
            record=in_record(voice),
            appeal=getattr(voice.words, "appeal", None),
            quoting=quoting_of(voice),
            next_reading=next_readings.get(voice.ref, ""),
            late=is_late(voice, today),
            may_appeal=appealing.was_taken_down(voice.words) and not hasattr(voice.words, "appeal"),
        )
        for voice in voices
    ]


def _next_readings(voices: list[Voice], now: datetime) -> dict[UUID, str]:
    """By voice that waits for a reader, when somebody reads next."""
    waiting = [
        each
        for each in voices
        if each.words.state == Words.State.HELD and not each.words.restricted
    ]
    if not waiting:
        return {}
    rotas = rotas_of(list({each.project_id: each.project for each in waiting}.values()))
    moments = {ref: hours.next_of(rota, now=now) for ref, rota in rotas.items()}
    return {each.ref: say_reading(moments[each.project_id], now=now) for each in waiting}


def _to_correct(speaker: Speaker, voices: list[UUID]) -> dict[UUID, list[Theme]]:
    """By voice, the themes that are shown back and not answered yet. One query."""
    found: dict[UUID, list[Theme]] = {ref: [] for ref in voices}
    rows = themes.waiting_for(speaker).filter(groupings__voice__in=voices)
    for theme in rows.annotate(holds=F("groupings__voice")):
        found[theme.holds].append(theme)
    return found


def _changes_in(story: Story) -> list[UUID]:
    return [step.ref for step in story.after if step.kind == "change"]


def _reached(told: Told) -> bool:
    """Whether the author knows of it: what waited for them is before their eyes now."""
    return told.reply is not None or told.state in Told.COUNTS


@dataclass(frozen=True)
class Day:
    """What waits for a person, and where they work."""

    work: Sequence[Work]
    desks: Sequence[Desk]
    settings: Sequence[Link]


def day_of(person: Person, *, now: datetime) -> Day:
    """Return everything that waits for one person in all their projects and organisations."""
    roles = held_by(person, now=now)
    projects_of = {role.project_id: role.project for role in roles}
    work = work_for(person, list(projects_of.values()), now=now)
    due = [
        Work(each.text, each.href, each.tone)
        for each in waiting_for_administrators(person, now=now)
    ]
    return Day([*work, *due], desks(roles), links_of(administered_by(person, now=now)))


def organisations_of(speaker: Speaker) -> list[Organisation]:
    """Return the listed organisations, and those the speaker belongs to."""
    listed = Organisation.objects.filter(listed=True)
    own = Organisation.objects.none()
    if isinstance(speaker, Person):
        own = Organisation.objects.filter(
            memberships__person=speaker, memberships__suspended_on=None
        )
    return list((listed | own).distinct().order_by("name", "ref")[:100])


def project_behind(receipt: UUID | None) -> Project | None:
    """Return the project to which a receipt belongs."""
    if receipt is None:
        return None
    scopes = Receipt.objects.filter(ref=receipt).values("scope")
    return Project.objects.select_related("organisation").filter(ref__in=scopes).first()
