"""Who hands a role on, who takes it, and who sees how that goes."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from goldenthread.handover.models import HandOver
from goldenthread.handover.posts import Post
from goldenthread.kit import clock
from goldenthread.organisations.models import Role
from goldenthread.organisations.permissions import may_administer
from goldenthread.organisations.roles import current_roles
from goldenthread.projects import permissions as projects
from goldenthread.projects.models import Project
from goldenthread.projects.roles import held, in_good_standing


def may_hand_over(speaker: Any, post: Post, *, now: datetime) -> bool:
    """Whoever holds the role today; a reader who is lent goes back to the lender instead."""
    if not speaker.is_member or post.holder != speaker:
        return False
    if isinstance(post.role, Role):
        return current_roles(today=clock.today(now)).filter(ref=post.ref).exists()
    closed = post.role.project.state == Project.State.CLOSED
    return not closed and held(now).filter(ref=post.ref, lent_by=None).exists()


def answerable(*, now: datetime) -> QuerySet[HandOver]:
    """Return what people are asked and can still say yes to.

    Not once its holder was suspended, the project closed, or the role ended before the day agreed:
    then it is for those who give such roles to say who follows.
    """
    asked = HandOver.objects.filter(state=HandOver.State.ASKED)
    here = Q(role__isnull=False, role__membership__suspended_on=None) & _lasts("role", now)
    there = Q(project_role__in=in_good_standing()) & _lasts("project_role", now)
    return asked.filter(here | there & ~Q(project_role__project__state=Project.State.CLOSED))


def _lasts(role: str, now: datetime) -> Q:
    ends = f"{role}__ends_on"
    as_agreed = Q(**{ends: None}) | Q(**{f"{ends}__gte": F("last_day")})
    return as_agreed | Q(**{f"{ends}__gte": clock.today(now)})


def may_answer(speaker: Any, handover: HandOver, *, now: datetime) -> bool:
    """Whoever is asked, until they have answered or there is nothing to take over any more."""
    if not speaker.is_member or handover.successor_id != speaker.ref:
        return False
    return answerable(now=now).filter(pk=handover.pk).exists()


def may_take_back(speaker: Any, post: Post, *, now: datetime) -> bool:
    """Whoever holds the role, and those who give such roles."""
    return may_hand_over(speaker, post, now=now) or may_follow(speaker, post, now=now)


def sees_how_it_goes(speaker: Any, post: Post, newest: HandOver | None, *, now: datetime) -> bool:
    """Whose role it is or was, who is asked or has agreed, and those who give such roles."""
    if newest is not None and newest.is_standing and newest.successor == speaker:
        return True
    own = post.holder == speaker and _belongs(post)
    return own or may_follow(speaker, post, now=now)


def will_hold(speaker: Any, post: Post, newest: HandOver | None, *, now: datetime) -> bool:
    """Whoever has agreed to take the role over, until it passes."""
    if newest is None or newest.state != HandOver.State.ACCEPTED:
        return False
    return newest.successor == speaker and not post.has_ended(now=now)


def _belongs(post: Post) -> bool:
    """Whether its holder is a member in good standing, whatever the dates of the role."""
    if isinstance(post.role, Role):
        return post.role.membership.suspended_on is None
    return in_good_standing().filter(pk=post.ref).exists()


def may_follow(speaker: Any, post: Post, *, now: datetime) -> bool:
    """Those who give such roles see who follows, and who does not."""
    if not speaker.is_member:
        return False
    if post.project is None:
        return may_administer(speaker, post.organisation, now=now)
    return projects.may_give_roles(speaker, post.project, now=now)
