"""After the night nothing joins a contact to the moment it came, and so to nobody's words."""

import base64
import itertools
from uuid import uuid4

import pytest
from django.db import connection

from goldenthread.people.contacts import envelopes, services, tasks
from goldenthread.people.contacts.models import Contact, WaitingContact
from goldenthread.people.contacts.tests.factories import NOW, contact, left

pytestmark = pytest.mark.django_db
SCOPE = uuid4()
MANY = 60


def in_order_of_the_table() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("select sealed from contacts_contact order by ctid")
        return [envelopes.open_up(row[0]).value for row in cursor.fetchall()]


def people(number: int = MANY) -> list[str]:
    return [f"person{index:03}@example.org" for index in range(number)]


def test_a_contact_waits_sealed_until_the_night():
    left(SCOPE)
    assert not Contact.objects.exists()
    waiting = WaitingContact.objects.get()
    assert b"mina" not in bytes(waiting.sealed)
    tasks.shuffle_in(now=NOW)
    assert not WaitingContact.objects.exists()
    kept = Contact.objects.get()
    assert (kept.how, kept.wants_news, kept.wants_to_help) == ("email", True, False)
    assert b"mina" not in bytes(kept.sealed)
    assert kept.ref != waiting.ref


def test_what_waits_says_neither_when_it_came_nor_what_it_is():
    left(SCOPE)
    left(SCOPE, "Mina Moor\n4 Low Lane\nLeeds LS1 4AA", how="post", wants_to_help=True)
    sealed = [bytes(row.sealed) for row in WaitingContact.objects.all()]
    assert len({len(each) for each in sealed}) == 1
    stamps = {int.from_bytes(base64.urlsafe_b64decode(each)[1:9]) for each in sealed}
    assert stamps == {0}  # a Fernet token carries its second of birth in clear; ours carry none


def test_after_the_night_neither_order_nor_key_nor_transaction_joins_to_arrival():
    for value in people():
        left(SCOPE, value)
    arrived = {row.ref for row in WaitingContact.objects.all()}
    services.shuffle_in(now=NOW)
    kept = in_order_of_the_table()
    assert sorted(kept) == people()
    in_place = sum(here == there for here, there in zip(kept, people(), strict=True))
    followed = sum(a < b for a, b in itertools.pairwise(kept))
    assert in_place < 8  # one is expected by chance
    assert MANY * 0.25 < followed < MANY * 0.75  # half is expected by chance
    assert not arrived & set(Contact.objects.values_list("ref", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("select count(distinct xmin::text), count(*) from contacts_contact")
        assert cursor.fetchone() == (1, MANY)


def test_control_in_order_of_arrival_the_order_test_would_fail(monkeypatch):
    monkeypatch.setattr(services.secrets.SystemRandom, "shuffle", lambda _self, _rows: None)
    for value in people():
        left(SCOPE, value)
    services.shuffle_in(now=NOW)
    kept = in_order_of_the_table()
    assert sum(a < b for a, b in itertools.pairwise(kept)) > MANY * 0.75


def test_the_same_contact_is_kept_once_a_project_and_its_wishes_add_up():
    first = contact(SCOPE)
    left(SCOPE, "MINA@example.org", wants_news=False, wants_to_help=True)
    left(uuid4())
    services.shuffle_in(now=NOW)
    again = Contact.objects.get(scope=SCOPE)
    assert again.ref == first.ref  # the link in an older mail still forgets it
    assert again.wants_news
    assert again.wants_to_help
    assert Contact.objects.count() == 2


def test_left_twice_in_a_day_it_is_kept_once():
    left(SCOPE)
    left(SCOPE, " Mina@example.org ", wants_to_help=True)
    services.shuffle_in(now=NOW)
    assert Contact.objects.get().wants_to_help


def test_marks_differ_between_projects_so_that_nobody_is_followed_across():
    other = uuid4()
    contact(SCOPE)
    contact(other)
    assert len({bytes(each.mark) for each in Contact.objects.all()}) == 2
