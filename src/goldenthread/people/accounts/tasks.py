"""Scheduled work: what need not be kept goes."""

from datetime import datetime
from importlib import import_module

from django.conf import settings

from goldenthread.kit.schedule import every
from goldenthread.people.accounts import services


@every(minutes=60)
def forget_tries(*, now: datetime) -> None:
    """Delete the counts of past hours."""
    services.forget_tries(now=now)


@every(minutes=60)
def clear_sessions(*, now: datetime) -> None:
    """Delete sessions that have run out."""
    del now  # the store looks at the clock itself
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
