import re
from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from goldenthread.kit import clock
from goldenthread.people.accounts.mails import code_mail
from goldenthread.people.accounts.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def to_files(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.DEV = True
    return tmp_path


def test_the_mailbox_shows_the_code_and_the_newest_mail_first(to_files):
    PersonFactory.create(email="mina@example.org")
    with clock.frozen(datetime(2026, 3, 10, 10, 0, tzinfo=UTC)):
        Client().post("/account/sign-in/", {"email": "mina@example.org"})
        Client().post("/account/sign-in/", {"email": "stranger@example.org"})
    page = Client().get("/mailbox/").content.decode()
    assert page.index("stranger@example.org") < page.index("mina@example.org")
    assert "The code:" in page
    assert 'href="/account/sign-up/"' in page


def test_a_mail_is_shown_as_text(to_files):
    EmailMessage("<script>x</script>", "<b>bold</b>", to=["a@example.org"]).send()
    page = Client().get("/mailbox/").content.decode()
    assert "<script>x" not in page
    assert "&lt;b&gt;bold" in page


def test_both_parts_are_shown_and_the_html_can_do_nothing(to_files):
    code_mail("BCDF-GHJK", joining=False).send("mina@example.org")
    page = Client().get("/mailbox/").content.decode()
    assert "Type this code on the page" in page
    (path,) = re.findall(r'href="(/mailbox/\w+/)"', page)
    shown = Client().get(path)
    assert "<h1" in shown.content.decode()
    rules = shown["Content-Security-Policy"]
    assert "sandbox" in rules
    assert "default-src 'none'" in rules
    assert "script-src" not in rules
    assert Client().get("/mailbox/no-such/").status_code == 404


def test_an_empty_mailbox_says_so(to_files):
    assert "No mail yet" in Client().get("/mailbox/").content.decode()


def test_there_is_no_mailbox_outside_development(to_files, settings):
    code_mail("BCDF-GHJK", joining=False).send("mina@example.org")
    (path,) = re.findall(r'href="(/mailbox/\w+/)"', Client().get("/mailbox/").content.decode())
    settings.DEV = False
    assert Client().get("/mailbox/").status_code == 404
    assert Client().get(path).status_code == 404
