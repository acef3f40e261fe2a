"""Drawing the sheet: plain text to paste, or a tagged PDF (PDF/UA-1) to attach."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("sheet.typ")


@dataclass(frozen=True)
class Part:
    """One part of the sheet: a heading and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """All that stands on the sheet."""

    title: str
    about: str  # whose it is, and what may be done with it
    parts: tuple[Part, ...]
    language: str
    made_on: str  # 2026-11-22


def as_text(sheet: Sheet) -> str:
    """Return the sheet as plain text; empty parts are left out."""
    blocks = [f"{sheet.title}\n{sheet.about}"]
    blocks += ["\n".join([each.heading.upper(), *each.lines]) for each in sheet.parts if each.lines]
    return "\n\n".join(blocks) + "\n"


def as_pdf(sheet: Sheet) -> bytes:
    """Return the sheet as a PDF that screen readers can read.

    :raises RuntimeError: typst finds it not fit for PDF/UA
    """
    return bytes(
        typst.compile(
            str(TEMPLATE),
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards="ua-1",
            sys_inputs={"sheet": json.dumps(asdict(sheet))},
        )
    )
