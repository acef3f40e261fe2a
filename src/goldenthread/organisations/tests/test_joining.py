import re
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations import queries, services
from goldenthread.organisations.models import Invitation, Membership
from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.people.accounts import second_factor
from goldenthread.people.accounts.tests.factories import PersonFactory
from goldenthread.thread.models import HeldEntry

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


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def invite(ada, organisation, **more):
    given = {"ends_on": TODAY + timedelta(days=7), "uses": None, **more}
    return services.invite(by=ada, organisation=organisation, now=NOW, **given)


def test_a_link_shows_who_asks_and_joins_by_the_button_only(ada, northmoor):
    secret = invite(ada, northmoor)
    nia = PersonFactory.create(name="Nia")
    page = signed_in(nia).get(f"/join/{secret}/").content.decode()
    assert "Join Northmoor?" in page
    assert not queries.is_member(nia, northmoor)
    answer = signed_in(nia).post(f"/join/{secret}/")
    assert answer["Location"] == "/o/northmoor/"
    assert queries.is_member(nia, northmoor)


def test_joining_is_held_back_for_the_shuffle_and_names_nobody(ada, northmoor):
    services.accept_invitation(
        by=PersonFactory.create(),
        invitation=queries.invitation_for(invite(ada, northmoor), today=TODAY),
        now=NOW,
    )
    held = HeldEntry.objects.get()
    assert (held.kind, held.about, held.facts) == (
        "membership.joined",
        northmoor.ref,
        {"by": "link"},
    )


def test_a_guest_is_led_to_an_account_and_back(ada, northmoor):
    secret = invite(ada, northmoor)
    page = Client().get(f"/join/{secret}/").content.decode()
    assert f"/account/sign-up/?next=%2Fjoin%2F{secret}%2F" in page
    Client().post(f"/join/{secret}/")
    assert Membership.objects.count() == 1


def test_only_a_mark_of_the_secret_is_kept(ada, northmoor):
    secret = invite(ada, northmoor)
    assert secret.encode() not in bytes(Invitation.objects.get().mark)


@pytest.mark.parametrize("secret", ["wrong", "x" * 400, "%00", "🙂"])
def test_a_wrong_link_tells_nothing(northmoor, secret):
    answer = Client().get(f"/join/{secret}/")
    assert answer.status_code == 404
    assert "Northmoor" not in answer.content.decode()


def test_a_link_runs_out_by_day_by_uses_and_by_hand(ada, northmoor):
    by_day = invite(ada, northmoor, ends_on=TODAY)
    assert queries.invitation_for(by_day, today=TODAY) is not None
    assert queries.invitation_for(by_day, today=TODAY + timedelta(days=1)) is None

    by_uses = invite(ada, northmoor, uses=1)
    assert signed_in(PersonFactory.create()).post(f"/join/{by_uses}/").status_code == 302
    late = PersonFactory.create()
    assert signed_in(late).post(f"/join/{by_uses}/").status_code == 404
    assert not queries.is_member(late, northmoor)

    by_hand = invite(ada, northmoor)
    made = queries.invitation_for(by_hand, today=TODAY)
    signed_in(ada).post(f"/o/northmoor/settings/invitations/{made.ref}/revoke/")
    assert Client().get(f"/join/{by_hand}/").status_code == 404


def test_coming_twice_uses_a_link_once(ada, northmoor):
    secret = invite(ada, northmoor, uses=2)
    client = signed_in(PersonFactory.create())
    for _ in range(2):
        client.post(f"/join/{secret}/")
    assert Invitation.objects.get().uses_left == 1


def test_a_link_that_ran_out_between_looking_and_joining_is_refused(ada, northmoor):
    made = queries.invitation_for(invite(ada, northmoor, uses=1), today=TODAY)
    Invitation.objects.update(uses_left=0)
    with pytest.raises(Refusal, match="not work"):
        services.accept_invitation(by=PersonFactory.create(), invitation=made, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_cannot_both_use_the_last_place(northmoor, ada):
    made = queries.invitation_for(invite(ada, northmoor, uses=1), today=TODAY)
    people, refused = [PersonFactory.create() for _ in range(4)], []
    gate = threading.Barrier(4)

    def join(person):
        gate.wait()
        try:
            services.accept_invitation(by=person, invitation=made, now=NOW)
        except Refusal:
            refused.append(person)
        finally:
            connection.close()

    threads = [threading.Thread(target=join, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(refused) == 3
    assert Membership.objects.exclude(person=ada).count() == 1


@pytest.mark.parametrize("ends_on", [date(2026, 3, 9), date(2027, 6, 1)])
def test_a_link_lasts_from_today_to_a_year(ada, northmoor, ends_on):
    with pytest.raises(Refusal) as refused:
        invite(ada, northmoor, ends_on=ends_on)
    assert refused.value.field == "ends_on"


def test_the_new_link_is_shown_once_with_the_address_of_this_site(ada, northmoor, settings):
    client = signed_in(ada)
    given = {"ends_on": "2026-03-20", "uses": "30", "why": "We want to hear from carers."}
    page = client.post("/o/northmoor/settings/invitations/", given).content.decode()
    link = re.search(rf"{settings.SITE_URL}(/join/[^<]+/)", page)[1]
    assert Client().get(link).status_code == 200
    assert link not in client.get("/o/northmoor/settings/invitations/").content.decode()


@pytest.mark.parametrize("roles", [[], ["facilitator"], ["treasurer"]])
def test_only_administrators_invite_and_revoke(ada, northmoor, roles):
    tom = member("Tom", northmoor, *roles)
    with pytest.raises(Refusal):
        invite(tom, northmoor)
    invite(ada, northmoor)
    with pytest.raises(Refusal):
        services.revoke(by=tom, invitation=Invitation.objects.get(), now=NOW)
    assert Invitation.objects.exists()


@pytest.mark.parametrize(
    ("email", "lets_in"),
    [
        ("nia@northmoor.ac.uk", True),
        ("Nia@NORTHMOOR.ac.uk", True),
        ("nia@evil-northmoor.ac.uk", False),
        ("nia@northmoor.ac.uk.evil.org", False),
        ("nia@sub.northmoor.ac.uk", False),
        ("northmoor.ac.uk@evil.org", False),
    ],
)
def test_an_address_of_the_domain_lets_in(northmoor, email, lets_in):
    northmoor.email_domains = ["northmoor.ac.uk"]
    northmoor.save()
    nia = PersonFactory.create(email=email)
    answer = signed_in(nia).post("/o/northmoor/join/")
    assert answer.status_code == (302 if lets_in else 404)
    assert queries.is_member(nia, northmoor) is lets_in


def test_a_suspended_member_cannot_come_back_by_another_door(ada, northmoor):
    nia = member("Nia", northmoor)
    northmoor.email_domains = ["example.org"]
    northmoor.save()
    Membership.objects.filter(person=nia).update(suspended_on=TODAY)
    answer = signed_in(nia).post(f"/join/{invite(ada, northmoor)}/")
    assert answer.status_code == 409
    assert signed_in(nia).post("/o/northmoor/join/").status_code == 409
    assert not queries.is_member(nia, northmoor)
