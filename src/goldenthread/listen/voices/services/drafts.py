"""What a member has begun to write."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import seal
from goldenthread.listen.voices.models import Draft
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_see

DRAFTS_STAY: Final = timedelta(days=30)


@transaction.atomic
def save_draft(
    *, by: Person, project: Project, written: Mapping[str, object], now: datetime
) -> None:
    """Keep what a member has begun to write, sealed, instead of what they kept before.

    :raises Refusal: the speaker cannot write here
    """
    if not may_see(by, project, now=now):
        raise Refusal(_("You cannot write here."))
    kept = {"sealed": seal(json.dumps(written)), "on": clock.today(now)}
    Draft.objects.update_or_create(person=by, project=project, defaults=kept)


@transaction.atomic
def drop_draft(*, by: Person, project: Project) -> None:
    """Forget what a member had begun to write."""
    Draft.objects.filter(person=by, project=project).delete()


@transaction.atomic
def drop_old_drafts(*, now: datetime) -> int:
    """Forget drafts that nobody touched for thirty days; how many."""
    old = Draft.objects.filter(on__lte=clock.today(now) - DRAFTS_STAY)
    return old.delete()[0]
