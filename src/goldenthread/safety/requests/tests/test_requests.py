from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import unseal
from goldenthread.kit.testing.queries import at_most
from goldenthread.organisations.models import Membership
from goldenthread.organisations.tests.factories import member
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.projects.work import work_for
from goldenthread.safety.reading.tests.factories import sign_in
from goldenthread.safety.requests import queries, services
from goldenthread.safety.requests.models import DataProtection, DataRequest
from goldenthread.thread.models import Entry, HeldEntry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2026, 3, 10)
CANARY = "Kingfisher"


@pytest.fixture
def here() -> Listening:
    return listening_project()


def asked(here: Listening, kind: str = "access", **given: Any) -> DataRequest:
    said = {"by": here.mina, "organisation": here.organisation, "now": NOW, **given}
    return services.ask(kind=kind, text=f"{CANARY}?", **said)


def at(day: date) -> datetime:
    return datetime.combine(day, NOW.time(), NOW.tzinfo)


def test_a_request_is_due_in_a_calendar_month_and_the_text_is_sealed(here: Listening) -> None:
    made = asked(here)
    assert (made.received_on, made.due_on) == (TODAY, date(2026, 4, 10))
    assert CANARY.encode() not in bytes(made.text)
    assert unseal(made.text) == f"{CANARY}?"
    [entry] = HeldEntry.objects.all()
    assert (entry.kind, entry.facts) == ("request.asked", {"kind": "access"})


def test_a_guest_without_a_receipt_could_not_be_answered(here: Listening) -> None:
    with pytest.raises(Refusal, match="Open your receipt"):
        asked(here, by=Guest())


def test_it_waits_for_administrators_and_whoever_was_named(here: Listening) -> None:
    asked(here)
    dora = member("Dora", here.organisation)
    assert work_for(dora, [], now=NOW) == []
    DataProtection.objects.create(organisation=here.organisation, contact=dora)
    for person in (here.ada, dora):
        with at_most(1):
            [work] = queries.waiting(person, [], now=NOW)
        assert (work.tone, "10 April 2026" in work.text) == ("quiet", True)
    assert queries.waiting(here.ada, [], now=at(date(2026, 4, 4)))[0].tone == "due"
    assert queries.waiting(here.ada, [], now=at(date(2026, 4, 11)))[0].tone == "overdue"
    assert queries.waiting(here.tom, [], now=NOW) == []
    Membership.objects.filter(person=dora).update(suspended_on=TODAY)
    assert queries.waiting(dora, [], now=NOW) == []


def test_whoever_was_named_gets_a_mail_without_words(here: Listening) -> None:
    DataProtection.objects.create(organisation=here.organisation, contact=here.cara)
    asked(here)
    letter = Letter.objects.get()
    assert (letter.person, letter.text) == (here.cara, "data-request")


def test_waiting_for_identity_adds_its_days(here: Listening) -> None:
    made = services.pause(by=here.ada, request=asked(here), waits_for="identity", now=NOW)
    assert not queries.is_late(made, today=date(2027, 1, 1))
    made = services.resume(by=here.ada, request=made, now=NOW + 10 * DAY)
    assert (made.paused_days, made.due_on) == (10, date(2026, 4, 20))


def test_more_time_is_taken_in_the_first_month_only_and_once(here: Listening) -> None:
    made = asked(here)
    with pytest.raises(Refusal, match="first month"):
        services.extend(by=here.ada, request=made, because="Much.", now=at(date(2026, 4, 11)))
    made = services.extend(by=here.ada, request=made, because="Much.", now=NOW)
    assert made.due_on == date(2026, 6, 10)
    with pytest.raises(Refusal, match="cannot take longer"):
        services.extend(by=here.ada, request=made, because="More.", now=NOW)


def test_a_complaint_is_acknowledged_within_thirty_days_and_then_answered(here: Listening) -> None:
    made = asked(here, "complaint")
    assert made.due_on == TODAY + 30 * DAY
    made = services.acknowledge(by=here.ada, request=made, now=NOW)
    assert made.due_on == date(2026, 6, 10)


def test_an_answer_reaches_a_member_by_mail_without_words(here: Listening) -> None:
    made = services.answer(by=here.ada, request=asked(here), outcome="done", text=CANARY, now=NOW)
    letter = Letter.objects.get()
    assert (letter.person, letter.text, letter.link) == (
        here.mina,
        "data-answer",
        "/account/requests/",
    )
    entry = Entry.objects.get(kind="request.answered")
    assert CANARY.encode() not in bytes(entry.body)
    with pytest.raises(Refusal, match="answered on 10 March"):
        services.answer(by=here.ada, request=made, outcome="done", text="x", now=NOW)


@pytest.mark.parametrize("name", ["mina", "tom", "rosa", "priya", "dev", "cara", "stranger"])
def test_nobody_else_answers(here: Listening, name: str) -> None:
    made = asked(here)
    with pytest.raises(Refusal, match="Only the people who answer"):
        services.acknowledge(by=getattr(here, name), request=made, now=NOW)
    browser = sign_in(Client(), getattr(here, name))
    for path in ("", "letter/", "controller/", f"{made.ref}/"):
        assert browser.get(f"/o/{here.organisation.address}/requests/{path}").status_code == 404


def test_a_request_to_another_organisation_is_not_there(here: Listening) -> None:
    other = asked(listening_project())
    browser = sign_in(Client(), here.ada)
    with clock.frozen(NOW):
        path = f"/o/{here.organisation.address}/requests/{other.ref}/"
        assert browser.get(path).status_code == 404


def test_a_letter_counts_from_the_day_it_came_and_erases_nothing_by_itself(here: Listening) -> None:
    given = {"by": here.ada, "organisation": here.organisation, "text": "x", "now": NOW}
    with pytest.raises(Refusal, match="not come yet"):
        services.log_letter(**given, kind="erasure", who="Ann", received_on=TODAY + DAY)
    made = services.log_letter(**given, kind="erasure", who="Ann", received_on=TODAY - 9 * DAY)
    assert made.due_on == date(2026, 4, 1)
    with pytest.raises(Refusal, match="names no account"):
        services.carry_out(by=here.ada, request=made, now=NOW)
