"""What an author does with their own words. The caller has checked that they are theirs."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects.rota import appeal_due_after, due_after
from goldenthread.safety.reading import author, events
from goldenthread.safety.reading.author import UNDO
from goldenthread.safety.reading.locks import lock_of, proof_of
from goldenthread.safety.reading.models import Exchange, Words
from goldenthread.safety.reading.services.holding import commitment, plain, refuse_receipts
from goldenthread.safety.reading.services.taking import is_waiting, locked, put_down, say
from goldenthread.thread.events import Event
from goldenthread.thread.published import facts_about
from goldenthread.thread.services import hold


@transaction.atomic
def answer(*, words: Words, text: str, now: datetime) -> Words:
    """Take the author's answer to a reader's question; the words wait for a reader again.

    :raises Refusal: nothing was asked, nothing answered, or it holds a receipt
    """
    current = locked(words)
    if not current.asking or current.state in Words.GONE:
        raise Refusal(_("There is no question for you here any more."))
    say(current, Exchange.Kind.ANSWERED, _written(text), by=None, now=now)
    current.asking = False
    current.due_at = due_after(current.project, now=now)
    put_down(current, by=None)
    _hold(events.AUTHOR_ANSWERED, current, now=now)
    return current


@transaction.atomic
def object_to(*, words: Words, text: str, now: datetime) -> Words:
    """Take the author's word that what was done is not right: another reader looks at it.

    What was masked stays shown as it is meanwhile; what was not published is held again.

    :raises Refusal: there is nothing to object to, or two readers have looked already
    """
    current = locked(words)
    _refuse_beside_nothing(current)
    if not author.may_object(current, list(current.exchanges.all())):
        raise Refusal(_("Two people have read this now. We cannot look at it a third time."))
    say(current, Exchange.Kind.OBJECTED, _written(text), by=None, now=now)
    current.objected = current.second_reader = True
    if current.state == Words.State.UNPUBLISHED:
        current.state, current.unpublished_because = Words.State.HELD, ""
    current.due_at = appeal_due_after(current.project, now=now)
    put_down(current, by=None)
    _hold(events.AUTHOR_OBJECTED, current, now=now)
    return current


@transaction.atomic
def withdraw(*, words: Words, withdraw_key: bytes | None = None, now: datetime) -> Words:
    """Hide words at once because their author takes them back; seven days later they are gone.

    What the organisation has removed goes too; its stub stays.

    :raises Refusal: they are gone already, or the key of the receipt is missing or another
    """
    current = locked(words)
    removed = current.state == Words.State.REMOVED
    if author.is_taken_back(current) or (removed and current.salt is None):
        raise Refusal(_("These words are not shown any more."))
    proof = _proof(current, withdraw_key)
    if not removed:
        current.state = Words.State.WITHDRAWN
    current.withdrawn_on = clock.today(now)
    put_down(current, by=None)
    if proof:
        _hold(events.WORDS_WITHDRAWN, current, now=now, proof=proof)
    else:
        _hold(events.WORDS_WITHDRAWN_UNPROVEN, current, now=now)
    return current


def _proof(words: Words, key: bytes | None) -> str:
    """Return what opens the lock that the record holds of words; nothing where it holds none.

    :raises Refusal: the key does not open it
    """
    received = facts_about(words.ref, events.WORDS_RECEIVED.name)
    lock = str(received.get("lock", words.lock))
    commit = str(received.get("commit", "")) or commitment(words)
    proof = proof_of(key, commit) if lock else ""
    if lock_of(proof) != lock:
        raise Refusal(_("Please open your receipt again first. Then you can take them back."))
    return proof


@transaction.atomic
def undo_withdrawal(*, words: Words, now: datetime) -> Words:
    """Put words back where they were, within seven days.

    :raises Refusal: they were not taken back, or are destroyed
    """
    current = locked(words)
    since = current.withdrawn_on
    if since is None or not author.may_keep(current):
        raise Refusal(_("These words cannot be brought back."))
    if clock.today(now) >= since + UNDO:
        raise Refusal(_("Seven days have passed. These words cannot be brought back."))
    current.state = _before_withdrawal(current)
    current.withdrawn_on = None
    if is_waiting(current):
        current.due_at = due_after(current.project, now=now)
    put_down(current, by=None)
    _hold(events.WITHDRAWAL_UNDONE, current, now=now)
    return current


@transaction.atomic
def write_to_author(*, by: Person, words: Words, text: str, now: datetime) -> None:
    """Leave a line for the author from someone who looks after people's safety.

    The caller has checked that they do. Nothing else about the words changes.

    :raises Refusal: nothing was written, or the words are erased
    """
    current = locked(words)
    _refuse_beside_nothing(current)
    say(current, Exchange.Kind.CARED, _written(text), by=by, now=now)


@transaction.atomic
def mark_seen(*, words: Words) -> None:
    """Note that the author has seen what readers wrote to them."""
    words.exchanges.filter(by__isnull=False, seen=False).update(seen=True)


def _refuse_beside_nothing(words: Words) -> None:
    """Lines are erased with the words they are about: beside erased words they would stay for ever.

    :raises Refusal: the words are erased
    """
    if words.salt is None:
        raise Refusal(_("These words are erased. Nothing more can be written beside them."))


def _before_withdrawal(words: Words) -> Words.State:
    if words.state == Words.State.REMOVED:
        return Words.State.REMOVED
    if words.hidden:
        return Words.State.HELD
    if words.released_on is not None:
        return Words.State.RELEASED
    return Words.State.UNPUBLISHED if words.unpublished_because else Words.State.HELD


def _written(text: str) -> str:
    written = plain(text)
    if not written:
        raise Refusal(_("Please write something first."), field="text")
    refuse_receipts(written, field="text")
    return written


def _hold(event: Event, words: Words, *, now: datetime, **facts: str) -> None:
    hold(event, about=words.ref, project=words.project_id, facts=facts, now=now)
