"""Where a letter goes, and where its reader can stop it. Looked up when it is sent, never kept."""

from django.core import signing
from django.urls import reverse

from goldenthread.people.accounts.models import Person
from goldenthread.people.contacts import queries as contacts
from goldenthread.people.notifications.letters import letter as declared
from goldenthread.people.notifications.models import Letter

MONDAY = "notifications.monday"


def address_of(letter: Letter) -> str:
    """Return the address as it stands today; empty when the person has gone or wants no mail."""
    person = letter.person
    if person is not None:
        kind = declared(letter.text)
        wanted = person.wants_mail or kind.about_work
        if kind.weekly:
            wanted = person.wants_monday_mail
        return person.email if person.is_active and wanted else ""
    return contacts.address_of(letter.contact) or ""


def stops_at_once(letter: Letter) -> bool:
    """Return whether the page on which to stop needs nothing but the link in the mail."""
    return letter.person is None or declared(letter.text).weekly


def monday_token(person: Person) -> str:
    """Return the token that switches the Monday mail of this person off."""
    return signing.dumps(person.ref.hex, salt=MONDAY)


def whose_monday(token: str) -> str:
    """Return of whom a token switches the Monday mail off; empty when it is not ours."""
    try:
        return str(signing.loads(token, salt=MONDAY))
    except signing.BadSignature:
        return ""


def where_to_stop(letter: Letter) -> str:
    """Return the path of the page on which the reader can stop these mails."""
    if letter.person is not None and declared(letter.text).weekly:
        return reverse("pages:stop_monday", args=[monday_token(letter.person)])
    if letter.person is not None:
        return reverse("accounts:account")
    return reverse("pages:stop_news", args=[contacts.token_of(letter.contact)])
