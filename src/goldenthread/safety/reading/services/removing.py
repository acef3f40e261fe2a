"""Removal by the organisation: two people, a reason, and a stub that says so."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.safety.reading import events, permissions, reasons
from goldenthread.safety.reading.hands import FIRST, hand_of, removal_facts
from goldenthread.safety.reading.models import Removal, Words
from goldenthread.safety.reading.services.taking import is_hidden, locked, put_down
from goldenthread.thread.events import Event
from goldenthread.thread.services import record

AUTHOR_ASKED = "author-asked"


@transaction.atomic
def ask_to_remove(*, by: Person, words: Words, because: str, now: datetime) -> Removal:
    """Ask a co-lead to agree that words which are or were shown are taken down.

    :raises Refusal: no such role or reason, not released, or asked already
    """
    if not permissions.may_ask_to_remove(by, words.project, now=now):
        raise Refusal(_("Only the people who run or read this project can do this."))
    current = locked(words)
    _refuse_reason(because)
    _refuse_unseen(current)
    if Removal.objects.filter(words=current, agreed_on=None, refused=False).exists():
        raise Refusal(_("Someone has asked for this already. A co-lead will look at it."))
    removal, _new = Removal.objects.update_or_create(
        words=current,
        defaults={
            "because": because,
            "asked_by": by,
            "asked_on": clock.today(now),
            "agreed_by": None,
            "agreed_on": None,
            "refused": False,
        },
    )
    _record(events.REMOVAL_ASKED, current, because, now)
    return removal


@transaction.atomic
def agree_to_remove(*, by: Person, removal: Removal, now: datetime) -> Words:
    """Turn the second key: a co-lead agrees, and the words are taken down.

    :raises Refusal: no co-lead, the same person or organisation that asked, or decided already
    """
    current = _open_request(removal)
    if current.asked_by is None:
        raise Refusal(_("Whoever asked for this has gone. Please ask for it again."))
    words = remove(
        by=current.asked_by,
        second_key_by=by,
        words=current.words,
        because=current.because,
        now=now,
    )
    current.agreed_by, current.agreed_on = by, clock.today(now)
    current.save(update_fields=["agreed_by", "agreed_on"])
    return words


@transaction.atomic
def refuse_to_remove(*, by: Person, removal: Removal, now: datetime) -> None:
    """Leave the words where they are: a co-lead does not agree.

    :raises Refusal: no co-lead, the same person who asked, or decided already
    """
    current = _open_request(removal)
    asked_by, project = current.asked_by, current.words.project
    if not permissions.may_leave_it_up(by, project, asked_by=asked_by, now=now):
        raise Refusal(_("Only a co-lead who did not ask for it can say no to this."))
    current.refused = True
    current.save(update_fields=["refused"])
    record(
        events.REMOVAL_REFUSED, about=current.words_id, project=current.words.project_id, now=now
    )


@transaction.atomic
def remove(
    *, by: Person, second_key_by: Person | None, words: Words, because: str, now: datetime
) -> Words:
    """Take released words down. A stub stays: who removed them, and why.

    What its author asked us to remove is destroyed after seven days, like what they take back.

    :raises Refusal: no such role or reason, or no co-lead (of another partner) holds the second key
    """
    if not permissions.may_ask_to_remove(by, words.project, now=now):
        raise Refusal(_("Only the people who run or read this project can do this."))
    _require_second_key(second_key_by, words, asked_by=by, now=now)
    _refuse_reason(because)
    current = locked(words)
    _refuse_unseen(current)
    current.state, current.unpublished_because = Words.State.REMOVED, because
    current.hidden = current.objected = False
    if because == AUTHOR_ASKED:
        current.withdrawn_on = clock.today(now)
    put_down(current, by=None)
    _tell_removal(current, because, by, second_key_by, now)
    return current


def _tell_removal(
    words: Words, because: str, asked_by: Person, agreed_by: Person | None, now: datetime
) -> None:
    """Say in the record for which organisations and in which roles it was, and not who."""
    project = words.project
    asked = hand_of(asked_by, project, roles=FIRST, now=now)
    agreed = hand_of(agreed_by, project, roles=FIRST[:1], now=now) if agreed_by else None
    facts = removal_facts(because, project, asked, agreed)
    record(events.WORDS_REMOVED, about=words.ref, project=project.ref, facts=facts, now=now)


def _require_second_key(
    by: Person | None, words: Words, *, asked_by: object, now: datetime
) -> None:
    project = words.project
    if by is not None and permissions.may_hold_the_second_key(
        by, project, asked_by=asked_by, now=now
    ):
        return
    if permissions.is_shared(project):
        raise Refusal(
            _(
                "No organisation takes words down alone. A co-lead of another organisation "
                "than the person who asked must agree to this."
            )
        )
    raise Refusal(_("A co-lead who did not ask for it must agree to this."))


def _refuse_unseen(words: Words) -> None:
    """Only what people see, or what was hidden from them, can be removed."""
    if words.state != Words.State.RELEASED and not is_hidden(words):
        raise Refusal(_("Only words that are shown can be removed."))


def _open_request(removal: Removal) -> Removal:
    current = (
        Removal.objects.select_for_update(no_key=True, of=("self",))
        .select_related("words__project", "asked_by")
        .get(ref=removal.ref)
    )
    if current.agreed_on is not None or current.refused:
        raise Refusal(_("This has been decided already."))
    return current


def _refuse_reason(because: str) -> None:
    if because not in reasons.REMOVED:
        raise Refusal(_("Please choose a reason from the list."), field="because")


def _record(event: Event, words: Words, because: str, now: datetime) -> None:
    record(event, about=words.ref, project=words.project_id, facts={"because": because}, now=now)
