"""A brief on paper: what stands on the page, as PDF and as a Word document."""

import io
import re
from datetime import datetime
from typing import Any, Final

import docx
from django.utils.translation import gettext as _
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from goldenthread.act.briefs import queries
from goldenthread.act.decisions.models import Decision
from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.projects.poster import BriefPage
from goldenthread.safety.release.queries import Figures

LONG_WORD: Final = re.compile(r"(\S{24})(?=\S)")
SMALL, BODY, LARGE = Pt(8.5), Pt(10), Pt(13)


def page_of(seen: queries.Seen, figures: Figures, *, now: datetime) -> BriefPage:
    """Gather what stands on the page of a brief."""
    brief = seen.brief
    said = queries.said_in(brief, figures)
    organisation = brief.project.organisation
    return BriefPage(
        organisation=organisation.name,
        accent=organisation.accent,
        project=brief.project.title,
        title=_broken(brief.title),
        ask=_broken(brief.ask),
        decide_by=say_day(brief.decide_by).replace(" ", "\u00a0"),
        who=_broken(queries.who_decides(brief, seen.standing, now=now)),
        topics=tuple(
            (_broken(each.title), _broken(each.sentence), _voices(each.voices))
            for each in said.topics
        ),
        sentences=tuple(map(_broken, said.sentences)),
        quotes=tuple(map(_broken, said.quotes)),
        options=tuple(_option(each) for each in brief.on_the_table),  # type: ignore[attr-defined]
        labels=_labels(),
        foot=" ".join(_foot(figures, quotes=bool(said.quotes), now=now)),
        language=organisation.language.split("-")[0] or "en",
        made_on=clock.today(now),
    )


def _broken(text: str) -> str:
    """Let a word that is longer than a column be broken."""
    return LONG_WORD.sub("\\1\u200b", text)


def _voices(number: str) -> str:
    return _("Said by %(number)s.") % {"number": number} if number else ""


def _option(option: dict[str, Any]) -> tuple[str, str, str, str, str]:
    text, cost, risk = (_broken(option[name]) for name in ("text", "cost", "risk"))
    brings = str(Decision.Outcome(option["outcome"]).label)
    return text, cost, risk, option["outcome"], brings


def _labels() -> dict[str, str]:
    return {
        "ask": _("What is asked"),
        "said": _("What people said"),
        "options": _("The options"),
        "option": _("Option"),
        "cost": _("What it costs"),
        "risk": _("What could go wrong"),
        "brings": _("People get it?"),
        "by": _("Decide by"),
    }


def _foot(figures: Figures, *, quotes: bool, now: datetime) -> list[str]:
    says = []
    if figures.frozen_on:
        frozen = {"day": say_day(figures.frozen_on)}
        says.append(_("Numbers are rounded, and were frozen on %(day)s.") % frozen)
    if figures.public_on:
        out = {"day": say_day(figures.public_on)}
        says.append(_("They are not public before %(day)s.") % out)
    if quotes:
        says.append(_("Who is quoted has agreed to it."))
    return [*says, _("Made on %(day)s.") % {"day": say_day(clock.today(now))}]


def as_docx(brief: BriefPage) -> bytes:
    """Return a brief as a Word document, for papers that a committee puts together."""
    made, labels = docx.Document(), brief.labels
    _set_up(made, brief)
    _quiet(made, f"{brief.organisation} · {brief.project}")
    title = made.add_heading(brief.title, level=1)
    title.runs[0].font.color.rgb = RGBColor.from_string(brief.accent.removeprefix("#"))
    made.add_heading(labels["ask"], level=2)
    made.add_paragraph().add_run(brief.ask).font.size = LARGE
    by = made.add_paragraph()
    by.add_run(f"{labels['by']} {brief.decide_by}. ").bold = True
    by.add_run(brief.who)
    made.add_heading(labels["said"], level=2)
    for name, sentence, voices in brief.topics:
        line = made.add_paragraph()
        line.add_run(f"{name}. ").bold = True
        line.add_run(f"{sentence} {voices}".strip())
    for sentence in brief.sentences:
        made.add_paragraph(sentence, style="List Bullet")
    for words in brief.quotes:
        made.add_paragraph(f"“{words}”", style="Quote")
    made.add_heading(labels["options"], level=2)
    _table(made, brief)
    _quiet(made, brief.foot)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def _set_up(made: Any, brief: BriefPage) -> None:
    about = made.core_properties
    about.title, about.author = f"{brief.title} – {brief.project}", brief.organisation
    about.language, about.comments = brief.language, ""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(14)
    for name in ("Normal", "List Bullet", "Quote"):
        style = made.styles[name]
        style.font.size = BODY
        style.paragraph_format.space_after = Pt(3)
    for level in (1, 2):
        style = made.styles[f"Heading {level}"]
        style.paragraph_format.space_before = Pt(6)
    properties = made.styles["Normal"].element.get_or_add_rPr()
    spoken = "en-GB" if brief.language == "en" else brief.language
    properties.append(properties.makeelement(qn("w:lang"), {qn("w:val"): spoken}))


def _quiet(made: Any, words: str) -> None:
    run = made.add_paragraph().add_run(words)
    run.font.size, run.font.color.rgb = SMALL, RGBColor(0x55, 0x62, 0x5F)


def _table(made: Any, brief: BriefPage) -> None:
    heads = [brief.labels[name] for name in ("option", "cost", "risk", "brings")]
    table = made.add_table(rows=1, cols=len(heads), style="Table Grid")
    first = table.rows[0]
    properties = first._tr.get_or_add_trPr()  # noqa: SLF001  python-docx has no other way
    properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    rows = [(text, cost, risk, brings) for text, cost, risk, _outcome, brings in brief.options]
    for at, said in enumerate([tuple(heads), *rows]):
        cells = first.cells if at == 0 else table.add_row().cells
        for column, words in enumerate(said):
            run = cells[column].paragraphs[0].add_run(words)
            run.bold, run.font.size = at == 0 or column == 0, Pt(9.5)
