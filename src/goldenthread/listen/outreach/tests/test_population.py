"""Administrators enter who there is, by hand or from a file; earlier numbers stay."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.outreach import services
from goldenthread.listen.outreach.models import Group, Population
from goldenthread.listen.outreach.tests.factories import FEBRUARY, there_are
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.thread.models import Entry

FROM = {"source": "Student records", "as_of": "2026-02-01"}


def at(here: Listening, more: str = "") -> str:
    return f"/o/{here.organisation.address}/settings/population/{more}"


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("name", ["mina", "tom", "cara", "dev", "nell", "stranger"])
def test_to_everyone_but_administrators_it_is_not_there(here: Listening, name: str) -> None:
    browser = signed_in(getattr(here, name))
    for more in ("", "about/sex/", "file/"):
        assert browser.get(at(here, more)).status_code == 404
        assert Client().get(at(here, more)).status_code == 404
    assert browser.post(at(here, "file/save/")).status_code == 404
    with pytest.raises(Refusal, match="Only an administrator"):
        services.enter_populations(
            by=getattr(here, name),
            organisation=here.organisation,
            numbers={"sex": {"female": 1, "male": 1}},
            source="x",
            as_of=FEBRUARY,
            now=NOW,
        )
    assert not Population.objects.exists()


def test_numbers_are_typed_in_and_earlier_ones_stay(here: Listening) -> None:
    browser = signed_in(here.ada)
    assert browser.get(at(here, "about/shoe-size/")).status_code == 404
    wrong = {"people-female": "9 thousand", "people-male": "", "source": "", "as_of": "soon"}
    said = text_of(browser.post(at(here, "about/sex/"), wrong))
    assert said.count("Write a whole number, or 0.") >= 2
    assert "Say where these numbers are from." in said
    assert 'value="9 thousand"' in said
    nobody = {"people-female": 0, "people-male": 0, **FROM}
    assert "There is nobody in these numbers" in text_of(
        browser.post(at(here, "about/sex/"), nobody)
    )
    late = {"people-female": 3, "people-male": 2, **FROM, "as_of": "2027-01-01"}
    assert "This day has not come yet" in text_of(browser.post(at(here, "about/sex/"), late))
    assert not Population.objects.exists()
    for female in (9000, 9100):
        given = {"people-female": female, "people-male": 7400, **FROM}
        assert browser.post(at(here, "about/sex/"), given)["Location"] == at(here)
    assert [each.version for each in Population.objects.order_by("version")] == [1, 2]
    said = text_of(browser.get(at(here, "about/sex/")))
    assert "9,000" in said or ">9000<" in said
    assert "Version 2" in said
    entry = Entry.objects.filter(kind="population.entered").latest("seq")
    assert entry.about == here.organisation.ref
    assert b'"fact_questions":1' in bytes(entry.body)


def csv(text: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("who.csv", text.encode()), **FROM}


def test_a_file_is_previewed_and_saved_as_it_was_seen(here: Listening) -> None:
    browser = signed_in(here.ada)
    text = (
        "Question;Category;People\nsex;female;9,100\nHow do you study?;part;300\n"
        "sex;Male;7400\nmode;full;16200\n"
    )
    shown = browser.post(at(here, "file/"), csv(text))
    assert "Is this right?" in text_of(shown)
    assert not Population.objects.exists()
    assert browser.post(at(here, "file/save/"), {"read": "made up"}).status_code == 409
    sealed = shown.context["sealed"]
    assert browser.post(at(here, "file/save/"), {"read": sealed}).status_code == 302
    people = Group.objects.values_list("population__question", "answer", "people")
    assert set(people) == {
        ("sex", "female", 9100),
        ("sex", "male", 7400),
        ("mode", "full", 16200),
        ("mode", "part", 300),
    }
    assert {each.as_of for each in Population.objects.all()} == {date(2026, 2, 1)}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("question,category\nsex,male\n", "There is no column called “people”."),
        ("question,category,people\nshoes,male,3\n", "We do not ask “shoes”."),
        ("question,category,people\nsex,wide,3\n", "This question has no answer “wide”."),
        ("question,category,people\nsex,male,few\n", "“few” is not a number of people."),
        ("question,category,people\nsex,male,3\nsex,male,4\n", "This is in line 2 already."),
        ("question,category,people\nsex,male,3\n", "“What is your sex?” lacks: female."),
        ("question,category,people\nsex,male,0\nsex,female,0\n", "has nobody in it."),
        ("", "This file is empty"),
        ("PK\x03\x04", "This is a spreadsheet"),
    ],
)
def test_every_fault_of_a_file_is_said_and_nothing_is_saved(
    here: Listening, text: str, says: str
) -> None:
    answer = signed_in(here.ada).post(at(here, "file/"), csv(text))
    assert says in text_of(answer)
    assert "sealed" not in (answer.context or {})
    assert not Population.objects.exists()


def test_a_list_of_questions_costs_the_same_however_much_was_entered(here: Listening) -> None:
    browser = signed_in(here.ada)
    there_are(here, "sex", female=9, male=8)
    browser.get(at(here))
    with at_most(12) as one:
        browser.get(at(here))
    there_are(here, "mode", full=9, part=8)
    there_are(here, "level", undergraduate=9, postgraduate=8)
    with at_most(len(one)):
        assert text_of(browser.get(at(here))).count("Student records") == 3
