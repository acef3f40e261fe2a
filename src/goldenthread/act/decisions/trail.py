"""The way to a page of a project: organisation, project, and where it stands in it."""

from goldenthread.kit.shapes import Crumb
from goldenthread.projects.models import Project


def trail(project: Project, *more: tuple[str, str]) -> list[Crumb]:
    """Return the steps from the organisation to here; the last one has no address."""
    organisation = project.organisation
    steps = [
        Crumb(organisation.name, f"/o/{organisation.address}/"),
        Crumb(project.title, f"/p/{project.address}/"),
    ]
    return [*steps, *(Crumb(text, href) for text, href in more)]
