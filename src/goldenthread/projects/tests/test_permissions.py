"""Who may do what: people x times, each permission a row."""

from datetime import date, timedelta

import pytest

from goldenthread.organisations.models import Membership
from goldenthread.projects import permissions, queries
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role, holders, roles_of
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

pytestmark = pytest.mark.django_db
EVERYONE = [
    "tom",
    "rosa",
    "sam",
    "priya",
    "dev",
    "cara",
    "ada",
    "mina",
    "nell",
    "stranger",
    "guest",
]

MAY = {  # in an open project
    "may_see": "tom rosa sam priya dev cara ada mina nell stranger guest",
    "may_prepare": "tom cara ada",
    "may_follow_preparation": "tom cara ada dev",
    "may_write_terms": "tom cara ada dev",
    "may_give_roles": "ada",
    "may_open": "tom ada",
    "may_ask_partners": "tom ada",
    "may_close": "tom ada cara dev",
    "may_see_closing": "tom cara ada dev",
    "may_facilitate": "tom cara",
    "may_read": "rosa sam",
    "may_see_concerns": "priya",
    "may_decide": "dev",
}


def named(who: Listening, name: str):
    return Guest() if name == "guest" else getattr(who, name)


@pytest.mark.parametrize("permission", MAY)
def test_who_may(permission):
    who = listening_project()
    may = getattr(permissions, permission)
    found = [name for name in EVERYONE if may(named(who, name), who.project, now=NOW)]
    assert found == [name for name in EVERYONE if name in MAY[permission].split()]


@pytest.mark.parametrize("permission", [name for name in MAY if name != "may_see"])
def test_suspended_people_may_nothing(permission):
    who = listening_project()
    Membership.objects.update(suspended_on=date(2026, 3, 1))
    may = getattr(permissions, permission)
    assert [name for name in EVERYONE if may(named(who, name), who.project, now=NOW)] == []


@pytest.mark.parametrize(
    ("days", "holds"), [(-20, False), (-1, False), (0, True), (9, True), (10, False)]
)
def test_a_role_counts_from_its_first_to_its_last_day(days, holds):
    who = listening_project()
    today = NOW.date()
    ProjectRole.objects.filter(person=who.tom).update(
        starts_on=today, ends_on=today + timedelta(days=9)
    )
    assert has_role(who.tom, who.project, "facilitator", now=NOW + timedelta(days=days)) is holds


def test_who_left_the_organisation_holds_no_role():
    who = listening_project()
    Membership.objects.filter(person=who.rosa).delete()
    assert roles_of(who.rosa, who.project, now=NOW) == frozenset()
    assert [each.person for each in holders(who.project, "reader", now=NOW)] == [who.sam]


SEES = {
    ("draft", "everyone"): "tom rosa sam priya dev cara ada",
    ("open", "everyone"): " ".join(EVERYONE),
    ("open", "link"): " ".join(EVERYONE),
    ("open", "members"): "tom rosa sam priya dev cara ada mina",
    ("closed", "members"): "tom rosa sam priya dev cara ada mina",
    ("closed", "everyone"): " ".join(EVERYONE),
}
LISTED = SEES | {("open", "link"): "tom rosa sam priya dev cara ada mina"}


@pytest.mark.parametrize(("state", "open_to"), SEES)
def test_who_sees_and_who_is_shown_a_project_in_a_list(state, open_to):
    who = listening_project()
    opened_on = None if state == "draft" else date(2026, 3, 2)
    Project.objects.update(state=state, open_to=open_to, opened_on=opened_on)
    project = Project.objects.get()
    seen, listed = [], []
    for name in EVERYONE:
        speaker = named(who, name)
        if permissions.may_see(speaker, project, now=NOW):
            seen.append(name)
        if queries.projects_visible_to(speaker, now=NOW).filter(ref=project.ref).exists():
            listed.append(name)
    assert seen == [name for name in EVERYONE if name in SEES[state, open_to].split()]
    assert listed == [name for name in EVERYONE if name in LISTED[state, open_to].split()]


def test_suspended_members_do_not_see_what_is_for_members():
    who = listening_project(open_to="members")
    Membership.objects.update(suspended_on=date(2026, 3, 1))
    assert not permissions.may_see(who.mina, who.project, now=NOW)
    assert not queries.projects_visible_to(who.mina, now=NOW).exists()


def test_an_organisation_lists_what_it_owns_and_what_it_shares():
    ours, theirs = listening_project(), listening_project()
    theirs.project.partners.create(organisation=ours.organisation)
    listening_project()
    found = queries.projects_of_organisation(ours.organisation, visible_to=Guest(), now=NOW)
    assert set(found) == {ours.project, theirs.project}


def test_to_know_ones_roles_costs_one_query_a_request(django_assert_num_queries):
    who = listening_project()
    with django_assert_num_queries(1):
        assert permissions.may_prepare(who.ada, who.project, now=NOW)
        assert not permissions.may_read(who.ada, who.project, now=NOW)
        assert permissions.may_open(who.ada, who.project, now=NOW)
    with django_assert_num_queries(0):
        assert not permissions.may_prepare(Guest(), who.project, now=NOW)


@pytest.mark.parametrize(("name", "needs"), [("rosa", True), ("priya", True), ("tom", False)])
def test_readers_and_safeguarders_need_a_second_factor(name, needs):
    who = listening_project()
    assert queries.sharp_roles_of(getattr(who, name)).exists() is needs
