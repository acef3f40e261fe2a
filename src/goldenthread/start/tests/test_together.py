"""Several people answer: nobody's words are lost, and two people are two."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.organisations.tests.factories import member
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.models import Duty, Project, ProjectRole, Stage, Terms
from goldenthread.projects.services import set_ages
from goldenthread.projects.tests.factories import NOW
from goldenthread.start import services
from goldenthread.start.steps import STEPS
from goldenthread.start.tests.factories import DAYS, ROTA, Around, at, given_to
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
MEANWHILE = "Somebody else answered this while you were writing."


@pytest.fixture(autouse=True)
def _still() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def around() -> Around:
    return Around()


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


OTHERS: dict[str, dict[str, Any]] = {
    "ask": {"title": "Ours", "question": "Ours?", "summary": "Our summary."},
    "who": {"ages": ["13-15", "16-17"], "open_to": "members", "board": "team"},
    "change": {"can_change": "Ours.", "cannot_change": "Ours.", "risks_accepted": "Ours."},
    "decide": {"who_decides": "Our head.", "what_people_get_back": "Ours."},
    "days": DAYS,
    "reading": ROTA | {"reader": "rosa@example.org"},
}
SHOWN = {
    "ask": "Our summary.",
    "who": "13 to 15, 16 and 17",
    "change": "Ours.",
    "decide": "Our head.",
    "days": "6 July 2026",
    "reading": "Monday, Wednesday",
}

MINE: dict[str, dict[str, Any]] = {
    "ask": {"summary": "Mine."},
    "change": {"can_change": "Mine.", "cannot_change": "Mine.", "risks_accepted": "Mine."},
    "decide": {"who_decides": "Mine.", "what_people_get_back": "Mine."},
    "reading": {"weekdays": ["1"]},
}


@pytest.mark.parametrize("step", OTHERS)
def test_who_answers_while_another_saves_keeps_what_they_typed_and_sees_both(
    around: Around, step: str
) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    before = given_to(project, step) | ({"reader": "rosa@example.org"} if step == "reading" else {})
    mine = before | MINE.get(step, {})
    assert ada.post(at(project, step), OTHERS[step]).status_code == 302
    now_kept = _kept(project)
    shown = ada.post(at(project, step), mine)
    assert MEANWHILE in text_of(shown)
    assert SHOWN[step] in text_of(shown).split("Saved meanwhile by somebody else")[1]
    assert _kept(project) == now_kept
    form = shown.context["form"]
    again = mine | {"seen": form["seen"].value()}
    assert ada.post(at(project, step), again).status_code == 302
    assert _kept(project) != now_kept


def _kept(project: Project) -> list[Any]:
    terms = Terms.objects.filter(project=project).values_list(
        "question", "can_change", "who_decides", "hear_by"
    )
    basics = Project.objects.filter(pk=project.pk).values_list("title", "ages", "open_to")
    days = Stage.objects.filter(project=project).values_list("name", "closes_on")
    rota = Duty.objects.filter(project=project).values_list("weekday", "from_time")
    return [list(terms), list(basics), list(days), sorted(rota)]


def test_what_was_typed_stays_in_the_box(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    mine = given_to(project, "ask", question="Mine?")
    ada.post(at(project, "ask"), OTHERS["ask"])
    shown = ada.post(at(project, "ask"), mine)
    assert shown.context["form"]["question"].value() == "Mine?"
    assert "Mine?" in text_of(shown)


def test_the_same_answer_sent_twice_is_no_harm(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    mine = given_to(project, "ask", question="Mine?")
    for _twice in range(2):
        assert ada.post(at(project, "ask"), mine).status_code == 302


def test_a_change_on_another_page_is_seen_too(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    mine = given_to(project, "change", can_change="Mine.")
    Terms.objects.filter(project=project).update(can_change="From the page of the terms.")
    assert "From the page of the terms." in text_of(ada.post(at(project, "change"), mine))


def test_the_page_of_the_terms_lets_one_save_after_seeing_both(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    page = reverse("projects:write_terms", args=[project.address])
    form = ada.get(page).context["form"]
    mine = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    ada.post(at(project, "change"), OTHERS["change"])
    refused = ada.post(page, mine)
    assert "Saved meanwhile by somebody else" in text_of(refused)
    again = mine | {"seen": refused.context["form"]["seen"].value()}
    assert ada.post(page, again).status_code == 302


@pytest.mark.parametrize(
    ("step", "sent"),
    [
        ("safe", {"safeguarder": "priya@example.org", "deputy": "Priya@example.org"}),
        ("reading", ROTA | {"reader": "rosa@example.org", "stand_in": "rosa@example.org"}),
    ],
)
def test_two_people_are_two(around: Around, step: str, sent: dict[str, Any]) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    shown = ada.post(at(project, step), sent)
    assert "This is the same person as above." in text_of(shown)
    second = "deputy" if step == "safe" else "stand_in"
    assert list(shown.context["form"].errors) == [second]
    assert not ProjectRole.objects.filter(project=project).exclude(person=around.ada).exists()


def test_whoever_is_told_already_is_not_the_deputy_as_well(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    ada.post(at(project, "safe"), {"safeguarder": "priya@example.org"})
    shown = ada.post(at(project, "safe"), {"deputy": "priya@example.org"})
    assert "This person has the other of these two roles already." in text_of(shown)
    assert list(shown.context["form"].errors) == ["deputy"]
    assert ada.post(at(project, "safe"), {"safeguarder": "priya@example.org"}).status_code == 302


def test_by_name_comes_back_with_the_adults_and_other_ways_stay_out(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    named = lambda: Project.objects.get(pk=project.pk).known_as  # noqa: E731
    for ages, expected in (
        (["13-15", "adult"], ["unlinked", "support"]),
        (["adult"], ["unlinked", "support", "named"]),
    ):
        ada.post(at(project, "who"), {"ages": ages, "open_to": "link", "board": "team"})
        assert named() == expected
    set_ages(by=around.ada, project=project, ages=["adult"], known_as=["unlinked"], now=NOW)
    ada.post(at(project, "who"), {"ages": ["adult"], "open_to": "everyone", "board": "team"})
    assert named() == ["unlinked"]


def test_a_new_rota_takes_the_old_one_back_into_the_record(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    sent = ROTA | {"reader": "rosa@example.org"}
    ada.post(at(project, "reading"), sent)
    changes = Entry.objects.filter(project=project.ref, kind="project.rota-changed")
    before = changes.count()
    ada.post(at(project, "reading"), sent | {"weekdays": ["4"]})
    assert [each.weekday for each in Duty.objects.filter(project=project)] == [4]
    assert changes.count() == before + 3  # two stretches taken off, one put on


def test_nobody_else_reminds_and_no_letter_goes_out(around: Around) -> None:
    ada = signed_in(around.ada)
    project = around.begun(ada)
    ada.post(at(project, "decide"), given_to(project, "decide", co_lead=around.mina.email))
    remind, letters = at(project, "remind"), Letter.objects.filter(text="missing")
    nell = member("Nell", around.organisation)
    for browser in (Client(), signed_in(nell)):
        assert browser.post(remind).status_code == 404
    with pytest.raises(Refusal, match="Only those who prepare this project"):
        services.remind(by=nell, project=project, now=NOW)
    Project.objects.filter(pk=project.pk).update(state="open", opened_on=NOW.date())
    assert ada.post(remind).status_code == 404
    project.refresh_from_db()
    with pytest.raises(Refusal):
        services.remind(by=around.ada, project=project, now=NOW)
    assert ada.get(remind).status_code in {404, 405}
    assert not letters.exists()
    assert len(STEPS) == 8
