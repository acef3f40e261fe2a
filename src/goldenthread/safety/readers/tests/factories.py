from datetime import date

from allauth.mfa.models import Authenticator
from django.test import Client

from goldenthread.people.accounts.models import Person
from goldenthread.safety.readers.models import Reader
from goldenthread.safety.readers.queries import FIRST_ONES


def experienced(*people: Person) -> None:
    """Make readers who have practised, and whose first ten were seen by a second reader."""
    Reader.objects.bulk_create(
        Reader(person=each, practised_on=date(2026, 2, 2), checked=FIRST_ONES, agreed=FIRST_ONES)
        for each in people
    )


def sign_in(client: Client, person: Person) -> Client:
    """Sign a person in who has a second factor, as readers need one."""
    Authenticator.objects.get_or_create(user=person, type="totp", defaults={"data": {}})
    client.force_login(person)
    return client
