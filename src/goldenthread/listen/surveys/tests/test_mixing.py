"""Answers that belong to nobody: locked at first, then opened ten at once and in no order."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from goldenthread.kit.sealing import unseal
from goldenthread.listen.surveys import locks, queries, services
from goldenthread.listen.surveys.holder import Holder, member_mark, new_code
from goldenthread.listen.surveys.models import Answers, Mark, Survey, Unfinished, Wave
from goldenthread.listen.surveys.tests.factories import Made, every_kind, opened, send
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Strand
from goldenthread.projects.tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _keys(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path


def words(made: Made, text: str) -> list[Any]:
    asked = made.asked["long"]
    return [{"text": text, "asked": asked.text, "answers": asked.ref, "kind": "answer"}]


def weeks_in(made: Made) -> list[int]:
    """What stands open, and what waits, as one list."""
    ref = str(made.asked["weeks"].ref)
    rows = list(Answers.objects.filter(wave=made.wave))
    open_rows = [row.given[ref] for row in rows if row.given]
    waiting = locks.unlock(made.wave.batch, [bytes(row.sealed) for row in rows if row.sealed])
    return sorted([*open_rows, *(each["given"][ref] for each in waiting)])


def test_what_was_ticked_waits_locked_until_twenty_are_there_and_ten_are_then_mixed() -> None:
    made = opened(every_kind())
    given = [made.given(used="a1", weeks=number) for number in range(22)]
    for each in given[:19]:
        send(made, each)
    assert services.mix_all(now=NOW) == 0
    first = made.wave.batch
    assert locks.is_there(first)
    assert queries.answered_about(made.wave) is None
    for each in given[19:]:
        send(made, each)
    assert queries.answered_about(made.wave) is None, "it does not move with single answers"
    old = {row.ref for row in Answers.objects.all()}
    copies = [bytes(row.sealed or b"") for row in Answers.objects.all()]
    assert len({len(each) for each in copies}) == 1, "its length says nothing"
    assert services.mix_all(now=NOW) == 1
    rows = list(Answers.objects.all())
    assert sum(row.sealed is None for row in rows) == 12, "ten stay locked"
    assert weeks_in(made) == list(range(22))
    assert not old & {row.ref for row in rows}, "no key leads from the locked to the open row"
    assert queries.answered_about(made.wave) == 10
    assert not locks.is_there(first)
    assert locks.unlock(first, copies) == [], "an old copy of the database opens nothing"
    assert locks.is_there(made.wave.batch)


def stamps(table: str, where: str = "") -> list[int]:
    """When the rows of a table were written, in their order: what the database itself notes."""
    with connection.cursor() as cursor:
        cursor.execute(f"select xmin::text::bigint from {table} {where} order by 1")  # noqa: S608
        return [row[0] for row in cursor.fetchall()]


def test_nothing_that_is_kept_joins_ticks_to_words_or_to_a_member() -> None:
    """The control is the state before mixing, where the order of writing still joins all three."""
    made = opened(every_kind(open_to=Survey.OpenTo.MEMBERS))
    people = [made.around.mina, made.around.tom, made.around.cara]
    for number, person in enumerate(people):
        send(made, made.given(weeks=number), by=person, words=words(made, f"Heron {number}"))
    before = stamps("surveys_answers")
    assert len(set(before)) == len(people), "the control: each has a moment of its own"
    assert before == stamps("surveys_mark", "where of = 'member'"), "and shares it with the member"
    services.mix_all(now=NOW)
    assert len(set(stamps("surveys_mark"))) == 1, "also where too few answers wait"
    assert set(stamps("surveys_mark")).isdisjoint(before)
    fill_up(made, len(people))
    services.mix_all(now=NOW)
    assert len(set(stamps("surveys_answers"))) == 1
    assert len(set(stamps("surveys_mark"))) == 1
    assert len(set(stamps("voices_voice"))) == len(people), "theirs are not touched"
    assert {voice.author for voice in Voice.objects.all()} == {None}
    assert {voice.answers for voice in Voice.objects.all()} == {made.asked["long"].ref}
    kept = json.dumps([row.given for row in Answers.objects.all()])
    assert "Heron" not in kept
    marks = {bytes(mark.mark) for mark in Mark.objects.filter(of=Mark.Of.MEMBER)}
    assert {member_mark(made.wave, person) for person in people} <= marks
    fields = {field.name for field in Answers._meta.get_fields()}
    assert fields == {"ref", "wave", "strand", "given", "sealed"}


def fill_up(made: Made, there: int) -> None:
    """Put locked answers of others beside them."""
    wave = Wave.objects.get(ref=made.wave.ref)
    assert wave.batch
    for number in range(there, 20):
        inside = {"given": made.given(weeks=number), "strand": None}
        Answers.objects.create(wave=wave, sealed=locks.lock(wave.batch, inside))


def opened_by_closing(made: Made) -> int:
    """How many rows are open that were not: the difference of two copies of the database."""
    there = Answers.objects.filter(wave=made.wave, given__isnull=False)
    before = there.count()
    services.close_survey(by=made.around.tom, survey=made.survey, now=NOW)
    return there.count() - before


def test_closing_opens_ten_or_more_at_once_and_lets_fewer_go() -> None:
    made = opened(every_kind())
    for number in range(20):
        send(made, made.given(weeks=number))
    services.mix_all(now=NOW)
    before = {row.ref for row in Answers.objects.all()}
    send(made, made.given(weeks=50))
    assert opened_by_closing(made) == 11, "not the last one alone"
    rows = list(Answers.objects.all())
    assert weeks_in(made) == [*range(20), 50]
    assert not before & {row.ref for row in rows}, "all are written anew"
    assert all(row.given is not None for row in rows)
    assert not Mark.objects.filter(wave=made.wave).exists(), "nobody can answer twice any more"
    lost = opened(every_kind())
    for number in range(20):
        send(lost, lost.given(weeks=number))
    services.mix_all(now=NOW)
    assert lost.wave.batch
    locks.destroy(lost.wave.batch)  # as after a restore
    send(lost, lost.given(weeks=50))
    assert opened_by_closing(lost) == 0
    assert Answers.objects.filter(wave=lost.wave).count() == 10
    few = opened(every_kind())
    send(few, few.given(weeks=1), words=words(few, "Heron"))
    services.close_survey(by=few.around.tom, survey=few.survey, now=NOW)
    assert not Mark.objects.filter(wave=few.wave).exists()
    assert not Answers.objects.filter(wave=few.wave).exists()
    assert Voice.objects.filter(project=few.around.project).count() == 1, "words stay"
    assert few.wave.batch is None
    assert list(locks.folder().glob("*.key")) == []


def test_a_strand_travels_inside_the_lock_and_may_be_gone_when_it_opens() -> None:
    made = opened(every_kind())
    kept, gone = (
        Strand.objects.create(project=made.around.project, name=name, short=name.upper())
        for name in ("Carers", "Pupils")
    )
    for number in range(20):
        send(made, made.given(weeks=number), strand=kept if number < 14 else gone)
    assert {row.strand for row in Answers.objects.all()} == {None}, "it is locked too"
    gone.delete()
    services.mix_all(now=NOW)
    assert Answers.objects.exclude(sealed=None).filter(strand=None).count() == 10
    services.close_survey(by=made.around.tom, survey=made.survey, now=NOW)
    strands = [row.strand_id for row in Answers.objects.all()]
    assert (strands.count(kept.ref), strands.count(None)) == (14, 6)


def test_a_guest_s_beginnings_are_locked_with_a_secret_that_we_do_not_keep() -> None:
    made = opened(every_kind())
    holder = Holder(secret=new_code())
    kept = {"values": {made.name("long"): ["The heron stands alone."]}}
    services.keep(by=made.around.mina, wave=made.wave, holder=holder, written=kept, now=NOW)
    row = Unfinished.objects.get()
    assert queries.unfinished(made.wave, holder) == kept
    assert queries.unfinished(made.wave, Holder(secret=new_code())) is None
    assert row.person is None
    with pytest.raises(Exception):  # noqa: B017, PT011  our own keys do not open it
        unseal(row.sealed)
    member = Holder(person=made.around.mina)
    services.keep(by=made.around.mina, wave=made.wave, holder=member, written=kept, now=NOW)
    mine = Unfinished.objects.exclude(person=None).get()
    assert "heron" in unseal(mine.sealed), "the control: a member's is sealed with ours"


def test_the_database_keeps_answers_either_locked_or_open() -> None:
    made = opened(every_kind())
    for wrong in ({"given": {}, "sealed": b"x"}, {"given": None, "sealed": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answers.objects.create(wave=made.wave, **wrong)
