"""What a reply to one voice says has changed: a change that is there, or one that it claims."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from goldenthread.act.plans.models import Change
from goldenthread.act.plans.services import claim_for_voice, refuse_empty_claim
from goldenthread.debrief.replies.models import Reply
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices.models import Voice
from goldenthread.people.accounts.models import Person
from goldenthread.thread.models import How
from goldenthread.thread.services import tie


@dataclass(frozen=True)
class Claim:
    """Either a change that is there already, or what is different now and since when."""

    change: Change | None = None
    what_is_different: str = ""
    evidence: str = ""
    since_on: date | None = None

    @property
    def is_new(self) -> bool:
        """Whether it says anything that was not said before."""
        return bool(self.what_is_different.strip() or self.evidence.strip() or self.since_on)


def put_claim(draft: Reply, claim: Claim | None, *, now: datetime) -> None:
    """Keep in a draft what it claims; nothing where it claims nothing.

    :raises Refusal: it is no reply to one voice, or the claim does not say enough
    """
    draft.claims, draft.evidence, draft.since_on, draft.change = "", "", None, None
    if claim is None or not (claim.change or claim.is_new):
        return
    if draft.about_kind != Reply.About.VOICE:
        raise Refusal(_("Only a reply to one voice says what changed. Say it in the plan."))
    if claim.change is not None and claim.is_new:
        message = _("Choose a change that is there, or say what is different. Not both.")
        raise Refusal(message, field="change")
    if claim.change is not None:
        draft.change = claim.change
        return
    if claim.since_on is None:
        raise Refusal(_("Say since when it is so."), field="since_on")
    refuse_empty_claim(claim.what_is_different, claim.evidence, claim.since_on, now=now)
    draft.claims, draft.evidence = claim.what_is_different.strip(), claim.evidence.strip()
    draft.since_on = claim.since_on


def claim_with(reply: Reply, *, by: Person, now: datetime) -> None:
    """Tie what changed to the voice that is answered; its author will be asked whether it is so."""
    if reply.about_kind != Reply.About.VOICE:
        return
    if reply.claims and reply.since_on:
        voice = Voice.objects.select_related("project").get(pk=reply.about)
        reply.change = claim_for_voice(
            by=by,
            voice=voice,
            what_is_different=reply.claims,
            evidence=reply.evidence,
            since_on=reply.since_on,
            now=now,
        )
    elif reply.change is not None:
        ends = (("voice", reply.about), ("change", reply.change.ref))
        tie(*ends, how=How.CHANGED, project=reply.project_id)
