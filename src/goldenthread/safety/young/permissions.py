"""Who may write the page for parents, and who may say who leads a school."""

from datetime import datetime
from typing import Any

from goldenthread.organisations.models import Organisation
from goldenthread.organisations.permissions import may_administer
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_prepare


def may_write_guardian_page(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Those who prepare a project for under-18s, until it is closed."""
    return (
        project.for_under_18
        and project.state != Project.State.CLOSED
        and may_prepare(speaker, project, now=now)
    )


def may_run_school(speaker: Any, organisation: Organisation, *, now: datetime) -> bool:
    """An administrator of a school."""
    school = organisation.kind == Organisation.Kind.SCHOOL
    return school and may_administer(speaker, organisation, now=now)
