"""Exports of the usual tools, made here in their shapes, and what is proposed of their columns."""

import codecs
from collections.abc import Callable
from typing import Any

import pytest

from goldenthread.listen.surveys.files import Kind, Shape, Taken, open_table, propose, take
from goldenthread.listen.surveys.files.tests import exports
from goldenthread.listen.surveys.files.tests.exports import as_book, as_text

Make = Callable[..., list[list[Any]]]


def understood(lines: list[list[Any]], write: Any = as_text) -> dict[str, Any]:
    proposed = propose(open_table(write(lines)))
    return {each.label: each for each in proposed.columns} | {"": proposed}


def kinds(found: dict[str, Any]) -> dict[str, str]:
    return {label: each.kind.value for label, each in found.items() if label}


@pytest.mark.parametrize("write", [as_text, as_book])
def test_microsoft_forms(write: Any) -> None:
    """ID, Start time, Completion time, Email, Name come first, in this order.

    So in the header that bin/add_attachments.py of acl-org/acl-anthology (GitHub) has from its
    Microsoft form. A question with several answers is one cell, "A; B; C;", as scripts that read
    such exports into R put it ("normalise MS Forms multi-select strings like ...").
    """
    found = understood(exports.microsoft(), write)
    assert found[""].shape == Shape.MICROSOFT
    assert list(kinds(found).values())[:6] == ["out"] * 6
    assert list(kinds(found).values())[6:] == ["choice", "scale", "many", "number", "date", "long"]
    assert [label for _value, label in found["I know where to get help"].options] == exports.AGREE
    helped = found["Who helped you while you waited?"]
    assert (helped.separator, helped.sure, len(helped.options)) == (";", True, 4)
    assert found["Email"].personal
    assert found["Email"].why == "It says who it was."


def test_google_forms() -> None:
    """Timestamp comes first; a grid has a column for each line, named "Question [Line]".

    So in the demonstration of lesmana/google-sheet-format-form-grid-responses (GitHub). Ticked
    boxes stand in one cell with a comma and a space between.
    """
    found = understood(exports.google())
    assert found[""].shape == Shape.GOOGLE
    assert list(kinds(found).values()) == [
        *("out", "out", "choice", "many", "scale", "scale", "scale", "long")
    ]
    grid = found["How do you find these? [The website]"]
    assert grid.options[0][1] == "Very poor"
    assert not found["How likely is it that you come again?"].sure  # numbers may be anything


def test_qualtrics() -> None:
    """Three lines before the answers: names, questions, and JSON with the ImportId.

    So in R's kutils::importQualtrics (namerow 1, questionrow 2, importidrow 3, skip 3). A question
    with several answers may have a column for each option, which holds the option's text.
    """
    found = understood(exports.qualtrics())
    assert found[""].shape == Shape.QUALTRICS
    assert list(kinds(found).values())[:17] == ["out"] * 17
    assert found["Who helped you?"].at == (18, 19)
    assert found["Who helped you?"].options == (("Friends",) * 2, ("A helpline",) * 2)
    assert kinds(found)["How far do you agree? - I feel heard"] == "scale"
    noted = Taken()
    table = open_table(as_text(exports.qualtrics()))
    people = list(take(table, found[""].head, found[""].columns, noted))
    assert (len(people), noted.previews, people[0].row) == (39, 1, 5)  # a preview is no answer


def test_jisc_online_surveys() -> None:
    """The number of the response comes first, questions are known by their numbers ("5.a. ").

    So in the importer of a project directory that reads "Unique Response Number", "7. ", "5.a. "
    by their beginnings; with codes in place of answers in R's bossier::read_bos (URN, Q1, ...).
    """
    found = understood(exports.jisc())
    assert found[""].shape == Shape.JISC
    assert list(kinds(found).values()) == ["out", "choice", "choice", "many", "long"]
    campus = found["1. Which campus?"]
    assert (campus.coded, campus.sure, campus.options) == (True, False, (("1", "1"), ("2", "2")))
    assert [label for _value, label in found["Who helped you?"].options] == [
        "Friends",
        "A helpline",
    ]
    coded = understood([["URN", "Q1", "Q2_1", "Q2_2"], *([n, n % 2 + 1, 1, ""] for n in range(30))])
    assert coded[""].shape == Shape.JISC


def test_a_plain_table_below_a_title() -> None:
    found = understood([["Staff survey 2026"], [], *exports.plain()])
    assert found[""].shape == Shape.PLAIN
    assert list(kinds(found).values()) == ["choice", "number", "scale", "long"]
    assert "Row 1 is a title, so we left it out." in found[""].about


@pytest.mark.parametrize(
    ("encoding", "mark", "called"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", codecs.BOM_UTF8, "UTF-8"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "UTF-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("cp1252", b"", "Windows-1252"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_however_it_was_saved_it_reads_the_same(
    encoding: str, mark: bytes, called: str, delimiter: str
) -> None:
    lines = [["Café", "Why?"], *([["Ça va", "£5"][n % 2], f"Né {n}; à, là"] for n in range(30))]
    table = open_table(mark + as_text(lines, delimiter=delimiter, encoding=encoding))
    assert (table.encoding, table.delimiter) == (called, delimiter)
    assert [list(cells) for _number, cells in table.rows()] == lines
    if called == "Windows-1252":
        assert "took it for Windows-1252" in table.about[1]  # it is said


def test_what_points_to_people_is_left_out_by_name_and_by_look() -> None:
    head = [
        "Student number",
        "Contact",
        "Where from",
        "Reach me on",
        "Home",
        "Your first name",
        "When",
    ]
    lines = [
        [
            *(n + 40_000, f"p{n}@example.org", f"192.0.2.{n}", f"07700 900{n:03}", f"AB{n} 1CD"),
            f"Person {n}",
            f"2026-03-03 10:{n:02}",
        ]
        for n in range(30)
    ]
    found = understood([head, *lines])
    assert set(kinds(found).values()) == {"out"}
    assert all(each.personal for label, each in found.items() if label)
    assert "postcodes" in found["Home"].why


def test_british_and_american_days_are_told_apart_or_asked_about() -> None:
    def read(form: str, last: int) -> Any:
        lines = [[form.format(d=n % last + 1, m=n % 5 + 1)] for n in range(40)]
        table = open_table(as_text([["When did it happen?"], *lines]))
        proposed = propose(table)
        [column] = proposed.columns
        return column, next(iter(take(table, proposed.head, proposed.columns))).closed[0]

    assert read("{d}/{m}/2025", 28)[0].day_first
    american, first = read("{m}/{d}/2025", 28)
    assert (american.day_first, american.sure, first) == (False, True, "2025-01-01")
    unsure, _first = read("{d}/{m}/2025", 5)
    assert (unsure.kind, unsure.sure) == (Kind.DATE, False)
