"""What the record keeps about accounts: that one was closed, nothing else."""

from goldenthread.thread.events import Event

ACCOUNT_CLOSED = Event("account.closed", "Someone closed their account.")
