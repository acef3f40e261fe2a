from datetime import UTC, datetime
from uuid import UUID

from goldenthread.people.contacts import services
from goldenthread.people.contacts.models import Contact

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)


def left(scope: UUID, value: str = "mina@example.org", **given: object) -> None:
    """Leave a contact that waits for the night."""
    wanted = {"how": Contact.How.EMAIL, "wants_news": True, "wants_to_help": False, **given}
    services.leave(scope=scope, value=value, now=NOW, **wanted)


def contact(scope: UUID, value: str = "mina@example.org", **given: object) -> Contact:
    """Leave a contact and let the night pass."""
    before = set(Contact.objects.values_list("ref", flat=True))
    left(scope, value, **given)
    services.shuffle_in(now=NOW)
    return Contact.objects.exclude(ref__in=before).get()
