"""More ways than the box: doors on the project page, what is answered, several in one form."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.voices import formkeys, services
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.services import Said
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import services as reading

pytestmark = pytest.mark.django_db
ASKED = "What would make Mondays easier?"


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def here() -> Listening:
    return listening_project()


def page_of(project: Project) -> str:
    return Client().get(reverse("pages:project", args=[project.address])).content.decode()


def open_a_door(project: Project, title: str, hours: int | None = None) -> None:
    until = NOW + timedelta(hours=hours) if hours is not None else None
    services.open_door(
        ref=uuid4(), project=project, way="survey", title=title, path="/x/", until=until
    )


def test_a_door_stands_on_the_project_page_until_its_time_is_over(here: Listening) -> None:
    open_a_door(here.project, "How are things at work?", hours=1)
    open_a_door(listening_project().project, "Of others")
    text = page_of(here.project)
    assert "How are things at work?" in text
    assert "Of others" not in text
    with clock.frozen(NOW + timedelta(hours=2)):
        assert "How are things at work?" not in page_of(here.project)


def test_a_door_that_is_closed_is_gone(here: Listening) -> None:
    ref = uuid4()
    for title in ("First name", "Second name"):
        services.open_door(ref=ref, project=here.project, way="survey", title=title, path="/x/")
    assert "First name" not in page_of(here.project)
    services.close_door(ref=ref)
    assert "Second name" not in page_of(here.project)


@pytest.mark.parametrize("doors", [1, 3])
def test_doors_cost_one_query_however_many(here: Listening, doors: int) -> None:
    for number in range(doors):
        open_a_door(here.project, f"Door {number}")
    page_of(here.project)
    with at_most(14):
        page_of(here.project)


def test_ways_are_shown_to_those_who_run_the_project_alone(here: Listening) -> None:
    address = reverse("voices:ways", args=[here.project.address])
    for name, status in [("tom", 200), ("cara", 200), ("mina", 404), ("stranger", 404)]:
        assert signed_in(getattr(here, name)).get(address).status_code == status, name
    assert Client().get(address).status_code == 404


def two(*texts: str, **given: str) -> list[Said]:
    more: Said = {"kind": Voice.Kind.ANSWER, "asked": ASKED, "known_as": "unlinked", **given}  # type: ignore[typeddict-item]
    return [{**more, "text": text} for text in texts]


def test_two_things_in_one_form_are_two_voices_under_one_receipt(here: Listening) -> None:
    key, ref = formkeys.draw(), uuid4()
    each = [{**said, "answers": ref} for said in two("Start later.", "Less noise.")]
    given = {"by": Guest(), "project": here.project, "form_key": key, "each": each, "now": NOW}
    spoken = services.speak_together(**given)
    again = services.speak_together(**given)
    assert spoken.code
    assert spoken.code == again.code
    assert [voice.words.text for voice in spoken.voices] == ["Start later.", "Less noise."]
    assert spoken.voices == again.voices
    assert Receipt.objects.count() == 1
    assert list(Voice.objects.filter(answers=ref)) == list(Voice.objects.all())


@pytest.mark.parametrize("texts", [("Later.", "More noise."), ("Later.", "Less noise.", "Tea.")])
def test_other_words_in_the_second_box_of_a_form_sent_twice_are_not_lost(
    here: Listening, texts: tuple[str, ...]
) -> None:
    given = {"by": Guest(), "project": here.project, "form_key": formkeys.draw(), "now": NOW}
    services.speak_together(**given, each=two("Later.", "Less noise."))
    with pytest.raises(Refusal, match="press send again"):
        services.speak_together(**given, each=two(*texts))
    assert Voice.objects.count() == 2


def test_each_further_thing_in_a_form_costs_what_keeps_it_and_no_more(here: Listening) -> None:
    asked = {}
    for number in (1, 3):
        each = two(*(f"Number {n} of {number}." for n in range(number)))
        given = {"by": Guest(), "project": here.project, "form_key": formkeys.draw()}
        with CaptureQueriesContext(connection) as seen:
            services.speak_together(**given, each=each, now=NOW)
        asked[number] = len(seen)
    assert asked[3] - asked[1] <= 2 * 5  # words, their entry, a voice, and a savepoint around them


def test_the_question_stands_above_the_words_for_the_reader_and_on_the_board(
    here: Listening,
) -> None:
    [voice] = services.speak_together(
        by=Guest(),
        project=here.project,
        form_key=formkeys.draw(),
        each=two("Start later."),
        now=NOW,
    ).voices
    reading.claim(by=here.rosa, words=voice.words, now=NOW)
    item = reverse("reading:item", args=[here.project.address, voice.pk])
    assert ASKED in signed_in(here.rosa).get(item).content.decode()
    released_voice(here.project, "Later, please.", asked=ASKED, kind="answer")
    board = Client().get(reverse("voices:board", args=[here.project.address])).content.decode()
    assert ASKED in board
