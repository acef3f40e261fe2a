"""What someone is told and asked before they write."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.sealing import unseal
from goldenthread.kit.text import say_day, say_hour
from goldenthread.listen.voices.models import Draft
from goldenthread.listen.voices.permissions import holds_receipt_of
from goldenthread.organisations.models import Label
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Partner, Project, Strand, Terms
from goldenthread.projects.queries import Listening, terms_history
from goldenthread.projects.speaker import Speaker
from goldenthread.projects.wording import WEEKDAYS, say_gap


@dataclass(frozen=True)
class OfferedLabel:
    """A broad label of the organisation's own."""

    ref: UUID
    text: str


@dataclass(frozen=True)
class Offer:
    """Who asks, what may change, which labels there are, and what a member had begun to write."""

    project: Project
    box: Listening
    terms: Terms | None
    asked_by: tuple[str, ...]
    labels: tuple[OfferedLabel, ...]
    draft: Mapping[str, Any]
    to_member: bool
    has_receipt: bool  # of this project, and open


def offer_to(speaker: Speaker, project: Project, *, box: Listening) -> Offer:
    """Fetch it: one query, and one more for a guest whose receipt is open."""
    terms = _terms_and_more(speaker, project)
    found: Any = terms
    return Offer(
        project=project,
        box=box,
        terms=terms,
        asked_by=tuple(found.asked_by) if found else (project.organisation.name,),
        labels=tuple(OfferedLabel(UUID(each["ref"]), each["text"]) for each in found.offered)
        if found
        else (),
        draft=_opened(found.draft) if found else {},
        to_member=speaker.is_member,
        has_receipt=holds_receipt_of(speaker, project),
    )


def _terms_and_more(speaker: Speaker, project: Project) -> Terms | None:
    partners = Partner.objects.filter(project=OuterRef("project"), waiting_since=None)
    partners = partners.order_by("-controller", "organisation__name")
    labels = Label.objects.filter(organisation=OuterRef("project__organisation"))
    labels = labels.order_by("position", "text")
    drafts = Draft.objects.filter(
        project=OuterRef("project"), person=speaker if isinstance(speaker, Person) else None
    )
    return (
        terms_history(project)
        .annotate(
            asked_by=ArraySubquery(partners.values("organisation__name")),
            offered=ArraySubquery(labels.values(json=JSONObject(ref="ref", text="text"))),
            draft=Subquery(drafts.values("sealed")[:1]),
        )
        .first()
    )


def _opened(sealed: bytes | None) -> dict[str, Any]:
    """Open a draft; one that was sealed with a key we no longer have is gone."""
    try:
        return dict(json.loads(unseal(sealed))) if sealed else {}
    except (InvalidToken, ValueError):
        return {}


def strand_at(project: Project, short: str) -> Strand | None:
    """Return the strand of the project whose link someone followed."""
    return Strand.objects.filter(project=project, short=short).first() if short else None


def say_reading(at: datetime | None, *, now: datetime) -> str:
    """Say when somebody reads next: today, today at 2 pm, tomorrow at 9 am, Tuesday at 9 am."""
    if at is None:
        return _("not known yet")
    if at <= now:
        return _("today")
    days = (clock.today(at) - clock.today(now)).days
    local = timezone.localtime(at)
    words = {"at": say_hour(local), "weekday": _(WEEKDAYS[local.weekday()])}
    if days == 0:
        return _("today at %(at)s") % words
    if days == 1:
        return _("tomorrow at %(at)s") % words
    if days < len(WEEKDAYS):
        return _("%(weekday)s at %(at)s") % words
    return _("%(weekday)s %(day)s at %(at)s") % {**words, "day": say_day(local)}


def when_read(
    at: datetime | None, gap: tuple[datetime, datetime] | None, *, now: datetime
) -> dict[str, str]:
    """Say what voices/when_read.html shows: when somebody reads next, and when nobody does."""
    return {"reading": say_reading(at, now=now), "gap": say_gap(gap, now=now)}
