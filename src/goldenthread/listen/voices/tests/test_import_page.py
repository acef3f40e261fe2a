from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.voices.models import Batch, Voice
from goldenthread.listen.voices.tests.factories import signed_in, spoken
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

pytestmark = pytest.mark.django_db
OTHERS = ["rosa", "priya", "dev", "cara", "ada", "mina", "nell", "stranger"]
FILE = b"id,said,kind\n1,The wait is long.,issue\n2,,idea\n3,Evenings would help.,idea\n"


@pytest.fixture(autouse=True)
def _still() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def around() -> Listening:
    return listening_project()


def page_of(around: Listening) -> str:
    return reverse("voices:import", args=[around.project.address])


def choose(around: Listening, data: bytes = FILE) -> Any:
    chosen = SimpleUploadedFile("said.csv", data, content_type="text/csv")
    return signed_in(around.tom).post(page_of(around), {"file": chosen})


def matched(answer: Any, **given: str) -> dict[str, str]:
    sealed = answer.context["form"]["sheet"].value()
    return {"sheet": sealed, "words": "said", "usual_kind": "issue", **given}


def test_a_file_is_shown_first_and_nothing_is_saved(around: Listening) -> None:
    answer = choose(around)
    text = answer.content.decode()
    assert "The wait is long." in text
    assert "2 voices will wait for the readers." in text
    assert "There are no words." in text
    assert not Voice.objects.exists()
    assert not Batch.objects.exists()


def test_between_looking_and_confirming_the_words_travel_sealed(around: Listening) -> None:
    sealed = choose(around).context["form"]["sheet"].value()
    assert "long" not in sealed


def test_once_confirmed_the_good_lines_come_in(around: Listening) -> None:
    answer = choose(around)
    browser = signed_in(around.tom)
    done = browser.post(page_of(around), matched(answer, kind="kind", act="bring"), follow=True)
    assert "2 voices wait for the readers now." in done.content.decode()
    assert set(Voice.objects.values_list("kind", flat=True)) == {"issue", "idea"}


def test_looking_again_with_other_columns_saves_nothing(around: Listening) -> None:
    answer = choose(around)
    again = signed_in(around.tom).post(page_of(around), matched(answer, words="id", act="look"))
    assert "3 voices will wait" in again.content.decode()
    assert not Voice.objects.exists()


def test_columns_nobody_can_guess_are_asked_for_by_hand(around: Listening) -> None:
    answer = choose(around, b"a,b\n1,The wait is long.\n")
    assert "What will happen" not in answer.content.decode()
    assert not answer.context["form"].errors
    sent = signed_in(around.tom).post(page_of(around), matched(answer, words="", act="bring"))
    assert "Choose the column that holds the words." in sent.content.decode()
    assert not Voice.objects.exists()


def test_the_same_file_twice_is_told(around: Listening) -> None:
    answer = choose(around)
    for _time in range(2):
        done = signed_in(around.tom).post(page_of(around), matched(answer, act="bring"))
    assert "This file was brought in before. Nothing was changed." in done.content.decode()
    assert Batch.objects.count() == 1


MENDED = FILE.replace(b"2,,idea", b"2,\xe2\x80\x9cCall back.\xe2\x80\x9d,idea")


def bring(around: Listening, data: bytes, **given: str) -> None:
    browser = signed_in(around.tom)
    browser.post(page_of(around), matched(choose(around, data), act="bring", **given))


def test_once_its_faults_are_mended_a_file_brings_in_only_what_is_new(around: Listening) -> None:
    bring(around, FILE)
    shown = choose(around, MENDED).content.decode()
    assert "1 voice will wait for the readers." in shown
    assert "2 lines are left out because their words came in from a file before." in shown
    bring(around, MENDED)
    assert Voice.objects.count() == 3
    assert set(Batch.objects.values_list("count", flat=True)) == {1, 2}


def test_what_other_people_said_in_the_same_words_comes_in_when_it_is_wanted(
    around: Listening,
) -> None:
    bring(around, FILE)
    bring(around, MENDED, again="on")
    assert Voice.objects.count() == 5
    three = b"said\nThe wait is long.\nThe wait is long.\nThe wait is long.\n"
    bring(around, three)
    assert Voice.objects.count() == 6, "of the three, two are held already"


def test_what_came_into_another_project_or_was_written_here_is_left_out_nowhere(
    around: Listening,
) -> None:
    bring(listening_project(), FILE)
    spoken(around.project, "The wait is long.")
    bring(around, FILE)
    assert Voice.objects.filter(project=around.project, came_by="imported").count() == 2


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b'text\n"open\n', b"text\n\x00\n"])
def test_a_broken_file_is_explained_beside_the_field(around: Listening, data: bytes) -> None:
    answer = choose(around, data)
    assert 'id="id_file_error"' in answer.content.decode()
    assert not Voice.objects.exists()


def test_a_sheet_that_we_did_not_seal_is_refused(around: Listening) -> None:
    sent = {"sheet": "made up", "words": "said", "usual_kind": "issue", "act": "bring"}
    assert signed_in(around.tom).post(page_of(around), sent).status_code == 409
    assert not Voice.objects.exists()


@pytest.mark.parametrize(
    "name", ["rosa", "priya", "dev", "cara", "ada", "mina", "nell", "stranger"]
)
@pytest.mark.parametrize("page", ["voices:import", "voices:paper"])
def test_the_pages_are_there_for_facilitators_alone(
    around: Listening, name: str, page: str
) -> None:
    href = reverse(page, args=[around.project.address])
    assert signed_in(getattr(around, name)).get(href).status_code == 404
    assert Client().get(href).status_code == 404
    assert signed_in(around.tom).get(href).status_code == 200


def test_the_page_costs_ten_queries_at_most(around: Listening) -> None:
    browser = signed_in(around.tom)
    browser.get(page_of(around))
    with at_most(10):
        browser.get(page_of(around))
