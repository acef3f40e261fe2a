from datetime import date

import pytest

from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.people.accounts.models import Person
from goldenthread.projects import services
from goldenthread.projects.models import ProjectRole, Terms
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.projects.tests.scenes import Scene
from goldenthread.projects.work import work_for

pytestmark = pytest.mark.django_db


def waits(person) -> list[tuple[str, str]]:
    return [(each.text, each.tone) for each in work_for(person, [], now=NOW)]


def test_in_good_time_nothing_waits():
    who = listening_project()
    for person in (who.tom, who.ada, who.dev, who.rosa, who.mina, who.nell):
        assert waits(person) == []


@pytest.mark.parametrize("name", ["tom", "ada"])
def test_a_draft_waits_for_those_who_prepare_it(name):
    scene = Scene()
    line = (
        "“Getting help while you wait” is not open yet. See if anything is missing, then open it."
    )
    assert waits(getattr(scene, name)) == [(line, "due")]


@pytest.mark.parametrize(
    ("hear_by", "debrief_on", "tones"),
    [
        (date(2026, 3, 9), date(2026, 3, 20), ["overdue", "due"]),
        (date(2026, 3, 10), date(2026, 6, 1), ["due"]),
        (date(2026, 3, 24), date(2026, 6, 1), ["due"]),
        (date(2026, 3, 25), date(2026, 6, 1), []),
        (date(2026, 3, 1), date(2026, 3, 2), ["overdue", "overdue"]),
    ],
)
def test_promised_days_wait_for_those_who_answer_for_them(hear_by, debrief_on, tones):
    who = listening_project()
    Terms.objects.update(hear_by=hear_by, debrief_on=debrief_on)
    assert [tone for _text, tone in waits(who.tom)] == tones
    assert [tone for _text, tone in waits(who.dev)] == tones
    assert waits(who.rosa) == []


def test_a_closed_box_is_overdue_work():
    who = listening_project()
    services.close_box(project=who.project, because="readers-late", now=NOW)
    line = "The box of “Getting help while you wait” is closed. Readers are late."
    assert waits(who.tom) == [(line, "overdue")]
    assert waits(who.ada) == [(line, "overdue")]


@pytest.mark.parametrize(
    ("ends_on", "tone"),
    [(date(2026, 3, 20), "due"), (date(2026, 5, 9), "quiet"), (date(2026, 5, 10), None)],
)
def test_sixty_days_before_a_role_ends_its_holder_is_reminded(ends_on, tone):
    who = listening_project()
    ProjectRole.objects.filter(person=who.rosa).update(ends_on=ends_on)
    assert [each for _text, each in waits(who.rosa)] == ([tone] if tone else [])


def test_an_administrator_is_asked_to_share():
    scene = Scene()
    union = OrganisationFactory.create(name="The Union", address="the-union")
    uma = member("Uma", union, "administrator")
    services.ask_partner(by=scene.tom, project=scene.project, address="the-union", now=NOW)
    line = "The Union is asked to share “Getting help while you wait”."
    assert waits(uma) == [(line, "due")]


def test_it_costs_the_same_with_one_project_and_with_three(django_assert_num_queries):
    who = listening_project()
    with django_assert_num_queries(3):
        waits(who.tom)
    for _ in range(2):
        other = listening_project()
        other.project.partners.create(organisation=who.organisation)
        ProjectRole.objects.create(
            project=other.project, person=who.tom, name="facilitator", starts_on=date(2026, 2, 2)
        )
    tom = Person.objects.get(pk=who.tom.pk)  # another request
    with django_assert_num_queries(3):
        waits(tom)
