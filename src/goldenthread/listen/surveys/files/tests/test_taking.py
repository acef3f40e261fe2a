"""Taking answers out of a table, and writing tables that no program runs."""

import csv
import io
import tracemalloc
from dataclasses import replace

import openpyxl
import pytest

from goldenthread.listen.surveys.files import (
    Column,
    Kind,
    Taken,
    as_csv,
    as_xlsx,
    fingerprint,
    open_table,
    propose,
    take,
)
from goldenthread.listen.surveys.files.tests import exports
from goldenthread.listen.surveys.files.tests.exports import as_book, as_text


def test_one_person_a_row_and_words_apart_from_ticks() -> None:
    table = open_table(as_text(exports.microsoft()))
    proposed = propose(table)
    noted = Taken()
    people = list(take(table, proposed.head, proposed.columns, noted))
    assert people[1].closed == {
        6: "I work",
        7: 2,
        8: ["A helpline", "My doctor (GP), or nurse"],
        9: 1.0,
        10: "2026-02-02",
    }
    assert people[1].words == {11: "The person at the desk was kind. (1)"}
    assert (noted.people, noted.empty, noted.faults) == (40, 0, [])


def test_what_does_not_fit_is_told_with_its_place() -> None:
    lines = exports.plain(30)
    lines[4][1], lines[9][2], lines[12][3] = "ten", "x", "w" * 4001
    table = open_table(as_text(lines))
    proposed = propose(table)
    steps = tuple((str(n),) * 2 for n in range(1, 6))
    columns = [
        proposed.columns[0],
        replace(proposed.columns[1], kind=Kind.NUMBER),
        replace(proposed.columns[2], kind=Kind.SCALE, options=steps),
        proposed.columns[3],
    ]
    noted = Taken()
    list(take(table, proposed.head, columns, noted))
    assert [(each.where, each.says) for each in noted.faults] == [
        ("Row 5, column B", "“ten” is not a number."),
        ("Row 10, column C", "“x” is no step of this scale."),
        ("Row 13, column D", "The words are longer than 4,000 letters."),
    ]


def test_a_hundred_faults_are_shown_and_the_rest_is_counted() -> None:
    table = open_table(as_text([["a", "b"], *([["x"], ["y"]][n % 2] + ["no"] for n in range(150))]))
    head = propose(table).head
    noted = Taken()
    column = Column((1,), "b", Kind.NUMBER, "")
    assert list(take(table, head, [column], noted)) == []
    assert (len(noted.faults), noted.more_faults, noted.empty) == (100, 50, 150)


def test_the_fingerprint_sees_through_how_a_file_was_saved() -> None:
    lines = exports.plain()
    marks = {
        fingerprint(open_table(data))
        for data in (
            as_text(lines),
            as_text(lines, delimiter=";", encoding="utf-16"),
            as_text([[*line, ""] for line in lines]),
            as_book(lines),
        )
    }
    assert len(marks) == 1
    lines[3][0] = "Ward C"
    assert fingerprint(open_table(as_text(lines))) not in marks


def memory_for(people: int) -> int:
    data = as_text(exports.plain(people))
    tracemalloc.start()
    table = open_table(data)
    proposed = propose(table)
    noted = Taken()
    for _person in take(table, proposed.head, proposed.columns, noted):
        pass
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (proposed.rows, noted.people, noted.faults) == (people, people, [])
    return most


def test_five_thousand_rows_take_no_more_memory_than_five_hundred() -> None:
    memory_for(50)  # what is loaded once
    assert memory_for(5000) < memory_for(500) + 400_000


@pytest.mark.weekly
def test_a_hundred_thousand_rows_are_read_in_flat_memory() -> None:
    memory_for(50)
    assert memory_for(100_000) < 2_000_000


@pytest.mark.weekly
def test_a_hundred_thousand_rows_of_a_workbook_are_read() -> None:
    table = open_table(as_book([["Team", "Points"], *(["A", n % 5 + 1] for n in range(100_000))]))
    assert propose(table).rows == 100_000


RISKY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\uff1d1", "\r=1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("cell", RISKY)
def test_no_cell_that_we_write_is_run_as_a_formula(cell: str) -> None:
    written = as_csv([["Name"], [cell]]).decode("utf-8-sig")
    [_names, [read]] = csv.reader(io.StringIO(written, newline=""))
    assert read.startswith("'")
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([("Results", [["Name"], [cell]])])))
    found = book["Results"]["A2"]
    assert (found.data_type, str(found.value)[0]) == ("s", "'")


def test_numbers_and_plain_words_are_written_as_they_are() -> None:
    assert as_csv([["A – B", -3, None, "1-2"]]).decode("utf-8-sig") == "A – B,-3,,1-2\r\n"
