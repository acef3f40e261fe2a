"""Answers about oneself are taken only with a clear yes, and nothing of it points to anyone."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.consent.wordings import EQUALITY, today
from goldenthread.safety.equality import inviting, services
from goldenthread.safety.equality.models import Answer, Asked, Batch, Waiting
from goldenthread.safety.equality.questions import _data

pytestmark = pytest.mark.django_db
NAMED = {  # by which word of the statement each kind of data is named
    "age": "age",
    "condition": "health",
    "ethnicity": "ethnic group",
    "sex": "sex",
    "gender": "gender",
    "orientation": "sexual orientation",
    "religion": "religion",
    "carer": "caring",
    "care": "in care",
    **dict.fromkeys(("class", "parents"), "my family"),
    "domicile": "where I lived before",
    **dict.fromkeys(
        ("first", "mode", "level", "international", "commuter", "placement"), "how I study"
    ),
}


@pytest.fixture
def project(settings, tmp_path):
    settings.DATA = tmp_path
    found = listening_project().project
    Asked.objects.create(project=found, crossings=[], since_on=clock.today(NOW))
    return found


def browser(project):
    client, answer = Client(), HttpResponse()
    inviting.invite(answer, project, now=NOW)
    client.cookies["about"] = answer.cookies["about"].value
    return client, reverse("equality:about_you", args=[project.address])


def answer(project, number, *, agreed=1):
    mark = number.to_bytes(32, "big")
    services.hold(project=project, mark=mark, answers={"carer": "yes"}, agreed=agreed, now=NOW)


def test_the_box_is_not_ticked_and_stands_apart_from_the_questions(project):
    with clock.frozen(NOW):
        client, path = browser(project)
        shown = unescape(client.get(path).content.decode())
    box = re.search(r'<input[^>]*name="agreed"[^>]*>', shown)[0]
    assert "checked" not in box
    assert 'value="1"' in box
    assert today(EQUALITY).statement in shown
    assert "nobody can tell which are yours" in shown


def test_without_the_tick_no_answer_is_taken_and_what_was_chosen_stays(project):
    with clock.frozen(NOW):
        client, path = browser(project)
        answered = client.post(path, {"age": "25-34", "carer": "yes"})
        shown = unescape(answered.content.decode())
        assert "Please tick this if we may use your answers." in shown
        assert re.search(r'value="yes"[^>]*checked', shown)
        assert not Waiting.objects.exists()
        ticked = {"age": "25-34", "carer": "yes", "agreed": "1"}
        assert "Thank you" in client.post(path, ticked).content.decode()
    assert Waiting.objects.count() == 1


def test_a_tick_beside_another_sentence_is_not_taken(project):
    with clock.frozen(NOW):
        client, path = browser(project)
        shown = client.post(path, {"carer": "yes", "agreed": "99"}).content.decode()
    assert "We have changed this sentence." in shown
    with pytest.raises(Refusal):
        answer(project, 1, agreed=99)
    with pytest.raises(Refusal):
        answer(project, 1, agreed=0)
    assert not Waiting.objects.exists()


def test_what_is_kept_is_the_statement_of_a_batch_and_after_mixing_of_the_project(project):
    for number in range(10):
        answer(project, number)
    assert list(Batch.objects.values_list("statement", flat=True)) == [1]
    services.mix_all(now=NOW)
    assert Answer.objects.count() == 10
    assert not Batch.objects.exists()
    assert Asked.objects.get().statements == [1]


def test_answers_given_under_another_statement_never_share_a_batch(project):
    answer(project, 1)
    Batch.objects.update(statement=0)  # as before there was a statement
    answer(project, 2)
    assert sorted(Batch.objects.values_list("statement", flat=True)) == [0, 1]


def unnamed(statement):
    """Kinds of data that some project asks for and the statement does not name."""
    groups = [*_data()["nations"].values(), *_data()["kinds"].values()]
    asked = {each["key"] for group in groups for each in group}
    return {key for key in asked if NAMED.get(key, "?") not in statement}


def test_the_statement_names_every_kind_of_data_that_is_asked_for():
    assert unnamed(today(EQUALITY).statement) == set()
    assert unnamed(today(EQUALITY).statement.replace("religion", "faith")) == {"religion"}
