"""Everything that preparing a project looks at, fetched at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Min, OuterRef, Subquery

from goldenthread.kit import clock
from goldenthread.organisations.models import HelpLine
from goldenthread.projects import rota
from goldenthread.projects.models import DayOff, Duty, Partner, Project, ProjectRole, Stage, Terms
from goldenthread.projects.roles import in_good_standing

FETCHED: Final = ["person"]  # with each role, in the same query; a higher room adds its own


@dataclass(frozen=True)
class Preparation:
    """Everything that preparing looks at, fetched in five queries."""

    project: Project
    today: date
    terms: Terms | None
    stages: dict[str, Stage]
    roles: list[ProjectRole]
    duties: list[Duty]
    days_off: list[DayOff]
    partners: Sequence[Partner]
    help_checked_on: date | None
    help_is_new: bool  # a line came with the organisation, and nobody there has checked it yet
    childrens_line: bool

    @property
    def first_day(self) -> date:
        """The day from which people may speak: today, or when Listen begins."""
        listen = self.stages.get(Stage.Name.LISTEN)
        return max(self.today, listen.opens_on) if listen else self.today

    def on_first_day(self, *names: str) -> list[ProjectRole]:
        """Return who will hold one of these roles on the first day."""
        return self.on(self.first_day, *names)

    def on(self, day: date, *names: str) -> list[ProjectRole]:
        """Return who holds one of these roles on that day."""
        return [
            each
            for each in self.roles
            if each.name in names
            and each.starts_on <= day
            and (each.ends_on is None or each.ends_on >= day)
        ]

    @property
    def rota(self) -> rota.Rota:
        """Return the rota, made from what was fetched."""
        return rota.rota_from(self.project, self.duties, self.roles, self.days_off)


def preparation_of(project: Project, *, now: datetime) -> Preparation:
    """Fetch what preparing looks at."""
    lines = HelpLine.objects.filter(organisation=OuterRef("project__organisation"))
    checked = lines.values("organisation").values(oldest=Min("verified_on"))
    partners: list[Any] = list(
        Partner.objects.filter(project=project)
        .select_related("organisation")
        .annotate(
            help_checked_on=Subquery(checked),
            childrens_line=Exists(lines.filter(ages__istartswith="under")),
            help_is_new=Exists(lines.filter(verified_by=None)),
            off=ArraySubquery(rota.DAYS_OFF),
        )
        .order_by("organisation__name")
    )
    roles = in_good_standing().filter(project=project).select_related(*FETCHED)
    return Preparation(
        project=project,
        today=clock.today(now),
        terms=Terms.objects.filter(project=project).order_by("-version").first(),
        stages={each.name: each for each in Stage.objects.filter(project=project)},
        roles=list(roles.order_by("person__name", "ref")),
        duties=list(
            Duty.objects.filter(project=project)
            .select_related("reader")
            .order_by("weekday", "stand_in", "from_time", "ref")
        ),
        days_off=rota.days_off_from(partners[0].off if partners else []),
        partners=partners,
        help_checked_on=partners[0].help_checked_on if partners else None,
        help_is_new=bool(partners and partners[0].help_is_new),
        childrens_line=bool(partners and partners[0].childrens_line),
    )
