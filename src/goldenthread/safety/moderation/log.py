"""The moderation log: every act by role and day, taken from the record. No words, no persons."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from goldenthread.projects.models import Project
from goldenthread.safety.moderation import policy
from goldenthread.safety.reading.reasons import REMOVED
from goldenthread.thread.models import Entry

READER: Final = marked("Reader")
TEAM: Final = marked("Reader, facilitator or co-lead")
CO_LEAD: Final = marked("Co-lead")
READER_OR_CO_LEAD: Final = marked("Reader or co-lead")
AUTHOR: Final = marked("Author")
ANYONE: Final = marked("Anyone")
ACTS: Final[dict[str, tuple[str, str]]] = {  # what was done, and by whom
    "words.released": (marked("Released"), READER),
    "words.masked": (marked("Masked details"), READER),
    "words.second_reader_asked": (marked("Asked for a second reader"), READER),
    "words.unpublished": (marked("Not published"), READER),
    "words.author_objected": (marked("Did not agree"), AUTHOR),
    "words.kept": (marked("Left it as it was"), READER),
    "words.hidden": (marked("Hidden until read again"), READER),
    "words.removal_asked": (marked("Asked to remove"), TEAM),
    "words.removal_refused": (marked("Refused to remove"), CO_LEAD),
    "words.removed_by_organisation": (marked("Removed, with a second key"), CO_LEAD),
    "words.put_back": (marked("Shown again"), READER_OR_CO_LEAD),
    "quote.agreed": (marked("Agreed that it may be quoted"), READER),
    "quote.refused": (marked("Decided that it is not quoted"), READER),
    "report.received": (marked("Reported"), ANYONE),
    "report.decided": (marked("Decided on a report"), READER),
    "appeal.received": (marked("Appealed"), AUTHOR),
    "appeal.decided": (marked("Decided on an appeal"), READER_OR_CO_LEAD),
}
OUTCOMES: Final = {
    "kept": marked("Kept"),
    "masking": marked("Hidden, to mask details"),
    "second": marked("Hidden, for a second reader"),
    "removal": marked("Removal asked for"),
    "put-right": marked("Put right by those who wrote it"),
    "upheld": marked("Stays down"),
    "overturned": marked("Overturned"),
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
    act, role = (_(each) for each in ACTS[entry.kind])
    body = json.loads(bytes(entry.body))
    return Line(entry.seq, entry.week_or_day, act, role, _reason(body))


def _reason(body: dict[str, object]) -> str:
    because, outcome = str(body.get("fact_because", "")), str(body.get("fact_outcome", ""))
    if because:
        return str(REMOVED.get(because) or policy.REASONS.get(because, because))
    return _(OUTCOMES.get(outcome, outcome))


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
