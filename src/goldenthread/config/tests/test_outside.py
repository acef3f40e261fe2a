import socketserver
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from goldenthread.config import outside
from goldenthread.config.mailserver import mail_server
from goldenthread.config.tests.certificates import certificate
from goldenthread.config.tests.postbox import Postbox, context_for
from goldenthread.people.notifications.backend import OneRecipientBackend


@contextmanager
def served(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def ask(settings, tmp_path, monkeypatch):
    """Ask a mail server of ours, under an address of ours."""
    settings.EMAIL_BACKEND = f"{OneRecipientBackend.__module__}.{OneRecipientBackend.__name__}"
    settings.EMAIL_DELIVERY = outside.BY_SMTP
    settings.DEFAULT_FROM_EMAIL = "hello@voices.example.org"
    certified, key = certificate(tmp_path)

    def asked(url, to="", *, trusted=True, tls=False, **how):
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(certified))
        context = context_for(certified, key) if tls else None
        with served(Postbox(tls=context, **how)) as box:
            read = mail_server(url.replace("PORT", str(box.port)))
            settings.EMAIL_HOST, settings.EMAIL_PORT = read.host, read.port
            settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = read.user, read.password
            settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = read.starttls, read.tls
            found = outside.send_test(to) if to else outside.mail(datetime.now(UTC))
        return found.well, found.sentence, box.messages

    return asked


PLAIN = "smtp://127.0.0.1:PORT"
SIGNED_IN = "smtp+starttls://us:right@localhost:PORT"
WRONG = SIGNED_IN.replace("right", "wrong")


def test_a_mail_server_that_takes_letters_is_well_and_gets_none(ask):
    well, sentence, messages = ask(PLAIN)
    assert well, sentence
    assert messages == []
    assert ask(SIGNED_IN, tls=True, password="right")[0]
    assert ask("smtps://us:right@localhost:PORT", tls=True, at_once=True, password="right")[0]


@pytest.mark.parametrize(
    ("url", "how", "said"),
    [
        (WRONG, {"tls": True, "password": "right"}, "refuses the user name or the password"),
        (SIGNED_IN, {"tls": True}, "refuses the user name or the password"),
        (SIGNED_IN, {"tls": True, "trusted": False}, "is not trusted: "),
        (SIGNED_IN, {}, "offers no STARTTLS"),
        ("smtps://us:right@localhost:PORT", {}, "speaks no TLS"),
        (PLAIN, {"refuses": ["sender"]}, "refuses the sender hello@voices.example.org: 550 5.7.1"),
        (PLAIN, {"refuses": ["talk"]}, "hung up"),
        ("smtp://127.0.0.1:1", {}, "Nothing answers at 127.0.0.1, port 1."),
        ("smtp://nobody.invalid:25", {}, "Nobody knows a machine called nobody.invalid."),
    ],
)
def test_each_fault_of_the_way_out_has_its_own_sentence(ask, url, how, said):
    well, sentence, _ = ask(url, **how)
    assert not well
    assert said in sentence
    assert sentence.endswith(".")
    assert "right" not in sentence.replace("right@", "")  # no password is ever told


def test_a_test_message_arrives_and_says_where_to_sign_in(ask, settings):
    settings.SITE_URL = "https://voices.example.org"
    well, sentence, (message,) = ask(PLAIN, "ada@northmoor.example")
    assert well
    assert "has taken a test message to ada@northmoor.example" in sentence
    assert "To: ada@northmoor.example" in message
    assert "https://voices.example.org/" in message


def test_a_test_message_that_is_refused_is_told(ask):
    well, sentence, messages = ask(PLAIN, "ada@northmoor.example", refuses=["recipient"])
    assert not well
    assert "refuses to deliver to ada@northmoor.example: 550 5.1.1" in sentence
    assert messages == []
    assert ask(PLAIN, "a@example.org, b@example.org")[1].endswith("the address of one person.")


class Page(socketserver.StreamRequestHandler):
    def handle(self):
        while self.rfile.readline().strip():
            pass
        self.wfile.write(f"HTTP/1.1 {self.server.status} x\r\n\r\n".encode())


class Door(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, context, status):
        super().__init__(("127.0.0.1", 0), Page)
        self.context, self.status = context, status

    def get_request(self):
        line, address = super().get_request()
        return self.context.wrap_socket(line, server_side=True), address

    def handle_error(self, request, client_address):
        """Callers that hang up are no news."""


@pytest.mark.parametrize(
    ("served_as", "said"),
    [
        (("localhost", (30, 60), 200), None),
        (("localhost", (85, 5), 200), "renew it"),
        (("localhost", (0.1, 0.4), 200), None),  # of an authority of our own: for twelve hours
        (("localhost", (0.46, 0.04), 200), "renew it"),
        (("localhost", (30, 60), 502), "answers 502"),
        (("voices.example.org", (30, 60), 200), "is not trusted"),
    ],
)
def test_our_own_door_is_tried(settings, tmp_path, monkeypatch, served_as, said):
    name, days, status = served_as
    old, lasts = (timedelta(days=each) for each in days)
    certified, key = certificate(tmp_path, names=[name], lasts=lasts, old=old)
    monkeypatch.setenv("SSL_CERT_FILE", str(certified))
    with served(Door(context_for(certified, key), status)) as door:
        settings.SITE_URL = f"https://localhost:{door.server_address[1]}"
        found = outside.door(datetime.now(UTC))
    assert found.well == (said is None), found.sentence
    assert (said or "answers by HTTPS") in found.sentence


def test_a_door_that_nobody_opens_is_told(settings):
    settings.SITE_URL = "https://127.0.0.1:1"
    assert outside.door(datetime.now(UTC)).sentence.endswith("People cannot come in.")
    settings.SITE_URL = "http://localhost:8000"
    assert outside.door(datetime.now(UTC)).well
