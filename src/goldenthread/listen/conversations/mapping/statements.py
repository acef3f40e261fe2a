"""The statements of a Polis export: comments.csv."""

from dataclasses import dataclass
from typing import Final

from goldenthread.kit.marking import marked
from goldenthread.listen.conversations.mapping.tables import Table, whole

NOT_WHOLE: Final = marked("“%(value)s” is not a whole number.")
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # a cell that starts so is a sum to a spreadsheet


@dataclass(frozen=True)
class Statement:
    """A statement: who wrote it, what readers decided (1 in, 0 not yet, -1 turned down).

    `created` in milliseconds since 1970. `agrees` and `disagrees` as the file counts them: repeated
    votes too.
    """

    id: str
    text: str
    author: str = ""
    moderated: int = 1
    created: int | None = None
    agrees: int | None = None
    disagrees: int | None = None


def read_statements(table: Table) -> tuple[Statement, ...]:
    """Return the statements in the order of the file. Raises FileFault."""
    name = table.need("comment-id", "tid", "statement-id")
    text = table.find("comment-body", "txt", "body", "text")
    author = table.find("author-id", "pid", "participant-id")
    numbers = {
        "created": table.find("timestamp", "created"),
        "agrees": table.find("agrees", "agree-count"),
        "disagrees": table.find("disagrees", "disagree-count"),
    }
    moderated = table.find("moderated", "mod")

    def one(line: int, row: list[str]) -> Statement:
        def number(place: int | None) -> int | None:
            said = "" if place is None else row[place].strip()
            return whole(table, line, said, NOT_WHOLE) if said else None

        decided = number(moderated)
        return Statement(
            id=row[name].strip(),
            text="" if text is None else as_said(row[text]),
            author="" if author is None else row[author].strip(),
            moderated=0 if decided is None else decided,
            **{what: number(place) for what, place in numbers.items()},
        )

    return tuple(one(line, row) for line, row in table.rows())


def safe(text: str) -> str:
    """Return words for a cell that no spreadsheet takes for a sum."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def as_said(text: str) -> str:
    """Return the words that `safe` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text
