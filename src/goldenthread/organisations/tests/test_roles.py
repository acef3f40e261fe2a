from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations import queries, services
from goldenthread.organisations.models import Role
from goldenthread.organisations.permissions import may_administer, may_start_projects
from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.people.accounts import second_factor
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.services import close_account
from goldenthread.people.notifications.services import send_waiting
from goldenthread.projects.speaker import Guest

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
TODAY = NOW.date()
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
def tom(northmoor):
    return member("Tom", northmoor).memberships.get()


def give(ada, membership, name="treasurer", starts_on=TODAY, ends_on=None):
    return services.give_role(
        by=ada, membership=membership, name=name, starts_on=starts_on, ends_on=ends_on, now=NOW
    )


def again(person):
    """The person, without what was remembered about them."""
    return Person.objects.get(pk=person.pk)


def roles(membership):
    return queries.roles_in(again(membership.person), membership.organisation, now=NOW)


def test_a_role_is_given_by_page_and_told_by_mail(ada, tom):
    client = Client()
    client.force_login(ada)
    given = {"name": "treasurer", "starts_on": "2026-03-10", "ends_on": "2026-07-31"}
    answer = client.post(f"/o/northmoor/settings/people/{tom.ref}/", given)
    assert answer.status_code == 302
    assert roles(tom) == {"treasurer"}
    send_waiting(now=NOW)
    assert mail.outbox[0].to == [tom.person.email]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"name": "facilitator"}, "name"),
        ({"name": "facilitator", "ends_on": TODAY}, "name"),
    ],
)
def test_a_role_that_cannot_be_is_refused(ada, tom, given, field):
    give(ada, tom, "facilitator")
    with pytest.raises(Refusal) as refused:
        give(ada, tom, **given)
    assert refused.value.field == field


def test_a_role_may_be_given_again_after_it_ended(ada, tom):
    give(ada, tom, "facilitator", date(2026, 1, 1), date(2026, 2, 1))
    give(ada, tom, "facilitator", date(2026, 2, 2))
    assert roles(tom) == {"facilitator"}


def test_a_role_ends_after_its_last_day(ada, tom):
    role = give(ada, tom)
    services.end_role(by=ada, role=role, ends_on=TODAY, now=NOW)
    assert roles(tom) == {"treasurer"}
    tomorrow = NOW + timedelta(days=1)
    assert queries.roles_in(again(tom.person), tom.organisation, now=tomorrow) == set()


def test_a_role_that_has_not_begun_is_taken_back(ada, tom):
    role = give(ada, tom, starts_on=TODAY + timedelta(days=30))
    services.end_role(by=ada, role=role, ends_on=TODAY, now=NOW)
    assert not tom.roles.exists()


def test_the_last_administrator_stays(ada, northmoor, tom):
    role = Role.objects.get(name="administrator")
    with pytest.raises(Refusal, match="only administrator"):
        services.end_role(by=ada, role=role, ends_on=TODAY, now=NOW)
    give(ada, tom, "administrator", ends_on=TODAY + timedelta(days=9))
    with pytest.raises(Refusal, match="only administrator"):
        services.end_role(by=ada, role=role, ends_on=TODAY, now=NOW)
    other = member("Ben", northmoor).memberships.get()
    give(ada, other, "administrator")
    services.end_role(by=ada, role=role, ends_on=TODAY, now=NOW)


def test_suspending_takes_every_role_and_door_and_restoring_gives_them_back(ada, tom):
    give(ada, tom, "facilitator")
    services.suspend(by=ada, membership=tom, now=NOW)
    assert roles(tom) == set()
    assert not queries.is_member(tom.person, tom.organisation)
    with pytest.raises(Refusal, match="suspended"):
        give(ada, tom, "treasurer")
    services.restore(by=ada, membership=tom, now=NOW)
    assert roles(tom) == {"facilitator"}


def test_nobody_suspends_themselves_or_the_last_administrator(ada, northmoor):
    mine = ada.memberships.get()
    with pytest.raises(Refusal, match="yourself"):
        services.suspend(by=ada, membership=mine, now=NOW)
    ben = member("Ben", northmoor, "administrator")
    services.suspend(by=ben, membership=mine, now=NOW)
    with pytest.raises(Refusal, match="administrator"):
        services.suspend(by=again(ada), membership=ben.memberships.get(), now=NOW)


ACTS = {
    "give": give,
    "end": lambda by, tom: services.end_role(
        by=by,
        role=Role.objects.create(membership=tom, name="treasurer", starts_on=TODAY),
        ends_on=TODAY,
        now=NOW,
    ),
    "suspend": lambda by, tom: services.suspend(by=by, membership=tom, now=NOW),
    "restore": lambda by, tom: services.restore(by=by, membership=tom, now=NOW),
    "list": lambda by, tom: services.upload_list(
        by=by, organisation=tom.organisation, rows=[], now=NOW
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_facilitators_and_neighbours_may_do_none_of_this(act, northmoor, tom):
    elsewhere = OrganisationFactory.create()
    for by in (member("Fay", northmoor, "facilitator"), member("Nell", elsewhere, "administrator")):
        with pytest.raises(Refusal, match="administrator"):
            ACTS[act](by, tom)


@pytest.mark.parametrize(
    ("role", "days", "administers", "starts"),
    [
        ("administrator", 0, True, True),
        ("administrator", -1, False, False),
        ("facilitator", 0, False, True),
        ("treasurer", 0, False, False),
        ("steward", 0, False, False),
        (None, 0, False, False),
    ],
)
def test_who_may_do_what(northmoor, role, days, administers, starts):
    person = member("Pat", northmoor, *([role] if role else []))
    Role.objects.update(starts_on=TODAY)
    now = NOW + timedelta(days=days)
    assert may_administer(person, northmoor, now=now) is administers
    assert may_start_projects(person, northmoor, now=now) is starts
    assert not may_administer(person, OrganisationFactory.create(), now=now)


def test_guests_may_do_nothing(northmoor):
    assert not may_administer(Guest(), northmoor, now=NOW)
    assert not may_start_projects(Guest(), northmoor, now=NOW)


@pytest.mark.parametrize(
    ("role", "needs"),
    [("administrator", True), ("treasurer", True), ("facilitator", False), ("steward", False)],
)
def test_who_administers_or_pays_needs_a_second_factor(northmoor, monkeypatch, role, needs):
    monkeypatch.undo()
    pat = member("Pat", northmoor, role)
    with clock.frozen(NOW):
        client = Client()
        client.force_login(pat)
        location = client.get("/needs-you/").get("Location")
    assert (location == "/account/2fa/") is needs


def test_closing_an_account_takes_membership_and_roles(northmoor, ada):
    tom = member("Tom", northmoor, "facilitator")
    close_account(by=tom, now=NOW)
    assert list(northmoor.memberships.values_list("person__name", flat=True)) == ["Ada"]
    assert not Role.objects.filter(name="facilitator").exists()
