from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.act.briefs.models import Brief, Delegation
from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role, held, still_belongs
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.release.registry import stands_in

Name = ProjectRole.Name
Known = Sequence[Delegation] | None
PREPARE = (Name.FACILITATOR, Name.CO_LEAD)


def may_prepare_brief(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators and co-leads ask for decisions, until the project closes."""
    return project.state != Project.State.CLOSED and may_see_drafts(speaker, project, now=now)


def may_see_drafts(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Those who prepare briefs see what is being written, also after the close."""
    return has_role(speaker, project, *PREPARE, now=now)


def may_see_brief(speaker: Speaker, brief: Brief, *, among: Known = None, now: datetime) -> bool:
    """Decided, it is there for all who see the project; before, for who prepares and decides."""
    if brief.state == Brief.State.DECIDED:
        return True
    if brief.state == Brief.State.DRAFT:
        return may_see_drafts(speaker, brief.project, now=now)
    if may_see_asked(speaker, brief.project, now=now):
        return True
    return standing_in(speaker, brief, among=among, now=now) is not None


def may_see_asked(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Those who prepare briefs, and decision-makers, see what waits for a decision."""
    return has_role(speaker, project, *PREPARE, Name.DECISION_MAKER, now=now)


def may_decide_brief(speaker: Speaker, brief: Brief, *, among: Known = None, now: datetime) -> bool:
    """Whoever it is up to, as long as the brief waits and the project is not closed."""
    if brief.state != Brief.State.GIVEN or brief.project.state == Project.State.CLOSED:
        return False
    return is_up_to(speaker, brief, among=among, now=now)


def is_up_to(speaker: Speaker, brief: Brief, *, among: Known = None, now: datetime) -> bool:
    """The decision-maker who is asked, or a delegate of theirs. Nobody decides on what they wrote.

    Whether it can still be decided is not looked at.
    """
    if is_asked(speaker, brief, now=now):
        return True
    return standing_in(speaker, brief, among=among, now=now) is not None


def is_asked(speaker: Speaker, brief: Brief, *, now: datetime) -> bool:
    """The decision-maker whom the brief asks; any other, once that one decides here no more."""
    if not isinstance(speaker, Person) or speaker.ref in brief.writers:
        return False
    if not has_role(speaker, brief.project, Name.DECISION_MAKER, now=now):
        return False
    return speaker.ref == brief.asked_of_id or has_passed_on(brief, now=now)


def asked_one_decides(now: datetime) -> Exists:
    """Return the condition on a brief that the one it asks decides in its project today."""
    return Exists(
        held(now).filter(
            project=OuterRef("project"), person=OuterRef("asked_of"), name=Name.DECISION_MAKER
        )
    )


def has_passed_on(brief: Brief, *, now: datetime) -> bool:
    """Whether the one it asks decides here no more. `brief_for` has looked already."""
    known = getattr(brief, "asked_decides", None)
    if known is None:
        known = Brief.objects.filter(asked_one_decides(now), pk=brief.pk).exists()
    return not known


def standing_in(
    speaker: Speaker, brief: Brief, *, among: Known = None, now: datetime
) -> Delegation | None:
    """Return by which delegation someone decides a brief that they did not write.

    `among` are the delegations for the brief, where they were fetched already.
    """
    if not isinstance(speaker, Person) or speaker.ref in brief.writers:
        return None
    if among is None:
        return delegations_for(brief, now=now).filter(delegate=speaker).first()
    return next((each for each in among if each.delegate_id == speaker.ref), None)


def delegations_for(brief: Brief, *, now: datetime) -> QuerySet[Delegation]:
    """Return by which delegations others may decide a brief today."""
    found = in_force(now).filter(Q(brief=None) | Q(brief=brief), project=brief.project_id)
    return found.filter(decision_maker=brief.asked_of_id).select_related(
        "decision_maker", "delegate"
    )


@stands_in
def in_force(now: datetime) -> QuerySet[Delegation]:
    """Return the delegations that count today: given by who still decides to who still belongs."""
    today = clock.today(now)
    gives: Any = held(now).filter(
        project=OuterRef("project"), person=OuterRef("decision_maker"), name=Name.DECISION_MAKER
    )
    return Delegation.objects.filter(
        Exists(gives),
        still_belongs(OuterRef("delegate"), OuterRef("project")),
        delegate__is_active=True,
        withdrawn_on=None,
        starts_on__lte=today,
        ends_on__gte=today,
    )


def may_delegate(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """A decision-maker names delegates, until the project closes."""
    open_still = project.state != Project.State.CLOSED
    return open_still and has_role(speaker, project, Name.DECISION_MAKER, now=now)


def may_withdraw(speaker: Speaker, delegation: Delegation, *, now: datetime) -> bool:
    """Who named a delegate withdraws it, and the delegate steps down, at any time."""
    del now
    return isinstance(speaker, Person) and speaker.ref in {
        delegation.decision_maker_id,
        delegation.delegate_id,
    }
