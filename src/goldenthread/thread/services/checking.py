"""The check of every night: whether everything still matches, kept for those who must know."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from goldenthread.kit import clock
from goldenthread.thread.events import CHECK_FAILED
from goldenthread.thread.models import Check
from goldenthread.thread.services.recording import record
from goldenthread.thread.verifying import verify

INSTALLATION = UUID(int=0)  # what is about no single thing


@transaction.atomic
def check_record(*, now: datetime) -> Check:
    """Verify the whole record and keep what was found; a fault goes into the record itself."""
    report = verify()
    faults = [[each.code, each.sentence, str(each.about or "")] for each in report.faults]
    today = clock.today(now)
    before = Check.objects.exclude(on=today).order_by("-on").first()
    check, _made = Check.objects.update_or_create(
        on=today, defaults={"size": report.size, "faults": faults}
    )
    if faults and not (before and before.faults):
        record(CHECK_FAILED, about=INSTALLATION, facts={"faults": len(faults)}, now=now)
    return check
