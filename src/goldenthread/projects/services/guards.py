"""What the services share: taking hold of a project, and refusing those who may not."""

from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.text import Text
from goldenthread.projects.models import Project


def locked(project: Project) -> Project:
    """Return the project as it is now; nobody else changes it until this transaction ends."""
    return (
        Project.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation")
        .get(ref=project.ref)
    )


def require(*, allowed: bool, otherwise: Text) -> None:
    """Refuse in a sentence of its own.

    :raises Refusal: the person may not do this
    """
    if not allowed:
        raise Refusal(otherwise)


def require_not_closed(project: Project) -> None:
    """Refuse to change what has ended.

    :raises Refusal: the project is closed
    """
    require(
        allowed=project.state != Project.State.CLOSED,
        otherwise=_("This project is closed. It can be read, and not changed."),
    )
