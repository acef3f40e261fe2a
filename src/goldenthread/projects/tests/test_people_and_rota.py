from datetime import date, time

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.projects import queries, services
from goldenthread.projects.models import Duty, Project, ProjectRole
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.projects.tests.scenes import Scene
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def give(scene: Scene, **changed: object) -> ProjectRole:
    given = {"by": scene.ada, "email": scene.person("rosa").email, "name": "reader"}
    given |= {"starts_on": TODAY, "ends_on": None} | changed
    return services.give_role(project=scene.project, now=NOW, **given)


def test_a_role_is_given_by_e_mail_and_the_record_names_nobody():
    scene = Scene()
    role = give(scene, email=scene.person("rosa").email.upper(), ends_on=date(2026, 9, 30))
    assert (role.person, role.ends_on) == (scene.person("rosa"), date(2026, 9, 30))
    entry = Entry.objects.get(kind="project.role-given")
    body = bytes(entry.body).decode()
    assert '"fact_role":"reader"' in body
    assert str(role.person.ref) not in body
    assert "rosa" not in body


def test_who_is_no_member_and_who_does_not_exist_are_refused_in_the_same_words():
    scene = Scene()
    outsider = member("Nell", OrganisationFactory.create())
    said = set()
    for email in (outsider.email, "nobody@example.org"):
        with pytest.raises(Refusal) as refused:
            give(scene, email=email)
        said.add((refused.value.message, refused.value.field))
    assert len(said) == 1


@pytest.mark.parametrize("name", ["reader", "safeguarder"])
def test_nobody_lets_themselves_in_to_unread_words(name):
    scene = Scene()
    with pytest.raises(Refusal, match="Somebody else must give you this role"):
        give(scene, email=scene.ada.email, name=name)
    give(scene, email=scene.ada.email, name="facilitator")


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "taken"),
    [
        (date(2026, 3, 20), None, True),
        (date(2026, 3, 31), date(2026, 4, 1), True),
        (date(2026, 4, 1), None, False),
        (date(2026, 3, 1), date(2026, 3, 9), False),
    ],
)
def test_the_same_role_is_not_held_twice_at_a_time(starts_on, ends_on, taken):
    scene = Scene()
    give(scene, starts_on=TODAY, ends_on=date(2026, 3, 31))
    if taken:
        with pytest.raises(Refusal, match="has that role"):
            give(scene, starts_on=starts_on, ends_on=ends_on)
    else:
        give(scene, starts_on=starts_on, ends_on=ends_on)


def test_a_role_does_not_end_before_it_begins():
    with pytest.raises(Refusal, match="ends before it begins") as refused:
        give(Scene(), ends_on=date(2026, 3, 1))
    assert refused.value.field == "ends_on"


@pytest.mark.parametrize("name", ["tom", "rosa", "dev", "cara", "mina", "nell"])
def test_only_those_who_run_the_organisation_give_and_end_roles(name):
    who = listening_project()
    by = getattr(who, name)
    with pytest.raises(Refusal, match="gives roles"):
        services.give_role(
            by=by,
            project=who.project,
            email=who.mina.email,
            name="reader",
            starts_on=TODAY,
            now=NOW,
        )
    with pytest.raises(Refusal, match="gives roles"):
        services.end_role(by=by, role=ProjectRole.objects.first(), now=NOW)


@pytest.mark.parametrize("name", ProjectRole.Name.values)
def test_once_it_is_closed_readers_and_safeguarders_alone_are_named_and_end(name):
    who = listening_project()
    Project.objects.filter(ref=who.project.ref).update(state="closed", closed_on=TODAY)
    who.project.refresh_from_db()
    given = {"by": who.ada, "email": who.mina.email, "project": who.project, "name": name}
    if name not in ("reader", "safeguarder"):
        with pytest.raises(Refusal, match="closed"):
            services.give_role(**given, starts_on=TODAY, now=NOW)
        with pytest.raises(Refusal, match="closed"):
            services.end_role(by=who.ada, role=ProjectRole.objects.get(name=name), now=NOW)
    else:
        role = services.give_role(**given, starts_on=TODAY, now=NOW)
        services.end_role(by=who.ada, role=role, now=NOW)
        assert not ProjectRole.objects.filter(person=who.mina).exists()


def test_also_once_it_is_closed_the_only_safeguarder_stays():
    who = listening_project()
    Project.objects.filter(ref=who.project.ref).update(state="closed", closed_on=TODAY)
    with pytest.raises(Refusal, match="the only safeguarder"):
        services.end_role(by=who.ada, role=ProjectRole.objects.get(person=who.priya), now=NOW)


def test_a_role_ended_today_counts_no_more_and_stays_known_as_held():
    who = listening_project()
    role = ProjectRole.objects.get(person=who.rosa)
    services.end_role(by=who.ada, role=role, now=NOW)
    role.refresh_from_db()
    assert role.ends_on == date(2026, 3, 9)
    names = {each.name: each.holders for each in queries.roles_by_name(who.project, now=NOW)}
    assert [each.person for each in names["reader"]] == [who.sam]


@pytest.mark.parametrize("name", ["reader", "safeguarder"])
def test_nobody_makes_their_own_sight_of_unread_words_longer(name):
    who = listening_project()
    more = {"project": who.project, "name": name, "starts_on": date(2026, 3, 1)}
    role = ProjectRole.objects.create(person=who.ada, ends_on=date(2026, 3, 20), **more)
    with pytest.raises(Refusal, match="Somebody else must give you this role") as refused:
        services.end_role(by=who.ada, role=role, ends_on=date(2031, 1, 1), now=NOW)
    assert refused.value.field == "ends_on"
    services.end_role(by=who.ada, role=role, ends_on=date(2026, 3, 15), now=NOW)
    role.refresh_from_db()
    assert role.ends_on == date(2026, 3, 15)


def test_a_role_may_end_on_a_day_to_come_and_one_that_never_began_goes():
    who = listening_project()
    role = ProjectRole.objects.get(person=who.rosa)
    services.end_role(by=who.ada, role=role, ends_on=date(2026, 5, 1), now=NOW)
    role.refresh_from_db()
    assert role.ends_on == date(2026, 5, 1)
    fresh = services.give_role(
        by=who.ada,
        project=who.project,
        email=who.mina.email,
        name="co-lead",
        starts_on=TODAY,
        now=NOW,
    )
    services.end_role(by=who.ada, role=fresh, now=NOW)
    assert not ProjectRole.objects.filter(person=who.mina).exists()


def duty(scene: Scene, **changed: object) -> list[Duty]:
    given = {"by": scene.tom, "reader": scene.person("rosa"), "weekdays": [0, 2]}
    given |= {"from_time": time(9), "until_time": time(12), "stand_in": False} | changed
    return services.add_duty(project=scene.project, now=NOW, **given)


def test_a_reader_is_put_on_the_rota_for_several_days_and_taken_off():
    scene = Scene()
    give(scene)
    assert [each.weekday for each in duty(scene, weekdays=[2, 0, 2])] == [0, 2]
    services.remove_duty(by=scene.tom, duty=Duty.objects.first(), now=NOW)
    assert Duty.objects.count() == 1
    facts = [
        bytes(each.body).decode() for each in Entry.objects.filter(kind="project.rota-changed")
    ]
    assert ['"fact_stretches":2' in facts[0], '"fact_stretches":1' in facts[1]] == [True, True]


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"weekdays": []}, "weekdays", "at least one day"),
        ({"until_time": time(9)}, "until_time", "at most twelve hours"),
        ({"from_time": time(11), "until_time": time(14)}, "from_time", "at that time already"),
    ],
)
def test_a_duty_that_does_not_fit_is_refused_beside_its_field(changed, field, words):
    scene = Scene()
    give(scene)
    duty(scene)
    with pytest.raises(Refusal, match=words) as refused:
        duty(scene, **changed)
    assert refused.value.field == field


def test_only_readers_are_on_the_rota_and_only_organisers_change_it():
    scene = Scene()
    with pytest.raises(Refusal, match="Only a reader"):
        duty(scene)
    give(scene)
    with pytest.raises(Refusal, match="change the rota"):
        duty(scene, by=scene.person("rosa"))


def test_the_week_shows_hours_gaps_and_the_next_reading():
    who = listening_project()
    week = queries.rota_week(who.project, now=NOW)
    assert [each.name for each in week.readers] == ["Rosa", "Sam"]
    assert week.rows[0] == ("Monday", "Rosa, 9 am to 1 pm", "Sam, 9 am to 1 pm")
    assert len(week.rows) == 5
    assert week.choices[0] == (str(week.duties[0].ref), "Monday: Rosa, 9 am to 1 pm")
    assert week.gaps == []
    assert week.next_reading == "Tuesday 10 March 2026, 10 am"
