"""Exports of survey tools: read, understood, and turned into answers, or refused in plain words.

Data in, result out; of Django it knows how to translate, no more. `open_table(data)` gives a table
whose rows are read anew each time, one by one; `propose(table)` says what each column may mean and
why; `take(table, columns)` yields one person's answers a row. Nothing is kept, and no number of
rows fills memory.
"""

from goldenthread.listen.surveys.files.columns import Column, Kind
from goldenthread.listen.surveys.files.deciding import decide
from goldenthread.listen.surveys.files.faults import BadFile, Fault, NoOrder
from goldenthread.listen.surveys.files.proposing import Proposed, propose
from goldenthread.listen.surveys.files.reading import Table, fingerprint, open_table
from goldenthread.listen.surveys.files.shapes import Shape
from goldenthread.listen.surveys.files.taking import Taken, take
from goldenthread.listen.surveys.files.writing import as_csv, as_xlsx

__all__ = [
    "BadFile",
    "Column",
    "Fault",
    "Kind",
    "NoOrder",
    "Proposed",
    "Shape",
    "Table",
    "Taken",
    "as_csv",
    "as_xlsx",
    "decide",
    "fingerprint",
    "open_table",
    "propose",
    "take",
]
