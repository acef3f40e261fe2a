"""Files in the shapes of common survey tools, made here; nobody's answers were copied."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl

Lines = Iterable[Sequence[Any]]


def as_text(lines: Lines, *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(lines)
    return written.getvalue().encode(encoding)


def as_book(lines: Lines, *, merge: str = "", title: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for line in lines:
        sheet.append(list(line))
    if merge:
        sheet.merge_cells(merge)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


AGREE = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]
HELP = ["Friends", "A helpline", "My doctor (GP), or nurse", "Nobody"]
SAID = [
    "I waited for eleven weeks and nobody rang me in that time.",
    "The person at the desk was kind.",
    "",
    "Evening times would help people who work.",
]


def _helped(n: int) -> list[str]:
    return [HELP[n % 4], HELP[(n + 1) % 4]] if n % 3 else [HELP[n % 4]]


def microsoft(people: int = 40) -> list[list[Any]]:
    """Microsoft Forms, its own download in Excel: ID, times, e-mail and name come first.

    Several answers in a cell each end with a semicolon."""
    head = ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"]
    head += [
        "Do you study or work here?",
        "I know where to get help",
        "Who helped you while you waited?",
    ]
    head += ["How many weeks did you wait?", "When did you first ask?", "What would have helped?"]
    lines: list[list[Any]] = [head]
    for n in range(people):
        line: list[Any] = [n + 1, f"3/{n % 28 + 1}/26 9:01:12", f"3/{n % 28 + 1}/26 9:04:45"]
        line += ["anonymous", "", "", ["I study", "I work", "Both"][n % 3], AGREE[n % 5]]
        line += ["".join(f"{each};" for each in _helped(n)), n % 17, f"2026-02-{n % 28 + 1:02}"]
        lines.append([*line, SAID[n % 4] and f"{SAID[n % 4]} ({n})"])
    return lines


def google(people: int = 40) -> list[list[Any]]:
    """Google Forms, responses as CSV: Timestamp first, each row of a grid a column.

    Ticked boxes are joined by a comma and a space; a column is named "Question [Row]"."""
    head = ["Timestamp", "Email Address", "Which campus?", "Who helped you while you waited?"]
    head += [f"How do you find these? [{each}]" for each in ("The website", "The desk")]
    lines: list[list[Any]] = [[*head, "How likely is it that you come again?", "Anything else?"]]
    for n in range(people):
        line = [
            f"2026/03/{n % 28 + 1:02} 9:04:45 AM GMT",
            f"p{n}@example.org",
            ["North", "South"][n % 2],
        ]
        line += [
            ", ".join(_helped(n)),
            ["Poor", "Fair", "Good"][n % 3],
            ["Fair", "Good", "Very good"][n % 3],
        ]
        lines.append([*line, str(n % 5 + 1), SAID[n % 4] and f"{SAID[n % 4]} ({n})"])
    return lines


def qualtrics(people: int = 40) -> list[list[Any]]:
    """Qualtrics, CSV with choice text: codes, questions, and a line of JSON with the ImportId."""
    meta = {
        "StartDate": ("Start Date", "startDate"),
        "EndDate": ("End Date", "endDate"),
        "Status": ("Response Type", "status"),
        "IPAddress": ("IP Address", "ipAddress"),
        "Progress": ("Progress", "progress"),
        "Duration (in seconds)": ("Duration (in seconds)", "duration"),
        "Finished": ("Finished", "finished"),
        "RecordedDate": ("Recorded Date", "recordedDate"),
        "ResponseId": ("Response ID", "_recordId"),
        "RecipientLastName": ("Recipient Last Name", "recipientLastName"),
        "RecipientFirstName": ("Recipient First Name", "recipientFirstName"),
        "RecipientEmail": ("Recipient Email", "recipientEmail"),
        "ExternalReference": ("External Data Reference", "externalDataReference"),
        "LocationLatitude": ("Location Latitude", "locationLatitude"),
        "LocationLongitude": ("Location Longitude", "locationLongitude"),
        "DistributionChannel": ("Distribution Channel", "distributionChannel"),
        "UserLanguage": ("User Language", "userLanguage"),
    }
    asked = {
        "Q1": ("Which campus?", "QID1"),
        "Q2_1": ("Who helped you? - Selected Choice - Friends", "QID2_1"),
        "Q2_2": ("Who helped you? - Selected Choice - A helpline", "QID2_2"),
        "Q3_1": ("How far do you agree? - I know where to get help", "QID3_1"),
        "Q3_2": ("How far do you agree? - I feel heard", "QID3_2"),
        "Q4": ("Anything else?", "QID4_TEXT"),
    }
    marks = [json.dumps({"ImportId": mark}) for _, mark in (meta | asked).values()]
    lines: list[list[Any]] = [[*meta, *asked], [text for text, _ in (meta | asked).values()], marks]
    for n in range(people):
        day = f"2026-03-{n % 28 + 1:02} 09:01:12"
        line = [
            day,
            day,
            "Survey Preview" if n == 0 else "IP Address",
            "192.0.2.7",
            "100",
            "93",
            "True",
        ]
        line += [day, f"R_{n:015}", "", "", "", "", "51.5", "-0.1", "anonymous", "EN"]
        line += [
            ["North", "South"][n % 2],
            "Friends" if n % 2 else "",
            "A helpline" if n % 3 else "",
        ]
        lines.append(
            [*line, AGREE[n % 5], AGREE[(n + 1) % 5], SAID[n % 4] and f"{SAID[n % 4]} ({n})"]
        )
    return lines


def jisc(people: int = 40) -> list[list[Any]]:
    """Jisc Online Surveys, CSV with codes: the number of the response, then questions by number."""
    head = ["Unique Response Number", "1. Which campus?", "2. I know where to get help"]
    head += [
        "3.a. Who helped you? - Friends",
        "3.b. Who helped you? - A helpline",
        "4. Anything else?",
    ]
    lines: list[list[Any]] = [head]
    for n in range(people):
        line = [f"{700000 + n}-{700000 + n}-{7000000 + n}", n % 2 + 1, n % 5 + 1]
        lines.append(
            [
                *line,
                "1" if n % 2 else "",
                "1" if n % 3 else "",
                SAID[n % 4] and f"{SAID[n % 4]} ({n})",
            ]
        )
    return lines


def plain(people: int = 40) -> list[list[Any]]:
    """A table typed in by hand: one row of names."""
    lines: list[list[Any]] = [
        ["Team", "Years here", "I feel safe to speak up", "What should change?"]
    ]
    lines += (
        [["Ward A", "Ward B"][n % 2], n % 23, n % 5 + 1, SAID[n % 4] and f"{SAID[n % 4]} ({n})"]
        for n in range(people)
    )
    return lines
