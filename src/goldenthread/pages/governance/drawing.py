"""Drawing a paper as PDF (PDF/UA-1), in typst's own fonts."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from goldenthread.kit.text import say_day
from goldenthread.pages.governance.papers import Paper

TEMPLATE = Path(__file__).with_name("paper.typ")


def make(paper: Paper, *, organisation: str, language: str, made_on: date) -> bytes:
    """Return the paper as tagged PDF with bookmarks."""
    facts = asdict(paper) | {
        "organisation": organisation,
        "language": language,
        "made_on": made_on.isoformat(),
        "made_said": say_day(made_on),
        "to_fill_in": _("To fill in:"),
    }
    return bytes(
        typst.compile(
            str(TEMPLATE),
            format="pdf",
            ignore_system_fonts=True,
            pdf_standards="ua-1",
            sys_inputs={"paper": json.dumps(facts)},
        )
    )
