"""Finding receipts."""

from uuid import UUID

from django.db.models import QuerySet

from goldenthread.people.receipts.models import Receipt


def in_drawer(drawer: str) -> QuerySet[Receipt]:
    """Receipts that lie in this drawer and still open."""
    return Receipt.objects.filter(drawer=drawer, closed=False)


def receipt_at(ref: UUID | None) -> Receipt | None:
    """Return the receipt that a session has opened, while it still opens."""
    return Receipt.objects.filter(ref=ref, closed=False).first() if ref else None
