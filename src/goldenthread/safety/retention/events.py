"""What the record says about retention: which table, never whose rows."""

from goldenthread.thread.events import Event

ERASURE = Event(
    "erasure",
    "Rows were erased because their time was over.",
    {"table": str, "rows": int},  # in fives; 0 stands for fewer than ten
)
