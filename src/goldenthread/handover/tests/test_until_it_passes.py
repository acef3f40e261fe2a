"""From the question to the answer much can change: who may still answer, and who still looks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from goldenthread.handover import services
from goldenthread.handover.tests.passing import LAST, TODAY, name, post, waiting
from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.organisations.models import Membership
from goldenthread.people.accounts.models import Person
from goldenthread.projects import services as projects
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening

pytestmark = pytest.mark.django_db


def end_by_hand(here: Listening) -> None:
    role = ProjectRole.objects.get(project=here.project, person=here.tom)
    projects.end_role(by=here.ada, role=role, now=NOW)


def suspend(here: Listening) -> None:
    Membership.objects.filter(person=here.tom).update(suspended_on=TODAY)


def close(here: Listening) -> None:
    Project.objects.filter(pk=here.project.pk).update(state="closed", closed_on=TODAY)


@pytest.mark.parametrize("meanwhile", [end_by_hand, suspend, close])
def test_a_role_that_ended_meanwhile_passes_to_nobody(
    here: Listening, noor: Person, meanwhile: Callable[[Listening], None]
) -> None:
    ends = post(here, here.tom)
    asked = name(here.tom, ends, noor)
    assert "asks you to take over" in waiting(noor, here)
    meanwhile(here)
    assert "asks you to take over" not in waiting(noor, here)
    with pytest.raises(Refusal, match="not asked"):
        services.accept(by=noor, handover=asked, now=NOW)
    assert not ProjectRole.objects.filter(person=noor).exists()


def test_a_role_that_ran_out_as_agreed_can_still_be_taken(here: Listening, noor: Person) -> None:
    ends = post(here, here.tom)
    asked, later = name(here.tom, ends, noor), NOW + timedelta(days=45)
    services.accept(by=noor, handover=asked, now=later)
    assert ProjectRole.objects.get(person=noor).starts_on == clock.today(later)


def test_those_who_give_such_roles_take_the_question_back(here: Listening, noor: Person) -> None:
    ends = post(here, here.tom)
    asked = name(here.tom, ends, noor)
    suspend(here)
    page = signed_in(here.ada).get(f"/hand-over/{ends.ref}/").content.decode()
    assert "Take it back" in page
    assert signed_in(here.ada).post(f"/hand-over/{ends.ref}/take-back/").status_code == 302
    asked.refresh_from_db()
    assert asked.state == "taken-back"
    with pytest.raises(Refusal, match="Only the person who holds"):
        services.take_back(by=here.rosa, post=ends, now=NOW)


def test_whoever_held_it_sees_how_it_went_and_no_more_of_the_work(
    here: Listening, noor: Person
) -> None:
    ends = post(here, here.tom)
    services.accept(by=noor, handover=name(here.tom, ends, noor), now=NOW)
    where = f"/hand-over/{ends.ref}/"
    assert "Open work" in signed_in(here.tom).get(where).content.decode()
    with clock.frozen(NOW + timedelta(days=41)):
        page = signed_in(here.tom).get(where).content.decode()
        assert "takes it over" in page
        assert "Open work" not in page
        assert "Dates ahead" not in page
        assert "Open work" in signed_in(here.ada).get(where).content.decode()
    suspend(here)
    assert signed_in(here.tom).get(where).status_code == 404


def test_somebody_from_outside_becomes_a_member_with_a_role_in_a_project(here: Listening) -> None:
    ProjectRole.objects.create(
        project=here.project, person=here.ada, name="facilitator", starts_on=TODAY
    )
    mine = post(here, here.ada)
    given: dict[str, Any] = {"email": "new@example.org", "note": "", "last_day": LAST}
    asked = services.name_successor(by=here.ada, post=mine, **given, now=NOW)
    new = Person.objects.get(email="new@example.org")
    services.accept(by=new, handover=asked, now=NOW)
    assert Membership.objects.filter(person=new, organisation=here.organisation).exists()
    assert ProjectRole.objects.get(person=new).name == "facilitator"


def test_nobody_comes_in_whom_no_administrator_asked(here: Listening, noor: Person) -> None:
    """Noor was a member when she was named, of an organisation that has left since."""
    ends = post(here, here.tom)
    asked = name(here.tom, ends, noor)
    Membership.objects.filter(person=noor).delete()
    with pytest.raises(Refusal, match="Only members"):
        services.accept(by=noor, handover=asked, now=NOW)
    assert not Membership.objects.filter(person=noor).exists()


def test_what_was_written_stays_when_somebody_is_asked_already(
    here: Listening, noor: Person
) -> None:
    ends = post(here, here.tom)
    tab, where = signed_in(here.tom), f"/hand-over/{ends.ref}/"
    given = {"email": noor.email, "last_day": str(LAST), "note": "Ask Rosa about the rota."}
    tab.post(where, given)
    page = tab.post(where, given).content.decode()
    assert "Somebody is asked already." in page
    assert page.count("Ask Rosa about the rota.") == 1
