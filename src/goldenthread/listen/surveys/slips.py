"""Slips to print and cut, each with one code: tagged PDF, drawn by typst in its own fonts."""

import io
import json
from pathlib import Path
from typing import Final

import segno
import typst
from django.utils.translation import gettext as _

from goldenthread.kit.components.furniture import last_resort
from goldenthread.kit.text import say_day
from goldenthread.listen.surveys.holder import shown
from goldenthread.listen.surveys.models import Wave

PATTERN: Final = 3  # of the eight that a QR code may have
TEMPLATE: Final = Path(__file__).with_name("slips.typ")


def make(wave: Wave, codes: list[str], address: str) -> bytes:
    """Return the slips as a PDF, eight on a page.

    :raises RuntimeError: typst finds it not fit for PDF/UA
    """
    survey = wave.survey
    until = _("Until %(day)s.") % {"day": say_day(wave.until)} if wave.until else ""
    facts = {
        "title": survey.title,
        "organisation": survey.project.organisation.name,
        "language": survey.project.organisation.language.split("-")[0] or "en",
        "says": _("Your answers are not joined to your name. This code works once."),
        "how": _("Open the address or the picture with a phone, and type in the code."),
        "until": until,
        "address": address.partition("://")[2],
        "picture": _("The address with this code, as a picture for a phone"),
        "help": " · ".join(f"{line.name}: {line.number}" for line in last_resort()),
        "slips": [
            {"code": shown(code), "qr": _picture(f"{address}#{shown(code)}")} for code in codes
        ],
    }
    made = typst.compile(
        str(TEMPLATE),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        sys_inputs={"slips": json.dumps(facts)},
    )
    return bytes(made)


def _picture(href: str) -> list[int]:
    """Draw a QR code as the bytes of a PNG, all in one pattern: choosing the best takes longest."""
    out = io.BytesIO()
    segno.make(href, error="m", micro=False, mask=PATTERN).save(out, kind="png", scale=8, border=2)
    return list(out.getvalue())
