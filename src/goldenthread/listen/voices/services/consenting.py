"""What authors let us do with their words beyond the project, and take back again."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices import permissions
from goldenthread.listen.voices.events import REACH_ENDED
from goldenthread.listen.voices.models import Voice
from goldenthread.people.notifications.services import forget_letters
from goldenthread.people.receipts import services as receipts
from goldenthread.projects.speaker import Guest, Speaker
from goldenthread.safety.consent import services as consent
from goldenthread.safety.consent.models import Consent
from goldenthread.safety.consent.wordings import QUOTE, REACH
from goldenthread.thread.services import hold

TellsOf = Callable[[UUID], Iterable[UUID]]
_tells_of: list[TellsOf] = []


def tells_of(find: TellsOf) -> TellsOf:
    """Register `find(voice) -> refs` of things whose letters would tell who said it."""
    _tells_of.append(find)
    return find


def let_quote(*, by: Speaker, voice: Voice, version: int, now: datetime) -> None:
    """Let one's words be quoted elsewhere; said twice, it counts once.

    :raises Refusal: they are someone else's, or it is not asked here
    """
    refuse_unless_mine(by, voice)
    how = Consent.How.LATER
    consent.give(words=voice.words, purpose=QUOTE, version=version, how=how, now=now)


def stop_quoting(*, by: Speaker, voice: Voice, now: datetime) -> None:
    """Take back that one's words may be quoted.

    :raises Refusal: they are someone else's
    """
    refuse_unless_mine(by, voice)
    consent.withdraw(words=voice.words, purpose=QUOTE, now=now)


@transaction.atomic
def be_unknown(*, by: Speaker, voice: Voice, keep_receipt: bool = False, now: datetime) -> str:
    """Take back that the support team knows who it was: nobody does from now on.

    A member's words leave My voices. Where no receipt leads back to them, a new one may be asked
    for: its code is returned, and shown once.

    :raises Refusal: they are someone else's, or nobody knows the author
    """
    refuse_unless_mine(by, voice)
    current = Voice.objects.select_for_update(no_key=True, of=("self",)).get(pk=voice.pk)
    if current.known_as != Voice.KnownAs.SUPPORT:
        raise Refusal(_("The support team does not know who said this."))
    consent.withdraw(words=voice.words, purpose=REACH, now=now)
    issued = None
    if keep_receipt and current.receipt_id is None and not isinstance(by, Guest):
        issued = receipts.issue(scope=current.project_id, now=now)
        current.receipt = issued.receipt
    unlink(current)
    hold(REACH_ENDED, about=current.pk, project=current.project_id, now=now)
    return issued.code if issued else ""


def unlink(voice: Voice) -> None:
    """Forget who it was, and the letters that would still tell."""
    if voice.author is not None:
        for ref in (voice.pk, *(each for find in _tells_of for each in find(voice.pk))):
            forget_letters(person=voice.author, about=ref)
    voice.known_as, voice.author, voice.given_name = Voice.KnownAs.UNLINKED, None, None
    voice.save(update_fields=["known_as", "author", "given_name", "receipt"])


def refuse_unless_mine(by: Speaker, voice: Voice) -> None:
    """Go on only for the author.

    :raises Refusal: it is someone else's
    """
    if not permissions.is_mine(by, voice):
        raise Refusal(_("Only the person who said it can do this."))
