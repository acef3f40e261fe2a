"""For whom a project is, and what that asks of it: children's defaults are everyone's defaults.

Sources: reference facts on schools and ages; a band, never a birth date, and no proof of age.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from goldenthread.projects.models import Project, ProjectRole, Terms

UNDER_18: Final = [each for each in Project.Ages.values if each != Project.Ages.ADULT]
NEVER_FOR_CHILDREN: Final = "named"  # a child's name never stands beside their words
UNLINKED: Final = "unlinked"  # nobody is told who spoke
MONTHS_AFTER_DEBRIEF: Final = 6


def for_under_18() -> Q:
    """Return the condition that a project asks children or young people."""
    return Q(ages__overlap=UNDER_18)


def offered_ways(project: Project) -> list[str]:
    """Return in which ways people may be known here, fewest first; never by name for children."""
    never = {NEVER_FOR_CHILDREN} if project.for_under_18 else set()
    return [each for each in project.known_as if each not in never] or [UNLINKED]


def words_leave_on(project: Project, terms: Terms | None) -> date | None:
    """Return the day on which the words of children are destroyed: six months after the debrief.

    The debrief is on its promised day, or on the day of the close if that came first.
    """
    days = [each for each in (terms and terms.debrief_on, project.closed_on) if each]
    if not project.for_under_18 or not days:
        return None
    return months_after(min(days), MONTHS_AFTER_DEBRIEF)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def gaps(
    project: Project, on_first_day: list[ProjectRole], *, childrens_line: bool
) -> Iterator[tuple[str, str]]:
    """Say (which part of preparing, what is missing) before children may be asked."""
    if not project.for_under_18:
        return
    looks_after = [each for each in on_first_day if each.name == ProjectRole.Name.SAFEGUARDER]
    if not any(not each.stands_in for each in looks_after):
        yield "people", _("No safeguarding lead is named. Under-18s are asked here.")
    if not any(each.stands_in for each in looks_after):
        yield "people", _("No deputy of the safeguarding lead is named. Under-18s are asked here.")
    if not any(each.name == ProjectRole.Name.DECISION_MAKER for each in on_first_day):
        yield "people", _("Nobody is named who has the power to act on what children say.")
    if not childrens_line:
        yield "help-lines", _("No help line for children is named, like Childline.")
    if project.for_under_13 and project.open_to == Project.OpenTo.MEMBERS:
        yield "basics", _("Children under 13 have no account. Open it to anyone with the link.")


def say(project: Project) -> str:
    """Say for whom a project is: 11 and 12, 13 to 15."""
    return ", ".join(str(Project.Ages(each).label) for each in Project.Ages if each in project.ages)
