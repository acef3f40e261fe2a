import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from goldenthread.kit import sealing
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts import second_factor, services
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa():
    return PersonFactory.create(name="Rosa", email="rosa@example.org")


@pytest.fixture
def needed(monkeypatch):
    """As if every Rosa had a role that asks for a second factor."""

    def is_rosa(person):
        return Person.objects.filter(pk=person, name="Rosa")

    monkeypatch.setattr(second_factor, "_required_rows", [is_rosa])


def code_for(secret, nth=1):
    """The code of now; another within the tolerance, for each works only once."""
    counter = list(yield_hotp_counters_from_time())[nth]
    return f"{hotp_value(secret, counter):06}"


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def enrol(client):
    page = client.get("/account/2fa/app/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    answer = client.post("/account/2fa/app/", {"code": code_for(secret)})
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    return secret


def by_mail(client, person):
    client.post("/account/sign-in/", {"email": person.email})
    code = re.search(r"^ {4}([A-Z]{4}-[A-Z]{4})$", mail.outbox[-1].body, re.MULTILINE)[1]
    return client.post("/account/sign-in/code/", {"code": code})


@pytest.mark.parametrize("path", ["/", "/needs-you/", "/p/x/reading/", "/o/x/settings/"])
def test_who_needs_a_second_factor_is_sent_to_set_one_up(rosa, needed, path):
    assert signed_in(rosa).get(path)["Location"] == "/account/2fa/"
    assert signed_in(rosa).post(path)["Location"] == "/account/2fa/"


@pytest.mark.parametrize(
    "path", ["/leave/", "/help/", "/guide/", "/account/sign-out/", "/account/2fa/"]
)
def test_help_leaving_and_signing_out_stay_open(rosa, needed, path):
    assert signed_in(rosa).get(path).get("Location") != "/account/2fa/"


def test_others_and_guests_are_left_alone(needed):
    mina = PersonFactory.create(name="Mina")
    assert signed_in(mina).get("/").get("Location") != "/account/2fa/"
    assert Client().get("/").get("Location") != "/account/2fa/"


def test_an_app_opens_the_way_and_is_asked_for_at_every_sign_in(rosa, needed):
    secret = enrol(client := signed_in(rosa))
    assert client.get("/").get("Location") != "/account/2fa/"

    again = Client()
    assert by_mail(again, rosa)["Location"] == "/account/sign-in/second-factor/"
    assert again.get("/account/").status_code == 302
    assert again.post("/account/sign-in/second-factor/", {"code": "000000"}).status_code == 200
    assert again.get("/account/").status_code == 302
    again.post("/account/sign-in/second-factor/", {"code": code_for(secret)})
    assert again.get("/account/").status_code == 200


def test_a_recovery_code_works_once(rosa):
    client = signed_in(rosa)
    enrol(client)
    page = client.get("/account/2fa/recovery-codes/").content.decode()
    code = re.findall(r"<code>(\d+)</code>", page)[0]
    for works in (True, False):
        again = Client()
        by_mail(again, rosa)
        again.post("/account/sign-in/second-factor/", {"code": code})
        assert (again.get("/account/").status_code == 200) is works


def test_wrong_codes_of_a_second_factor_are_limited_over_sessions(rosa):
    secret = enrol(signed_in(rosa))
    for _ in range(2):
        again = Client()
        by_mail(again, rosa)
        for _ in range(services.MISSES_AN_HOUR // 2):
            again.post("/account/sign-in/second-factor/", {"code": "000000"})
    last = Client()
    by_mail(last, rosa)
    answer = last.post("/account/sign-in/second-factor/", {"code": code_for(secret)})
    assert "too many wrong codes" in answer.content.decode()
    assert last.get("/account/").status_code == 302


def test_enrolling_ends_every_other_session_and_renames_this_one(rosa):
    here, elsewhere = signed_in(rosa), signed_in(rosa)
    assert elsewhere.get("/account/").status_code == 200
    before = here.session.session_key
    enrol(here)
    assert here.get("/account/").status_code == 200
    assert here.session.session_key != before
    assert elsewhere.get("/account/").status_code == 302


def test_the_secret_is_sealed_and_no_moment_of_use_is_kept(rosa):
    secret = enrol(signed_in(rosa))
    kept = Authenticator.objects.get(type="totp")
    assert secret not in str(kept.data)
    assert sealing.unseal(kept.data["secret"].encode()) == secret
    again = Client()
    by_mail(again, rosa)
    again.post("/account/sign-in/second-factor/", {"code": code_for(secret)})
    assert not Authenticator.objects.exclude(last_used_at=None).exists()


def test_taking_the_app_away_asks_for_it_again_and_that_is_no_breakage(rosa, caplog):
    secret = enrol(signed_in(rosa))
    later = Client()
    by_mail(later, rosa)
    later.post("/account/sign-in/second-factor/", {"code": code_for(secret)})
    answer = later.post("/account/2fa/app/remove/")
    assert answer["Location"].startswith("/account/2fa/again/")
    assert "broke" not in caplog.text
    assert Authenticator.objects.filter(type="totp").exists()
    later.post(answer["Location"], {"code": code_for(secret, 2)})
    later.post("/account/2fa/app/remove/")
    assert not Authenticator.objects.exists()


def test_a_waiver_counts_only_while_the_example_is_loaded_in_development(
    rosa, needed, settings, monkeypatch, rf
):
    loaded = True
    monkeypatch.setattr(second_factor, "_waived_while", [lambda: loaded])
    settings.DEV = True
    client = signed_in(rosa)
    session = client.session
    session[second_factor.WAIVED] = True
    session.save()
    assert client.get("/").get("Location") != "/account/2fa/"
    settings.DEV = False
    assert client.get("/")["Location"] == "/account/2fa/"
    settings.DEV, loaded = True, False
    assert client.get("/")["Location"] == "/account/2fa/"


def test_nobody_signs_in_as_another_outside_the_example(rosa, rf, settings):
    settings.DEV = True
    request = rf.post("/")
    request.session = Client().session
    with pytest.raises(Refusal):
        services.sign_in_as(request, rosa)


def test_who_has_and_needs_one_comes_with_the_person_in_one_query(rosa, django_assert_num_queries):
    client = signed_in(rosa)
    client.get("/account/close/")
    with django_assert_num_queries(2):  # the session and the person
        client.get("/account/close/")


def test_a_passkey_is_asked_to_stay_on_the_device_and_to_check_its_owner(rosa):
    page = signed_in(rosa).get("/account/2fa/passkeys/add/").content.decode()
    assert "&quot;residentKey&quot;: &quot;required&quot;" in page
    assert "&quot;userVerification&quot;: &quot;required&quot;" in page
    assert "&quot;id&quot;: &quot;localhost&quot;" in page


@pytest.mark.parametrize("credential", ["", "{}", "[]", '{"id": 1}', "null", '"x"', "not json"])
def test_a_made_up_passkey_signs_nobody_in(rosa, credential):
    client = Client()
    client.get("/account/sign-in/passkey/", headers={"accept": "application/json"})
    answer = client.post("/account/sign-in/passkey/", {"credential": credential})
    assert answer.status_code == 302
    assert client.get("/account/").status_code == 302


def test_signing_out_everywhere_else_leaves_this_session(rosa):
    here, elsewhere = signed_in(rosa), signed_in(rosa)
    assert elsewhere.get("/account/").status_code == 200
    assert here.post("/account/sign-out-elsewhere/").status_code == 302
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_after_setting_one_up_they_go_on_to_where_they_were_going(rosa, needed):
    client = signed_in(rosa)
    assert client.get("/p/x/reading/?page=2")["Location"] == "/account/2fa/"
    assert "Go on" not in client.get("/account/2fa/").content.decode()
    enrol(client)
    for path in ("/account/2fa/recovery-codes/", "/account/2fa/"):
        assert 'href="/p/x/reading/?page=2"' in client.get(path).content.decode()


def test_who_was_going_nowhere_goes_on_to_what_waits(rosa):
    client = signed_in(rosa)
    enrol(client)
    page = client.get("/account/2fa/recovery-codes/").content.decode()
    assert re.search(r'href="/needs-you/"[^>]*>I have kept them', page)
