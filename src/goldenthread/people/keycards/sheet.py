"""Cards to print and cut, each with one code: tagged PDF (PDF/UA-1), in typst's own fonts."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit.text import say_day

TEMPLATE: Final = Path(__file__).with_name("sheet.typ")


@dataclass(frozen=True)
class Printed:
    """One card: whose it is, for the strip that is cut off, and its code."""

    name: str
    code: str = field(repr=False)
    until: date


def make(cards: Sequence[Printed], *, organisation: str, language: str, made_on: date) -> bytes:
    """Return the cards as a PDF, four on a page. What is on the card itself names nobody.

    :raises RuntimeError: typst finds it not fit for PDF/UA
    """
    address = settings.SITE_URL + reverse("keycards:sign_in")
    facts = {
        "title": _("Sign-in cards"),
        "organisation": organisation,
        "language": language,
        "made_on": made_on.isoformat(),
        "address": address.partition("://")[2],
        "cards": [_said(each, address) for each in cards],
        **_words(),
    }
    made = typst.compile(
        str(TEMPLATE),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        sys_inputs={"facts": json.dumps(facts)},
    )
    return bytes(made)


def _said(card: Printed, address: str) -> dict[str, Any]:
    return {
        "name": card.name,
        "code": card.code,
        "until": _("It works until %(day)s.") % {"day": say_day(card.until)},
        "qr": _picture(f"{address}#{card.code}"),
    }


def _words() -> dict[str, Any]:
    return {
        "for": _("This card is for"),
        "cut": _("Cut along the line. Keep this strip apart from the card."),
        "heading": _("Your card to sign in"),
        "picture": _("The address with this code, as a picture for a phone"),
        "steps": [
            _("Point your phone at the square. Or type this address:"),
            _("Type this code:"),
            _("The first time, choose six numbers. Later, type them again."),
        ],
        "lost": _("Lost it? Tell the people who gave it to you. They stop it at once."),
        "keep": _("Keep it like a key. Do not write your six numbers on it."),
    }


def _picture(href: str) -> list[int]:
    out = io.BytesIO()
    segno.make(href, error="m", micro=False).save(out, kind="png", scale=8, border=2)
    return list(out.getvalue())
