"""R35: no reader, no box; the help stays, and what was typed is not lost."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import form_data, signed_in, spoken
from goldenthread.projects.models import Duty, Project, ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

pytestmark = pytest.mark.django_db


def nobody_on_the_rota(around: Listening) -> None:
    Duty.objects.filter(project=around.project).delete()


def readers_gone(around: Listening) -> None:
    ProjectRole.objects.filter(name="reader").update(ends_on=date(2026, 3, 9))


def nobody_safeguards(around: Listening) -> None:
    ProjectRole.objects.filter(name="safeguarder").delete()


def readers_late(around: Listening) -> None:
    Project.objects.update(box_closed_on=date(2026, 3, 10), box_closed_because="readers-late")


def closed(around: Listening) -> None:
    Project.objects.update(state="closed", closed_on=date(2026, 3, 9))


BREAKS = [nobody_on_the_rota, readers_gone, nobody_safeguards, readers_late, closed]


def get(project: Project, now: datetime = NOW) -> Any:
    with clock.frozen(now):
        return Client().get(reverse("voices:speak", args=[project.address]))


@pytest.mark.parametrize("break_it", BREAKS)
def test_without_a_reader_or_safeguarder_the_box_is_gone_the_reason_and_the_help_stay(
    break_it: Any,
) -> None:
    around = listening_project()
    break_it(around)
    answer = get(around.project)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<textarea" not in text
    assert answer.context["box"].sentence in text
    assert "116 123" in text


def test_control_with_everyone_in_place_the_box_is_there() -> None:
    text = get(listening_project().project).content.decode()
    assert "<textarea" in text
    assert "116 123" in text


@pytest.mark.parametrize("days", [-10, 40])
def test_outside_its_window_the_clock_alone_closes_the_box(days: int) -> None:
    project = listening_project().project
    assert "<textarea" not in get(project, NOW + timedelta(days=days)).content.decode()


@pytest.mark.parametrize("break_it", BREAKS)
def test_words_that_come_too_late_are_not_taken_but_given_back(break_it: Any) -> None:
    around = listening_project()
    with clock.frozen(NOW):
        also = {"would_have_helped": "A letter.", "content_note": "About losing someone."}
        sent = form_data(around.project, text="I had almost finished.", **also)
        break_it(around)
        answer = Client().post(reverse("voices:speak", args=[around.project.address]), sent)
    assert not Voice.objects.exists()
    text = answer.content.decode()
    for written in ("I had almost finished.", *also.values()):
        assert written in text
    assert "<textarea" not in text


@pytest.mark.parametrize("break_it", BREAKS)
def test_the_service_itself_takes_nothing(break_it: Any) -> None:
    around = listening_project()
    break_it(around)
    with pytest.raises(Refusal):
        spoken(Project.objects.get(ref=around.project.ref))


@pytest.mark.parametrize("name", ["voices:import", "voices:paper"])
def test_facilitators_cannot_bring_voices_in_either(name: str) -> None:
    around = listening_project()
    nobody_on_the_rota(around)
    with clock.frozen(NOW):
        answer = signed_in(around.tom).get(reverse(name, args=[around.project.address]))
    assert "The box is closed" in answer.content.decode()
    assert 'method="post" enctype' not in answer.content.decode()
    assert "<textarea" not in answer.content.decode()
