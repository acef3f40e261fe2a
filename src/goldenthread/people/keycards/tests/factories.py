from datetime import datetime

from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.services import welcome_without_address
from goldenthread.people.keycards import services


def with_card(name: str, *, now: datetime) -> tuple[Person, str]:
    """Make someone without an address, and their first card."""
    person = welcome_without_address(name=name, now=now)
    return person, services.make(person=person, now=now)
