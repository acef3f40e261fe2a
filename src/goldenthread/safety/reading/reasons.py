"""Why words may stay unpublished: the whole public list. "Critical of us" is not on it."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

NOT_PUBLISHED: Final[Mapping[str, object]] = {
    "names-someone": _("It names a person, or shows who they are."),
    "method": _("It describes a way to harm oneself or others."),
    "threatens": _("It threatens or abuses someone."),
    "off-topic": _("It is not about this question."),
    "advert": _("It is an advert or spam."),
    "copy": _("It is a copy of another voice."),
    "unlawful": _("It would be against the law to publish it."),
}
AUTHOR_ASKED: Final = "author-asked"
TIME_OVER: Final = "time-over"
ASKED_ERASED: Final = "asked-erased"
ENDED: Final[Mapping[str, object]] = {  # what nobody chooses from a list: the words are destroyed
    ASKED_ERASED: _("Its author asked us to erase it."),
    TIME_OVER: _("The time for which we keep words was over."),
}
REMOVED: Final[Mapping[str, object]] = {
    AUTHOR_ASKED: _("Its author asked us to, and had no receipt."),
    **NOT_PUBLISHED,
}


def said(because: str) -> str:
    """Return the sentence for a reason."""
    return str(ENDED.get(because) or REMOVED[because])
