"""Tables in files: bytes to rows, with plain words about what is wrong and on which line."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from goldenthread.kit.marking import marked

DELIMITERS: Final = ",;\t"
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
RAGGED: Final = marked("There are %(many)s columns here, but %(names)s names in the first line.")


class FileFault(ValueError):
    """Something is wrong with a file: which, on which line (if on one), and what.

    It is said in English; whoever shows it in another language has `text`, and `words` to fill in.
    """

    def __init__(self, file: str, text: str, line: int | None = None, **words: object) -> None:
        self.file, self.line = file, line
        self.text, self.words = text, words
        place = file if line is None else f"{file}, line {line}"
        super().__init__(f"{place}: {text % words}")


@dataclass(frozen=True)
class Table:
    """A file as a table: the `head` as it is written, and its rows as they are read.

    `names` are those of the head in small letters, with hyphens: to find columns by.
    """

    file: str
    head: tuple[str, ...]
    names: tuple[str, ...]
    data: bytes  # UTF-8 without mark, lines that end in a line feed alone
    delimiter: str

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row with the line it begins on; empty lines are left out."""
        reader = csv.reader(
            io.StringIO(self.data.decode(), newline=""), delimiter=self.delimiter, strict=True
        )
        line, width = 1, len(self.names)
        try:
            for place, row in enumerate(reader):
                if place and row and row != [""]:
                    if len(row) != width:
                        raise FileFault(self.file, RAGGED, line, many=len(row), names=width)
                    yield line, row
                line = reader.line_num + 1
        except csv.Error as fault:
            raise FileFault(self.file, _broken(fault), line) from fault

    def find(self, *names: str) -> int | None:
        """Return the place of the column with the first of these names that there is."""
        return next((self.names.index(name) for name in names if name in self.names), None)

    def need(self, *names: str) -> int:
        """Return the place of a column that must be there."""
        place = self.find(*names)
        if place is None:
            text = marked("There is no column “%(name)s”.")
            raise FileFault(self.file, text, 1, name=names[0])
        return place


def table(file: str, data: bytes) -> Table:
    """Read the head of a file. Raises FileFault if it is no table of text."""
    data = _plain(file, data)
    first = data.split(b"\n", 1)[0].decode()
    delimiter = max(DELIMITERS, key=first.count)
    try:
        row = next(csv.reader([first], delimiter=delimiter, strict=True), [])
    except csv.Error as fault:
        raise FileFault(file, _broken(fault), 1) from fault
    head = tuple(name.strip() for name in row)
    if not any(head):
        raise FileFault(file, marked("The file is empty, or its first line is."))
    _different(file, head)
    names = tuple(name.lower().replace("_", "-") for name in head)
    return Table(file, head, names, data, delimiter)


def whole(table: Table, line: int, text: str, says: str, **words: str) -> int:
    """Return a whole number from a cell. Raises FileFault, which `says` what it is not."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
        if number == int(number):
            return int(number)
    except (ValueError, OverflowError):
        pass
    raise FileFault(table.file, says, line, value=_short(text), **words)


def vote(table: Table, line: int, text: str) -> int:
    """Return a vote from a cell: 1, 0 or -1. Raises FileFault."""
    text = text.strip()
    number = VOTES.get(text)
    if number is None:
        says = marked("“%(value)s” is not a vote (1, 0 or -1).")
        raise FileFault(table.file, says, line, value=_short(text))
    return number


VOTES: Final = {
    text: number
    for number, texts in ((1, ("1", "+1", "1.0")), (0, ("0", "-0", "0.0")), (-1, ("-1", "-1.0")))
    for text in texts
}


def _plain(file: str, data: bytes) -> bytes:
    """Return UTF-8 without mark and with lines that end in a line feed alone."""
    if data.startswith(UTF_16):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeDecodeError as fault:
            text = marked("The file breaks off in the middle of a letter.")
            raise FileFault(file, text) from fault
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode()
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        text = marked("There are letters here that are not UTF-8.")
        raise FileFault(file, text, line) from fault
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise FileFault(file, marked("This is not text."), line)
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def _different(file: str, names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise FileFault(file, marked("Two columns are called “%(name)s”."), 1, name=name)
        seen.add(name)


def _broken(fault: csv.Error) -> str:
    if "field larger" in str(fault):
        return marked("A quotation mark is open here, and far below still not closed.")
    if "end of data" in str(fault):
        return marked("A quotation mark is opened here and never closed.")
    return marked("The quotation marks are not as in a CSV file.")


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"  # noqa: PLR2004 - enough to find it
