"""How every mail looks: plain text first, the same words as HTML, one layout for all of them.

Links name the configured address of this site, nothing else. No picture and nothing that tells
whether a mail was read.
"""

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WIDE: Final = 72
SUBJECT: Final = 60  # a phone shows no more
HELP: Final = gettext_lazy(
    "Golden Thread is not read live. If you are in danger now, call 999. To talk to someone at "
    "any time, call Samaritans free on 116 123."
)


@dataclass(frozen=True)
class Block:
    """One paragraph, link or code of a mail; those at the foot are quieter."""

    says: str
    kind: Literal["words", "link", "code"] = "words"
    foot: bool = False


@dataclass(frozen=True)
class Mail:
    """A mail before it goes out: its subject, and what it says block by block."""

    subject: str
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        """Return it as plain text: short lines, links and codes on lines of their own."""
        return "\n\n".join([_wrap(self.subject), *map(_as_text, self.blocks)]) + "\n"

    @property
    def html(self) -> str:
        """Return the same words for those whose program shows HTML."""
        return render_to_string("accounts/mail/mail.html", {"mail": self})

    def send(self, to: str, headers: Mapping[str, str] | None = None) -> None:
        """Send it to one address."""
        message = EmailMultiAlternatives(
            self.subject, self.text, to=[to], headers=dict(headers or {})
        )
        message.attach_alternative(self.html, "text/html")
        message.send()


def mail(subject: str, blocks: Iterable[Block], *, foot: Iterable[Block]) -> Mail:
    """Put a mail together; whom to call stands at the end of each."""
    quiet = [Block(each.says, each.kind, foot=True) for each in [*foot, Block(str(HELP))]]
    return Mail(shorten(subject), (*blocks, *quiet))


def paragraphs(text: str) -> list[Block]:
    """Return the paragraphs of a text, which blank lines part."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return [Block(part) for part in parts if part]


def shorten(subject: str) -> str:
    """Return a subject that a phone shows whole; a word that does not fit is left out."""
    return textwrap.shorten(subject, SUBJECT, placeholder=" …")


def link(path: str) -> str:
    """Return the full address of a page of this site."""
    return f"{settings.SITE_URL}{path}"


def _as_text(block: Block) -> str:
    return _wrap(block.says) if block.kind == "words" else f"    {block.says}"


def _wrap(words: str) -> str:
    return textwrap.fill(words, WIDE, break_long_words=False, break_on_hyphens=False)


def code_mail(code: str, *, joining: bool) -> Mail:
    """Return the mail with the code that lets someone in."""
    return mail(
        _("Your code to join Golden Thread") if joining else _("Your code to sign in"),
        [
            Block(_("Hello,")),
            Block(
                _("Welcome. Type this code on the page where you asked for it:")
                if joining
                else _("Type this code on the page where you asked for it:")
            ),
            Block(code, "code"),
            Block(_("It works for 15 minutes. Tell it to nobody: we will never ask you for it.")),
            Block(
                _(
                    "If you did not ask for a code, you need do nothing. Nobody can get in "
                    "without it."
                )
            ),
        ],
        foot=[
            Block(_("This mail came because someone typed your address on this site:")),
            Block(link("/"), "link"),
            Block(_("We keep no list: if you do nothing, you hear nothing more.")),
        ],
    )


def no_account_mail() -> Mail:
    """Return the mail that says that an address has no account, and where to make one."""
    return mail(
        _("Signing in to Golden Thread"),
        [
            Block(_("Hello,")),
            Block(
                _(
                    "Someone typed your address to sign in to Golden Thread. There is no account "
                    "with it."
                )
            ),
            Block(
                _(
                    "If it was you, perhaps you used another address. Or you can make an account "
                    "here:"
                )
            ),
            Block(link(reverse("account_signup")), "link"),
            Block(_("You do not need an account to say something, or to open a receipt.")),
            Block(_("If it was not you, you need do nothing.")),
        ],
        foot=[Block(_("We keep no list: if you do nothing, you hear nothing more."))],
    )


def send_code(email: str, code: str, *, joining: bool) -> None:
    """Send the code that lets someone in."""
    code_mail(code, joining=joining).send(email)


def send_no_account(email: str) -> None:
    """Say that this address has no account, and where to make one."""
    no_account_mail().send(email)
