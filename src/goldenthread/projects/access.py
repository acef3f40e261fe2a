"""Fetching a project through the person: not yours and not there look the same."""

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404

from goldenthread.kit import clock
from goldenthread.projects import permissions
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.projects.speaker import Request, Speaker

Permission = Callable[..., bool]
Found = TypeVar("Found")


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


def permitted_project(request: Request, address: str, may: Permission) -> Project:
    """Return the project if `may(speaker, project, now=)` says so; else 404."""
    project = project_for(request, address)
    if not may(request.speaker, project, now=clock.now()):
        raise Http404
    return project


def there(thing: Found | None) -> Found:
    """Return what was found; else 404."""
    if thing is None:
        raise Http404
    return thing


def may_see(speaker: Speaker, project: Project) -> bool:
    """Return whether the speaker may know, now, that the project exists."""
    return permissions.may_see(speaker, project, now=clock.now())
