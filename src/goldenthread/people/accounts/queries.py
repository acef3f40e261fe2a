"""Finding people."""

from django.db.models import QuerySet
from django.db.models.functions import Lower

from goldenthread.people.accounts.models import Person


def person_with_email(email: str) -> Person | None:
    """Return the active person of that address, whatever its capitals."""
    return _with_emails([email]).first()


def people_with_emails(emails: list[str]) -> dict[str, Person]:
    """Return who has an account already, by lower-case address; one query."""
    return {person.email.lower(): person for person in _with_emails(emails)}


def _with_emails(emails: list[str]) -> "QuerySet[Person]":
    lowered = [email.strip().lower() for email in emails if email.strip()]  # some have no address
    return Person.objects.alias(lowered=Lower("email")).filter(lowered__in=lowered, is_active=True)
