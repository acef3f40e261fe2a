"""Every mail there is: plain text and HTML of the same words, short lines, one layout."""

import html
import re
from email import message_from_bytes, policy

import pytest
from django.conf import settings

from goldenthread.people.accounts import mails
from goldenthread.people.accounts.mails import Mail
from goldenthread.people.notifications.letters import all_letters

ORGANISATION = "Northmoor University"
NAMES = {
    "project": "Getting help while you wait for counselling",
    "organisation": ORGANISATION,
    "meeting": "The panel meets",
    "seal": "The record in four words, to compare at the meeting: amber river stone lamp.",
    "asks": "Ada",
    "role": "decision-maker",
    "question": "What would make waiting easier?",
    "can_change": "How we keep in touch. When we are open.",
    "hear_by": "25 May 2026",
    "day": "3 June 2026",
    "where": "Northmoor University",
    "person": "Ada",
    "name": "Ada",
    "group": "The panel",
    "late": "two days",
    "missing": "Nobody owns worries about safety yet. No reader is on the rota.",
    "number": "six things",
    "waits": "1 to look after, 4 to answer, 37 to tell, 2 overdue.",
}
LONG = "/stop/" + "a1b2c3" * 20 + "/"
MAILS: dict[str, Mail] = {
    **{each.name: each.written(NAMES, "/my-voices/", LONG) for each in all_letters()},
    "code": mails.code_mail("BCDF-GHJK", joining=False),
    "code-to-join": mails.code_mail("BCDF-GHJK", joining=True),
    "no-account": mails.no_account_mail(),
}
every = pytest.mark.parametrize("mail", MAILS.values(), ids=list(MAILS))


def words_of(page: str) -> str:
    """What a reader of the HTML sees."""
    body = page.split("<body", 1)[1].split(">", 1)[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@every
def test_both_parts_go_out_and_say_the_same(mail: Mail, mailoutbox):
    mail.send("mina@example.org")
    (sent,) = mailoutbox
    read = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    assert read.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in read.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    text = read.get_body(("plain",)).get_content()
    rich = read.get_body(("html",)).get_content()
    assert words_of(rich) == " ".join(text.split())


@every
def test_it_reads_well_as_text(mail: Mail):
    assert len(mail.subject) <= mails.SUBJECT
    for line in mail.text.splitlines():
        link = line.strip().startswith("http")
        assert len(line) <= 78 or link, line
        assert not re.search(r"http", line) or (link and " " not in line.strip())
    assert mail.text.count("http") >= 1
    assert mail.text.count("    http") == mail.text.count("http")
    assert "116 123" in mail.text
    assert "  " not in mail.text.replace("\n    ", "\n")


@every
def test_its_html_is_whole_and_asks_nothing_of_anyone(mail: Mail):
    page = mail.html
    assert '<html lang="en-gb">' in page
    assert f"<title>{html.escape(mail.subject)}</title>" in page
    assert page.count("<h1") == 1
    assert not re.search(r"<(img|script|link|iframe|form|table|object)\b|url\(|src=", page)
    assert page.count("<div") == page.count("</div>") == 2
    for href in re.findall(r'href="([^"]*)"', page):
        assert href.startswith(f"{settings.SITE_URL}/")
        assert f">{href}<" in page  # what is shown is where it leads


@pytest.mark.parametrize("each", all_letters(), ids=lambda each: each.name)
def test_each_letter_says_who_sends_it_why_and_where_to_stop(each):
    told = " ".join(MAILS[each.name].text.split())
    named = "%(organisation)s" in f"{each.body} {each.subject} {each.why}"
    assert f"Golden Thread sends this mail for {ORGANISATION}." in told
    assert told.count("You get this mail ") == 1
    assert f"{settings.SITE_URL}{LONG}" in told
    assert named == (named and ORGANISATION in told)
    alone = each.written({**NAMES, "organisation": ""}, "/", "/stop/").text
    assert "sends this mail" in " ".join(alone.split())


def test_what_was_typed_stays_words_in_the_html():
    letter = next(each for each in all_letters() if each.name == "asked-to-help")
    page = letter.written({**NAMES, "question": "<img src=x> & you?"}, "/", "/stop/").html
    assert "<img" not in page
    assert "&lt;img src=x&gt; &amp; you?" in page


def test_a_long_subject_ends_with_a_whole_word():
    subject = mails.shorten("An answer from " + "the service for people who wait " * 3)
    assert len(subject) <= mails.SUBJECT
    assert subject.endswith(" …")
