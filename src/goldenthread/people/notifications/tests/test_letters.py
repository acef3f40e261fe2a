import threading
from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.test import Client

from goldenthread.people.accounts.services import close_account
from goldenthread.people.accounts.tests.factories import PersonFactory
from goldenthread.people.contacts import services as contacts
from goldenthread.people.contacts.models import Contact
from goldenthread.people.notifications import letters, services
from goldenthread.people.notifications.models import Letter

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
NAMES = {"project": "Getting help while you wait", "organisation": "Northmoor"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_follows(monkeypatch):
    """What higher rooms do after a letter is tested there."""
    monkeypatch.setattr(services, "_after_sent", {})


@pytest.fixture
def mina():
    return PersonFactory.create(name="Mina", email="mina@example.org")


def write(person, key="reply:1", text="reply", link="/my-voices/", **more):
    services.write_letter(key=key, text=text, link=link, names=NAMES, person=person, **more)


class Refusing(BaseEmailBackend):
    def send_messages(self, _messages):
        raise SMTPRecipientsRefused({"mina@example.org": (550, b"no such mina@example.org")})


class Broken(BaseEmailBackend):
    def send_messages(self, _messages):
        raise ConnectionRefusedError("no mail server for mina@example.org")


def test_a_letter_goes_out_with_one_link_how_to_stop_and_help(mina, settings):
    write(mina)
    assert services.send_waiting(now=NOW) == 1
    sent = mail.outbox[0]
    assert sent.to == ["mina@example.org"]
    assert sent.subject == "An answer from Getting help while you wait"
    assert f"    {settings.SITE_URL}/my-voices/\n" in sent.body
    assert f"{settings.SITE_URL}/account/" in sent.body
    assert "116 123" in sent.body
    assert "Mina" not in sent.body
    assert Letter.objects.get().state == "sent"
    assert Letter.objects.get().sent_on == NOW.date()


@pytest.mark.parametrize(
    ("chosen", "speaks"), [("ar", 'lang="ar" dir="rtl"'), ("xx", 'lang="en-gb"')]
)
def test_a_letter_speaks_the_language_that_its_reader_chose(mina, settings, chosen, speaks):
    settings.LANGUAGES = [("en-gb", "English"), ("ar", "العربية")]
    mina.language = chosen
    mina.save()
    write(mina)
    services.send_waiting(now=NOW)
    assert f"<html {speaks}>" in mail.outbox[0].alternatives[0][0]


def test_the_same_cause_never_writes_twice(mina):
    write(mina)
    write(mina)
    services.send_waiting(now=NOW)
    write(mina)
    assert services.send_waiting(now=NOW) == 0
    assert len(mail.outbox) == 1


def test_a_letter_that_nobody_declared_cannot_be_written(mina):
    with pytest.raises(KeyError):
        write(mina, text="hello")


def test_a_letter_without_its_names_cannot_be_written(mina):
    with pytest.raises(KeyError):
        services.write_letter(key="k", text="reply", link="/", names={}, person=mina)


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example/", "my-voices/", ""])
def test_a_letter_links_to_this_site_only(mina, link):
    with pytest.raises(ValueError, match="link"):
        write(mina, link=link)


def test_names_with_line_breaks_cannot_break_the_subject(mina):
    names = {"project": "Waiting\r\nBcc: other@example.org"}
    services.write_letter(key="k", text="reply", link="/", names=names, person=mina)
    services.send_waiting(now=NOW)
    assert mail.outbox[0].subject == "An answer from Waiting Bcc: other@example.org"
    assert mail.outbox[0].message()["Bcc"] is None


def test_a_mail_server_that_refuses_is_tried_five_times_with_growing_waits(mina, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    write(mina)
    now, waited = NOW, []
    for _ in range(6):
        services.send_waiting(now=now)
        kept = Letter.objects.get()
        waited.append((kept.tries, kept.state))
        assert services.send_waiting(now=now) == 0
        now = kept.not_before or now
    assert waited == [
        (1, "waiting"),
        (2, "waiting"),
        (3, "waiting"),
        (4, "waiting"),
        (5, "failed"),
        (5, "failed"),
    ]
    assert now - NOW == sum(services.WAITS, timedelta())
    assert "mina" not in caplog.text


def test_a_mail_server_that_is_away_is_tried_for_five_days(mina, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    write(mina)
    now, tries = NOW, 0
    while Letter.objects.get().state == "waiting":
        services.send_waiting(now=now)
        kept = Letter.objects.get()
        now, tries = kept.not_before or now, tries + 1
    assert timedelta(days=5) <= now - NOW <= timedelta(days=6)
    assert tries == kept.tries < 40


def test_one_letter_that_fails_does_not_hold_up_the_others(mina, settings):
    settings.EMAIL_BACKEND = "goldenthread.people.notifications.backend.OneRecipientBackend"
    settings.EMAIL_DELIVERY = "django.core.mail.backends.locmem.EmailBackend"
    write(mina)
    write(PersonFactory.create(email="a@example.org, b@example.org"), key="reply:2")
    assert services.send_waiting(now=NOW) == 1
    assert sorted(Letter.objects.values_list("state", flat=True)) == ["sent", "waiting"]


def test_a_letter_to_a_closed_account_is_gone_with_it(mina):
    write(mina)
    close_account(by=mina, now=NOW)
    services.send_waiting(now=NOW)
    assert mail.outbox == []
    assert not Letter.objects.exists()


def test_who_wants_no_mail_still_hears_about_their_own_work(mina):
    mina.wants_mail = False
    mina.save()
    write(mina)
    write(mina, key="role:1", text="role-given")
    services.send_waiting(now=NOW)
    assert [each.subject for each in mail.outbox] == ["You have a new role: Northmoor"]


def left_contact(scope):
    contacts.leave(
        scope=scope,
        how="email",
        value="guest@example.org",
        wants_news=True,
        wants_to_help=False,
        now=NOW,
    )
    contacts.shuffle_in(now=NOW)
    return Contact.objects.get(scope=scope)


def test_a_letter_finds_the_address_that_a_guest_left_and_can_be_stopped(settings):
    contact = left_contact(uuid4())
    services.write_letter(key="n", text="news", link="/p/x/", names=NAMES, contact=contact.ref)
    services.send_waiting(now=NOW)
    assert mail.outbox[0].to == ["guest@example.org"]
    stop = mail.outbox[0].body.split("To stop these mails, go to:\n\n    ")[1].split("\n")[0]
    assert mail.outbox[0].extra_headers["List-Unsubscribe"] == f"<{stop}>"
    path = stop.removeprefix(settings.SITE_URL)
    assert Client(enforce_csrf_checks=True).post(path).status_code == 200
    assert not Contact.objects.exists()


def test_a_forgotten_contact_gets_nothing():
    contact = left_contact(uuid4())
    services.write_letter(key="n", text="news", link="/p/x/", names=NAMES, contact=contact.ref)
    contact.delete()
    assert services.send_waiting(now=NOW) == 0
    assert mail.outbox == []


def test_what_follows_is_done_once_sent_and_its_fault_sends_nothing_again(mina, monkeypatch):
    followed = []

    def follow(taken):
        followed.append(taken.key)
        raise RuntimeError

    monkeypatch.setattr(services, "_after_sent", {"reply": [follow]})
    write(mina)
    services.send_waiting(now=NOW)
    services.send_waiting(now=NOW)
    assert followed == ["reply:1"]
    assert len(mail.outbox) == 1
    assert Letter.objects.get().state == "sent"


def test_nobody_can_follow_a_letter_that_is_not_declared():
    with pytest.raises(KeyError):
        services.after_sent("hello")


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_the_same_letter(mina):
    write(mina, key="reply:1")
    write(mina, key="reply:2")
    counts = []

    def other_worker():
        counts.append(services.send_waiting(now=NOW))
        connection.close()

    with transaction.atomic():
        Letter.objects.select_for_update().get(key="reply:1")
        thread = threading.Thread(target=other_worker)
        thread.start()
        thread.join(timeout=20)
    assert counts == [1]
    assert Letter.objects.get(key="reply:1").state == "waiting"
    assert services.send_waiting(now=NOW) == 1
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("each", letters.all_letters(), ids=lambda each: each.name)
def test_every_letter_is_short_plain_and_names_no_person(each):
    names = {"project": "P", "organisation": "O", "meeting": "M", "seal": "S."}
    names |= {"missing": "No reader is on the rota."}
    names |= {"number": "6 things", "waits": "4 to answer, 37 to tell, 2 overdue."}
    names |= {"day": "3 June 2026", "where": "O", "person": "A", "name": "A", "group": "G"}
    names |= {"asks": "A", "role": "reader", "question": "Q?", "can_change": "C.", "hear_by": "D"}
    written = each.written(names, "/x/", "/stop/")
    subject, body = written.subject, written.text
    assert len(subject) <= 60
    assert "invalid" not in body.lower()
    assert body.count("http") == 2  # the link, and where to stop
    for sentence in body.replace("\n", " ").split(". "):
        assert len(sentence.split()) <= 26
