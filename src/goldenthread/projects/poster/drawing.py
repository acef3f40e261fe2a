"""Drawing what is printed with typst: tagged PDF (PDF/UA-1) in typst's own fonts."""

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.utils.translation import gettext as _

HERE = Path(__file__).parent


@dataclass(frozen=True)
class HelpLine:
    """Who can be called, on the foot of the poster."""

    name: str
    number: str
    note: str = ""


@dataclass(frozen=True)
class Poster:
    """All that stands on the poster."""

    organisation: str
    accent: str  # "#0b5a55"
    title: str
    question: str
    about: str
    steps: tuple[tuple[str, str], ...]
    until: str
    url: str  # what the QR code holds
    shown_url: str  # what people type
    for_whom: str
    help_lines: tuple[HelpLine, ...]
    language: str
    made_on: date


def make(poster: Poster) -> bytes:
    """Return the poster as one PDF page that screen readers can read.

    :raises RuntimeError: typst finds it not fit for PDF/UA
    """
    return _print("poster", asdict(poster) | _qr(poster) | {"words": _words()})


def _words() -> dict[str, str]:
    return {
        "tell_us": _("Tell us"),
        "scan": _("Scan the square with your phone, or type:"),
        "help": _("Need help now? Nobody reads this box live. These people answer."),
        "happens": _("What happens"),
    }


@dataclass(frozen=True)
class Slip:
    """One slip to cut out: what it says, where it leads, and a receipt if it carries one."""

    heading: str
    lines: tuple[str, ...]
    url: str  # what the QR code holds
    shown_url: str
    code: str = field(default="", repr=False)


@dataclass(frozen=True)
class Slips:
    """Slips to cut out, eight to a page."""

    organisation: str
    accent: str
    title: str
    slips: tuple[Slip, ...]
    help: str
    language: str
    made_on: date


def make_slips(sheet: Slips) -> bytes:
    """Return slips as PDF pages that screen readers can read.

    :raises RuntimeError: typst finds them not fit for PDF/UA
    """
    slips = [asdict(each) | _qr(each) for each in sheet.slips]
    return _print("slips", asdict(sheet) | {"slips": slips})


@dataclass(frozen=True)
class Box:
    """What is asked on a form, above lines to write on."""

    prompt: str
    picture: str = "write"


@dataclass(frozen=True)
class PaperForm:
    """All that stands on a form to fill in by hand."""

    shape: str  # "large-print" or "easy-read"
    organisation: str
    accent: str
    title: str
    question: str
    for_whom: str
    says: tuple[tuple[str, tuple[str, ...]], ...]  # picture, and what is said beside it
    boxes: tuple[Box, Box]
    help_title: str
    help_lines: tuple[HelpLine, ...]
    slip_title: str
    slip_lines: tuple[str, ...]
    receipt_at: str
    url: str
    shown_url: str
    pictures: Mapping[str, str] = field(repr=False)  # by name, the SVG
    language: str
    made_on: date


def make_form(form: PaperForm) -> bytes:
    """Return a form as PDF pages that screen readers can read.

    :raises RuntimeError: typst finds it not fit for PDF/UA
    """
    return _print("form", asdict(form) | _qr(form))


@dataclass(frozen=True)
class Sheet:
    """A text to send, to read out or to hand out."""

    organisation: str
    accent: str
    project: str
    title: str
    blocks: tuple[tuple[str, str], ...]  # "heading", "words" or "point", and what it says
    language: str  # with its country: en-GB
    made_on: date


def make_sheet(sheet: Sheet) -> bytes:
    """Return a text as PDF pages that screen readers can read.

    :raises RuntimeError: typst finds it not fit for PDF/UA
    """
    return _print("sheet", asdict(sheet) | {"language": sheet.language.split("-")[0]})


@dataclass(frozen=True)
class BriefPage:
    """What a decision-maker is asked, on one page."""

    organisation: str
    accent: str
    project: str
    title: str
    ask: str
    decide_by: str
    who: str
    topics: tuple[tuple[str, str, str], ...]  # title, sentence, and how many said it
    sentences: tuple[str, ...]
    quotes: tuple[str, ...] = field(repr=False)
    options: tuple[tuple[str, str, str, str, str], ...]  # text, cost, risk, outcome, what it brings
    labels: Mapping[str, str]
    foot: str
    language: str
    made_on: date


def make_brief(brief: BriefPage) -> bytes:
    """Return a brief as one PDF page that screen readers can read.

    :raises RuntimeError: typst finds it not fit for PDF/UA
    """
    return _print("brief", asdict(brief))


def _qr(leads: Poster | Slip | PaperForm) -> dict[str, str]:
    says = _("QR code that opens %(address)s") % {"address": leads.shown_url}
    return {"qr": qr_svg(leads.url), "qr_says": says}


def _print(name: str, facts: dict[str, Any]) -> bytes:
    facts["made_on"] = facts["made_on"].isoformat()
    return bytes(
        typst.compile(
            str(HERE / f"{name}.typ"),
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards="ua-1",
            sys_inputs={"facts": json.dumps(facts)},
        )
    )


@lru_cache(maxsize=64)
def qr_svg(url: str) -> str:
    """Draw the QR code as SVG, with quartile error correction: a torn corner still scans."""
    out = io.BytesIO()
    code = segno.make(url, error="q", micro=False, boost_error=False)
    code.save(out, kind="svg", border=0, dark="#1d2a2d", light=None, xmldecl=False, scale=10)
    return out.getvalue().decode()
