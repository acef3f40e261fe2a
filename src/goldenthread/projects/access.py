"""Fetching a project through the person: not yours and not there look the same."""

from django.http import Http404

from goldenthread.kit import clock
from goldenthread.organisations.models import Membership
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role, roles_of
from goldenthread.projects.speaker import Request, Speaker


def project_for(request: Request, address: str) -> Project:
    """Return the project at that address if the speaker may see it; else 404."""
    project = Project.objects.select_related("organisation").filter(address=address).first()
    if project is None or not may_see(request.speaker, project):
        raise Http404
    return project


def staff_project(request: Request, address: str, *roles: ProjectRole.Name) -> Project:
    """Return the project if the speaker holds one of these roles in it today; else 404."""
    project = project_for(request, address)
    if not has_role(request.speaker, project, *roles, now=clock.now()):
        raise Http404
    return project


def may_see(speaker: Speaker, project: Project) -> bool:
    """Return whether the speaker may know that the project exists."""
    if project.state != Project.State.DRAFT and project.open_to != Project.OpenTo.MEMBERS:
        return True
    if not speaker.is_member:
        return False
    if roles_of(speaker, project, now=clock.now()):
        return True
    return (
        project.state != Project.State.DRAFT
        and Membership.objects.filter(
            person=speaker, suspended_on=None, organisation__partnerships__project=project
        ).exists()
    )
