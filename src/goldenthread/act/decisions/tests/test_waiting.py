from datetime import timedelta

import pytest
from django.test import Client

from goldenthread.act.decisions.services import publish_decision
from goldenthread.act.decisions.tests.factories import LATER, agreed_theme, draft, panel
from goldenthread.act.decisions.waiting import to_decide
from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.organisations.models import Membership
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import Listening, listening_project

pytestmark = pytest.mark.django_db
TITLE = "Getting help while you wait"
THEME = f"{TITLE}: one agreed theme waits for a decision"
DRAFT = f"{TITLE}: one decision waits to be published"
PEOPLE = ("tom", "rosa", "sam", "priya", "dev", "cara", "ada", "mina", "nell", "stranger")


@pytest.fixture
def house() -> Listening:
    return listening_project()


def theme_of(house: Listening, title: str = "Waiting alone"):
    return agreed_theme(house, [released_voice(house.project).ref], title)


def waits(house: Listening, name: str) -> list[str]:
    person = Person.objects.get(ref=getattr(house, name).ref)  # as in a new request
    project = Project.objects.get(ref=house.project.ref)
    return [work.text for work in to_decide(person, [project], now=LATER)]


def who_sees(house: Listening, text: str) -> set[str]:
    return {name for name in PEOPLE if text in waits(house, name)}


def test_an_agreed_theme_waits_for_those_who_write_decisions(house: Listening) -> None:
    theme = theme_of(house)
    assert who_sees(house, THEME) == {"tom", "dev", "cara"}
    draft(house, theme)
    assert who_sees(house, THEME) == set()


def test_a_draft_waits_for_those_who_may_publish_it(house: Listening) -> None:
    written = draft(house, theme_of(house))
    assert who_sees(house, DRAFT) == {"dev"}
    publish_decision(by=house.dev, decision=written, now=LATER)
    assert who_sees(house, DRAFT) == set()
    draft(house, theme_of(house, "Other"), group=panel(house), how_many=3)
    assert who_sees(house, DRAFT) == {"dev", "tom"}


def test_after_the_day_by_which_people_should_have_heard_it_is_overdue(house: Listening) -> None:
    draft(house, theme_of(house))
    theme_of(house, "Other")
    dev, hear_by = Person.objects.get(ref=house.dev.ref), house.project.terms.get().hear_by
    for days, tone in ((0, "due"), (1, "overdue")):
        now = LATER.replace(year=hear_by.year, month=hear_by.month, day=hear_by.day)
        found = to_decide(dev, [house.project], now=now + timedelta(days=days))
        assert [work.tone for work in found] == [tone, tone]


def test_nothing_waits_to_be_decided_in_a_closed_project(house: Listening) -> None:
    draft(house, theme_of(house))
    theme_of(house, "Other")
    house.project.state, house.project.closed_on = Project.State.CLOSED, LATER.date()
    house.project.save()
    assert waits(house, "dev") == []


def test_it_stands_in_what_needs_you_and_leads_to_the_place(house: Listening) -> None:
    theme_of(house)
    draft(house, theme_of(house, "Other"))
    with clock.frozen(LATER):
        client = signed_in(house.dev)
        shown = client.get("/needs-you/").content.decode()
        for text, place in ((THEME, "decisions/new/"), (DRAFT, "decisions/")):
            assert text in shown
            href = f"/p/{house.project.address}/{place}"
            assert f'href="{href}"' in shown
            assert client.get(href).status_code == 200
        assert THEME not in Client().get("/needs-you/", follow=True).content.decode()


def test_more_projects_ask_the_database_no_more(house: Listening) -> None:
    houses = [house, listening_project(), listening_project()]
    for each in houses:
        theme_of(each)
        draft(each, theme_of(each, "Other"))
        each.project.roles.filter(person=each.dev).update(person=house.dev)
        member_of(each, house.dev)
    for many in (1, 3):
        dev = Person.objects.get(ref=house.dev.ref)
        with at_most(3):
            found = list(to_decide(dev, [each.project for each in houses[:many]], now=LATER))
        assert len(found) == 2 * many


def member_of(house: Listening, person: Person) -> None:
    Membership.objects.get_or_create(
        person=person, organisation=house.organisation, defaults={"joined_on": LATER.date()}
    )
