"""Sessions in the database whose rows do not tell to the minute when somebody came."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Runs out on a full hour."""

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        """Return the end of the session, put off to the next full hour."""
        ends: datetime = super().get_expiry_date(**kwargs)
        return (ends + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
