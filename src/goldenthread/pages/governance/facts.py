"""What the pack knows of an organisation. A few queries, whatever the number of projects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from goldenthread.kit.held import Held, holdings
from goldenthread.organisations.models import Organisation
from goldenthread.projects.models import Partner, Project
from goldenthread.safety.assessments.models import Assessment
from goldenthread.safety.requests.models import DataProtection
from goldenthread.safety.requests.queries import data_protection_of

MOST_PROJECTS = 200
DPIA = "dpia"


@dataclass(frozen=True)
class Shared:
    """A project that belongs to several organisations, and who is controller."""

    project: Project
    partners: Sequence[Partner]


@dataclass(frozen=True)
class Facts:
    """Everything the papers are filled from."""

    organisation: Organisation
    said: DataProtection
    projects: Sequence[Project]
    shared: Sequence[Shared]
    held: Sequence[Held]
    assessed: Mapping[UUID, date]  # when each project's own impact assessment was signed

    @property
    def asks_children(self) -> bool:
        """Whether a project is for under-18s."""
        return any(project.for_under_18 for project in self.projects)


def facts_of(organisation: Organisation) -> Facts:
    """Gather them."""
    ours = Q(organisation=organisation) | Q(partners__organisation=organisation)
    projects = list(
        Project.objects.filter(ours).distinct().order_by("title", "ref")[:MOST_PROJECTS]
    )
    partners: dict[object, list[Partner]] = {}
    rows = Partner.objects.filter(project__in=projects).select_related("organisation")
    for partner in rows.order_by("organisation__name", "ref"):
        partners.setdefault(partner.project_id, []).append(partner)
    shared = [
        Shared(project, partners[project.pk])
        for project in projects
        if len(partners.get(project.pk, [])) > 1
    ]
    said = data_protection_of(organisation)
    signed = Assessment.objects.filter(project__in=projects, kind=DPIA, signed_on__isnull=False)
    days = signed.order_by("version").values_list("project", "signed_on")
    assessed = {project: day for project, day in days if day}
    held = [held for _model, held in holdings()]
    return Facts(organisation, said, projects, shared, held, assessed)
