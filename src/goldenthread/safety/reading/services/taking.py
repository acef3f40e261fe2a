"""Taking words in hand: claims, and the lock and version that keep two readers apart."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.rota import due_after
from goldenthread.safety.readers import services as readers
from goldenthread.safety.readers.queries import has_practised, is_new, seasoned
from goldenthread.safety.reading import permissions, queries, registry
from goldenthread.safety.reading.models import Exchange, Skip, Words

CLAIM = timedelta(minutes=30)


class Clash(Refusal):
    """Someone else changed the words first: nothing was overwritten. `theirs` is what stands."""

    def __init__(self, theirs: Words) -> None:
        super().__init__(
            _("Another reader has changed this while you were reading. Nothing of yours is saved.")
        )
        self.theirs = theirs


@transaction.atomic
def claim(*, by: Person, words: Words, now: datetime) -> Words:
    """Open words to read them; for half an hour no other reader opens them.

    :raises Refusal: no reader, read meanwhile, or another reader has them open
    """
    current = _locked(words, by=by, now=now)
    refuse_if_taken(current, by=by, now=now)
    if not is_waiting(current):
        raise Clash(current)
    current.claimed_by, current.claimed_at = by, now
    current.save(update_fields=["claimed_by", "claimed_at"])
    readers.sit_down(by=by, now=now)
    return current


@transaction.atomic
def claim_next(*, by: Person, project: Project, now: datetime) -> Words | None:
    """Open the first words of the queue that nobody has open and this reader may decide on.

    What they have open already comes before all others.

    :raises Refusal: no reader
    """
    if not permissions.may_read(by, project, now=now):
        raise Refusal(_("Only a reader of this project can do this."))
    free = (
        queries.queue(project, now=now)
        .filter(Q(claimed_at=None) | Q(claimed_at__lte=now - CLAIM) | Q(claimed_by=by))
        .exclude(second_reader=True, read_by=by)
        .exclude(_beyond(by, project, now))
        .exclude(Exists(_skipped(by, now)))
        .annotate(is_mine=Q(claimed_by__isnull=False, claimed_by=by))
        .order_by("-is_mine", *queries.ORDER)
        .select_related(None)
    )
    first = free.select_for_update(no_key=True, skip_locked=True).first()
    return None if first is None else claim(by=by, words=first, now=now)


@transaction.atomic
def let_go(*, by: Person, words: Words, now: datetime) -> None:
    """Put words back without giving a reason; today they are offered to others only."""
    current = _locked(words, by=by, now=now)
    if current.claimed_by_id == by.pk:
        current.claimed_by, current.claimed_at = None, None
        current.save(update_fields=["claimed_by", "claimed_at"])
        Skip.objects.get_or_create(words=current, reader=by, on=clock.today(now))


def _beyond(by: Person, project: Project, now: datetime) -> Q:
    """What a new reader is not a second pair of eyes for: someone else has done it before."""
    before = seasoned(project, now=now) if is_new(by) else frozenset()
    if not before:
        return Q(pk__in=[])
    alone = Q(read_by__in=before) if len(before) == 1 else Q(pk__in=[])
    return Q(second_reader=True) & ~alone


def _skipped(by: Person, now: datetime) -> QuerySet[Skip]:
    return Skip.objects.filter(words=OuterRef("ref"), reader=by, on=clock.today(now))


@transaction.atomic
def set_lane(*, by: Person, words: Words, lane: str, now: datetime) -> None:
    """Say whether words are to be read first. Only the order changes."""
    current = _locked(words, by=by, now=now)
    put_in_lane(current, Words.Lane(lane), now=now)
    current.save(update_fields=["lane", "due_at"])


def put_in_lane(words: Words, lane: Words.Lane, *, now: datetime) -> None:
    """Let words wait in a lane. What is read first is due sooner; nothing is ever due later."""
    words.lane = lane
    if lane == Words.Lane.FIRST:
        words.due_at = min(words.due_at, due_after(words.project, first=True, now=now))


@transaction.atomic
def expire_claims(*, now: datetime) -> int:
    """Put back what was opened half an hour ago and is still open."""
    return Words.objects.filter(claimed_at__lte=now - CLAIM).update(
        claimed_by=None, claimed_at=None
    )


def take(words: Words, *, by: Person, version: int, now: datetime) -> Words:
    """Lock words for a decision of `by`, who read this version of them.

    :raises Refusal: no reader, or another person must decide
    :raises Clash: someone changed them first
    """
    current = _locked(words, by=by, now=now)
    if current.version != version or not is_waiting(current):
        raise Clash(current)
    refuse_if_taken(current, by=by, now=now)
    if permissions.is_too_new(by, current, now=now):
        raise Refusal(_("A reader who has done this before must look at it now."))
    if not permissions.may_decide_on(by, current, now=now):
        raise Refusal(_("You have decided on this before. Another reader must look at it now."))
    readers.carry(by=by, heavy=current.lane == Words.Lane.FIRST, now=now)
    return current


def is_waiting(words: Words) -> bool:
    """Return whether a reader has still to decide: held, or its author does not agree.

    What is held back because its author asked waits for nobody.
    """
    return (words.state == Words.State.HELD and not words.restricted) or (
        words.objected and words.state == Words.State.RELEASED
    )


def is_hidden(words: Words) -> bool:
    """Return whether people saw them, and a stub stands there until a reader has looked again."""
    return words.state == Words.State.HELD and words.hidden and not words.restricted


def is_claimed(words: Words, *, now: datetime) -> bool:
    """Return whether someone has them open."""
    return words.claimed_at is not None and words.claimed_at > now - CLAIM


def refuse_if_taken(words: Words, *, by: Person, now: datetime) -> None:
    """Refuse what another reader has open.

    :raises Refusal: it is open elsewhere
    """
    if is_claimed(words, now=now) and words.claimed_by_id != by.pk:
        raise Refusal(_("Another reader has this open. Please take the next one."))


def put_down(words: Words, *, by: Person | None) -> None:
    """Save a decision: who made it, the next version, nobody holds it open.

    What waits no longer keeps no trace of how soon it was to be read.
    """
    words.version += 1
    if not is_waiting(words):
        words.lane, words.due_at = Words.Lane.ORDINARY, clock.midnight(words.received_on)
    words.claimed_by, words.claimed_at = None, None
    if by is not None:
        words.read_by = by
    words.save()
    registry.tell_decided(words)


def say(
    words: Words, kind: Exchange.Kind, text: str, *, by: Person | None, now: datetime
) -> Exchange:
    """Add a line between reader and author. The words' row is locked by the caller."""
    last = words.exchanges.aggregate(last=Max("place"))["last"]
    return Exchange.objects.create(
        words=words,
        kind=kind,
        text=text,
        by=by,
        on=clock.today(now),
        place=0 if last is None else last + 1,
    )


def locked(words: Words) -> Words:
    """Fetch the row of these words for change."""
    return (
        Words.objects.select_for_update(no_key=True, of=("self",))
        .select_related("project")
        .get(ref=words.ref)
    )


def _locked(words: Words, *, by: Person, now: datetime) -> Words:
    if not permissions.may_read(by, words.project, now=now):
        raise Refusal(_("Only a reader of this project can do this."))
    if not has_practised(by):
        raise Refusal(_("Please finish the practice voices first. Then real words open."))
    return locked(words)
