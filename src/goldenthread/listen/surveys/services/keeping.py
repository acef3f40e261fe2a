"""What somebody has filled in and not sent: nothing is lost from one page to the next."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.surveys import permissions
from goldenthread.listen.surveys.holder import Holder
from goldenthread.listen.surveys.models import Unfinished, Wave
from goldenthread.projects.speaker import Speaker

STAYS: Final = timedelta(days=1)
STAYS_FOR_LATER: Final = timedelta(days=30)


@transaction.atomic
def keep(
    *,
    by: Speaker,
    wave: Wave,
    holder: Holder,
    written: Mapping[str, object],
    later: bool = False,
    now: datetime,
) -> None:
    """Keep what somebody has filled in, locked: for a day, or thirty if they come back later.

    :raises Refusal: the survey takes no answers from them now
    """
    if not permissions.may_answer(by, wave, now=now):
        raise Refusal(_("This survey takes no answers now."))
    kept = {"sealed": holder.seal(written), "on": clock.today(now)}
    if later or holder.person is not None:
        kept["kept"] = True
    Unfinished.objects.update_or_create(defaults=kept, **holder.found_by(wave))


@transaction.atomic
def forget(*, wave: Wave, holder: Holder) -> None:
    """Throw away what somebody has filled in, as they wish."""
    Unfinished.objects.filter(**holder.found_by(wave)).delete()


@transaction.atomic
def drop_old(*, now: datetime) -> int:
    """Forget what nobody sent and nobody came back for; how many."""
    today = clock.today(now)
    old = Q(kept=False, on__lt=today - STAYS) | Q(on__lte=today - STAYS_FOR_LATER)
    return Unfinished.objects.filter(old).delete()[0]
