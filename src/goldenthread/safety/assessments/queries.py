"""How the assessments of a project stand, what they keep from opening, and whom they need."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked
from django.utils.translation import ngettext

from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts.models import Person
from goldenthread.projects.gates import Missing, may_open_when
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.permissions import RUNS
from goldenthread.projects.roles import held_by, holders
from goldenthread.projects.work import Does, Work, lists
from goldenthread.safety.assessments.models import Assessment, Hand
from goldenthread.safety.assessments.questions import CHILDREN_ACCESS, Kind, kinds, needed

SOON: Final = timedelta(days=30)  # before a review is due
WHO: Final = marked("an organiser, and a second person who signs")
KEEPERS: Final = (
    ProjectRole.Name.FACILITATOR,
    ProjectRole.Name.CO_LEAD,
    ProjectRole.Name.DECISION_MAKER,
)
SIGN: Final = (*KEEPERS, ProjectRole.Name.SAFEGUARDER)


@dataclass(frozen=True)
class Standing:
    """One assessment of a project: what is in force, and what is being written."""

    project: Project
    kind: Kind
    signed: Assessment | None
    draft: Assessment | None
    needed: bool
    today: date

    @property
    def newest(self) -> Assessment | None:
        """What people who prepare it see first."""
        return self.draft or self.signed

    @property
    def open_questions(self) -> int:
        """How many questions of the newest have no answer."""
        return len(self.kind.gaps(self.newest.answers if self.newest else {}))

    @property
    def is_overdue(self) -> bool:
        """Signed once, and its review is late."""
        return bool(self.signed and self.signed.review_on and self.signed.review_on < self.today)

    @property
    def is_due_soon(self) -> bool:
        """Its review comes within a month."""
        review_on = self.signed.review_on if self.signed else None
        return bool(review_on and self.today <= review_on <= self.today + SOON)

    @property
    def is_in_force(self) -> bool:
        """Signed, and its review is not late."""
        return self.signed is not None and not self.is_overdue

    @property
    def href(self) -> str:
        """Where it is read and signed."""
        return reverse("assessments:assessment", args=[self.project.address, self.kind.key])

    @property
    def missing(self) -> str:
        """What stands in the way, as a sentence; empty when nothing does."""
        if self.is_in_force:
            return ""
        said = {"title": self.kind.title}
        if self.newest is None:
            return _("%(title)s: nothing is written yet.") % said
        if self.draft is None and self.signed and self.signed.review_on:
            day = {"day": say_day(self.signed.review_on)}
            return _("%(title)s: the review was due on %(day)s.") % {**said, **day}
        if n := self.open_questions:
            text = ngettext(
                "%(title)s: %(n)s question is open.", "%(title)s: %(n)s questions are open.", n
            )
            return text % {**said, "n": n}
        return _("%(title)s: a second person has to sign it.") % said

    @property
    def lacks(self) -> str:
        """The same beside its title."""
        return capfirst(self.missing.removeprefix(f"{self.kind.title}: "))


def standings(project: Project, *, now: datetime) -> list[Standing]:
    """Return every assessment that is needed or was begun, in order. One query."""
    rows = Assessment.objects.filter(project=project).select_related("signed_by")
    signed: dict[str, Assessment] = {}
    drafts: dict[str, Assessment] = {}
    for each in rows.order_by("version"):
        (drafts if each.signed_on is None else signed)[each.kind] = each
    access = drafts.get(CHILDREN_ACCESS) or signed.get(CHILDREN_ACCESS)
    wanted = {kind.key for kind in needed(project, access.answers if access else None)}
    return [
        Standing(project, kind, signed.get(key), drafts.get(key), key in wanted, clock.today(now))
        for key, kind in kinds().items()
        if key in wanted | signed.keys() | drafts.keys()
    ]


def standing(project: Project, kind: Kind, *, now: datetime) -> Standing:
    """Return how one assessment stands, begun or not."""
    found = {each.kind.key: each for each in standings(project, now=now)}
    return found.get(kind.key) or Standing(project, kind, None, None, False, clock.today(now))


def who_may_sign(project: Project, hands: Iterable[Hand], *, now: datetime) -> list[str]:
    """Return by name and role who may sign: those who may write and did not. Two queries."""
    wrote = {each.person_id for each in hands}
    found = {each.person: str(each.get_name_display()) for each in holders(project, *SIGN, now=now)}
    around = current_roles(today=clock.today(now)).filter(
        name__in=RUNS,
        membership__organisation__partnerships__project=project,
        membership__organisation__partnerships__waiting_since=None,
    )
    for each in around.select_related("membership__person").order_by("membership__person__name"):
        found.setdefault(each.membership.person, str(each.get_name_display()))
    return [
        f"{person.name or person.email} ({role.lower()})"
        for person, role in found.items()
        if person.ref not in wrote
    ]


@may_open_when
def assessed(project: Project, *, now: datetime) -> list[Missing]:
    """Every assessment that is needed is filled in, signed, and not overdue."""
    return [
        Missing(each.missing, href=each.href, who=_(WHO))
        for each in standings(project, now=now)
        if each.needed and each.missing
    ]


def _kept_by(person: Person, projects: Iterable[Project], now: datetime) -> dict[UUID, Project]:
    known = {each.ref for each in projects}
    return {
        role.project.ref: role.project
        for role in held_by(person, now=now)
        if role.name in KEEPERS
        and role.project.ref in known
        and role.project.state != Project.State.CLOSED
    }


def _signed(
    person: Person, projects: Iterable[Project], *, now: datetime
) -> Iterator[QuerySet[Assessment]]:
    mine = Assessment.objects.filter(project__in=_kept_by(person, projects, now))
    yield mine.filter(signed_on__isnull=False, review_on__lte=clock.today(now) + SOON)


@lists(Does.PREPARE, when=_signed)
def reviews_that_wait(person: Person, projects: Iterable[Project], *, now: datetime) -> list[Work]:
    """Assessments whose review is late or due within a month, for those who keep them."""
    mine = _kept_by(person, projects, now)
    newest = (
        Assessment.objects.filter(project__in=mine, signed_on__isnull=False)
        .values("project_id", "kind")
        .annotate(due=Max("review_on"))
        .filter(Q(due__lte=clock.today(now) + SOON))
        .order_by("due")
    )
    return [
        _work(mine[row["project_id"]], kinds()[row["kind"]], row["due"], clock.today(now))
        for row in newest
    ]


def _work(project: Project, kind: Kind, due: date, today: date) -> Work:
    said = {"short": kind.short, "day": say_day(due), "title": project.title}
    href = reverse("assessments:assessment", args=[project.address, kind.key])
    if due < today:
        text = _("The assessment of %(short)s was due for review on %(day)s: %(title)s")
        return Work(text % said, href, "overdue")
    text = _("The assessment of %(short)s is due for review by %(day)s: %(title)s")
    return Work(text % said, href)
