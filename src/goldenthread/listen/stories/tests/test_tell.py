"""Telling a story: two questions, feelings, what it talks about, who may speak for whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.kit.text import check_reading
from goldenthread.listen.stories import services
from goldenthread.listen.stories.models import Story
from goldenthread.listen.stories.permissions import may_switch, may_tell
from goldenthread.listen.stories.tests.factories import (
    BETTER,
    GOOD,
    released_story,
    sent,
    switched_on,
    told,
)
from goldenthread.listen.voices.models import Door, Voice
from goldenthread.listen.voices.tests.factories import form_data, signed_in
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _still() -> Any:
    with clock.frozen(NOW):
        yield


def page_of(project: Project) -> str:
    return reverse("stories:tell", args=[project.address])


def test_before_they_are_switched_on_there_is_no_page_and_after_they_are_off_no_way_in() -> None:
    house = listening_project()
    address, browser = house.project.address, Client()
    pages = [reverse(f"stories:{name}", args=[address]) for name in ("tell", "list")]
    assert [browser.get(each).status_code for each in pages] == [404, 404]
    staff = signed_in(house.tom)
    asked = {"good_prompt": "What helped?", "better_prompt": "What did not?", "feelings": "1"}
    answer = staff.post(reverse("stories:settings", args=[address]), asked)
    assert answer.status_code == 302
    assert [browser.get(each).status_code for each in pages] == [200, 200]
    assert "What helped?" in browser.get(pages[0]).content.decode()
    assert Door.objects.get().path == pages[0]
    staff.post(reverse("stories:switch_off", args=[address]))
    assert [browser.get(each).status_code for each in pages] == [404, 200]
    assert not Door.objects.exists()
    kinds = list(Entry.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["stories.opened", "stories.closed"]


def test_when_they_are_switched_off_the_way_in_leads_to_those_that_were_told() -> None:
    house = listening_project()
    box = switched_on(house)
    first_day = box.opened_on
    released_story(box)
    prompts = {"good_prompt": "What helped?", "better_prompt": "What did not?"}
    later = {"by": house.tom, "project": house.project, "now": NOW + timedelta(days=3)}
    assert services.switch_on(**prompts, **later).opened_on == first_day  # worded anew, no more
    there = reverse("stories:list", args=[house.project.address])
    assert f'href="{there}"' in Client().get(page_of(house.project)).content.decode()
    services.switch_off(**later)
    door = Door.objects.get()
    assert (door.path, door.shut, door.title) == (there, True, "Stories of what happened")
    assert services.switch_on(**prompts, **later).opened_on == later["now"].date()
    assert not Door.objects.get().shut
    Project.objects.filter(pk=house.project.pk).update(board="team")
    services.switch_off(**later)
    assert not Door.objects.exists()
    assert there not in Client().get(page_of(house.project)).content.decode()


def test_those_who_run_the_project_switch_stories_and_nobody_else() -> None:
    house = listening_project()
    people: list[Person | Guest] = [house.tom, house.cara, house.mina, house.rosa, house.dev]
    people += [house.ada, house.nell, house.stranger, Guest()]
    assert [may_switch(who, house.project, now=NOW) for who in people] == [True, True] + 7 * [False]
    box = switched_on(house)
    assert all(may_tell(who, box, now=NOW) for who in people)
    Project.objects.filter(pk=house.project.pk).update(open_to="members")
    box.project.refresh_from_db()
    assert [may_tell(who, box, now=NOW) for who in people] == 6 * [True] + 3 * [False]
    with pytest.raises(Refusal, match="Only the people who run"):
        services.switch_off(by=house.mina, project=house.project, now=NOW)


def test_a_story_is_held_for_a_reader_with_all_that_was_chosen() -> None:
    house = listening_project()
    switched_on(house)
    data = sent(house.project, feelings=["angry", "heard"], notes=["suicide", "self-harm"])
    answer = Client().post(page_of(house.project), data)
    assert answer.url == reverse("voices:sent", args=[house.project.address])
    story = Story.objects.select_related("voice__words").get()
    voice, words = story.voice, story.voice.words
    assert (words.text, words.would_have_helped) == (GOOD, BETTER)
    assert words.content_note == "it talks about self-harm, suicide"
    assert (words.state, voice.kind, voice.whose) == ("held", Voice.Kind.STORY, "mine")
    assert (story.feelings, story.notes) == (["heard", "angry"], ["self-harm", "suicide"])
    assert voice.receipt is not None
    again = Client().post(page_of(house.project), data)  # the same form, sent twice
    assert again.url == answer.url
    assert Story.objects.count() == Voice.objects.count() == 1


def test_one_question_is_enough_and_stands_under_its_own_heading() -> None:
    house = listening_project()
    box = switched_on(house)
    story = released_story(box, good="", better="Please ring back.")
    assert (story.voice.words.text, story.first) == ("Please ring back.", Story.Prompt.BETTER)
    href = reverse("stories:story", args=[house.project.address, story.pk])
    text = Client().get(href).content.decode()
    assert "What was good?" not in text
    assert text.index("What could be better?") < text.index("Please ring back.")
    text = Client().post(page_of(house.project), sent(house.project) | {"good": "", "better": " "})
    assert "Write something under one of the two questions." in text.content.decode()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"feelings": ["sad", "angry", "alone", "heard"]}, "Choose three at most"),
        ({"whose": "cared-for"}, "Say why you may speak for them"),
        ({"whose": "both", "may_speak": "because"}, "Say why you may speak for them"),
        ({"good": " ", "better": ""}, "under one of the two questions"),
        ({"better": "My receipt is K7M3-9QXP-7B2C-4D5E-6F7G."}, "There is a receipt"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_kept(given: Any, message: str) -> None:
    box = switched_on(listening_project())
    with pytest.raises(Refusal, match=message):
        told(box, **given)
    assert not Words.objects.exists()


def test_who_may_speak_for_whom_is_kept_and_shown_and_only_where_it_applies() -> None:
    house = listening_project()
    box = switched_on(house)
    mine = told(box, whose="mine", may_speak="agreed").voice
    assert mine.told_story.may_speak == ""
    story = released_story(box, whose="cared-for", may_speak="under-16")
    text = Client().get(reverse("stories:story", args=[house.project.address, story.pk]))
    assert "Someone who may speak for them tells it." in text.content.decode()
    assert not {each for each in ("under 16", "parent") if each in text.content.decode().lower()}
    data = sent(house.project) | {"whose": "cared-for"}
    answer = Client().post(page_of(house.project), data).content.decode()
    assert "Say why you may speak for them" in answer
    assert GOOD in answer  # nothing that was typed is lost


def test_the_page_to_tell_is_plain_says_who_reads_and_offers_help_and_costs_the_same() -> None:
    house = listening_project()
    box = switched_on(house)
    with at_most(12):
        text = Client().get(page_of(house.project)).content.decode()
    for said in ("A trained person reads your words", "116 123", "<title>Notes</title>"):
        assert said in text
    assert check_reading("One of the two questions is enough. Three at most.").age <= 11
    services.switch_on(
        by=house.tom,
        project=box.project,
        good_prompt="A?",
        better_prompt="B?",
        feelings=False,
        now=NOW,
    )
    assert "How did you feel?" not in Client().get(page_of(house.project)).content.decode()


def test_where_nobody_listens_no_story_is_taken_and_the_words_are_given_back() -> None:
    house = listening_project()
    switched_on(house)
    Project.objects.filter(pk=house.project.pk).update(state="closed")
    answer = Client().post(page_of(house.project), sent(house.project)).content.decode()
    assert "What you wrote was not sent" in answer
    assert GOOD in answer
    assert BETTER in answer
    Project.objects.filter(pk=house.project.pk).update(state="open")
    services.switch_off(by=house.tom, project=house.project, now=NOW)
    answer = Client().post(page_of(house.project), sent(house.project)).content.decode()
    assert "No new stories are taken here now." in answer
    assert GOOD in answer
    assert "<title>Notes</title>" in answer
    assert not Voice.objects.exists()


def test_what_a_member_began_in_the_box_stays_when_they_tell_a_story() -> None:
    house = listening_project()
    switched_on(house)
    mina, box = signed_in(house.mina), reverse("voices:speak", args=[house.project.address])
    mina.post(box, form_data(house.project, text="I will finish this tomorrow.", act="save"))
    assert mina.post(page_of(house.project), sent(house.project)).status_code == 302
    assert Story.objects.exists()
    assert mina.get(box).context["form"]["text"].value() == "I will finish this tomorrow."
