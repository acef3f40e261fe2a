"""Who may do what with words that people sent."""

from datetime import datetime
from typing import Any

from goldenthread.organisations.models import Membership
from goldenthread.projects.models import Partner, Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.safety.readers.queries import is_new, seasoned
from goldenthread.safety.reading.models import Words

Name = ProjectRole.Name


def may_read(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A reader of the project; nobody else sees words before they are released."""
    return has_role(speaker, project, Name.READER, now=now)


def may_decide_on(speaker: Any, words: Words, *, now: datetime) -> bool:
    """A reader; where a second reader was asked for, not the one who asked, and nobody new."""
    if not may_read(speaker, words.project, now=now):
        return False
    if not words.second_reader:
        return True
    return words.read_by_id != speaker.pk and not is_too_new(speaker, words, now=now)


def is_too_new(speaker: Any, words: Words, *, now: datetime) -> bool:
    """Someone new is no second pair of eyes while another reader of the project has done it before.

    Where all others are new, two new readers look: the page of preparing says what is missing.
    """
    if not words.second_reader or not is_new(speaker):
        return False
    return bool(seasoned(words.project, now=now) - {words.read_by_id})


def may_ask_to_remove(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A reader, facilitator or co-lead may ask to take down what was released."""
    return has_role(speaker, project, Name.READER, Name.FACILITATOR, Name.CO_LEAD, now=now)


def may_leave_it_up(speaker: Any, project: Project, *, asked_by: Any, now: datetime) -> bool:
    """A co-lead of the project, who is not the one who asked, may say no to a removal."""
    return has_role(speaker, project, Name.CO_LEAD, now=now) and speaker != asked_by


def may_hold_the_second_key(
    speaker: Any, project: Project, *, asked_by: Any, now: datetime
) -> bool:
    """A co-lead who did not ask; in a shared project, of another organisation than who asked."""
    if not may_leave_it_up(speaker, project, asked_by=asked_by, now=now):
        return False
    return not is_shared(project) or _two_organisations(project, speaker, asked_by)


def is_shared(project: Project) -> bool:
    """Whether the project belongs to several organisations, those only asked left out."""
    return Partner.objects.filter(project=project, waiting_since=None).count() > 1


def _two_organisations(project: Project, *people: Any) -> bool:
    behind = Membership.objects.filter(
        person__in=[each for each in people if each is not None],
        suspended_on=None,
        organisation__partnerships__project=project,
        organisation__partnerships__waiting_since=None,
    )
    return behind.values("organisation").distinct().count() > 1
