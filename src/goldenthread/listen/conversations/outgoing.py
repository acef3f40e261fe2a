"""A conversation as files: its rounded results, or single answers as Polis writes them."""

import csv
import io
import random
import zipfile
from datetime import UTC, date, datetime, time
from typing import Final

from goldenthread.listen.conversations.mapping import Votes
from goldenthread.listen.conversations.mapping.statements import Statement as Written
from goldenthread.listen.conversations.mapping.statements import safe
from goldenthread.listen.conversations.mapping.writing import export
from goldenthread.listen.conversations.models import Drawing, Statement

PARTS: Final = ("agree", "disagree", "pass")


def results(drawing: Drawing, known: dict[str, Statement]) -> bytes:
    """Return the statements of a map with what is shown of each: a table for any spreadsheet."""
    groups = [each["letter"] for each in drawing.shown["groups"]]
    to = io.StringIO(newline="")
    writer = csv.writer(to, lineterminator="\n")
    answers = [f"{part}, rounded to 5" for part in ("people", *PARTS)]
    writer.writerow(["statement", "in short", *answers, *(f"group {each}" for each in groups)])
    for ref in drawing.shown["order"]:
        if ref not in known:
            continue
        told = drawing.shown["statements"][ref]
        parts = [told[part] if told[part] is not None else "fewer than 10" for part in PARTS]
        said = [told.get("groups", {}).get(letter, "too few answers") for letter in groups]
        writer.writerow([safe(known[ref].text), told["kind"], told["base"], *parts, *said])
    return to.getvalue().encode("utf-8-sig")


def single_answers(
    votes: Votes, known: dict[str, Statement], *, question: str, frozen_on: date
) -> bytes:
    """Return a zip of the files that Polis exports.

    People get new random numbers each time, in an order of chance. Nobody is named as the author
    of a statement, and every moment is the day on which the answers were counted.
    """
    drawn = random.SystemRandom()
    numbers = list(range(len(votes.participants)))
    drawn.shuffle(numbers)
    order = [ref for ref in votes.statements if ref in known]
    drawn.shuffle(order)
    places = {ref: str(at) for at, ref in enumerate(order)}
    moment = int(datetime.combine(frozen_on, time(), tzinfo=UTC).timestamp() * 1000)
    cells = zip(
        votes.who().tolist(), votes.matrix.indices.tolist(), votes.matrix.data.tolist(), strict=True
    )
    rows = [
        (str(numbers[who]), places[votes.statements[what]], value, moment)
        for who, what, value in cells
        if votes.statements[what] in places
    ]
    statements = [
        Written(id=places[ref], text=known[ref].text, moderated=1, created=moment) for ref in order
    ]
    made = export(rows, statements, summary={"topic": question})
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in made.items():
            about = zipfile.ZipInfo(
                name, date_time=(frozen_on.year, frozen_on.month, frozen_on.day, 0, 0, 0)
            )
            packed.writestr(about, data, zipfile.ZIP_DEFLATED)
    return to.getvalue()
