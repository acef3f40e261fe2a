"""The page that tells what was not shown: people's counts frozen and rounded, deeds exact."""

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.moderation import services as moderating
from goldenthread.safety.moderation.tests.factories import WORDS, removed, shown_voice
from goldenthread.safety.reading.reasons import NOT_PUBLISHED
from goldenthread.safety.reading.tests.factories import WordsFactory
from goldenthread.safety.release.models import Release
from goldenthread.safety.release.services import freeze

pytestmark = pytest.mark.django_db


def page_of(here: Listening) -> str:
    with clock.frozen(NOW):
        answer = Client().get(f"/p/{here.project.address}/what-was-not-shown/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def unpublished(here: Listening, number: int, because: str = "method") -> None:
    for _ in range(number):
        WordsFactory.create(project=here.project, state="unpublished", unpublished_because=because)


def withdrawn(here: Listening, number: int) -> None:
    for _ in range(number):
        WordsFactory.create(project=here.project, state="withdrawn", withdrawn_on=NOW.date())


def test_before_a_release_no_person_is_counted_and_deeds_are_exact() -> None:
    here = listening_project()
    withdrawn(here, 12)
    assert "The organisation has removed none of what people said." in page_of(here)
    removed(here, shown_voice(here))
    shown = page_of(here)
    assert "The organisation has removed one of the things people said." in shown
    assert "taken back" not in shown.split("<main")[1].split("</section>")[0]
    assert "No appeal has been decided yet." in shown


def test_below_ten_it_is_said_in_words_and_no_reason_is_told() -> None:
    here = listening_project()
    withdrawn(here, 3)
    unpublished(here, 9)
    freeze(project=here.project, now=NOW)
    shown = page_of(here)
    assert "Fewer than ten were taken back by those who said them." in shown
    assert "Fewer than ten were not shown after a reader had read them." in shown
    assert "Not shown, by reason" not in shown


def test_from_ten_it_is_rounded_and_told_by_reason_as_far_as_the_attack_allows() -> None:
    here = listening_project()
    withdrawn(here, 13)
    unpublished(here, 40)
    unpublished(here, 12, "advert")
    freeze(project=here.project, now=NOW)
    shown = page_of(here)
    assert "About 15 were taken back by those who said them." in shown
    assert "About 50 were not shown after a reader had read them." in shown
    assert shown.count("about 40") == 1
    assert "about 10" not in shown  # with it one would know that the other five hold almost nobody
    assert shown.split("<table")[1].count("not told") == len(NOT_PUBLISHED) - 1


def test_a_release_of_before_says_nothing_of_what_it_did_not_count() -> None:
    here = listening_project()
    Release.objects.create(
        project=here.project, number=1, figures={"voices": 45}, bases={}, frozen_on=NOW.date()
    )
    shown = page_of(here)
    assert "About 45 voices came in and are still here." in shown
    assert "taken back by those" not in shown
    assert "after a reader had read" not in shown
    unpublished(here, 60)  # and the next one is frozen beside it
    for _ in range(10):
        shown_voice(here)
    freeze(project=here.project, now=NOW)
    assert "About 60 were not shown after a reader had read them." in page_of(here)


def test_removals_stand_there_by_whom_and_why_and_appeals_by_what_was_decided() -> None:
    here = listening_project()
    for outcome in ("upheld", "overturned"):
        words = removed(here, shown_voice(here))
        appeal = moderating.appeal(words=words, text=WORDS, now=NOW)
        decided = {"outcome": outcome, "answer": "So it is.", "now": NOW}
        moderating.decide_appeal(by=here.sam, appeal=appeal, **decided)
    shown = page_of(here)
    assert "The organisation has removed two of the things people said." in shown
    assert "Facilitator" in shown
    assert "It is not about this question." in shown
    assert "Appeals decided: One stayed down, one shown again." in shown
    for name in ("Tom", "Cara", "Sam", "Kestrel"):
        assert f">{name}<" not in shown
        assert f" {name} " not in shown


def test_a_project_that_is_not_there_yet_has_no_such_page() -> None:
    here = listening_project()
    Project.objects.update(state=Project.State.DRAFT, opened_on=None)
    answer = Client().get(f"/p/{here.project.address}/what-was-not-shown/")
    assert answer.status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_however_much_was_removed(number: int) -> None:
    here = listening_project()
    for _ in range(number):
        removed(here, shown_voice(here))
    page_of(here)
    with at_most(9):
        page_of(here)


def test_the_project_page_tells_it_in_short_and_leads_there() -> None:
    here = listening_project()
    withdrawn(here, 3)
    removed(here, shown_voice(here))
    freeze(project=here.project, now=NOW)
    with clock.frozen(NOW):
        shown = Client().get(f"/p/{here.project.address}/").content.decode()
    assert "Fewer than ten were taken back by those who said them." in shown
    assert "The organisation has removed one of the things people said." in shown
    assert f"/p/{here.project.address}/what-was-not-shown/" in shown
