"""Writing a brief, handing it over, deciding from it."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from goldenthread.act.briefs import queries, services
from goldenthread.act.briefs.models import Brief
from goldenthread.act.briefs.permissions import may_decide_brief, may_prepare_brief, may_see_brief
from goldenthread.act.briefs.tests.factories import (
    DUE,
    NOTHING,
    WEEKLY,
    asks,
    draft,
    given,
    theme_of,
)
from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.tests.factories import LATER
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes.models import Theme
from goldenthread.organisations.models import Membership
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.tests.factories import Listening, listening_project
from goldenthread.projects.work import work_for
from goldenthread.thread.models import Entry
from goldenthread.thread.verifying import verify

pytestmark = pytest.mark.django_db
PEOPLE = ("tom", "rosa", "sam", "priya", "dev", "cara", "ada", "mina", "nell", "stranger")
UNTIL = date(2026, 6, 30)


@pytest.fixture
def house() -> Listening:
    return listening_project()


def again(person: Person) -> Person:
    return Person.objects.get(ref=person.ref)  # as in a new request


def waiting(person: Person, house: Listening) -> str:
    work = work_for(again(person), [house.project], now=LATER)
    return " ".join(each.text for each in work)


def who(house: Listening, may: Any, thing: Any) -> set[str]:
    return {name for name in PEOPLE if may(again(getattr(house, name)), thing, now=LATER)}


def said_last() -> dict[str, Any]:
    last = Entry.objects.order_by("-seq")[0]
    return {**json.loads(bytes(last.body)), "type": last.kind}


def name_delegate(house: Listening, who: Person, **more: Any) -> Any:
    more = {"ends_on": UNTIL, **more}
    return services.name_delegate(
        by=again(house.dev), project=house.project, email=who.email, now=LATER, **more
    )


def decide(house: Listening, brief: Brief, by: Person, **more: Any) -> Decision:
    option = brief.options.get(as_it_is=False)
    said = {"option": option, "outcome": "yes", "why": "It costs little.", **more}
    return services.decide(by=again(by), brief=brief, now=LATER, **said)


def test_who_may_write_see_and_decide(house: Listening) -> None:
    assert who(house, may_prepare_brief, house.project) == {"tom", "cara"}
    brief = draft(house)
    assert who(house, may_see_brief, brief) == {"tom", "cara"}
    assert who(house, may_decide_brief, brief) == set()
    brief = services.give_brief(by=house.cara, brief=brief, now=LATER)
    assert who(house, may_see_brief, brief) == {"tom", "cara", "dev"}
    assert who(house, may_decide_brief, brief) == {"dev"}
    delegation = name_delegate(house, house.mina)
    assert who(house, may_see_brief, brief) == {"tom", "cara", "dev", "mina"}
    assert who(house, may_decide_brief, brief) == {"dev", "mina"}
    services.end_delegation(by=house.mina, delegation=delegation, now=LATER)
    assert who(house, may_decide_brief, brief) == {"dev"}
    decide(house, brief, house.dev)
    brief.refresh_from_db()
    assert who(house, may_see_brief, brief) == set(PEOPLE)
    assert who(house, may_decide_brief, brief) == set()


def test_a_brief_is_decided_and_published_with_its_options(house: Listening) -> None:
    theme = theme_of(house)
    brief = given(house, theme)
    with pytest.raises(Refusal) as refused:
        decide(house, brief, house.dev, why=" ")
    assert refused.value.field == "why"
    made = decide(house, brief, house.dev, lived=True)
    assert made.state == Decision.State.PUBLISHED
    assert made.decided_by == "Dev, decision-maker"
    assert (made.how_many, made.how_many_lived, made.outcome) == (1, 1, "yes")
    assert made.what_people_said == f"{theme.title}: {theme.sentence}"
    options = made.options.order_by("position").values_list("text", "chosen")
    assert list(options) == [(WEEKLY["text"], True), (NOTHING["text"], False)]
    theme.refresh_from_db()
    assert theme.place == Theme.Place.DECIDED
    entry = said_last()
    assert (entry["type"], entry["fact_decision"]) == ("brief.decided", str(made.ref))
    with pytest.raises(Refusal, match="already"):
        decide(house, brief, house.dev)


def test_a_delegate_decides_in_a_name_and_everyone_is_told(house: Listening) -> None:
    brief = given(house)
    name_delegate(house, house.mina)
    made = decide(house, brief, house.mina)
    assert made.decided_by == "Mina, in the name of Dev, decision-maker"
    assert said_last()["type"] == "brief.decided-for"


@pytest.mark.parametrize("by", ["tom", "cara", "rosa", "ada", "mina", "nell", "stranger"])
def test_nobody_else_decides(house: Listening, by: str) -> None:
    brief = given(house)
    with pytest.raises(Refusal, match="Only the decision-maker"):
        decide(house, brief, getattr(house, by))
    assert not Decision.objects.exists()


def test_a_delegate_for_one_brief_decides_no_other_nor_what_they_wrote(house: Listening) -> None:
    one, other = given(house), given(house, theme_of(house, "Other"))
    name_delegate(house, house.mina, brief=one)
    assert may_decide_brief(house.mina, one, now=LATER)
    assert not may_decide_brief(house.mina, other, now=LATER)
    name_delegate(house, house.cara)  # who wrote them
    assert not may_decide_brief(house.cara, one, now=LATER)


def test_whoever_once_wrote_in_a_brief_never_decides_on_it(house: Listening) -> None:
    theme = theme_of(house)
    kept = draft(house, theme)  # Cara's
    said = {"themes": [theme], **asks(house), "brief": kept}
    for by in (house.tom, house.cara, house.tom):
        services.write_brief(by=again(by), project=house.project, **said, now=LATER)
    brief = services.give_brief(by=house.tom, brief=kept, now=LATER)
    for writer in (house.tom, house.cara):
        name_delegate(house, writer)
        assert not may_decide_brief(again(writer), brief, now=LATER)
        assert "decide by" not in waiting(writer, house)
    assert not Letter.objects.filter(text="brief", person__in=[house.tom, house.cara]).exists()


def test_nobody_is_asked_to_decide_on_what_they_wrote(house: Listening) -> None:
    decides = {"project": house.project, "name": "decision-maker", "starts_on": LATER.date()}
    ProjectRole.objects.create(person=house.cara, **decides)
    with pytest.raises(Refusal, match="nobody decides on their own") as refused:
        draft(house, asked_of=house.cara)
    assert refused.value.field == "asked_of"
    assert not Brief.objects.exists()


def test_when_the_one_who_is_asked_decides_no_more_it_passes_to_who_does(
    house: Listening,
) -> None:
    brief = given(house)
    decides = {"project": house.project, "name": "decision-maker"}
    ProjectRole.objects.create(person=house.mina, **decides, starts_on=LATER.date())
    assert who(house, may_decide_brief, Brief.objects.get(pk=brief.pk)) == {"dev"}
    assert "decide by" not in waiting(house.mina, house)
    ProjectRole.objects.filter(person=house.dev, **decides).update(
        ends_on=LATER.date() - timedelta(days=1)
    )
    passed = Brief.objects.get(pk=brief.pk)
    assert who(house, may_decide_brief, passed) == {"mina"}
    assert "decide by" in waiting(house.mina, house)
    assert "decides here no more" in queries.who_decides(passed, [], now=LATER)
    services.remind(now=LATER + timedelta(days=(DUE - LATER.date()).days - 1))
    assert list(Letter.objects.filter(text="brief-due").values_list("person__name", flat=True)) == [
        "Mina"
    ]
    made = decide(house, Brief.objects.get(pk=brief.pk), house.mina)
    assert made.decided_by == "Mina, decision-maker"


def test_a_delegation_ends_with_its_day_its_giver_and_its_holder(house: Listening) -> None:
    brief = given(house)
    name_delegate(house, house.mina)
    assert may_decide_brief(house.mina, brief, now=LATER)
    after = LATER + (UNTIL - LATER.date()) + timedelta(days=1)
    assert not may_decide_brief(again(house.mina), brief, now=after)
    membership = Membership.objects.filter(person=house.mina)
    membership.update(suspended_on=LATER.date())
    assert not may_decide_brief(again(house.mina), brief, now=LATER)
    membership.update(suspended_on=None)
    assert may_decide_brief(again(house.mina), brief, now=LATER)
    ProjectRole.objects.filter(person=house.dev).update(ends_on=LATER.date() - timedelta(days=1))
    assert not may_decide_brief(again(house.mina), brief, now=LATER)


@pytest.mark.parametrize(
    ("by", "to", "more", "field"),
    [
        ("tom", "mina", {}, None),
        ("mina", "rosa", {}, None),
        ("dev", "dev", {}, "email"),
        ("dev", "nell", {}, "email"),
        ("dev", "mina", {"ends_on": date(2026, 5, 4)}, "ends_on"),
        ("dev", "mina", {"ends_on": date(2027, 6, 1)}, "ends_on"),
    ],
)
def test_delegates_that_cannot_be_named(
    house: Listening, by: str, to: str, more: Any, field: str | None
) -> None:
    house.dev, email = getattr(house, by), getattr(house, to)
    with pytest.raises(Refusal) as refused:
        name_delegate(house, email, **more)
    assert refused.value.field == field


def test_only_the_two_of_them_end_a_delegation(house: Listening) -> None:
    kept = name_delegate(house, house.mina)
    for name in set(PEOPLE) - {"dev", "mina"}:
        with pytest.raises(Refusal):
            services.end_delegation(by=getattr(house, name), delegation=kept, now=LATER)
    services.end_delegation(by=house.dev, delegation=kept, now=LATER)
    with pytest.raises(Refusal, match="over"):
        services.end_delegation(by=house.mina, delegation=kept, now=LATER)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ask": "Please decide. And hurry."}, "ask"),
        ({"decide_by": LATER.date()}, "decide_by"),
        ({"options": [NOTHING]}, "text_0"),
        ({"options": [WEEKLY, WEEKLY]}, "text_0"),
        ({"themes": []}, "themes"),
    ],
)
def test_what_is_missing_is_refused_beside_its_field(
    house: Listening, wrong: Any, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        draft(house, **wrong)
    assert refused.value.field == field


def test_only_a_decision_maker_of_today_is_asked(house: Listening) -> None:
    with pytest.raises(Refusal) as refused:
        draft(house, asked_of=house.mina)
    assert refused.value.field == "asked_of"
    kept = draft(house)
    ProjectRole.objects.filter(person=house.dev).update(ends_on=LATER.date() - timedelta(days=1))
    with pytest.raises(Refusal):
        services.give_brief(by=house.cara, brief=kept, now=LATER)


def test_given_it_stands_until_it_is_taken_back(house: Listening) -> None:
    theme = theme_of(house)
    brief = given(house, theme)
    for refused in (
        lambda: draft(house, theme, brief=brief, title="Another"),
        lambda: services.give_brief(by=house.cara, brief=brief, now=LATER),
        lambda: services.drop_brief(by=house.cara, brief=brief, now=LATER),
    ):
        with pytest.raises(Refusal):
            refused()
    services.take_back(by=house.tom, brief=brief, now=LATER)
    assert draft(house, theme, brief=brief, title="Another").title == "Another"
    services.drop_brief(by=house.tom, brief=brief, now=LATER)
    assert not Brief.objects.exists()
    assert not [fault for fault in verify().faults if "brief" in fault.sentence]


def test_the_record_shows_that_a_brief_was_changed_behind_its_back(house: Listening) -> None:
    brief = given(house)
    assert not [fault for fault in verify().faults if "brief" in fault.sentence]
    brief.options.filter(as_it_is=False).update(cost="Nothing")
    [fault] = [fault for fault in verify().faults if "brief" in fault.sentence]
    assert fault.about == brief.ref


def test_letters_carry_no_words_and_go_out_once(house: Listening) -> None:
    name_delegate(house, house.mina)
    brief = given(house)
    three_before = LATER + timedelta(days=(DUE - LATER.date()).days - 3)
    services.remind(now=three_before - timedelta(days=1))
    assert sorted(Letter.objects.values_list("text", "person__name")) == [
        ("brief", "Dev"),
        ("brief", "Mina"),
        ("delegate", "Mina"),
    ]
    for day in range(6):
        services.remind(now=three_before + timedelta(days=day))
    texts = Letter.objects.filter(person=house.dev).values_list("text", flat=True)
    assert sorted(texts) == ["brief", "brief-due", "brief-late"]
    told = " ".join(str(each.names) + each.link for each in Letter.objects.all())
    for words in (brief.title, brief.ask, "hear nothing"):
        assert words not in told


def test_nothing_is_decided_once_the_project_has_closed(house: Listening) -> None:
    brief = given(house)
    house.project.state, house.project.closed_on = Project.State.CLOSED, LATER.date()
    house.project.save()
    with pytest.raises(Refusal):
        decide(house, Brief.objects.get(ref=brief.ref), house.dev)
