from datetime import timedelta

import pytest

from goldenthread.empower.groups import permissions, queries, services
from goldenthread.empower.groups.models import Seat
from goldenthread.empower.groups.tests.factories import GroupFactory, SeatFactory, panel
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.models import Membership
from goldenthread.projects.models import Partner, Project
from goldenthread.projects.roles import roles_of
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.thread.models import Entry

PEOPLE = ["mina", "tom", "rosa", "sam", "priya", "dev", "cara", "ada", "nell", "stranger"]
TODAY = NOW.date()


@pytest.mark.parametrize("name", PEOPLE)
def test_only_facilitators_and_co_leads_make_groups(here: Listening, name: str) -> None:
    may = permissions.may_make_groups(getattr(here, name), here.project, now=NOW)
    assert may is (name in {"tom", "cara"})


@pytest.mark.parametrize("name", PEOPLE)
def test_names_are_seen_by_organisers_and_the_group(here: Listening, name: str) -> None:
    group = panel(here.project, here.mina)
    may = permissions.may_see_names(getattr(here, name), group, now=NOW)
    assert may is (name in {"tom", "cara", "mina"})


def test_guests_see_no_names_and_nobody_changes_groups_of_a_closed_project(
    here: Listening,
) -> None:
    assert not permissions.may_see_names(Guest(), panel(here.project), now=NOW)
    here.project.state = Project.State.CLOSED
    assert not permissions.may_make_groups(here.tom, here.project, now=NOW)


def test_who_has_left_sees_names_no_more(here: Listening) -> None:
    group = panel(here.project, here.mina)
    services.end_seat(by=here.tom, seat=group.seats.get(), now=NOW)
    assert not permissions.may_see_names(here.mina, group, now=NOW)


def test_a_group_is_made_and_changed_on_record(here: Listening) -> None:
    group = services.make_group(
        by=here.cara, project=here.project, name="Panel", purpose="Decides.", now=NOW
    )
    services.edit_group(
        by=here.tom, group=group, name="P", purpose="D.", carers_concerned=True, now=NOW
    )
    group.refresh_from_db()
    assert (group.name, group.carers_concerned) == ("P", True)
    kinds = list(Entry.objects.filter(about=group.ref).order_by("seq").values_list("kind"))
    assert kinds == [("group.made",), ("group.changed",)]


def test_a_seat_says_how_it_was_filled_and_gives_no_role(here: Listening) -> None:
    group = GroupFactory.create(project=here.project)
    seat = services.fill_seat(
        by=here.tom,
        group=group,
        email=here.mina.email.upper(),
        filled=Seat.Filled.DRAWN,
        lived_experience=True,
        now=NOW,
    )
    assert (seat.person, seat.name, seat.starts_on) == (here.mina, "Mina", TODAY)
    assert roles_of(here.mina, here.project, now=NOW) == frozenset()
    entry = Entry.objects.get(about=seat.ref)
    assert entry.kind == "seat.filled"
    assert b"drawn" in bytes(entry.body)
    assert b"Mina" not in bytes(entry.body)


def test_someone_without_an_account_takes_a_seat_by_name(here: Listening) -> None:
    group = GroupFactory.create(project=here.project)
    seat = services.fill_seat(
        by=here.tom,
        group=group,
        name="Jo",
        filled=Seat.Filled.INVITED,
        lived_experience=False,
        carer=True,
        now=NOW,
    )
    assert (seat.person, seat.name) == (None, "Jo")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Write the name"),
        ({"email": "nell@elsewhere.example"}, "No member of your organisations"),
    ],
)
def test_a_seat_is_for_someone_we_know(here: Listening, given: dict[str, str], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        services.fill_seat(
            by=here.tom,
            group=GroupFactory.create(project=here.project),
            filled=Seat.Filled.DRAWN,
            lived_experience=True,
            now=NOW,
            **given,
        )


def test_a_neighbour_is_not_found_by_address(here: Listening) -> None:
    assert queries.member_by_email(here.project, here.nell.email) is None
    assert queries.member_by_email(here.project, here.mina.email) == here.mina


def test_no_seat_goes_to_an_organisation_that_was_only_asked(here: Listening) -> None:
    [home] = Membership.objects.filter(person=here.nell)
    asked = Partner.objects.create(
        project=here.project, organisation=home.organisation, waiting_since=TODAY
    )
    assert queries.member_by_email(here.project, here.nell.email) is None
    asked.waiting_since = None
    asked.save()
    assert queries.member_by_email(here.project, here.nell.email) == here.nell


def test_who_is_suspended_sees_no_names_and_gets_no_seat(here: Listening) -> None:
    group = panel(here.project, here.mina)
    assert permissions.has_seat(here.mina, group, now=NOW)
    Membership.objects.filter(person=here.mina).update(suspended_on=TODAY)
    assert not permissions.has_seat(here.mina, group, now=NOW)
    assert not permissions.may_see_names(here.mina, group, now=NOW)
    assert queries.member_by_email(here.project, here.mina.email) is None


def test_one_seat_a_person_until_it_ends(here: Listening) -> None:
    group = panel(here.project, here.mina)
    again = {
        "by": here.tom,
        "group": group,
        "person": here.mina,
        "filled": Seat.Filled.ELECTED,
        "lived_experience": True,
        "now": NOW,
    }
    with pytest.raises(Refusal, match="has a seat"):
        services.fill_seat(**again)
    services.end_seat(by=here.tom, seat=group.seats.get(), now=NOW)
    assert services.fill_seat(**again).filled == "elected"
    with pytest.raises(Refusal, match="ended already"):
        services.end_seat(by=here.tom, seat=group.seats.get(filled="drawn"), now=NOW)


def test_composition_counts_the_seats_of_the_day(here: Listening) -> None:
    group = panel(here.project, here.mina, here.cara)
    SeatFactory.create(group=group, name="Jo", lived_experience=False, carer=True)
    SeatFactory.create(group=group, name="Al", starts_on=TODAY + timedelta(days=9))
    assert queries.composition(group, TODAY) == (3, 2, 1)
    assert queries.composition(group, TODAY + timedelta(days=9)) == (4, 3, 1)


def test_an_unfair_mix_is_named(here: Listening) -> None:
    group = panel(here.project, here.mina)
    made_of = queries.composed(list(queries.seats_of(group, TODAY)))
    [warning] = queries.warnings_for(group, made_of)
    assert "Fewer than two seats hold lived experience" in warning
    group.carers_concerned = True
    assert len(queries.warnings_for(group, made_of)) == 2
    SeatFactory.create(group=group, name="Jo")
    SeatFactory.create_batch(2, group=group, carer=True)
    made_of = queries.composed(list(queries.seats_of(group, TODAY)))
    assert queries.warnings_for(group, made_of) == []


@pytest.mark.parametrize("name", ["mina", "rosa", "ada", "nell", "stranger"])
def test_others_are_refused(here: Listening, name: str) -> None:
    with pytest.raises(Refusal, match="Only organisers"):
        services.make_group(
            by=getattr(here, name), project=here.project, name="P", purpose="D.", now=NOW
        )
