"""The moderation log: every act by role and day, taken from the record. No words, no persons."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final

from django.db.models import QuerySet

from goldenthread.projects.models import Project
from goldenthread.safety.moderation import policy
from goldenthread.safety.reading.reasons import REMOVED
from goldenthread.thread.models import Entry

READER: Final = "Reader"
TEAM: Final = "Reader, facilitator or co-lead"
CO_LEAD: Final = "Co-lead"
AUTHOR: Final = "Author"
ANYONE: Final = "Anyone"
ACTS: Final[dict[str, tuple[str, str]]] = {  # what was done, and by whom
    "words.released": ("Released", READER),
    "words.masked": ("Masked details", READER),
    "words.second_reader_asked": ("Asked for a second reader", READER),
    "words.unpublished": ("Not published", READER),
    "words.author_objected": ("Did not agree", AUTHOR),
    "words.kept": ("Left it as it was", READER),
    "words.hidden": ("Hidden until read again", READER),
    "words.removal_asked": ("Asked to remove", TEAM),
    "words.removal_refused": ("Refused to remove", CO_LEAD),
    "words.removed_by_organisation": ("Removed, with a second key", CO_LEAD),
    "words.put_back": ("Shown again", "Reader or co-lead"),
    "quote.agreed": ("Agreed that it may be quoted", READER),
    "quote.refused": ("Decided that it is not quoted", READER),
    "report.received": ("Reported", ANYONE),
    "report.decided": ("Decided on a report", READER),
    "appeal.received": ("Appealed", AUTHOR),
    "appeal.decided": ("Decided on an appeal", "Reader or co-lead"),
}
OUTCOMES: Final = {
    "kept": "Kept",
    "masking": "Hidden, to mask details",
    "second": "Hidden, for a second reader",
    "removal": "Removal asked for",
    "put-right": "Put right by those who wrote it",
    "upheld": "Stays down",
    "overturned": "Overturned",
}
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
COLUMNS: Final = ("number", "day", "act", "role", "reason")


@dataclass(frozen=True)
class Line:
    """One act, as anyone may know it who may read the log."""

    number: int
    day: str  # of people who speak: the week
    act: str
    role: str
    reason: str


def entries(project: Project) -> QuerySet[Entry]:
    """Every act of moderation in a project, to be paged."""
    return Entry.objects.filter(project=project.ref, kind__in=ACTS)


def line_of(entry: Entry) -> Line:
    """Tell one act."""
    act, role = ACTS[entry.kind]
    body = json.loads(bytes(entry.body))
    return Line(entry.seq, entry.week_or_day, act, role, _reason(body))


def _reason(body: dict[str, object]) -> str:
    because, outcome = str(body.get("fact_because", "")), str(body.get("fact_outcome", ""))
    if because:
        return str(REMOVED.get(because) or policy.REASONS.get(because, because))
    return OUTCOMES.get(outcome, outcome)


def as_csv(lines: Iterable[Line]) -> str:
    """Return the log as CSV; no cell can be read as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([[safe(value) for value in asdict(line).values()] for line in lines])
    return out.getvalue()


def as_json(lines: Iterable[Line]) -> str:
    """Return the log as JSON."""
    return json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=1)


def safe(value: object) -> str:
    """Put a quote before a cell that a spreadsheet would run."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
