"""Pages of participants read at an age of 9 to 11: measured on each page that they can open.

What people and organisations have written themselves is left out; so are links to other pages,
tables, and names. `READING_AGES=FILE` writes what was measured.
"""

import os
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from goldenthread.kit import clock
from goldenthread.kit.text import check_reading
from tests.matrix.test_help import pages
from tests.matrix.world import AT, World, build

OLDEST = 11
FEWEST = 30  # words; the formula says nothing of fewer
# Documents that the law asks for, and rules that must be exact; each begins with a plain summary.
EXACT = {
    "pages:what_we_keep",
    "pages:what_we_keep_here",
    "pages:accessibility",
    "moderation:policy",
    "moderation:log",
    "thread:record",
    "guide:guide",
    "guide:document",
    "guide:document_in_part",
    "guide:find",
}
BLOCKS = {"p", "li", "h1", "h2", "h3", "label", "legend", "dt", "dd", "summary", "div"}
LEFT_OUT = {"table", "nav", "script", "style", "svg", "blockquote", "option", "textarea", "code"}

pytestmark = [pytest.mark.submission, pytest.mark.django_db]


class Sentences(HTMLParser):
    """Collects the sentences of the main part of a page, without words of people."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._inside = 0
        self._out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag == "main":
            self._inside += 1
        elif self._out:
            self._out += [tag] if tag == self._out[0] else []
        elif self._inside and (tag in LEFT_OUT or "words" in classes or "where" in classes):
            self._out = [tag]
        if tag in BLOCKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._inside -= 1
        if self._out and tag == self._out[0]:
            self._out.pop()
        if tag in BLOCKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if self._inside and not self._out:
            self.said.append(" ".join(data.split()) + " ")


def sentences_of(body: str) -> str:
    """Return the lines of a page that end like sentences."""
    parser = Sentences()
    parser.feed(body)
    lines = (line.strip() for line in "".join(parser.said).split("\n"))
    return "\n".join(line for line in lines if line.endswith((".", "?", "!", ":")))


@pytest.fixture
def world() -> Iterator[World]:
    with clock.frozen(AT):
        yield build("mine")


@pytest.mark.parametrize("role", ["guest", "receipt holder"])
def test_pages_of_participants_read_at_an_age_of_9_to_11(role: str, world: World) -> None:
    found: dict[str, int] = {}
    for route, body in pages(world, role):
        text = sentences_of(body)
        reading = check_reading(text)
        if reading.words >= FEWEST and route.partition(" ")[0] not in EXACT:
            found[route] = max(found.get(route, 0), reading.age)
    if where := os.environ.get("READING_AGES"):
        lines = [f"{age} {route}" for route, age in sorted(found.items(), key=lambda one: -one[1])]
        Path(where).with_suffix(f".{role[:5]}").write_text("\n".join(lines))
    assert found, "no page was measured"
    assert {route: age for route, age in found.items() if age > OLDEST} == {}


def test_a_page_that_is_hard_to_read_is_found() -> None:
    hard = (
        "<main><p>Notwithstanding organisational considerations, representatives endeavour to "
        "facilitate participation opportunities for individuals whose circumstances necessitate "
        "additional accommodation, in accordance with applicable regulatory requirements.</p>"
        "<p class='words'>I am sad. It is hard.</p><table><tr><td>Yes.</td></tr></table></main>"
    )
    text = sentences_of(hard)
    assert "I am sad" not in text
    assert "Yes" not in text
    assert check_reading(text).age > OLDEST
