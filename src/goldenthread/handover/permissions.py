"""Who hands a role on, who takes it, and who sees how that goes."""

from datetime import datetime
from typing import Any

from goldenthread.handover.models import HandOver
from goldenthread.handover.posts import Post
from goldenthread.kit import clock
from goldenthread.organisations.models import Role
from goldenthread.organisations.permissions import may_administer
from goldenthread.organisations.roles import current_roles
from goldenthread.projects import permissions as projects
from goldenthread.projects.models import Project
from goldenthread.projects.roles import held


def may_hand_over(speaker: Any, post: Post, *, now: datetime) -> bool:
    """Whoever holds the role today; a reader who is lent goes back to the lender instead."""
    if not speaker.is_member or post.holder != speaker:
        return False
    if isinstance(post.role, Role):
        return current_roles(today=clock.today(now)).filter(ref=post.ref).exists()
    closed = post.role.project.state == Project.State.CLOSED
    return not closed and held(now).filter(ref=post.ref, lent_by=None).exists()


def may_answer(speaker: Any, handover: HandOver) -> bool:
    """Whoever is asked, until they have answered."""
    return (
        speaker.is_member
        and handover.successor_id == speaker.ref
        and handover.state == HandOver.State.ASKED
    )


def may_follow(speaker: Any, post: Post, *, now: datetime) -> bool:
    """Those who give such roles see who follows, and who does not."""
    if not speaker.is_member:
        return False
    if post.project is None:
        return may_administer(speaker, post.organisation, now=now)
    return projects.may_give_roles(speaker, post.project, now=now)
