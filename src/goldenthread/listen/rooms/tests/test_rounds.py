"""Hands in class: counted by the teacher, told in words only."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.rooms import services
from goldenthread.listen.rooms.models import Round
from goldenthread.listen.rooms.shown import answers_of
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.tests.factories import NOW
from goldenthread.safety.young.tests.factories import school

pytestmark = pytest.mark.django_db
ANSWERS = [("Longer breaks", "ball"), ("A quiet room", "quiet"), ("More clubs", "book")]


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def said(*hands: int) -> list[str]:
    """What is told of so many hands."""
    answers = [{"text": str(n), "picture": ""} for n, _up in enumerate(hands)]
    return [each.said for each in answers_of(Round(answers=answers, hands=list(hands)))]


def test_hands_are_told_as_most_some_or_few_and_of_nine_nothing_at_all() -> None:
    assert said(18, 6, 1) == ["most hands", "few hands or none", "few hands or none"]
    assert said(12, 13) == ["some hands", "some hands"]
    assert said(10, 0) == ["most hands", "few hands or none"]
    assert said(8, 1) == ["", ""]


def test_a_class_is_asked_and_its_hands_are_counted_once() -> None:
    here = school()
    client = signed_in(here.tom)
    base = reverse("rooms:rounds", args=[here.project.address])
    given = {"question": "What would make breaks better?"}
    for number, (text, picture) in enumerate(ANSWERS, start=1):
        given |= {f"text_{number}": text, f"picture_{number}": picture}
    screen = client.post(base, given, follow=True)
    shown = screen.content.decode()
    asked = Round.objects.get()
    for text, picture in ANSWERS:
        assert text in shown
        assert f"symbols/{picture}" in shown
    page = reverse("rooms:round", args=[here.project.address, asked.ref])
    missing = client.post(page, {"hands_0": 17, "hands_1": ""}).content.decode()
    assert "Type in a number. None is 0." in missing
    counted = client.post(page, {"hands_0": 17, "hands_1": 8, "hands_2": 0}, follow=True)
    listed = Client().get(reverse("rooms:list", args=[here.project.address]))
    for answer in (counted, listed):
        main = answer.content.decode().partition("<main")[2].partition("</main")[0]
        assert "most hands" in main
        assert not re.search(r"\b(17|8|25)\b", main)
    with pytest.raises(Refusal, match="already"):
        services.count_hands(by=here.tom, asked=asked, hands=[1, 2, 3], now=NOW)
    assert not Voice.objects.exists(), "hands are nobody's voice"


def test_one_answer_is_no_choice_and_a_class_starts_from_the_same_place() -> None:
    here = school()
    client = signed_in(here.tom)
    base = reverse("rooms:rounds", args=[here.project.address])
    answer = client.post(base, {"question": "Well?", "text_1": "Yes"}).content.decode()
    assert "Give at least two answers to choose from." in answer
    assert 'value="Yes"' in answer
    classes = reverse("voices:classes", args=[here.project.address])
    assert base in client.get(classes).content.decode()
    assert classes in client.get(base).content.decode()


@pytest.mark.parametrize("name", ["mina", "rosa", "priya", "dev", "ada", "nell", "stranger"])
def test_only_those_who_run_rooms_ask_a_class(name: str) -> None:
    here = school()
    asked = services.begin_round(
        by=here.tom, project=here.project, question="Well?", answers=ANSWERS, now=NOW
    )
    client = signed_in(getattr(here, name))
    page = reverse("rooms:round", args=[here.project.address, asked.ref])
    assert client.get(page).status_code == 404
    assert client.get(reverse("rooms:rounds", args=[here.project.address])).status_code == 404
    with pytest.raises(Refusal):
        services.count_hands(by=getattr(here, name), asked=asked, hands=[9, 9, 9], now=NOW)
