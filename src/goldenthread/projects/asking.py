"""What someone who is asked to take part must know first: what can change, and when they hear."""

from goldenthread.kit.text import say_day
from goldenthread.projects.models import Project, Terms

NOT_YET = "This is not written yet."


def asked_in(project: Project) -> dict[str, str]:
    """Return the question, what can change and by when people hear, as the newest terms say."""
    terms = Terms.objects.filter(project=project).order_by("-version").first()
    words = {"project": project.title, "organisation": project.organisation.name}
    if terms is None:
        return words | dict.fromkeys(("question", "can_change", "hear_by"), NOT_YET)
    return words | {
        "question": terms.question or NOT_YET,
        "can_change": terms.can_change or NOT_YET,
        "hear_by": say_day(terms.hear_by),
    }
