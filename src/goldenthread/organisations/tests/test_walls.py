"""Not yours and not there look the same, on every page and for every act."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.organisations.models import Invitation, Label, Membership, Role
from goldenthread.organisations.tests.factories import (
    HelpLineFactory,
    OrganisationFactory,
    member,
)
from goldenthread.organisations.urls import urlpatterns
from goldenthread.people.accounts import second_factor
from goldenthread.people.accounts.tests.factories import PersonFactory

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
OPEN = {"new", "join", "logo", "accent_css"}  # tested on their own
SETTINGS = sorted(each.name for each in urlpatterns if each.name not in OPEN)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calm(monkeypatch):
    """The second factor is tested elsewhere; here it would hide the walls."""
    monkeypatch.setattr(second_factor, "needs_second_factor", lambda _person: False)
    with clock.frozen(NOW):
        yield


@pytest.fixture
def northmoor():
    return OrganisationFactory.create(address="northmoor")


def things_of(organisation):
    membership = Membership.objects.filter(organisation=organisation).first()
    return {
        "line": HelpLineFactory.create(organisation=organisation).ref,
        "label": Label.objects.create(organisation=organisation, text="carers").ref,
        "membership": membership.ref,
        "role": Role.objects.create(
            membership=membership, name="treasurer", starts_on=date(2026, 1, 5)
        ).ref,
        "invitation": Invitation.objects.create(
            organisation=organisation, mark=uuid4().bytes, ends_on=date(2026, 4, 1)
        ).ref,
    }


def address_of(name, organisation, things):
    pattern = next(each for each in urlpatterns if each.name == name)
    wanted = set(pattern.pattern.converters) - {"organisation"}
    return reverse(
        f"organisations:{name}",
        kwargs={"organisation": organisation, **{key: things[key] for key in wanted}},
    )


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def body(answer):
    return answer.content.decode().split("<main")[-1].split("</main>")[0]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", SETTINGS)
def test_settings_are_not_there_for_anyone_but_administrators(name, method, northmoor):
    ada = member("Ada", northmoor, "administrator")
    things = things_of(northmoor)
    real = address_of(name, "northmoor", things)
    missing = address_of(name, "nowhere", {key: uuid4() for key in things})
    elsewhere = OrganisationFactory.create()
    people = [
        member("Mina", northmoor),
        member("Tom", northmoor, "facilitator"),
        member("Nell", elsewhere, "administrator"),
        PersonFactory.create(name="stranger"),
    ]
    for client in [Client(), *(signed_in(each) for each in people)]:
        answer, nothing = getattr(client, method)(real), getattr(client, method)(missing)
        assert answer.status_code == nothing.status_code
        assert answer.status_code in (404, 405)  # 405: asked in a way that nobody may
        assert body(answer) == body(nothing)
    assert getattr(signed_in(ada), method)(real).status_code in (200, 302, 404, 405, 409)


@pytest.mark.parametrize("name", [name for name in SETTINGS if name != "join_by_email"])
def test_an_administrator_reaches_every_page_of_their_own(name, northmoor):
    ada = member("Ada", northmoor, "administrator")
    address = address_of(name, "northmoor", things_of(northmoor))
    assert signed_in(ada).get(address).status_code in (200, 405)


@pytest.mark.parametrize(
    "name", [each.name for each in urlpatterns if len(each.pattern.converters) > 1]
)
def test_an_administrator_reaches_no_object_of_another_organisation(name, northmoor):
    ada = member("Ada", northmoor, "administrator")
    other = OrganisationFactory.create()
    member("Nell", other, "administrator")
    address = address_of(name, "northmoor", things_of(other))
    client = signed_in(ada)
    assert client.post(address, {}).status_code == 404
    assert Role.objects.filter(name="treasurer", ends_on=None).exists()
    assert not Membership.objects.exclude(suspended_on=None).exists()


def test_an_unlisted_organisation_shows_its_looks_to_members_only(northmoor):
    mina = member("Mina", northmoor)
    northmoor.listed = False
    northmoor.save()
    assert Client().get("/o/northmoor/accent.css").status_code == 404
    assert signed_in(mina).get("/o/northmoor/accent.css").status_code == 200


def test_a_suspended_administrator_is_outside(northmoor):
    ada = member("Ada", northmoor, "administrator")
    Membership.objects.update(suspended_on=date(2026, 3, 9))
    assert signed_in(ada).get("/o/northmoor/settings/").status_code == 404


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "inside"),
    [
        (date(2026, 3, 10), None, True),
        (date(2026, 3, 11), None, False),
        (date(2026, 1, 1), date(2026, 3, 10), True),
        (date(2026, 1, 1), date(2026, 3, 9), False),
    ],
)
def test_a_role_counts_from_its_first_to_its_last_day(northmoor, starts_on, ends_on, inside):
    ada = member("Ada", northmoor, "administrator")
    Role.objects.update(starts_on=starts_on, ends_on=ends_on)
    status = signed_in(ada).get("/o/northmoor/settings/").status_code
    assert (status == 200) is inside
