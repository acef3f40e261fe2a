"""Reading a file of voices: tolerant of how programs write tables, strict about what is in them."""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices.models import Voice
from goldenthread.people.receipts.codes import looks_like_receipt
from goldenthread.safety.reading.services.holding import plain

LARGEST: Final = 2 * 1024 * 1024  # bytes
MOST: Final = 20_000  # lines
LONGEST: Final = 4000  # letters of one voice
DELIMITERS: Final = ",;\t"
LIKELY: Final = ("words", "text", "comment", "comments", "answer", "response", "voice", "said")
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class Sheet:
    """A table: the names of its columns, and its lines with their numbers in the file."""

    headers: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]

    def likely_words(self) -> str:
        """Return the column that most likely holds the words, by its name; else none."""
        if len(self.headers) == 1:
            return self.headers[0]
        return next((each for each in self.headers if each.strip().lower() in LIKELY), "")


@dataclass(frozen=True)
class Row:
    """One voice from a file."""

    words: str
    kind: str = Voice.Kind.ISSUE
    whose: str = ""
    asked: str = ""
    answers: UUID | None = None


@dataclass(frozen=True)
class Fault:
    """A line that cannot be brought in, and why."""

    line: int
    says: str


@dataclass(frozen=True)
class Columns:
    """Which column is which; an empty name means that the file has none."""

    words: str
    kind: str = ""
    whose: str = ""
    usual_kind: str = Voice.Kind.ISSUE
    skip_repeats: bool = False


@dataclass
class Taken:
    """What a file gives: voices, faults by line, repeats, and how many came in before."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    repeats: list[int] = field(default_factory=list)
    before: int = 0

    @property
    def texts(self) -> list[str]:
        """The words of each voice, as they are held."""
        return [plain(row.words) for row in self.rows]


def decode(data: bytes) -> str:
    """Return the text of a file, however it was written.

    :raises Refusal: it is no text, or too much of it
    """
    if len(data) > LARGEST:
        raise Refusal(_("This file is larger than 2 MB. Please cut it in two."), field="file")
    if data[:2] == b"PK":
        raise Refusal(
            _("This is a spreadsheet. Please save it as CSV first, then choose that file."),
            field="file",
        )
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Refusal(_("This is not a text file. Please choose a CSV file."), field="file")
    return text


def fingerprint(text: str) -> bytes:
    """Return what two files with the same lines have in common, whatever their line breaks."""
    return hashlib.sha256("\n".join(text.splitlines()).encode()).digest()


def read(text: str) -> Sheet:
    """Take the table apart; the first line names the columns.

    :raises Refusal: it has no columns or lines, too many lines, or is broken somewhere
    """
    lines = list(_lines(text))
    if not lines or not any(cell.strip() for cell in lines[0][1]):
        raise Refusal(_("This file is empty. Its first line must name the columns."), field="file")
    headers = tuple(cell.strip() for cell in lines[0][1])
    if len(set(headers)) < len(headers):
        raise Refusal(_("Two columns have the same name. Please rename one."), field="file")
    filled = tuple(each for each in lines[1:] if any(cell.strip() for cell in each[1]))
    if not filled:
        raise Refusal(_("This file names its columns, but has no lines below."), field="file")
    if len(filled) > MOST:
        raise Refusal(_("This file has more than 20,000 lines. Please cut it."), field="file")
    return Sheet(headers, filled)


def _lines(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield each line with the number at which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    begins = 1
    try:
        for cells in reader:
            yield begins, tuple(cells)
            begins = reader.line_num + 1
    except csv.Error:
        message = _("This file is broken near line %(line)s: a quotation mark is missing or extra.")
        raise Refusal(message % {"line": reader.line_num or 1}, field="file") from None


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def take(sheet: Sheet, columns: Columns) -> Taken:
    """Take the voices out of a table. Lines with faults are left out and told."""
    taken = Taken()
    seen: dict[str, int] = {}
    for line, cells in sheet.lines:
        row = _row(sheet, cells, columns)
        if isinstance(row, str):
            taken.faults.append(Fault(line, row))
            continue
        first = seen.setdefault(" ".join(row.words.casefold().split()), line)
        if first != line:
            taken.repeats.append(line)
            if columns.skip_repeats:
                continue
        taken.rows.append(row)
    return taken


def without(taken: Taken, held: Mapping[str, int]) -> Taken:
    """Leave out voices that came in before: of each text as many as are held of it."""
    left = Counter(held)
    rows: list[Row] = []
    for row, text in zip(taken.rows, taken.texts, strict=True):
        left[text] -= 1
        if left[text] < 0:
            rows.append(row)
    return replace(taken, rows=rows, before=len(taken.rows) - len(rows))


def _row(sheet: Sheet, cells: tuple[str, ...], columns: Columns) -> Row | str:
    """Return the voice of one line, or the sentence that says what is wrong with it."""
    if len(cells) > len(sheet.headers):
        return _("There are more cells than columns.")
    named = dict(zip(sheet.headers, cells, strict=False))
    words = named.get(columns.words, "").strip()
    kind = _matched(named.get(columns.kind, ""), KINDS, columns.usual_kind)
    whose = _matched(named.get(columns.whose, ""), WHOSE, "")
    checks: Iterable[tuple[bool, str]] = (
        (not words, _("There are no words.")),
        (len(words) > LONGEST, _("The words are longer than 4,000 letters.")),
        (looks_like_receipt(words), _("There is a receipt in the words.")),
        (kind is None, _("We do not know this kind.")),
        (whose is None, _("We do not know whose experience this says it is.")),
    )
    wrong = next((says for is_so, says in checks if is_so), "")
    return wrong or Row(words, kind or columns.usual_kind, whose or "")


def _matched(cell: str, known: Mapping[str, str], otherwise: str) -> str | None:
    """Return the value that a cell names, `otherwise` for an empty one, none for an unknown one."""
    said = cell.strip().lower()
    return known.get(said) if said else otherwise


KINDS: Final = {
    **{str(value): str(value) for value in Voice.Kind.values},
    **{str(label).lower(): str(value) for value, label in Voice.Kind.choices},
    "problem": "issue",
    "suggestion": "idea",
    "thanks": "praise",
}
WHOSE: Final = {
    **{str(value): str(value) for value in Voice.Whose.values},
    **{str(label).lower(): str(value) for value, label in Voice.Whose.choices},
    "carer": "cared-for",
}

SHOWN_ROWS: Final = 5
SHOWN_FAULTS: Final = 100


@dataclass(frozen=True)
class Preview:
    """What would happen, before anything does."""

    taken: Taken

    @property
    def headers(self) -> list[str]:
        """The columns of `rows`."""
        return [_("Words"), _("Kind"), _("Whose")]

    @property
    def fault_headers(self) -> list[str]:
        """The columns of `faults`."""
        return [_("Where"), _("What is wrong")]

    @property
    def ready(self) -> bool:
        """Whether there is anything to bring in."""
        return bool(self.taken.rows)

    @property
    def says(self) -> str:
        """How many voices come in, how many lines are left out, and how many repeat."""
        come, out = len(self.taken.rows), len(self.taken.faults)
        said = [
            ngettext(
                "%(n)s voice will wait for the readers.",
                "%(n)s voices will wait for the readers.",
                come,
            )
            % {"n": f"{come:,}"}
        ]
        if out:
            said.append(
                ngettext("%(n)s line is left out.", "%(n)s lines are left out.", out)
                % {"n": f"{out:,}"}
            )
        if before := self.taken.before:
            words = ngettext(
                "%(n)s line is left out because its words came in from a file before.",
                "%(n)s lines are left out because their words came in from a file before.",
                before,
            )
            said.append(words % {"n": f"{before:,}"})
        if repeats := len(self.taken.repeats):
            words = ngettext(
                "%(n)s line repeats the words of an earlier one.",
                "%(n)s lines repeat the words of an earlier one.",
                repeats,
            )
            said.append(words % {"n": f"{repeats:,}"})
        return " ".join(said)

    @property
    def button(self) -> str:
        """What the button that does it says."""
        come = len(self.taken.rows)
        return ngettext("Bring in %(n)s voice", "Bring in %(n)s voices", come) % {"n": f"{come:,}"}

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Lines that are left out, and why; the first hundred."""
        return [
            (_("Line %(n)s") % {"n": f"{each.line:,}"}, each.says)
            for each in self.taken.faults[:SHOWN_FAULTS]
        ]

    @property
    def more_faults(self) -> str:
        """How many more faults there are than are shown."""
        more = len(self.taken.faults) - SHOWN_FAULTS
        return _("And %(n)s more lines.") % {"n": f"{more:,}"} if more > 0 else ""

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """The first few voices."""
        kinds, whose = dict(Voice.Kind.choices), dict(Voice.Whose.choices)
        return [
            (row.words, str(kinds[row.kind]), str(whose.get(row.whose, _("Not said"))))
            for row in self.taken.rows[:SHOWN_ROWS]
        ]
