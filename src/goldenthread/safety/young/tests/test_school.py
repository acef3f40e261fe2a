"""What a school says of itself: posts, terms, routes; and what gates its projects."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.models import Membership, Organisation
from goldenthread.people.accounts.second_factor import needs_second_factor
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.gates import missing_to_open
from goldenthread.projects.models import DayOff, Duty, Project
from goldenthread.projects.rota import next_reading
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.readers.tests.factories import sign_in
from goldenthread.safety.young import queries, services
from goldenthread.safety.young.models import GuardianPage, Post, Term
from goldenthread.safety.young.routes import routes
from goldenthread.safety.young.tests.factories import chair, head, nothing_for_parents, school

pytestmark = pytest.mark.django_db


def missing(here: Listening) -> list[str]:
    return [str(each) for each in missing_to_open(here.project, now=NOW)]


PARENTS = "The page for parents and carers is not filled in."


def test_parents_are_told_before_a_child_is_asked() -> None:
    here = school()
    assert PARENTS not in missing(here)
    GuardianPage.objects.update(choice="")
    assert PARENTS in missing(here), "one part that is missing is enough"
    nothing_for_parents(here)
    (told,) = [each for each in missing_to_open(here.project, now=NOW) if each == PARENTS]
    assert told.href.endswith("/prepare/parents/")


def test_a_project_for_adults_needs_no_page_for_parents() -> None:
    assert PARENTS not in missing(listening_project())


def test_a_school_names_its_posts_and_terms_before_it_listens() -> None:
    here = school()
    assert "It is not said who leads the school." in missing(here)
    head(here, here.dev)
    assert "It is not said who hears of a concern about the head." in missing(here)
    chair(here, here.cara)
    assert not [each for each in missing(here) if each.startswith(("It is not said", "The term"))]
    Membership.objects.filter(person=here.cara).update(suspended_on=NOW.date())
    assert "It is not said who hears of a concern about the head." in missing(here)
    here.organisation.terms.all().delete()
    assert "The term dates are missing." in missing(here)


def test_a_school_reads_every_school_day() -> None:
    here = school()
    assert not [each for each in missing(here) if "every school day" in each]
    Duty.objects.filter(project=here.project, weekday=4, stand_in=False).delete()
    assert "A school reads every school day. Nobody reads on Friday." in missing(here)


def test_nobody_is_head_and_stands_above_the_head() -> None:
    here = school()
    head(here, here.dev)
    with pytest.raises(Refusal, match="other post"):
        chair(here, here.dev)


def test_whoever_stands_above_the_head_is_invited_if_they_are_not_here_yet() -> None:
    here = school()
    Membership.objects.filter(person=here.dev).update(suspended_on=NOW.date())
    with pytest.raises(Refusal, match="suspended"):
        head(here, here.dev)
    page = f"/o/{here.organisation.address}/settings/school/"
    with clock.frozen(NOW):
        admin = sign_in(Client(), here.ada)
        admin.post(page, {"name": "chair", "email": "Governor@example.org"})
        assert "governor@example.org" in admin.get(page).content.decode()
    asked = Post.objects.get(organisation=here.organisation, name="chair").person
    assert asked.expected
    assert Letter.objects.filter(person=asked, text="welcome").count() == 1


@pytest.mark.parametrize("name", ["tom", "priya", "nell", "mina"])
def test_only_administrators_say_who_leads(name: str) -> None:
    here = school()
    with pytest.raises(Refusal):
        services.fill_post(
            by=getattr(here, name),
            organisation=here.organisation,
            name="head",
            email=here.dev.email,
            now=NOW,
        )


def test_who_hears_of_staff_signs_in_with_a_second_step() -> None:
    here = school()
    assert not needs_second_factor(here.dev)
    head(here, here.dev)
    for fact in ("_needs_second_factor", "_has_second_factor"):
        vars(here.dev).pop(fact, None)
    assert needs_second_factor(here.dev)


def test_every_nation_has_its_route_with_sources() -> None:
    assert set(routes()) == set(Organisation.Nation.values)
    for route in routes().values():
        assert route.sources
        assert all("https://" in each for each in route.sources)
    assert "LADO" in routes()["england"].outside
    assert "governors" not in routes()["scotland"].chair


def test_holidays_lie_between_terms() -> None:
    here = school()
    found = [
        (each.starts_on, each.ends_on)
        for each in queries.holidays_of(queries.terms_of(here.organisation))
    ]
    assert found == [
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2026, 3, 28), date(2026, 4, 12)),
    ]


def test_nobody_is_asked_to_read_in_the_holidays_and_the_box_says_when_reading_resumes() -> None:
    here = school()
    last_day = datetime(2026, 3, 27, 15, 0, tzinfo=UTC)  # the last Friday of the half-term
    assert next_reading(here.project, now=last_day) == datetime(2026, 4, 13, 8, 0, tzinfo=UTC)
    gone = Term.objects.get(name="Summer")
    services.remove_term(by=here.ada, term=gone, now=NOW)
    assert next_reading(here.project, now=last_day) == datetime(2026, 3, 30, 8, 0, tzinfo=UTC)


def test_a_new_project_of_a_school_knows_its_holidays() -> None:
    here = school()
    DayOff.objects.all().delete()
    for _time in range(2):
        services.close_in_holidays(project=here.project.ref, now=NOW)
    (kept,) = DayOff.objects.filter(project=here.project)
    assert (kept.starts_on, kept.ends_on) == (date(2026, 3, 28), date(2026, 4, 12))
    other = listening_project()
    services.close_in_holidays(project=other.project.ref, now=NOW)
    assert not DayOff.objects.filter(project=other.project).exists()


def test_terms_do_not_overlap() -> None:
    here = school()
    given = {"organisation": here.organisation, "name": "Again", "now": NOW, "by": here.ada}
    with pytest.raises(Refusal, match="Another term"):
        services.add_term(starts_on=date(2026, 3, 20), ends_on=date(2026, 4, 1), **given)
    with pytest.raises(Refusal, match="before the first"):
        services.add_term(starts_on=date(2027, 1, 9), ends_on=date(2027, 1, 8), **given)


def test_two_writers_never_overwrite_each_other() -> None:
    here = school()
    with pytest.raises(Refusal, match="Somebody else"):
        services.write_guardian_page(by=here.tom, project=here.project, seen=0, now=NOW)


def test_the_page_for_parents_is_for_projects_that_ask_children() -> None:
    here = listening_project()
    with pytest.raises(Refusal):
        services.write_guardian_page(by=here.tom, project=here.project, seen=0, now=NOW)
    assert not Project.objects.get().for_under_18
