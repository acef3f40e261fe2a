"""Where a letter goes, and where its reader can stop it. Looked up when it is sent, never kept."""

from django.urls import reverse

from goldenthread.people.contacts import queries as contacts
from goldenthread.people.notifications.letters import letter as declared
from goldenthread.people.notifications.models import Letter


def address_of(letter: Letter) -> str:
    """Return the address as it stands today; empty when the person has gone or wants no mail."""
    person = letter.person
    if person is not None:
        wanted = person.wants_mail or declared(letter.text).about_work
        return person.email if person.is_active and wanted else ""
    return contacts.address_of(letter.contact) or ""


def where_to_stop(letter: Letter) -> str:
    """Return the path of the page on which the reader can stop these mails."""
    if letter.person is not None:
        return reverse("accounts:account")
    return reverse("pages:stop_news", args=[contacts.token_of(letter.contact)])
