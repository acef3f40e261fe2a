"""Drawing voices for a second look, and taking what readers found."""

from datetime import datetime
from typing import Final
from uuid import uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.safety.looks import events, permissions, queries
from goldenthread.safety.looks.likeness import is_too_near
from goldenthread.safety.looks.models import Month, SecondLook, Sentence
from goldenthread.safety.readers import services as readers
from goldenthread.safety.reading import registry
from goldenthread.safety.reading.hints import hint_in
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.services import refuse_receipts
from goldenthread.thread.services import record

UNHINTED: Final = 50
MOST: Final = 60


@transaction.atomic
def draw(*, now: datetime) -> int:
    """Draw last month's voices for a second look, once a month; returns how many.

    They are taken as chance has it until fifty are among them that no list puts first. So those
    that a list did put first are drawn as often as all others: no row says which ones they are.
    """
    month = queries.last_month(now)
    _row, new = Month.objects.get_or_create(month=month)
    if not new:
        return 0
    SecondLook.objects.all().delete()
    drawn, unhinted = [], 0
    for words in queries.read_in(month).order_by("?")[:MOST]:
        if unhinted == UNHINTED:
            break
        unhinted += not hint_in(words.parts.values())
        drawn.append(SecondLook(words=words, drawn_on=clock.today(now)))
    SecondLook.objects.bulk_create(drawn)
    record(events.DRAWN, about=uuid4(), facts={"month": f"{month:%Y-%m}"}, now=now)
    return len(drawn)


@transaction.atomic
def take_next(*, by: Person, project: Project, now: datetime) -> SecondLook | None:
    """Give a reader one that waits for them.

    :raises Refusal: no reader, or one who has not practised
    """
    _refuse(by, project, now=now)
    found = queries.next_for(by, project)
    if found is not None:
        readers.sit_down(by=by, now=now)
    return found


@transaction.atomic
def put_back(*, by: Person, look: SecondLook, now: datetime) -> None:
    """Leave it to another reader, without a reason; what two put back is left alone.

    :raises Refusal: no reader, or somebody has looked meanwhile
    """
    current = _locked(look, by=by, now=now)
    if current.put_back_by is not None:
        current.delete()
        return
    current.put_back_by = by
    current.save(update_fields=["put_back_by"])


@transaction.atomic
def say_no(*, by: Person, look: SecondLook, now: datetime) -> None:
    """Say that it was right to read it in its turn.

    :raises Refusal: no reader, or somebody has looked meanwhile
    """
    _count(_locked(look, by=by, now=now), by=by, missed=False, now=now)


@transaction.atomic
def say_yes(
    *, by: Person, look: SecondLook, text: str = "", language: str = "", now: datetime
) -> None:
    """Say that it should have been read first, with a sentence of one's own for the lists, or none.

    :raises Refusal: no reader, somebody has looked meanwhile, or the sentence is too near
    """
    current = _locked(look, by=by, now=now)
    sentence = " ".join(text.split())
    if sentence:
        _refuse_sentence(sentence, language, current.words)
        month = clock.today(now).replace(day=1)
        Sentence.objects.create(text=sentence, language=language, month=month)
    _count(current, by=by, missed=True, now=now)


@transaction.atomic
def forget_sentences() -> int:
    """Forget the sentences once the lists have been changed; returns how many they were."""
    gone, _by_table = queries.sentences().delete()
    return gone


@registry.decided
def leave(words: Words) -> None:
    """Take words out of the draw that an author or a reader has just dealt with anew."""
    SecondLook.objects.filter(words=words).delete()


def _refuse(by: Person, project: Project, *, now: datetime) -> None:
    if not permissions.may_look_again(by, project, now=now):
        raise Refusal(_("Only a reader of this project who has practised can do this."))


def _refuse_sentence(sentence: str, language: str, words: Words) -> None:
    refuse_receipts(sentence, field="text")
    if is_too_near(sentence, filter(None, words.parts.values())):
        message = _("This is too near to what was written. Please say it in other words.")
        raise Refusal(message, field="text")
    if language not in dict(queries.languages()):
        raise Refusal(_("Please choose the language."), field="language")


def _locked(look: SecondLook, *, by: Person, now: datetime) -> SecondLook:
    _refuse(by, look.words.project, now=now)
    waits = queries.waiting(by, look.words.project).select_related("words")
    current = waits.select_for_update(no_key=True, of=("self",)).filter(ref=look.ref).first()
    if current is None:
        raise Refusal(_("Somebody else has looked at this meanwhile. Please take the next one."))
    return current


def _count(look: SecondLook, *, by: Person, missed: bool, now: datetime) -> None:
    """Count the answer for the month. What a list puts first is not counted: it was not missed."""
    if not hint_in(look.words.parts.values()):
        found = Month.objects.filter(month=queries.last_month(now))
        found.update(looked_at=F("looked_at") + 1, missed=F("missed") + int(missed))
    look.delete()
    readers.carry(by=by, heavy=missed, now=now)
