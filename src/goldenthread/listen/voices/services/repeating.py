"""The same form sent twice counts once; what is different the second time is not lost unseen."""

import unicodedata
from typing import TYPE_CHECKING, NoReturn

from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import unseal
from goldenthread.listen.voices.models import Voice
from goldenthread.safety.consent.queries import SIGNATURE, in_force
from goldenthread.safety.consent.wordings import QUOTE

if TYPE_CHECKING:
    from goldenthread.listen.voices.services.speaking import Said

KnownAs = Voice.KnownAs


def refuse_otherwise(voice: Voice, said: "Said") -> None:
    """Go on only where all is as it was sent before; words that are destroyed tell nothing.

    :raises Refusal: other words, or another choice of who may know or of being quoted
    """
    held = voice.words
    if held.text is None:
        return
    text, _name = _as_sent(voice, held.text)
    same_words = (
        _same(text, said["text"])
        and _same(held.would_have_helped or "", said.get("would_have_helped", ""))
        and _same(held.content_note, said.get("content_note", ""))
    )
    if not same_words:
        refuse_other_words()
    refuse_other_name(voice, said)
    if bool(said.get("quote")) != in_force(QUOTE, held).exists():
        message = _(
            "We have these words already. Whether we may quote them stays as it was sent first. "
            "It can be changed with the receipt, or in My voices."
        )
        raise Refusal(_without_way_back(voice) or message, field="quote")


def refuse_other_words() -> NoReturn:
    """Offer to take other words as well, under a new key.

    :raises Refusal: always
    """
    message = _(
        "You sent this page before, and we have what you wrote then. "
        "To send these words as well, press send again."
    )
    raise Refusal(message, field="form_key")


def refuse_other_name(voice: Voice, said: "Said") -> None:
    """Go on only where the same people may know, and by the same name; a member has an account.

    :raises Refusal: others were chosen than before
    """
    known_as = said.get("known_as", KnownAs.UNLINKED)
    given = "" if known_as == KnownAs.UNLINKED else said.get("given_name", "")
    _text, name = _as_sent(voice, voice.words.text or "")
    if known_as == voice.known_as and (voice.author_id or _same(name, given)):
        return
    message = _(
        "We have these words already. Who may know whose they are stays as you sent it first. "
        "With your receipt, or in My voices, you can take them back and send them anew."
    )
    raise Refusal(_without_way_back(voice) or message, field="known_as")


def _without_way_back(voice: Voice) -> str:
    if voice.receipt_id or voice.author_id:
        return ""
    return _(
        "We have these words already, as they were sent first. "
        "There is no receipt for them, so nothing leads back to them."
    )


def _as_sent(voice: Voice, text: str) -> tuple[str, str]:
    """Return the words without the name that a guest gave, and that name."""
    if voice.known_as == KnownAs.NAMED and voice.author_id is None:
        words, _mark, name = text.rpartition(f"\n\n{SIGNATURE}")
        return (words, name) if words else (text, "")
    return text, unseal(voice.given_name) if voice.given_name else ""


def _same(held: str, sent: str) -> bool:
    return held.split() == unicodedata.normalize("NFC", sent).split()
