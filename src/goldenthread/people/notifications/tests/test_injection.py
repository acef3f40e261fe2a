"""R27: nothing that people typed breaks a line of a mail, in any letter there is."""

import re
from email import message_from_bytes

import pytest
from django.core.mail import EmailMessage

from goldenthread.people.notifications.backend import OneRecipientBackend
from goldenthread.people.notifications.letters import all_letters

BREAKS = ["\r\n", "\n", "\r", "\n ", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"]
NAMES = re.compile(r"%\((\w+)\)")


def filled(letter, given):
    """The letter with this in place of every name."""
    texts = f"{letter.subject} {letter.body} {letter.why}"
    names = dict.fromkeys(NAMES.findall(texts), given)
    return letter.written(names, "/needs-you/", "/stop/x/")


@pytest.mark.parametrize("letter", all_letters(), ids=lambda letter: letter.name)
@pytest.mark.parametrize("mark", BREAKS, ids=repr)
def test_a_name_adds_no_header_and_no_recipient(letter, mark, settings, mailoutbox):
    settings.EMAIL_DELIVERY = "django.core.mail.backends.locmem.EmailBackend"
    written = filled(letter, f"Moor{mark}Bcc: eve@example.org{mark}{mark}Hello")
    subject, body = written.subject, written.text
    assert len(subject.splitlines()) == 1
    message = EmailMessage(subject, body, "us@example.org", ["mina@example.org"])
    assert OneRecipientBackend().send_messages([message]) == 1
    (sent,) = mailoutbox
    read = message_from_bytes(sent.message().as_bytes())
    assert (read.get_all("To"), read.get_all("Bcc"), read.get_all("Cc")) == (
        ["mina@example.org"],
        None,
        None,
    )


def test_a_letter_that_takes_names_as_they_come_is_caught():
    subject = "News from {project}".format(project="Moor\r\nBcc: eve@example.org")
    message = EmailMessage(subject, "b", "us@example.org", ["mina@example.org"])
    with pytest.raises(ValueError, match="one line"):
        OneRecipientBackend().send_messages([message])
