"""Reading stories: covered by the reader's own choice, filtered, followed to what came of them."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.erasure import erase
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.stories.models import Story, StoryBox
from goldenthread.listen.stories.tests.factories import GOOD, released_story, switched_on, told
from goldenthread.listen.voices.tests.factories import holder_of, released_voice
from goldenthread.projects.models import Project, Strand
from goldenthread.projects.speaker import RECEIPT, sealed_receipt
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.consent.queries import in_force
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release.models import Release
from goldenthread.thread.models import How
from goldenthread.thread.services import tie

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _still() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def box() -> StoryBox:
    return switched_on(listening_project())


def list_of(box: StoryBox, browser: Client | None = None, **query: str) -> str:
    href = reverse("stories:list", args=[box.project.address])
    return (browser or Client()).get(href, query).content.decode()


def story_page(story: Story) -> str:
    return reverse("stories:story", args=[story.voice.project.address, story.pk])


def test_only_what_was_released_is_listed_under_its_questions(box: StoryBox) -> None:
    told(box, good="Still unread.")
    gone = released_story(box, good="Taken back.")
    Words.objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_on=NOW.date())
    masked = released_story(box, good="Dr Who came.")
    Words.objects.filter(pk=masked.pk).update(shown="[name removed] came.")
    text = list_of(box)
    assert "[name removed] came." in text
    assert not {each for each in ("Still unread.", "Taken back.", "Dr Who") if each in text}
    assert Client().get(story_page(gone)).status_code == 404
    board = Client().get(reverse("voices:voice", args=[box.project.address, masked.pk]))
    assert board.url == story_page(masked)
    plain = released_voice(box.project, kind="story")
    there = reverse("voices:voice", args=[box.project.address, plain.pk])
    assert Client().get(there).status_code == 200  # told in the plain box


def test_a_strand_is_named_only_where_many_came_by_it_and_never_where_under_18s_speak(
    box: StoryBox,
) -> None:
    strand = Strand.objects.create(project=box.project, name="Night ward", short="NIGHT1")
    story = released_story(box, strand=strand)
    release = {"project": box.project, "frozen_on": NOW.date(), "bases": {}}
    for number, (figure, said) in enumerate([(None, False), (15, False), (20, True)], start=1):
        Release.objects.create(number=number, figures={f"strand:{strand.ref}": figure}, **release)
        for page in (list_of(box), Client().get(story_page(story)).content.decode()):
            assert ("Night ward" in page) == said, figure
    Project.objects.filter(pk=box.project.pk).update(ages=["16-17", "adult"])
    assert "Night ward" not in list_of(box)
    assert "Night ward" not in Client().get(story_page(story)).content.decode()


def test_a_team_board_shows_stories_to_the_team_alone(box: StoryBox) -> None:
    story = released_story(box)
    Project.objects.filter(pk=box.project.pk).update(board="team")
    assert Client().get(story_page(story)).status_code == 404
    assert GOOD not in list_of(box)


def test_what_a_reader_would_rather_not_see_is_covered_until_they_show_it(box: StoryBox) -> None:
    hard = released_story(box, good="It was dark.", notes=["suicide"], feelings=["alone"])
    released_story(box, good="It was light.")
    browser, address = Client(), box.project.address
    open_text = list_of(box, browser)
    folded = open_text[open_text.index("Before you read: it talks about suicide") :]
    assert folded.index("It was dark.") < folded.index("Alone") < folded.index("</details>")
    chosen = {"hide": ["suicide", "abuse", "unknown"]}
    browser.post(reverse("stories:choose", args=[address]), chosen)
    assert browser.cookies["covered"].value == ""  # an unknown one: nothing is kept
    kept = browser.post(reverse("stories:choose", args=[address]), {"hide": ["suicide", "abuse"]})
    cookie = kept.cookies["covered"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert "suicide" not in cookie.value  # whoever opens this browser cannot read it
    assert cookie["path"] == reverse("stories:list", args=[address])
    covered = list_of(box, browser)
    assert "A story is hidden because of your choice" in covered
    assert "It was dark." not in covered
    assert "It was light." in covered
    assert "It was dark." not in browser.get(story_page(hard)).content.decode()
    assert "It was dark." in browser.get(f"{story_page(hard)}?show=1").content.decode()
    assert "It was dark." in list_of(box)  # another browser
    browser.post(reverse("stories:choose", args=[address]))
    assert "It was dark." in list_of(box, browser)


def test_stories_are_found_by_feeling_and_by_what_came_of_them(box: StoryBox) -> None:
    heard = released_story(box, good="I was heard.", feelings=["heard"])
    theme, changed = uuid4(), uuid4()
    released_story(box, good="I was lost.", feelings=["confused"])
    tie(("voice", heard.pk), ("theme", theme), how=How.GROUPED, project=box.project.pk)
    tie(("theme", theme), ("change", changed), how=How.CHANGED, project=box.project.pk)
    for query, found in (
        ({"feeling": "heard"}, {"I was heard."}),
        ({"feeling": "confused"}, {"I was lost."}),
        ({"came": "change"}, {"I was heard."}),
        ({"came": "reply"}, set()),
        ({"came": "nonsense", "feeling": "nonsense"}, {"I was heard.", "I was lost."}),
    ):
        text = list_of(box, **query)
        assert {each for each in ("I was heard.", "I was lost.") if each in text} == found, query
    assert "Something has changed" in list_of(box, feeling="heard")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_with_one_and_with_three(box: StoryBox, number: int) -> None:
    for _each in range(number):
        released_story(box, feelings=["sad"], notes=["abuse"])
    with at_most(11):
        assert list_of(box, came="") != ""


def test_the_author_switches_showing_and_quoting_off_and_on_and_nobody_else(box: StoryBox) -> None:
    spoken = told(box, quote=1)
    Words.objects.filter(pk=spoken.voice.pk).update(
        state="released", released_on=NOW.date(), shown=GOOD
    )
    story = Story.objects.get(voice=spoken.voice)
    href = reverse("stories:share", args=[box.project.address, story.pk])
    assert Client().post(href, {"act": "hide"}).status_code == 404
    browser = Client()
    session = browser.session
    session[RECEIPT] = sealed_receipt(holder_of(spoken))
    session.save()
    browser.cookies["session"] = session.session_key or ""
    assert href in browser.get(story_page(story)).content.decode()
    assert href not in Client().get(story_page(story)).content.decode()
    browser.post(href, {"act": "unquote"})
    assert not in_force("quote", story.pk).exists()
    browser.post(href, {"act": "quote"})
    assert in_force("quote", story.pk).exists()
    browser.post(href, {"act": "hide"})
    assert Client().get(story_page(story)).status_code == 404
    assert GOOD not in list_of(box)
    page = browser.get(href).content.decode()
    assert "Your story is held back, because you asked." in page
    browser.post(href, {"act": "show"})
    words = Words.objects.get(pk=story.pk)
    assert (words.restricted, words.state) == (False, "held")  # a reader looks first
    assert browser.post(href, {"act": "nonsense"}).status_code == 200


def test_when_the_words_go_what_was_chosen_goes_with_them(box: StoryBox) -> None:
    story = released_story(box, feelings=["sad"], notes=["abuse"], whose="both", may_speak="agreed")
    erase(Words, [story.pk])
    story.refresh_from_db()
    assert (story.feelings, story.notes, story.may_speak) == ([], [], "")
