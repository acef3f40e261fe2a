"""A role changes hands: reminded, named, accepted or not, and nothing of the holder's own told."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db.models import Q
from django.test import Client

from goldenthread.handover import queries, services
from goldenthread.handover.posts import Post
from goldenthread.handover.tests.passing import LAST, TODAY, name, post, waiting
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices.tests.factories import signed_in, spoken
from goldenthread.organisations.models import Membership, Role
from goldenthread.organisations.tests.factories import member
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import send_waiting
from goldenthread.projects import services as projects
from goldenthread.projects.models import Duty, ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.projects.work import Does
from goldenthread.safety.concerns.services import raise_concern
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    found = Entry.objects.filter(kind__startswith="role.").order_by("seq")
    return list(found.values_list("kind", flat=True))


def test_sixty_days_before_the_end_one_letter_and_a_line(here: Listening) -> None:
    post(here, here.tom, ends_on=TODAY + timedelta(days=61))
    assert services.remind(now=NOW) == 0
    assert "Hand it over" not in waiting(here.tom, here)
    ends = post(here, here.tom, ends_on=TODAY + timedelta(days=60))
    for _ in range(2):
        services.remind(now=NOW)
    assert Letter.objects.filter(text="role-ends").count() == 1
    send_waiting(now=NOW)
    assert f"/hand-over/{ends.ref}/" in mail.outbox[-1].body
    assert "Hand it over" in waiting(here.tom, here)


def test_from_the_page_to_the_new_role_on_the_day_after(here: Listening, noor: Person) -> None:
    ends = post(here, here.tom)
    where, tom, his = f"/hand-over/{ends.ref}/", signed_in(here.tom), signed_in(noor)
    page = tom.get(where).content.decode()
    for said in ("What can change", "You hear from us by", "Dates ahead", "Open work"):
        assert said in page
    assert his.get(where).status_code == 404
    given = {"email": noor.email, "last_day": str(LAST), "note": "Ask Rosa about the rota."}
    assert tom.post(where, given)["Location"] == where
    letter = Letter.objects.get(text="hand-over-in-project", person=noor)
    assert letter.names["asks"] == here.tom.name
    assert "asks you to take over" in waiting(noor, here)
    shown = his.get(where).content.decode()
    assert "Ask Rosa about the rota." in shown
    assert "Yes, I take it over" in shown
    assert his.post(f"{where}accept/").status_code == 302
    old = ProjectRole.objects.get(pk=ends.ref)
    new = ProjectRole.objects.get(person=noor)
    assert (old.ends_on, new.starts_on, new.ends_on) == (LAST, LAST + timedelta(days=1), None)
    assert new.name == old.name
    assert kinds() == ["role.handing-over", "role.handed-over"]
    assert Letter.objects.filter(text="hand-over-answered", person=here.tom).exists()
    assert "Hand it over" not in waiting(here.tom, here)
    bodies = str([bytes(each) for each in Entry.objects.values_list("body", flat=True)])
    assert str(noor.ref) not in bodies


def test_at_once_the_role_counts_today(here: Listening, noor: Person) -> None:
    ends = post(here, here.tom, ends_on=None)
    services.accept(by=noor, handover=name(here.tom, ends, noor, last_day=TODAY), now=NOW)
    assert ProjectRole.objects.get(person=noor).starts_on == TODAY
    assert ProjectRole.objects.get(pk=ends.ref).ends_on == TODAY


def test_the_hours_of_a_reader_go_along(here: Listening, noor: Person) -> None:
    ends = post(here, here.rosa)
    before = Duty.objects.filter(reader=here.rosa).count()
    assert before
    services.accept(by=noor, handover=name(here.rosa, ends, noor), now=NOW)
    assert Duty.objects.filter(reader=noor).count() == before
    assert Entry.objects.filter(kind="project.rota-changed").count() == 1


def test_no_needs_a_reason_and_leaves_the_role(here: Listening, noor: Person) -> None:
    ends = post(here, here.tom)
    asked = name(here.tom, ends, noor)
    where = f"/hand-over/{ends.ref}/"
    empty = signed_in(noor).post(f"{where}decline/", {"because": ""})
    assert "Say in a few words why not." in empty.content.decode()
    signed_in(noor).post(f"{where}decline/", {"because": "I have exams."})
    asked.refresh_from_db()
    assert (asked.state, asked.because) == ("declined", "I have exams.")
    assert not ProjectRole.objects.filter(person=noor).exists()
    assert "I have exams." in signed_in(here.tom).get(where).content.decode()
    assert signed_in(noor).get(where).status_code == 404
    with pytest.raises(Refusal, match="not asked"):
        services.accept(by=noor, handover=asked, now=NOW)
    name(here.tom, ends, noor)


def test_taken_back_nobody_can_say_yes(here: Listening, noor: Person) -> None:
    ends = post(here, here.tom)
    asked = name(here.tom, ends, noor)
    services.take_back(by=here.tom, post=ends, now=NOW)
    with pytest.raises(Refusal, match="not asked"):
        services.accept(by=noor, handover=asked, now=NOW)
    assert kinds() == ["role.handing-over", "role.hand-over-taken-back"]


def test_only_one_is_asked_at_a_time(here: Listening, noor: Person) -> None:
    ends = post(here, here.tom)
    name(here.tom, ends, noor)
    with pytest.raises(Refusal, match="asked already"):
        name(here.tom, ends, here.ada)


def test_only_the_holder_names_and_only_the_one_asked_answers(
    here: Listening, noor: Person
) -> None:
    ends = post(here, here.tom)
    with pytest.raises(Refusal, match="Only the person who holds"):
        name(here.ada, ends, noor)
    asked = name(here.tom, ends, noor)
    for other in (here.tom, here.ada, here.rosa):
        with pytest.raises(Refusal, match="not asked"):
            services.accept(by=other, handover=asked, now=NOW)
    where = f"/hand-over/{ends.ref}/"
    assert signed_in(here.ada).get(where).status_code == 200  # gives such roles
    assert "Ask them" not in signed_in(here.ada).get(where).content.decode()
    assert signed_in(here.rosa).get(where).status_code == 404
    assert Client().get(where).status_code == 302


def test_strangers_are_named_by_administrators_alone(here: Listening) -> None:
    ends = post(here, here.tom)
    with pytest.raises(Refusal, match="No member uses this e-mail"):
        services.name_successor(
            by=here.tom, post=ends, email="new@example.org", note="", last_day=LAST, now=NOW
        )
    assert not Person.objects.filter(email="new@example.org").exists()


def administrator(here: Listening) -> Post:
    role = Role.objects.get(membership__person=here.ada, name="administrator")
    found = queries.post_at(role.ref)
    assert found is not None
    return found


def test_the_only_administrator_hands_on_to_somebody_from_outside(here: Listening) -> None:
    mine = administrator(here)
    with pytest.raises(Refusal, match="only administrator"):
        services.name_successor(
            by=here.ada,
            post=mine,
            email="new@example.org",
            note="",
            last_day=LAST,
            until=LAST + timedelta(days=300),
            now=NOW,
        )
    asked = services.name_successor(
        by=here.ada, post=mine, email="new@example.org", note="", last_day=LAST, now=NOW
    )
    new = Person.objects.get(email="new@example.org")
    assert not Membership.objects.filter(person=new).exists()
    page, browser = f"/hand-over/{mine.ref}/", signed_in(new)
    assert browser.get(page)["Location"].startswith("/account/name/")  # asked once, by address
    browser.post("/account/name/", {"name": "New"})
    assert browser.get(page).status_code == 200
    services.accept(by=new, handover=asked, now=NOW)
    role = Role.objects.get(membership__person=new)
    assert (role.name, role.starts_on, role.ends_on) == (
        "administrator",
        LAST + timedelta(days=1),
        None,
    )
    assert Role.objects.get(pk=mine.ref).ends_on == LAST


def test_two_weeks_before_with_nobody_to_follow_administrators_see_it(
    here: Listening, noor: Person
) -> None:
    ends = post(here, here.tom, ends_on=TODAY + timedelta(days=15))
    assert "Nobody follows yet" not in waiting(here.ada, here)
    ends = post(here, here.tom, ends_on=TODAY + timedelta(days=14))
    assert "Nobody follows yet" in waiting(here.ada, here)
    assert "Nobody follows yet" not in waiting(here.rosa, here)
    services.accept(by=noor, handover=name(here.tom, ends, noor), now=NOW)
    assert "Nobody follows yet" not in waiting(here.ada, here)


def test_what_waits_for_the_holder_in_their_own_right_is_not_told(
    here: Listening, noor: Person
) -> None:
    """The holder is asked to take over another role: that is theirs, and goes with none."""
    tom, rosa = post(here, here.tom), post(here, here.rosa)
    name(here.rosa, rosa, here.tom)
    assert "asks you to take over" in waiting(here.tom, here)
    with_role = " ".join(work.text for work in queries.bundle_of(tom, now=NOW).work)
    assert "take over" not in with_role
    assert "Hand it over" not in with_role


def test_what_waits_with_a_sharp_role_is_a_number_to_whoever_follows(
    here: Listening, noor: Person
) -> None:
    for said in ("Nobody told me how long.", "The door was shut."):
        spoken(here.project, said)
    ends = post(here, here.rosa)
    name(here.rosa, ends, noor)
    [work] = queries.bundle_of(ends, now=NOW).work
    page = signed_in(noor).get(f"/hand-over/{ends.ref}/").content.decode()
    assert work.n == 2
    assert work.text not in page
    assert "2 things wait." in page
    assert "only whoever holds the role sees" in page
    assert work.text in signed_in(here.rosa).get(f"/hand-over/{ends.ref}/").content.decode()


def test_open_concerns_go_with_the_role_of_a_safeguarder(here: Listening) -> None:
    voice = spoken(here.project, "I do not feel safe at home.").voice
    raise_concern(words=voice.words, why="Not safe at home.", by=here.rosa, now=NOW)
    [work] = queries.bundle_of(post(here, here.priya), now=NOW).work
    assert (work.n, work.does) == (1, Does.LOOK_AFTER)


@pytest.mark.parametrize("name_of", ["safeguarder", "decision-maker"])
def test_an_open_project_is_not_left_without(here: Listening, name_of: str) -> None:
    roles = ProjectRole.objects.filter(project=here.project, name=name_of)
    *others, last = list(roles.select_related("project", "person"))
    for each in others:
        projects.end_role(by=here.ada, role=each, now=NOW)
    with pytest.raises(Refusal, match="the only"):
        projects.end_role(by=here.ada, role=last, ends_on=LAST, now=NOW)
    with pytest.raises(Refusal, match="the only"):
        projects.end_role(by=here.ada, role=last, now=NOW)


@pytest.mark.parametrize("last_day", [TODAY - timedelta(days=1), LAST + timedelta(days=1)])
def test_the_last_day_lies_between_today_and_the_end(
    here: Listening, noor: Person, last_day: date
) -> None:
    with pytest.raises(Refusal) as refused:
        name(here.tom, post(here, here.tom), noor, last_day=last_day)
    assert refused.value.field == "last_day"


def test_a_person_in_a_role_can_find_all_of_theirs(here: Listening) -> None:
    page = signed_in(here.tom).get("/hand-over/").content.decode()
    assert here.project.title in page
    assert (
        "No roles"
        in signed_in(member("Nia", here.organisation)).get("/hand-over/").content.decode()
    )


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    here: Listening, number: int, django_assert_max_num_queries: Any
) -> None:
    for name_of in ("facilitator", "co-lead", "reader")[:number]:
        ProjectRole.objects.get_or_create(
            project=here.project, person=here.ada, name=name_of, starts_on=TODAY
        )
    client = signed_in(here.ada)
    with django_assert_max_num_queries(10):
        assert client.get("/hand-over/").status_code == 200
    assert queries.ending(Q(), Q(), within=queries.FROM, now=NOW) == []
