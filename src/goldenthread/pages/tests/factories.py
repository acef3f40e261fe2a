"""People with a voice of their own, in their browser; and what a page costs them."""

import re
from dataclasses import dataclass
from html import unescape

from django.conf import settings
from django.test import Client

from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import VoiceFactory, signed_in, with_receipt
from goldenthread.people.accounts.tests.factories import PersonFactory
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory

OWN = "kingfisher"  # a word that stands in what authors wrote, and nowhere else
MOST_QUERIES = 10
AUTHORS = ["member", "receipt"]
OTHERS = ["guest", "mina", "rosa", "priya", "tom", "nell", "stranger", "receipt"]


@dataclass
class Author:
    """Someone who has said one thing, their browser, and the page where they follow it."""

    browser: Client
    voice: Voice
    back: str

    def returns(self) -> None:
        """Come back weeks later: members sign in again."""
        if self.voice.author is not None:
            self.browser = signed_in(self.voice.author)

    def at(self, rest: str) -> str:
        return f"/my-voices/{self.voice.ref}/{rest}"


def author(house: Listening, who: str, words: Words | None = None) -> Author:
    """A member, or a guest who holds a receipt, with a voice that waits to be read."""
    words = words or held(house)
    if who == "member":
        una = PersonFactory.create(name="Una")
        voice = VoiceFactory.create(words=words, author=una, known_as="support")
        return Author(signed_in(una), voice, f"/my-voices/{voice.ref}/")
    browser, holder = with_receipt(house.project)
    return Author(browser, VoiceFactory.create(words=words, receipt_id=holder.receipt), "/receipt/")


def held(house: Listening) -> Words:
    """Words of an author that nobody has read."""
    return WordsFactory.create(
        project=house.project, text=f"A {OWN} sat there.", would_have_helped=OWN, content_note=OWN
    )


def asked(house: Listening) -> Words:
    """Words about which a reader has asked something."""
    question = {"by": house.rosa, "text": "Which bird was it?", "version": 0, "now": NOW}
    return reading.ask_back(words=held(house), **question)


def unpublished(house: Listening) -> Words:
    """Words that a reader does not show."""
    why = {"because": "advert", "explanation": "It sells something.", "version": 0, "now": NOW}
    return reading.do_not_publish(by=house.rosa, words=held(house), **why)


def other(house: Listening, who: str) -> Client:
    """A browser of someone who did not say it."""
    if who == "guest":
        return Client()
    if who == "receipt":
        return with_receipt(house.project)[0]
    return signed_in(getattr(house, who))


def read(browser: Client, href: str) -> str:
    """What stands on a page."""
    answer = browser.get(href)
    assert answer.status_code == 200, href
    return unescape(answer.content.decode())


def main_of(shown: str) -> str:
    """What stands between the head and the foot of a page."""
    return shown.split("<main", 1)[1].split("</main>", 1)[0]


def boxes_in(shown: str) -> list[str]:
    """What stands typed in the boxes of a page."""
    return [
        typed.strip() for typed in re.findall(r"<textarea[^>]*>(.*?)</textarea>", shown, re.DOTALL)
    ]


def links_in(shown: str) -> list[str]:
    """Where the links of a page lead."""
    return re.findall(r'<a[^>]* href="([^"]+)"', shown)


def cost(browser: Client, href: str, *, most: int = MOST_QUERIES) -> int:
    """Count what a page asks the database, beyond the session and whose it is."""
    browser.get(href)  # the first request of a session also notes that it has begun
    around = 0
    if settings.SESSION_COOKIE_NAME in browser.cookies:
        around = 2 if "_auth_user_id" in browser.session else 1
    with at_most(most + around) as asked_for:
        assert browser.get(href).status_code == 200
    return len(asked_for) - around
