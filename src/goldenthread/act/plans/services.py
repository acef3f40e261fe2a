"""Planning actions, saying how they go, and claiming what is different now."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.queries import living_themes
from goldenthread.act.plans import wording
from goldenthread.act.plans.events import (
    ACTION_DONE,
    ACTION_MOVED,
    ACTION_PLANNED,
    ACTION_STOPPED,
    CHANGE_CLAIMED,
)
from goldenthread.act.plans.models import Action, Change, Progress
from goldenthread.act.plans.permissions import may_claim, may_note, may_plan
from goldenthread.act.plans.proofs import seal_of_change
from goldenthread.act.plans.seeing import forgotten
from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.themes.services import move_along
from goldenthread.listen.voices.models import Voice
from goldenthread.people.accounts.models import Person
from goldenthread.thread.binding import new_salt
from goldenthread.thread.models import How
from goldenthread.thread.services import record, tie


@transaction.atomic
def plan_action(
    *,
    by: Person,
    decision: Decision,
    what: str,
    owner_name: str,
    co_owner_name: str,
    owner: Person | None = None,
    co_owner: Person | None = None,
    due_on: date,
    now: datetime,
) -> Action:
    """Plan who does what by when, after a published decision.

    :raises Refusal: the decision is not published, or an owner or a sensible day is missing
    """
    if not may_plan(by, decision.project, now=now):
        raise Refusal(_("Only those who run this project can plan in it, until it closes."))
    if decision.state != Decision.State.PUBLISHED:
        raise Refusal(_("Publish the decision first: an action follows from it."))
    _check_owners(owner_name, co_owner_name)
    if due_on < clock.today(now):
        raise Refusal(_("This day has passed. By when will it be done?"), field="due_on")
    action = Action.objects.create(
        project=decision.project,
        decision=decision,
        what=what.strip(),
        owner=owner,
        owner_name=owner_name.strip(),
        co_owner=co_owner,
        co_owner_name=co_owner_name.strip(),
        due_on=due_on,
        planned_on=clock.today(now),
    )
    ends = (("decision", decision.ref), ("action", action.ref))
    tie(*ends, how=How.ACTED, project=action.project_id)
    _move(decision, Theme.Place.ACTED, now)
    record(ACTION_PLANNED, about=action.ref, project=action.project_id, now=now)
    return action


@transaction.atomic
def note_progress(*, by: Person, action: Action, text: str, now: datetime) -> Progress:
    """Say how an action goes; it is under way from the first note on.

    :raises Refusal: the action has ended
    """
    action = _going(by, action, now)
    if not text.strip():
        raise Refusal(_("Write how it goes."), field="text")
    note = Progress.objects.create(action=action, text=text.strip(), on=clock.today(now), by=by)
    if action.state == Action.State.PLANNED:
        action.state = Action.State.UNDER_WAY
        action.save(update_fields=["state"])
    record(ACTION_MOVED, about=action.ref, project=action.project_id, now=now)
    return note


@transaction.atomic
def finish_action(*, by: Person, action: Action, now: datetime) -> Action:
    """Say that an action is done. Done is a deed, not yet a change.

    :raises Refusal: the action has ended
    """
    action = _going(by, action, now)
    action.state, action.done_on = Action.State.DONE, clock.today(now)
    action.save(update_fields=["state", "done_on"])
    record(ACTION_DONE, about=action.ref, project=action.project_id, now=now)
    return action


@transaction.atomic
def stop_action(*, by: Person, action: Action, because: str, now: datetime) -> Action:
    """Stop an action and say why; the reason is public.

    :raises Refusal: there is no reason, or the action has ended
    """
    action = _going(by, action, now)
    if not because.strip():
        raise Refusal(_("Say why it stops. People are waiting for it."), field="because")
    action.state, action.stopped_because = Action.State.STOPPED, because.strip()
    action.save(update_fields=["state", "stopped_because"])
    record(ACTION_STOPPED, about=action.ref, project=action.project_id, now=now)
    return action


@transaction.atomic
def claim_change(
    *,
    by: Person,
    action: Action,
    what_is_different: str,
    evidence: str,
    since_on: date,
    now: datetime,
) -> Change:
    """Say what is different now, how one can tell, and since when.

    :raises Refusal: it does not say what changed, or how one can tell
    """
    if not may_claim(by, action.project, now=now):
        raise Refusal(_("Only the people who run this project can say what changed."))
    if action.state == Action.State.STOPPED:
        raise Refusal(_("This action was stopped, so nothing can have come of it."))
    refuse_empty_claim(what_is_different, evidence, since_on, now=now)
    change = Change(
        project=action.project,
        action=action,
        what_is_different=what_is_different.strip(),
        evidence=evidence.strip(),
        since_on=since_on,
    )
    _claim(change, ("action", action.ref), by=by, now=now)
    _move(action.decision, Theme.Place.CHANGED, now)
    return change


@transaction.atomic
def claim_for_voice(
    *,
    by: Person,
    voice: Voice,
    what_is_different: str,
    evidence: str,
    since_on: date,
    now: datetime,
) -> Change:
    """Say what is different now because of what one person said; they say whether it is so.

    :raises Refusal: it does not say what changed, or how one can tell
    """
    if not may_claim(by, voice.project, now=now):
        raise Refusal(_("Only the people who run this project can say what changed."))
    refuse_empty_claim(what_is_different, evidence, since_on, now=now)
    change = Change(
        project=voice.project,
        what_is_different=what_is_different.strip(),
        evidence=evidence.strip(),
        since_on=since_on,
    )
    _claim(change, ("voice", voice.ref), by=by, now=now)
    return change


@transaction.atomic
def forget_claims() -> int:
    """Empty what was claimed in answers to voices whose words are destroyed: it may repeat them.

    That it was claimed stays in the record. Returns how many.
    """
    claims = Change.objects.filter(forgotten()).exclude(what_is_different="")
    return claims.update(what_is_different="", evidence="")


def refuse_empty_claim(
    what_is_different: str, evidence: str, since_on: date, *, now: datetime
) -> None:
    """Go on only with a claim that says what changed, how one can tell, and since when.

    :raises Refusal: it does not
    """
    if wording.says_nothing(what_is_different):
        raise Refusal(str(wording.NO_CHANGE), field="what_is_different")
    if wording.says_nothing(evidence):
        raise Refusal(str(wording.NO_EVIDENCE), field="evidence")
    if since_on > clock.today(now):
        raise Refusal(_("A change has happened already. Since when?"), field="since_on")


def _claim(change: Change, came_of: tuple[str, UUID], *, by: Person, now: datetime) -> None:
    change.claimed_on, change.claimed_by, change.salt = clock.today(now), by, new_salt()
    change.save(force_insert=True)
    tie(came_of, ("change", change.ref), how=How.CHANGED, project=change.project_id)
    facts = {"seal": seal_of_change(change)}
    record(CHANGE_CLAIMED, about=change.ref, project=change.project_id, facts=facts, now=now)


def _check_owners(owner_name: str, co_owner_name: str) -> None:
    if not owner_name.strip():
        raise Refusal(_("Say who does it."), field="owner_name")
    if not co_owner_name.strip():
        message = _("Say who with lived experience owns this together with them.")
        raise Refusal(message, field="co_owner_name")


def _going(by: Person, action: Action, now: datetime) -> Action:
    """Fetch the action for a change of its state; one that has ended stays as it is."""
    if not may_note(by, action, now=now):
        raise Refusal(_("Only its owners and the people who run this project can do this."))
    action = Action.objects.select_for_update(no_key=True, of=("self",)).get(ref=action.ref)
    if action.state in (Action.State.DONE, Action.State.STOPPED):
        raise Refusal(_("This action has ended. It stands as it is."))
    return action


def _move(decision: Decision, place: Theme.Place, now: datetime) -> None:
    for theme in living_themes(decision):
        move_along(theme=theme, place=place, now=now)
