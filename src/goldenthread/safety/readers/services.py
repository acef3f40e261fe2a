"""Practising, sitting down, taking a break, being supported."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.models import Membership
from goldenthread.people.accounts.models import Person
from goldenthread.safety.readers import permissions, practice, queries
from goldenthread.safety.readers.models import Debrief, Load, PracticeAnswer, Reader


def _locked(person: Person) -> Reader:
    Reader.objects.get_or_create(person=person)
    person.__dict__.pop("_reads_as", None)
    return Reader.objects.select_for_update(no_key=True, of=("self",)).get(person=person)


@transaction.atomic
def answer_practice(*, by: Person, voice: str, choice: str, now: datetime) -> Reader:
    """Say what one would do with a practice voice; after the last one, real words open.

    :raises Refusal: no reader, no such voice, or no such choice
    """
    if not permissions.is_a_reader(by, now=now):
        raise Refusal(_("Only readers practise here."))
    if practice.voice(voice) is None or choice not in practice.CHOICES:
        raise Refusal(_("Please choose what you would do."), field="choice")
    reader = _locked(by)
    kept = {"choice": choice, "answered_on": clock.today(now)}
    PracticeAnswer.objects.update_or_create(person=by, voice=voice, defaults=kept)
    left = queries.next_open(queries.practice_rows(by))
    if not left and reader.practised_on is None:
        reader.practised_on = clock.today(now)
        reader.save(update_fields=["practised_on"])
    return reader


@transaction.atomic
def sit_down(*, by: Person, now: datetime) -> None:
    """Note that someone reads: a block begins, or goes on."""
    reader = _locked(by)
    rested = reader.last_read_at is None or now - reader.last_read_at >= queries.PAUSE
    if reader.sat_down_at is None or rested:
        reader.sat_down_at = now
    reader.last_read_at = now
    reader.save(update_fields=["sat_down_at", "last_read_at"])


@transaction.atomic
def end_break(*, by: Person) -> None:
    """Begin a new block when someone comes back from a break, long or short: it is their choice."""
    reader = _locked(by)
    reader.sat_down_at = None
    reader.save(update_fields=["sat_down_at"])


@transaction.atomic
def carry(*, by: Person, heavy: bool, now: datetime) -> None:
    """Count what someone has read this week, for them and their supporter alone."""
    load, _new = Load.objects.get_or_create(person=by, week=clock.week_of(now))
    Load.objects.filter(pk=load.pk).update(read=F("read") + 1, heavy=F("heavy") + int(heavy))


@transaction.atomic
def be_checked(*, reader: Person, alike: bool) -> None:
    """Count one of a new reader's first readings that a second reader has looked at."""
    row = _locked(reader)
    row.checked, row.agreed = row.checked + 1, row.agreed + int(alike)
    row.save(update_fields=["checked", "agreed"])


@transaction.atomic
def name_supporter(*, by: Person, email: str, now: datetime) -> Reader:
    """Let a reader say whom they talk to about what they read.

    :raises Refusal: no reader, or nobody of their organisations by that e-mail
    """
    if not permissions.is_a_reader(by, now=now):
        raise Refusal(_("Only readers name a supporter here."))
    mine = Membership.objects.filter(person=by, suspended_on=None).values("organisation")
    shared = Q(memberships__organisation__in=mine, memberships__suspended_on=None)
    found = Person.objects.filter(shared, email__iexact=email.strip(), is_active=True)
    supporter = found.exclude(pk=by.pk).first()
    if supporter is None:
        message = _("Nobody else in your organisation uses that e-mail. Check the spelling.")
        raise Refusal(message, field="email")
    reader = _locked(by)
    reader.supporter = supporter
    reader.save(update_fields=["supporter"])
    return reader


@transaction.atomic
def note_debrief(*, by: Person, reader: Reader, now: datetime) -> None:
    """Note that reader and supporter talked today: that, and nothing else.

    :raises Refusal: neither of the two
    """
    if not permissions.may_see_load(by, reader):
        raise Refusal(_("Only the reader and their supporter note this."))
    Debrief.objects.get_or_create(person=reader.person, on=clock.today(now))
