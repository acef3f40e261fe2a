"""R27: nothing leaves to two people, and no header breaks its line."""

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends import locmem

from goldenthread.config import settings as installed
from goldenthread.people.notifications.backend import OneRecipientBackend


@pytest.fixture
def out(settings, mailoutbox):
    settings.EMAIL_DELIVERY = "django.core.mail.backends.locmem.EmailBackend"
    return mailoutbox


def send(**given):
    message = EmailMessage(**{"subject": "s", "body": "b", "from_email": "us@example.org", **given})
    return OneRecipientBackend().send_messages([message])


def test_one_recipient_goes_out(out):
    assert send(to=["mina@example.org"]) == 1
    assert out[0].to == ["mina@example.org"]


@pytest.mark.parametrize(
    "given",
    [
        {"to": ["a@example.org", "b@example.org"]},
        {"to": ["a@example.org"], "cc": ["b@example.org"]},
        {"to": ["a@example.org"], "bcc": ["b@example.org"]},
        {"to": ["a@example.org, b@example.org"]},
        {"to": ["a@example.org; b@example.org"]},
        {"to": ["a@example.org"], "headers": {"Bcc": "b@example.org"}},
        {"to": ["a@example.org"], "headers": {"To": "b@example.org"}},
        {"to": []},
    ],
)
def test_two_recipients_or_none_raise(out, given):
    with pytest.raises(ValueError, match="one"):
        send(**given)
    assert out == []


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n", "\n\t", "\0"])
@pytest.mark.parametrize("field", ["subject", "from_email", "to", "reply_to", "headers"])
def test_a_broken_line_raises_in_every_field(out, field, break_):
    bad = f"x@example.org{break_}Bcc: b@example.org"
    given = {"to": ["a@example.org"]}
    given[field] = {"subject": bad, "from_email": bad, "headers": {"X-Note": bad}}.get(field, [bad])
    with pytest.raises(ValueError, match="one"):
        send(**given)
    assert out == []


def test_a_bad_message_stops_its_whole_batch(out):
    good = EmailMessage("s", "b", "us@example.org", ["a@example.org"])
    bad = EmailMessage("s", "b", "us@example.org", ["a@example.org", "b@example.org"])
    with pytest.raises(ValueError, match="one"):
        OneRecipientBackend().send_messages([good, bad])
    assert out == []


def test_the_check_catches_a_backend_that_does_not_look(out):
    """Negative control: the same messages pass through the plain backend."""
    message = EmailMessage("s", "b", "us@example.org", ["a@example.org", "b@example.org"])
    assert locmem.EmailBackend().send_messages([message]) == 1


def test_it_is_the_backend_of_this_installation():
    assert installed.EMAIL_BACKEND.endswith("OneRecipientBackend")
