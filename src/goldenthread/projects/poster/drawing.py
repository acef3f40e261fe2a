"""Drawing the poster with typst: tagged PDF (PDF/UA-1) in typst's own fonts."""

import io
import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import segno
import typst

TEMPLATE = Path(__file__).with_name("poster.typ")


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
    facts = asdict(poster) | {"qr": qr_svg(poster.url), "made_on": poster.made_on.isoformat()}
    return bytes(
        typst.compile(
            str(TEMPLATE),
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards="ua-1",
            sys_inputs={"poster": json.dumps(facts)},
        )
    )


def qr_svg(url: str) -> str:
    """Draw the QR code as SVG, with quartile error correction: a torn corner still scans."""
    out = io.BytesIO()
    code = segno.make(url, error="q", micro=False, boost_error=False)
    code.save(out, kind="svg", border=0, dark="#1d2a2d", light=None, xmldecl=False, scale=10)
    return out.getvalue().decode()
