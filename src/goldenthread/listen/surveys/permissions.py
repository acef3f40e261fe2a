from datetime import datetime
from typing import Any

from goldenthread.kit import clock
from goldenthread.listen.surveys.models import Survey, Wave
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.permissions import belongs_to_a_partner, may_facilitate, may_see
from goldenthread.projects.roles import has_role

OpenTo = Survey.OpenTo


def may_build(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Facilitators and co-leads of a project write its surveys and see how they stand."""
    return may_facilitate(speaker, project, now=now)


def may_change(speaker: Any, survey: Survey, *, now: datetime) -> bool:
    """Whoever builds changes a survey until it opens: then its questions stay as they are."""
    return survey.state == Survey.State.DRAFT and may_build(speaker, survey.project, now=now)


def may_open(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A facilitator opens and closes surveys, and makes codes."""
    return has_role(speaker, project, ProjectRole.Name.FACILITATOR, now=now)


def is_asking(wave: Wave, *, now: datetime) -> bool:
    """Whether a wave takes answers now: open, within its days, in a project that is open."""
    within = wave.until is None or clock.today(now) <= wave.until
    is_open = wave.survey.project.state == Project.State.OPEN
    return wave.closed_on is None and within and is_open


def may_answer(speaker: Any, wave: Wave, *, now: datetime) -> bool:
    """Anyone who sees the project, or its members alone; whoever is invited has a code besides."""
    survey = wave.survey
    if not is_asking(wave, now=now) or not may_see(speaker, survey.project, now=now):
        return False
    return survey.open_to != OpenTo.MEMBERS or belongs_to_a_partner(speaker, survey.project)
