"""A survey that is open, for those who welcome new students, and one that is being written."""

from goldenthread.example.stories.stage import Calendar, Cast, script_of
from goldenthread.listen.surveys import services as surveys
from goldenthread.listen.surveys.library import template_at
from goldenthread.projects.models import Project


def tell(calendar: Calendar, cast: Cast) -> None:
    """Ask staff how work is in the first weeks; begin the same for students."""
    tom, project = cast["tom"], Project.objects.get(address=script_of("welcome")["address"])
    staff = surveys.begin_survey(
        by=tom,
        project=project,
        title="Work in the welcome team",
        template=template_at("staff-wellbeing"),
        now=calendar.at(-8),
    )
    surveys.open_survey(by=tom, survey=staff, until=calendar.day(20), now=calendar.at(-7))
    surveys.begin_survey(
        by=tom,
        project=project,
        title="Your first weeks",
        template=template_at("student-wellbeing"),
        now=calendar.at(-2),
    )
