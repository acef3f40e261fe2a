"""R31: every number about people on a public page, chart or file stands in a sealed release.

The exact counts behind this project are odd on purpose: none of them is a number that may be shown.
"""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from goldenthread.kit import clock
from goldenthread.listen.themes.tests.factories import theme_with
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.equality.models import Answer, Asked
from goldenthread.safety.reading.models import Removal, Words
from goldenthread.safety.release import queries, registry
from goldenthread.safety.release.models import Release
from goldenthread.safety.release.services import freeze

pytestmark = pytest.mark.django_db
VOICES, IN_THEME = 47, 33
PAGES = (
    "pages:project",
    "pages:thread_picture",
    "voices:board",
    "themes:list",
    "decisions:list",
    "plans:list",
    "replies:list",
    "release:heard",
    "release:not_shown",
)
TAKEN_BACK, ASKED, METHOD, ADVERT, REMOVED = 13, 11, 17, 4, 14
DATES = re.compile(
    r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)(?: \d{4})?|\d{1,2}:\d{2}"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{4}|how long, \d+|lasts 12 months|When you were 14"
)
ASIDE = re.compile(r"<(aside|nav|footer|header|form|style)\b.*?</\1>", re.DOTALL)


@pytest.fixture
def house():
    found = listening_project(board="shared")
    found.organisation.name = "Northmoor"  # no number of its own
    found.organisation.save()
    theme_with(
        found.project, IN_THEME, state="shown-back", title="Waiting", shown_back_on=clock.today(NOW)
    )
    for _ in range(VOICES - IN_THEME):
        released_voice(found.project)
    Asked.objects.create(project=found.project, since_on=clock.today(NOW))
    for answer, number in (("female", 28), ("male", 16), ("rather-not", 3)):
        Answer.objects.bulk_create(
            Answer(project=found.project, question="sex", answer=answer) for _ in range(number)
        )
    moderated(found)
    return found


NEVER_SHOWN = {"state": "unpublished", "released_on": None}


def moderated(house):
    """Voices that were taken back, not published, or removed: by the author's wish or not."""
    project = house.project
    for number, given in (
        (TAKEN_BACK, {"state": "withdrawn", "withdrawn_on": NOW.date()}),
        (ASKED, {"state": "removed", "unpublished_because": "author-asked"}),
        (METHOD, {**NEVER_SHOWN, "unpublished_because": "method"}),
        (ADVERT, {**NEVER_SHOWN, "unpublished_because": "advert"}),
        (REMOVED, {"state": "removed", "unpublished_because": "off-topic"}),
    ):
        for _ in range(number):
            words = released_voice(project).words
            Words.objects.filter(ref=words.ref).update(**given)
            if number == REMOVED:
                keys = {"asked_by": house.rosa, "agreed_by": house.cara}
                days = {"asked_on": NOW.date(), "agreed_on": NOW.date()}
                Removal.objects.create(words=words, because="off-topic", **keys, **days)


def numbers_in(body):
    """Numbers from ten up that somebody can read in the main part of a page."""
    main = body[body.index("<main") : body.index("</main>")]
    text = DATES.sub(" ", unescape(strip_tags(ASIDE.sub(" ", main))))
    found = (int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", text))
    return {number for number in found if number >= 10}


def sealed(project):
    """Every number that a release holds; ten is the word of the rule."""
    numbers = {10}
    for each in Release.objects.filter(project=project):
        numbers |= {number for number in each.figures.values() if number is not None}
        for table in each.about:
            numbers |= {table["answered"], *(shown for *_, shown in table["cells"])}
    return numbers


def deeds(project):
    """What the organisation did is told exactly: how many voices it removed."""
    return {Removal.objects.filter(words__project=project).exclude(agreed_on=None).count()}


def strangers(house):
    client, found = Client(), {}
    for name in PAGES:
        with clock.frozen(NOW):
            answer = client.get(reverse(name, args=[house.project.address]))
        assert answer.status_code == 200, name
        known = sealed(house.project) | deeds(house.project)
        unknown = numbers_in(answer.content.decode()) - known
        if unknown:
            found[name] = unknown
    return found


def test_every_number_about_people_stands_in_a_release(house):
    assert strangers(house) == {}
    freeze(project=house.project, now=NOW)
    assert strangers(house) == {}
    for _ in range(9):
        released_voice(house.project)
    assert strangers(house) == {}
    shown = Client().get(reverse("release:heard", args=[house.project.address]))
    assert {45, 30, 15} <= numbers_in(shown.content.decode())


def test_what_became_of_voices_is_told_by_release_and_what_was_done_exactly(house):
    where = reverse("release:not_shown", args=[house.project.address])
    with clock.frozen(NOW):
        assert numbers_in(Client().get(where).content.decode()) <= {10, REMOVED}
        freeze(project=house.project, now=NOW)
        shown = numbers_in(Client().get(where).content.decode())
        # about 15 taken back, about 10 at their wish, about 20 not shown
        assert {15, 10, 20, REMOVED} <= shown
        assert not shown & {TAKEN_BACK, ASKED, METHOD, METHOD + ADVERT}
        for _ in range(4):  # one by one, nothing moves
            gone = released_voice(house.project).words
            Words.objects.filter(ref=gone.ref).update(state="withdrawn", withdrawn_on=NOW.date())
            assert numbers_in(Client().get(where).content.decode()) == shown


def test_a_page_that_counts_by_itself_is_found(house, monkeypatch):
    """The negative control: the same pages, with the release replaced by live counts."""
    freeze(project=house.project, now=NOW)
    assert strangers(house) == {}  # which also loads every page, before anything is replaced
    live = registry.wholes_of(house.project) | registry.parts_of(house.project)
    figures = queries.Figures(NOW.date(), number_of_release=1, shown=live)
    modules = ("pages.queries", "debrief.replies.figures", "safety.release.queries")
    for module in modules:
        monkeypatch.setattr(f"goldenthread.{module}.latest", lambda _project: figures)
    found = strangers(house)
    assert VOICES + METHOD + ADVERT in found["pages:project"]  # those that still stand
    assert {TAKEN_BACK, ASKED, METHOD, METHOD + ADVERT} <= found["release:not_shown"]
