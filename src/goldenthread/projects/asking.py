"""What someone who is asked to take part must know first: what can change, and when they hear."""

from django.utils.translation import gettext as _

from goldenthread.kit.text import say_day
from goldenthread.projects.models import Project, Terms


def asked_in(project: Project) -> dict[str, str]:
    """Return the question, what can change and by when people hear, as the newest terms say."""
    terms = Terms.objects.filter(project=project).order_by("-version").first()
    words = {"project": project.title, "organisation": project.organisation.name}
    not_yet = _("This is not written yet.")
    if terms is None:
        return words | dict.fromkeys(("question", "can_change", "hear_by"), not_yet)
    return words | {
        "question": terms.question or not_yet,
        "can_change": terms.can_change or not_yet,
        "hear_by": say_day(terms.hear_by),
    }
