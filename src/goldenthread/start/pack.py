"""The pack of a project: texts to send and to read out, filled in from its terms."""

import io
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import docx
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from goldenthread.projects.poster import Sheet
from goldenthread.start.drafts import FOLDER

Blocks = tuple[tuple[str, str], ...]
GAP: Final = re.compile(r"\{(\w+)\}")
STYLES: Final = {"heading": "Heading 2", "point": "List Bullet", "words": "Normal"}


@dataclass(frozen=True)
class Document:
    """One text of the pack, with its gaps."""

    key: str
    title: str
    hint: str
    text: str


@cache
def documents() -> dict[str, Document]:
    """Return every text of the pack by its key."""
    given = tomllib.loads((FOLDER / "pack.toml").read_text(encoding="utf-8"))
    return {key: Document(key, **each) for key, each in given.items()}


def filled(document: Document, facts: Mapping[str, str]) -> Blocks:
    """Fill the gaps of a text, and part it into headings, points and words.

    :raises KeyError: a gap is not among the facts
    """
    blocks: list[tuple[str, str]] = []
    for part in document.text.strip().split("\n\n"):
        for line in part.split("\n") if part.startswith("- ") else [part]:
            kind, words = _kind_of(line)
            says = GAP.sub(lambda gap: facts[gap.group(1)], words)
            blocks.append((kind, " ".join(says.split())))
    return tuple(blocks)


def _kind_of(line: str) -> tuple[str, str]:
    if line.startswith("# "):
        return "heading", line[2:]
    if line.startswith("- "):
        return "point", line[2:]
    return "words", line


def as_docx(sheet: Sheet) -> bytes:
    """Return a text as a Word document, for those who change it before they send it."""
    made = docx.Document()
    made.core_properties.title = f"{sheet.title} – {sheet.project}"
    made.core_properties.author = sheet.organisation
    made.core_properties.language = sheet.language
    made.core_properties.comments = ""
    normal = made.styles["Normal"]
    normal.font.size = Pt(12)
    language = normal.element.get_or_add_rPr().makeelement(
        qn("w:lang"), {qn("w:val"): sheet.language}
    )
    normal.element.get_or_add_rPr().append(language)
    title = made.add_heading(sheet.title, level=1)
    title.runs[0].font.color.rgb = RGBColor.from_string(sheet.accent.removeprefix("#"))
    made.add_paragraph(f"{sheet.project} · {sheet.organisation}")
    for kind, words in sheet.blocks:
        made.add_paragraph(words, style=STYLES[kind])
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()
