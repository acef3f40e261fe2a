"""What a page shows that no single room knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from goldenthread.act.decisions.models import Decision
from goldenthread.act.plans.models import Change
from goldenthread.debrief.replies import queries as replies
from goldenthread.empower.meetings.models import Meeting
from goldenthread.kit import clock
from goldenthread.kit.charts.bands import Picture
from goldenthread.listen.themes import queries as themes
from goldenthread.listen.voices.models import Voice
from goldenthread.organisations.models import Organisation
from goldenthread.pages.picture import picture_of
from goldenthread.people.accounts.models import Person
from goldenthread.projects import queries as projects
from goldenthread.projects.models import Project, Terms
from goldenthread.projects.roles import held_by
from goldenthread.projects.speaker import Speaker
from goldenthread.projects.work import Work, work_for
from goldenthread.safety.reading import queries as reading
from goldenthread.safety.release.queries import Figures, latest
from goldenthread.thread.queries import Story, story_of


@dataclass(frozen=True)
class Overview:
    """A project as anyone who may see it sees it."""

    terms: Terms | None
    stages: Sequence[Any]
    listening: bool
    figures: Figures
    picture: Picture | None
    chain: Sequence[Any]
    decisions: Sequence[Decision]
    changes: Sequence[Change]
    meeting: Meeting | None
    debrief_overdue: bool

    @property
    def heard_so_far(self) -> str:
        """Say in words what no picture shows yet."""
        if self.figures.number("voices") is None:
            return _("Fewer than ten people have spoken so far. Figures come later.")
        return _("So far we have heard %(about)s.") % {
            "about": self.figures.about("voices", _("voices"))
        }


def overview(project: Project, *, now: datetime) -> Overview:
    """Gather the project page."""
    today = clock.today(now)
    figures = latest(project)
    terms = projects.current_terms(project)
    decisions = Decision.objects.filter(project=project, state=Decision.State.PUBLISHED)
    meetings = Meeting.objects.filter(
        group__project=project, state=Meeting.State.ANNOUNCED, ends_at__gte=now
    )
    return Overview(
        terms=terms,
        stages=projects.stages_of(project, today=today),
        listening=projects.is_listening(project, now=now),
        figures=figures,
        picture=picture_of(project, figures),
        chain=replies.chain(project),
        decisions=list(decisions.order_by("-decided_on", "-number")[:4]),
        changes=list(Change.objects.filter(project=project).order_by("-since_on", "ref")[:3]),
        meeting=meetings.order_by("starts_at").first(),
        debrief_overdue=_overdue(project, terms, today),
    )


def _overdue(project: Project, terms: Terms | None, today: date) -> bool:
    return project.state == Project.State.OPEN and terms is not None and terms.debrief_on < today


@dataclass(frozen=True)
class Followed:
    """One voice as its author may follow it. Never the words."""

    voice: Voice
    reading: Any
    story: Story
    told: Sequence[Any]
    questions: Sequence[Change]
    waiting_for_correction: Sequence[Any]


def follow(voice: Voice, *, speaker: Speaker, today: date) -> Followed:
    """Follow one voice from being said to being confirmed."""
    return Followed(
        voice=voice,
        reading=reading.for_author(voice.words),
        story=story_of(voice.ref, visible_to=speaker),
        told=replies.replies_to(voice),
        questions=replies.questions_for(voice, today=today),
        waiting_for_correction=list(themes.waiting_for(speaker).filter(groupings__voice=voice)),
    )


def work_of(person: Person, *, now: datetime) -> list[Work]:
    """Return everything that waits for one person in all their projects."""
    mine = {role.project_id: role.project for role in held_by(person, now=now)}
    return work_for(person, list(mine.values()), now=now)


def organisations_of(speaker: Speaker) -> list[Organisation]:
    """Return the listed organisations, and those the speaker belongs to."""
    listed = Organisation.objects.filter(listed=True)
    own = Organisation.objects.none()
    if isinstance(speaker, Person):
        own = Organisation.objects.filter(
            memberships__person=speaker, memberships__suspended_on=None
        )
    return list((listed | own).distinct().order_by("name", "ref")[:100])
