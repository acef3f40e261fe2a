"""Filling in assessments, and signing them as a second person."""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime

import rfc8785
from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.services.guards import locked
from goldenthread.safety.assessments import events, permissions
from goldenthread.safety.assessments.models import Assessment, Hand
from goldenthread.safety.assessments.questions import LONGEST, Kind, kinds
from goldenthread.safety.assessments.roles import role_in
from goldenthread.thread.services import record


@transaction.atomic
def write(
    *,
    by: Person,
    project: Project,
    kind: Kind,
    answers: Mapping[str, str],
    seen: str = "",
    now: datetime,
) -> Assessment:
    """Keep the answers so far; the first ones after a signed version begin a new one.

    :raises Refusal: not theirs to write, or somebody else wrote meanwhile
    """
    if not permissions.may_write(by, project, now=now):
        raise Refusal(_("Only those who prepare this project fill in its assessments."))
    project = locked(project)
    newest = _newest(project, kind)
    if seen and seen != (newest.edition if newest else "0.0"):
        raise Refusal(
            _("Somebody else changed this while you were writing. Copy your words, then reload.")
        )
    current = newest if newest and newest.signed_on is None else _begin(project, kind, newest, now)
    current.answers = {
        each.key: unicodedata.normalize("NFC", answers.get(each.key, "").strip())[:LONGEST]
        for each in kind.questions
    }
    current.edits += 1
    current.save()
    Hand.objects.update_or_create(
        assessment=current,
        person=by,
        defaults={"role": role_in(by, project, now=now), "on": clock.today(now)},
    )
    return current


@transaction.atomic
def sign(
    *, by: Person, assessment: Assessment, review_on: date, seen: str, now: datetime
) -> Assessment:
    """Sign an assessment that others have filled in, until it is looked at again.

    :raises Refusal: not theirs to sign, a gap is left, it changed, or the day is too far away
    """
    current = (
        Assessment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("project__organisation")
        .get(ref=assessment.ref)
    )
    project, today = current.project, clock.today(now)
    wrote = current.hands.filter(person=by).exists()
    if not permissions.may_sign(by, project, wrote=wrote, now=now):
        raise Refusal(_("Somebody who did not write any of it must sign this."))
    if current.signed_on is not None or seen != current.edition:
        raise Refusal(_("This has changed since you read it. Please read it again."))
    if gaps := kinds()[current.kind].gaps(current.answers):
        raise Refusal(_("This is not answered yet: %(label)s") % {"label": gaps[0].label})
    if not today < review_on <= a_year_after(today):
        raise Refusal(_("Choose a day within the next twelve months."), field="review_on")
    current.signed_by, current.signed_as = by, role_in(by, project, now=now)
    current.signed_on, current.review_on = today, review_on
    current.salt = secrets.token_bytes(32)
    current.save()
    facts: dict[str, str | int] = {
        "kind": current.kind,
        "version": current.version,
        "seal": seal_of(current),
    }
    record(events.ASSESSMENT_SIGNED, about=current.ref, project=project.ref, facts=facts, now=now)
    return current


def seal_of(assessment: Assessment) -> str:
    """Return HMAC-SHA256 under its salt of the answers as canonical JSON (RFC 8785)."""
    body = {"tag": "assessment", "v": 1, "kind": assessment.kind, "answers": assessment.answers}
    return hmac.digest(bytes(assessment.salt or b""), rfc8785.dumps(body), hashlib.sha256).hex()


def a_year_after(day: date) -> date:
    """Return the same day next year; of 29 February, the 28th."""
    last = day.day - 1 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + 1, day=last)


def _newest(project: Project, kind: Kind) -> Assessment | None:
    return Assessment.objects.filter(project=project, kind=kind.key).order_by("-version").first()


def _begin(project: Project, kind: Kind, before: Assessment | None, now: datetime) -> Assessment:
    version = before.version + 1 if before else 1
    begun = Assessment(project=project, kind=kind.key, version=version, begun_on=clock.today(now))
    facts: dict[str, str | int] = {"kind": kind.key, "version": version}
    record(events.ASSESSMENT_BEGUN, about=begun.ref, project=project.ref, facts=facts, now=now)
    return begun
