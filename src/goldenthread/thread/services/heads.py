"""Signing what the record is: heads for those who keep them outside."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.thread.keychain import current
from goldenthread.thread.keys import origin, private_key, public_key
from goldenthread.thread.merkle import notes
from goldenthread.thread.merkle.spoken import spoken
from goldenthread.thread.models import Head, SignedHead
from goldenthread.thread.services.naming import keep_name


@transaction.atomic
def publish_head(*, now: datetime) -> SignedHead | None:
    """Sign the head as it is committed; none when nothing came since the last.

    In a transaction of its own: a head that was handed out is never rolled back.

    :raises Refusal: the record has another key or name than the program was started with
    """
    if current() not in {None, public_key().public}:
        raise Refusal(_("The key of the record was changed: start the program again."))
    head = Head.objects.select_for_update(no_key=True).filter(id=1, size__gt=0).first()
    if head is None or SignedHead.objects.filter(size=head.size).exists():
        return None
    if keep_name() != origin():
        raise Refusal(_("The name of the record is kept now: start the program again."))
    said = notes.Head(origin(), head.size, head.as_stack().root)
    return SignedHead.objects.create(
        size=said.size,
        root=said.root,
        note=notes.signed(said, origin(), private_key()),
        words=spoken(said.root),
        on=clock.today(now),
    )
