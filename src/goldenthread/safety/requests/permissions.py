"""Who may ask, and who answers."""

from datetime import datetime
from typing import Any

from goldenthread.organisations.models import Organisation
from goldenthread.organisations.permissions import may_administer
from goldenthread.organisations.queries import is_member
from goldenthread.safety.requests.models import DataProtection


def may_answer(speaker: Any, organisation: Organisation, *, now: datetime) -> bool:
    """Whoever the organisation named for it, while they are a member; and its administrators."""
    if may_administer(speaker, organisation, now=now):
        return True
    named = speaker.is_member and DataProtection.objects.filter(
        organisation=organisation, contact=speaker.pk
    )
    return bool(named) and named.exists() and is_member(speaker, organisation)


def may_ask(speaker: Any) -> bool:
    """Anyone who can be answered: with an account, or with a receipt that is open."""
    return bool(speaker.is_member or speaker.receipt)
