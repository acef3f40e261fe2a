from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.organisations import queries, services
from goldenthread.organisations.models import HelpLine, Label
from goldenthread.organisations.surroundings import as_shown
from goldenthread.organisations.tests.factories import (
    HelpLineFactory,
    OrganisationFactory,
    member,
)
from goldenthread.people.accounts import second_factor
from goldenthread.thread.models import Check, Entry

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calm(monkeypatch):
    monkeypatch.setattr(second_factor, "needs_second_factor", lambda _person: False)
    with clock.frozen(NOW):
        yield


@pytest.fixture
def northmoor():
    return OrganisationFactory.create(address="northmoor", name="Northmoor")


@pytest.fixture
def ada(northmoor):
    return member("Ada", northmoor, "administrator")


@pytest.fixture
def client(ada):
    client = Client()
    client.force_login(ada)
    return client


def test_settings_are_changed_and_recorded_without_words(client, northmoor):
    given = {
        "name": "Northmoor University",
        "about": "We ask.",
        "kind": "school",
        "nation": "wales",
        "language": "en-gb",
    }
    client.post("/o/northmoor/settings/", given)
    northmoor.refresh_from_db()
    assert (northmoor.name, northmoor.kind, northmoor.listed) == (given["name"], "school", False)
    entry = Entry.objects.get(kind="organisation.settings-changed")
    assert b"University" not in bytes(entry.body)


@pytest.mark.parametrize("field", ["name", "kind", "nation"])
def test_what_is_missing_is_said_beside_the_field_and_nothing_changes(client, northmoor, field):
    given = {"name": "New", "kind": "school", "nation": "wales", "language": "en-gb", field: ""}
    answer = client.post("/o/northmoor/settings/", given)
    assert answer.status_code == 200
    assert f'id="id_{field}_error"' in answer.content.decode()
    northmoor.refresh_from_db()
    assert northmoor.name == "Northmoor"


ACTS = {
    "settings": lambda by, o: services.change_settings(
        by=by,
        organisation=o,
        name="X",
        about="",
        kind="school",
        nation="wales",
        language="en-gb",
        listed=True,
        now=NOW,
    ),
    "accent": lambda by, o: services.change_accent(
        by=by, organisation=o, accent="#0b5a55", now=NOW
    ),
    "logo": lambda by, o: services.change_logo(by=by, organisation=o, upload=b"", now=NOW),
    "no logo": lambda by, o: services.remove_logo(by=by, organisation=o, now=NOW),
    "domains": lambda by, o: services.set_email_domains(
        by=by, organisation=o, domains=["x.org"], now=NOW
    ),
    "label": lambda by, o: services.add_label(by=by, organisation=o, text="carers", now=NOW),
    "line": lambda by, o: services.add_help_line(
        by=by, organisation=o, name="X", number="1", hours="", ages="", now=NOW
    ),
    "check": lambda by, o: services.verify_help_line(
        by=by, line=HelpLineFactory.create(organisation=o), now=NOW
    ),
    "correct": lambda by, o: services.change_help_line(
        by=by,
        line=HelpLineFactory.create(organisation=o),
        name="X",
        number="1",
        hours="",
        ages="",
        now=NOW,
    ),
    "remove line": lambda by, o: services.remove_help_line(
        by=by, line=HelpLineFactory.create(organisation=o), now=NOW
    ),
    "remove label": lambda by, o: services.remove_label(
        by=by, label=Label.objects.create(organisation=o, text="x"), now=NOW
    ),
}


@pytest.mark.parametrize("roles", [[], ["facilitator"], ["treasurer"]])
@pytest.mark.parametrize("act", ACTS)
def test_only_administrators_change_anything(northmoor, act, roles):
    with pytest.raises(Refusal, match="administrator"):
        ACTS[act](member("Tom", northmoor, *roles), northmoor)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_administrators_of_another_organisation_change_nothing_here(northmoor, act):
    nell = member("Nell", OrganisationFactory.create(), "administrator")
    with pytest.raises(Refusal, match="administrator"):
        ACTS[act](nell, northmoor)


def test_a_line_checked_today_is_fresh_for_ninety_days(client, northmoor):
    line = HelpLineFactory.create(organisation=northmoor, verified_on=date(2025, 12, 1))
    shown = client.get("/o/northmoor/settings/help-lines/").content.decode()
    assert "Not checked yet by you" in shown
    assert "Take away" not in shown, "Samaritans is always shown"
    client.post(f"/o/northmoor/settings/help-lines/{line.ref}/checked/")
    shown = client.get("/o/northmoor/settings/help-lines/").content.decode()
    assert "Not checked yet by you" not in shown
    assert "Check it again" not in shown
    for days, stale in ((90, False), (91, True)):
        day = NOW.date() + timedelta(days=days)
        assert queries.stale_help_lines(northmoor, today=day).exists() is stale
    HelpLine.objects.update(verified_on=date(2025, 12, 1))
    assert "Check it again" in client.get("/o/northmoor/settings/help-lines/").content.decode()


def test_a_corrected_line_counts_as_checked(client, northmoor, ada):
    line = HelpLineFactory.create(organisation=northmoor, verified_on=date(2025, 1, 1))
    given = {"name": "Nightline", "number": "0113 496 0000", "hours": "8 to 8", "ages": ""}
    client.post(f"/o/northmoor/settings/help-lines/{line.ref}/", given)
    line.refresh_from_db()
    assert (line.name, line.verified_on, line.verified_by) == ("Nightline", NOW.date(), ada)


def test_lines_are_added_last_and_taken_away(client, northmoor):
    HelpLineFactory.create(organisation=northmoor, position=4)
    given = {"name": "Nightline", "number": "0113 496 0000"}
    client.post("/o/northmoor/settings/help-lines/", given)
    line = queries.help_lines_of(northmoor).last()
    assert line.name == "Nightline"
    client.post(f"/o/northmoor/settings/help-lines/{line.ref}/remove/")
    assert not HelpLine.objects.filter(name="Nightline").exists()


@pytest.mark.parametrize("number", ["javascript:alert(1)", "<b>1</b>", "", '1" onclick="x'])
def test_a_number_that_is_none_is_sent_back(client, northmoor, number):
    answer = client.post("/o/northmoor/settings/help-lines/", {"name": "X", "number": number})
    assert answer.status_code == 200
    assert not HelpLine.objects.exists()


def test_999_and_samaritans_stand_on_every_page_whatever_the_list_says(client, northmoor):
    text = client.get("/o/northmoor/settings/").content.decode()
    assert text.count('href="tel:999"') == 1
    assert text.count('href="tel:116123"') == 1
    HelpLineFactory.create(organisation=northmoor)
    text = client.get("/o/northmoor/settings/").content.decode()
    assert text.count('href="tel:116123"') == 1


@pytest.mark.parametrize(
    ("number", "href"),
    [
        ("111, then 2", "tel:111"),
        ("text 85258", "sms:85258"),
        ("0800 83 85 87", "tel:0800838587"),
        ("+44 113 496 0000", "tel:+441134960000"),
        ("jo@samaritans.org", "#get-help"),
    ],
)
def test_a_phone_knows_what_to_do_with_a_number(northmoor, number, href):
    line = HelpLineFactory.create(organisation=northmoor, number=number)
    assert as_shown([line])[-1].href == href


def test_labels_come_and_go_and_stand_once(client, northmoor):
    client.post("/o/northmoor/settings/labels/", {"text": "Carers"})
    answer = client.post("/o/northmoor/settings/labels/", {"text": "carers"})
    assert "such a label already" in answer.content.decode()
    label = Label.objects.get()
    client.post(f"/o/northmoor/settings/labels/{label.ref}/remove/")
    assert not Label.objects.exists()


def test_domains_are_checked_line_by_line(client, northmoor):
    client.post("/o/northmoor/settings/domains/", {"domains": "@Student.Northmoor.ac.uk\n"})
    northmoor.refresh_from_db()
    assert northmoor.email_domains == ["student.northmoor.ac.uk"]
    for bad in ("gmail.com", "ac", "*.org", "a b", "northmoor.ac.uk/x", "-x.org"):
        answer = client.post("/o/northmoor/settings/domains/", {"domains": bad})
        assert answer.status_code == 200, bad
    northmoor.refresh_from_db()
    assert northmoor.email_domains == ["student.northmoor.ac.uk"]


def test_what_waits_for_administrators(ada, northmoor):
    assert queries.waiting_for_administrators(ada, now=NOW) == []
    line = HelpLineFactory.create(organisation=northmoor, verified_on=date(2025, 1, 1))
    new = queries.waiting_for_administrators(ada, now=NOW)
    assert [each.tone for each in new] == ["due"], "it came with the organisation: not late"
    HelpLine.objects.filter(ref=line.ref).update(verified_by=ada)
    with at_most(1):
        waiting = queries.waiting_for_administrators(ada, now=NOW)
    assert [(each.href, each.tone) for each in waiting] == [
        ("/o/northmoor/settings/help-lines/", "overdue")
    ]
    assert queries.administered_by(ada, now=NOW) == [northmoor]
    tom = member("Tom", northmoor, "facilitator")
    Check.objects.create(on=NOW.date(), size=9, faults=[["head", "It does not fit.", ""]])
    assert queries.waiting_for_administrators(ada, now=NOW)[0].href == "/record/"
    assert queries.waiting_for_administrators(tom, now=NOW) == []
    Check.objects.create(on=NOW.date() + timedelta(days=1), size=9)
    assert len(queries.waiting_for_administrators(ada, now=NOW)) == 1, "it was mended"


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_people_costs_the_same_however_many(client, northmoor, many):
    for index in range(many):
        member(f"P{index}", northmoor, "facilitator", "treasurer")
    client.get("/o/northmoor/settings/")  # the first page of a session also notes that it began
    with at_most(7):
        client.get("/o/northmoor/settings/people/")


def test_the_list_of_people_is_paged(client, northmoor):
    for index in range(30):
        member(f"P{index:02}", northmoor)
    first = client.get("/o/northmoor/settings/people/").content.decode()
    assert "P05" in first
    assert "P29" not in first
    assert "from=" in first
