"""What participants are told reads at the age of their pages."""

import pytest
from markdown_it.token import Token

from goldenthread.guide.library import Document, documents
from goldenthread.guide.rendering import MARKDOWN, text_of
from goldenthread.kit.text import check_reading

EASIEST = ("roles/guest", "roles/member")
OLDEST = 11


def said_in(document: Document) -> str:
    tokens: list[Token] = MARKDOWN.parse(document.read())
    return "\n".join(text_of(each) for each in tokens if each.type == "inline")


@pytest.mark.parametrize("path", EASIEST)
def test_what_participants_are_told_reads_easily(path):
    reading = check_reading(said_in(documents()[path]))
    assert (reading.long_sentences, reading.jargon) == ([], [])
    assert reading.age <= OLDEST


def test_a_text_for_those_who_run_it_would_be_found_too_hard():
    assert check_reading(said_in(documents()["how-to/run-on-a-server"])).long_sentences
