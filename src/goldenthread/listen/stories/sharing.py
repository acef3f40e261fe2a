"""The four choices about one's own story, each with the sentence that says what was done."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from goldenthread.listen.stories import services
from goldenthread.listen.voices import services as voices
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.consent.wordings import QUOTE, Version, today


def statement() -> Version:
    """Return what people agree to when they let us quote a story."""
    return today(QUOTE)


def _quote(*, by: Speaker, voice: Voice, now: datetime) -> None:
    voices.let_quote(by=by, voice=voice, version=today(QUOTE).number, now=now)


_CHOICES: Mapping[str, tuple[Callable[..., None], Any]] = {
    "hide": (services.stop_showing, _("Nobody sees your story here now.")),
    "show": (services.show_again, _("A reader looks at your story. Then it is shown again.")),
    "quote": (_quote, _("Thank you. We may quote your words now.")),
    "unquote": (
        voices.stop_quoting,
        _("From now on we do not quote your words. What was printed before, we cannot take back."),
    ),
}


def choose(act: str, *, by: Speaker, voice: Voice, now: datetime) -> str:
    """Do what the author chose, and return what was done.

    :raises Refusal: it is someone else's, or it is not asked here
    """
    deed, thanks = _CHOICES[act]
    deed(by=by, voice=voice, now=now)
    return str(thanks)
