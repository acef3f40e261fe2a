"""The Monday mail: how much waits and where, once a week, and one click to stop it."""

import re
import threading
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.pages import monday, tasks
from goldenthread.pages.tests.factories import held
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.tests.factories import PersonFactory
from goldenthread.people.notifications import services
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.tests.factories import NOW, Listening

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
A_MONDAY = datetime(2026, 3, 16, 7, 0, tzinfo=LONDON)
LETTERS = Letter.objects.filter(text="monday")  # narrowed anew each time, never read itself


@pytest.fixture
def waits(house: Listening) -> Listening:
    """Two voices wait for Rosa, long overdue by Monday."""
    held(house)
    held(house)
    return house


def sent_to(person: Person) -> Any:
    services.send_waiting(now=A_MONDAY)
    (found,) = [each for each in mail.outbox if each.to == [person.email]]
    return found


def test_it_says_how_much_waits_and_where_and_names_nobody(waits: Listening) -> None:
    tasks.write_on_mondays(now=A_MONDAY)
    sent = sent_to(waits.rosa)
    said = " ".join(sent.body.split())
    assert "2 to read" in said
    assert "2 overdue." in said
    assert sent.subject.endswith("for you this week")
    assert "/needs-you/" in said
    named = [waits.project.title, waits.organisation.name]
    people = [each.name for each in Person.objects.exclude(name="")]
    for name in [*named, *people]:
        assert not re.search(rf"\b{re.escape(name)}\b", sent.body + sent.subject), name
    kept = str([(each.names, each.link) for each in LETTERS.all()])
    assert not any(name in kept for name in named)


def test_nobody_hears_that_nothing_waits(waits: Listening) -> None:
    alone = PersonFactory.create(joined_on=NOW.date() - timedelta(days=30))
    tasks.write_on_mondays(now=A_MONDAY)
    assert not LETTERS.filter(person=alone).exists()
    assert not LETTERS.filter(person=waits.mina).exists()
    assert LETTERS.filter(person=waits.rosa).count() == 1


@pytest.mark.parametrize(
    "moment",
    [A_MONDAY - timedelta(minutes=1), A_MONDAY + timedelta(days=1), A_MONDAY - timedelta(days=1)],
    ids=["before seven", "tuesday", "sunday"],
)
def test_it_is_written_on_mondays_from_seven_where_the_site_is(
    waits: Listening, moment: datetime
) -> None:
    tasks.write_on_mondays(now=moment)
    assert not LETTERS.exists()


def test_seven_is_seven_in_summer_too(waits: Listening) -> None:
    july = datetime(2026, 7, 6, 7, 0, tzinfo=LONDON)
    assert july.astimezone(ZoneInfo("UTC")).hour == 6
    assert monday.write_batch(now=july - timedelta(minutes=1)) == 0
    assert monday.write_batch(now=july) > 0


def test_once_a_week_each(waits: Listening) -> None:
    for minutes in (0, 1, 300):
        tasks.write_on_mondays(now=A_MONDAY + timedelta(minutes=minutes))
    assert LETTERS.filter(person=waits.rosa).count() == 1
    tasks.write_on_mondays(now=A_MONDAY + timedelta(days=7))
    assert LETTERS.filter(person=waits.rosa).count() == 2


def test_a_sweep_that_died_goes_on_where_it_was(
    waits: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    everyone = Person.objects.filter(joined_on__lt=A_MONDAY.date()).count()
    assert monday.write_batch(now=A_MONDAY, at_once=2) == 2
    with monkeypatch.context() as broken:
        broken.setattr(monday, "write_letters", _dies)
        with pytest.raises(RuntimeError):
            monday.write_batch(now=A_MONDAY, at_once=2)
    done = 2
    while number := monday.write_batch(now=A_MONDAY, at_once=2):
        done += number
    assert done == everyone
    assert LETTERS.filter(person=waits.rosa).count() == 1


def _dies(_letters: Any) -> None:
    raise RuntimeError


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_people(waits: Listening) -> None:
    counts = []

    def work() -> None:
        try:
            while number := monday.write_batch(now=A_MONDAY, at_once=1):
                counts.append(number)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _two in range(2)]
    for each in workers:
        each.start()
    for each in workers:
        each.join(timeout=60)
    while number := monday.write_batch(now=A_MONDAY, at_once=1):
        counts.append(number)
    assert sum(counts) == Person.objects.filter(joined_on__lt=A_MONDAY.date()).count()
    assert LETTERS.filter(person=waits.rosa).count() == 1


def test_one_click_stops_it_without_signing_in(waits: Listening) -> None:
    tasks.write_on_mondays(now=A_MONDAY)
    sent = sent_to(waits.rosa)
    path = sent.extra_headers["List-Unsubscribe"].strip("<>").split("/", 3)[3]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"/{path}\n" in sent.body
    browser = Client(enforce_csrf_checks=True)
    assert "Stop the Monday mail?" in browser.get(f"/{path}").content.decode()
    waits.rosa.refresh_from_db()
    assert waits.rosa.wants_monday_mail  # looking alone stops nothing
    answer = browser.post(f"/{path}", {"List-Unsubscribe": "One-Click"})
    assert "We write no more on Mondays" in answer.content.decode()
    waits.rosa.refresh_from_db()
    assert (waits.rosa.wants_monday_mail, waits.rosa.wants_mail) == (False, True)
    tasks.write_on_mondays(now=A_MONDAY + timedelta(days=7))
    assert LETTERS.filter(person=waits.rosa).count() == 1


def test_a_link_that_is_not_ours_stops_nothing_and_tells_nothing(waits: Listening) -> None:
    ours = Client().post("/stop-monday/no-such-token/")
    assert ours.status_code == 200
    assert Person.objects.filter(wants_monday_mail=False).count() == 0


def test_it_can_be_switched_off_and_on_in_the_account(waits: Listening) -> None:
    browser = signed_in(waits.rosa)
    given = {"name": "Rosa", "language": "en-gb", "wants_mail": "on"}
    with clock.frozen(NOW):
        browser.post("/account/", given)
        waits.rosa.refresh_from_db()
        assert not waits.rosa.wants_monday_mail
        browser.post("/account/", given | {"wants_monday_mail": "on"})
    waits.rosa.refresh_from_db()
    assert waits.rosa.wants_monday_mail


def test_who_stops_it_after_it_was_written_gets_it_no_more(waits: Listening) -> None:
    tasks.write_on_mondays(now=A_MONDAY)
    Person.objects.filter(pk=waits.rosa.pk).update(wants_monday_mail=False)
    services.send_waiting(now=A_MONDAY)
    assert waits.rosa.email not in [to for each in mail.outbox for to in each.to]


def test_whoever_has_nothing_costs_four_questions(waits: Listening) -> None:
    PersonFactory.create_batch(3, joined_on=NOW.date() - timedelta(days=30))
    Person.objects.exclude(memberships=None).update(monday_on=A_MONDAY.date())
    waiting = Person.objects.filter(monday_on=None).count()
    with at_most(6 + 4 * waiting):
        assert monday.write_batch(now=A_MONDAY) == waiting
