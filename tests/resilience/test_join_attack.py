"""R29: whoever holds every dump of the database cannot join an answer to words.

200 people speak and answer. The attacker has the whole database before and after each night, with
the hidden columns of PostgreSQL (xmin, ctid), and everything that can be put in an order.
"""

import random

import pytest
from django.db import connection, transaction

from goldenthread.kit import clock
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.equality import services
from goldenthread.safety.equality.models import Answer, Asked, Waiting
from goldenthread.safety.equality.questions import CROSSED, questions_of
from goldenthread.safety.reading.tests.factories import released

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
PEOPLE, BATCH = 200, 10
# By chance one in ten: 20 of 200. Above 40 lies less than one time in 100,000.
CHANCE = 40
PAIR = CROSSED.join(["ethnicity", "carer"])  # declared before the project opened


def rows(table, order):
    """A dump: every row of a table, in an order that somebody chose."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


ORDERS = {
    "the order in the file": "ctid",
    "the transaction": "xmin::text::bigint, ctid",
    "the keys": "ref",
    "the file, backwards": "ctid DESC",
}


@pytest.fixture
def project(settings, tmp_path):
    settings.DATA = tmp_path
    found = listening_project().project
    Asked.objects.create(
        project=found, crossings=[["ethnicity", "carer"]], since_on=clock.today(NOW)
    )
    return found


def live(project, chance, hold):
    """Let everyone speak and answer, ten a day; return per day who said what, and the new rows."""
    answers = [
        key for key, _ in next(q for q in questions_of(project) if q.key == "ethnicity").answers
    ]
    days, seen, marks = [], set(), iter(range(PEOPLE))
    for _ in range(PEOPLE // BATCH):
        truth = {}
        for answer in chance.sample(answers, BATCH):  # each different, so that a hit is a hit
            truth[hold(project, next(marks), answer)] = answer
        locked = rows("equality_waiting", "xmin::text::bigint, ctid")
        services.mix_all(now=NOW)
        days.append((truth, locked, seen))
        seen = {row["ref"] for row in rows("equality_answer", "ctid")}
    return days


def hits(days, order, question="ethnicity"):
    """Join the words of each day to that day's new answers, one after the other."""
    words = {row["ref"]: at for at, row in enumerate(rows("reading_words", "xmin::text::bigint"))}
    everything = rows("equality_answer", order)
    found, ends = 0, [seen for _, _, seen in days[1:]] + [{row["ref"] for row in everything}]
    for (truth, _, before), after in zip(days, ends, strict=True):
        fresh = [
            row["answer"].split(CROSSED)[0]
            for row in everything
            if row["ref"] in after - before and row["question"] == question
        ]
        people = sorted(truth, key=words.__getitem__)
        found += sum(truth[one] == answer for one, answer in zip(people, fresh, strict=True))
    return found


def together_again(days, order):
    """Join each row of a pair to the answer of the same person, by the order they stand in."""
    everything = rows("equality_answer", order)
    found, ends = 0, [seen for _, _, seen in days[1:]] + [{row["ref"] for row in everything}]
    for (_, _, before), after in zip(days, ends, strict=True):
        fresh = [row for row in everything if row["ref"] in after - before]
        single = [row["answer"] for row in fresh if row["question"] == "ethnicity"]
        pairs = [row["answer"].split(CROSSED)[0] for row in fresh if row["question"] == PAIR]
        found += sum(one == other for one, other in zip(single, pairs, strict=True))
    return found


def apart(project, number, answer):
    words = released(project=project)
    mark = number.to_bytes(32, "big")
    answers = {"ethnicity": answer, "carer": "yes" if number % 3 else "no"}
    services.hold(project=project, mark=mark, answers=answers, agreed=1, now=NOW)
    return words.pk


def together(project, number, answer):
    """The negative control: one transaction for words and answer, no foreign key."""
    with transaction.atomic():
        words = released(project=project)
        pair = CROSSED.join([answer, "yes"])
        Answer.objects.create(project=project, question="ethnicity", answer=answer)
        Answer.objects.create(project=project, question=PAIR, answer=pair)
    return words.pk


def test_no_order_in_the_database_joins_answers_to_words(project):
    days = live(project, random.Random(29), apart)
    assert Answer.objects.count() == 3 * PEOPLE
    for name, order in ORDERS.items():
        assert hits(days, order) <= CHANCE, name
        assert hits(days, order, PAIR) <= CHANCE, name
        assert together_again(days, order) <= CHANCE, name
    locked = [row for _, rows_, _ in days for row in rows_]
    assert len({len(row["sealed"]) for row in locked}) == 1  # sizes say nothing
    assert not any(column.endswith(("_on", "_at")) for column in locked[0])
    whole = rows("equality_answer", "ref")
    assert set(whole[0]) == {"ref", "project_id", "question", "answer"}
    for _, waiting, _ in days:  # what old backups hold cannot be opened any more
        batch = waiting[0]["batch_id"]
        assert not (services.batches.folder() / f"{batch}.key").exists()
    assert not Waiting.objects.exists()


def test_answers_written_with_the_words_are_joined_at_once(project):
    days = live(project, random.Random(29), together)
    assert hits(days, ORDERS["the transaction"]) == PEOPLE
    assert hits(days, ORDERS["the transaction"], PAIR) == PEOPLE
    assert together_again(days, ORDERS["the transaction"]) == PEOPLE
