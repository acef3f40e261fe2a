"""Who reads and when: what was answered can be answered anew, and nothing typed is dropped."""

from typing import Any

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.organisations.tests.factories import member
from goldenthread.projects.models import Duty, Project
from goldenthread.projects.tests.factories import NOW
from goldenthread.start.tests.factories import ROTA, Around, at, given_to

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _still() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def around() -> Around:
    made = Around()
    for name in ("rosa", "sam"):
        member(name.title(), made.organisation)
    return made


def answer(by: Client, project: Project, **given: Any) -> str:
    """Answer the question as it stands, with some of it changed; return the page that comes."""
    sent = given_to(project, "reading") | {"reader": "", "stand_in": ""} | given
    return str(by.post(at(project, "reading"), sent, follow=True).content.decode())


def rota(project: Project) -> dict[str, set[tuple[int, int, bool]]]:
    """Who reads: the weekday, the hour of the beginning, and whether as a stand-in."""
    found: dict[str, set[tuple[int, int, bool]]] = {}
    for each in Duty.objects.filter(project=project).select_related("reader"):
        place = (each.weekday, each.from_time.hour, each.stand_in)
        found.setdefault(each.reader.name, set()).add(place)
    return found


def named(around: Around, name: str) -> str:
    return str(around.organisation.memberships.get(person__name=name).person.email)


def test_other_hours_move_those_who_stand_on_the_rota(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    both = {"reader": named(around, "Rosa"), "stand_in": named(around, "Sam")}
    answer(ada, project, **ROTA, **both)
    answer(ada, project, weekdays=["4"], from_time="14:00", until_time="16:00")
    assert rota(project) == {"Rosa": {(4, 14, False)}, "Sam": {(4, 14, True)}}


def test_answered_again_as_it_stands_nothing_moves(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    answer(ada, project, **ROTA, reader=named(around, "Rosa"))
    Duty.objects.filter(project=project, weekday=2).update(from_time="08:00")  # by hand
    before = rota(project)
    answer(ada, project)
    assert rota(project) == before


def test_reader_and_stand_in_can_change_places(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    answer(ada, project, **ROTA, reader=named(around, "Rosa"), stand_in=named(around, "Sam"))
    answer(ada, project, reader=named(around, "Sam"), stand_in=named(around, "Rosa"))
    assert rota(project) == {
        "Sam": {(0, 10, False), (2, 10, False)},
        "Rosa": {(0, 10, True), (2, 10, True)},
    }


def test_hours_that_nobody_could_keep_are_refused_and_stay_typed(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    page = answer(ada, project, weekdays=["4"], from_time="14:00", until_time="16:00")
    assert "Nobody is there yet to read at these times" in page
    assert 'value="14:00"' in page
    assert "Nobody is there yet" not in answer(ada, project)  # the usual hours may wait
    assert not Duty.objects.filter(project=project).exists()
