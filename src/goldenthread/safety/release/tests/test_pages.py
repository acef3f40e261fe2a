import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.equality.models import Answer, Asked
from goldenthread.safety.reading.tests.factories import released
from goldenthread.safety.release import registry
from goldenthread.safety.release.models import Release, Rule
from goldenthread.safety.release.services import freeze

pytestmark = pytest.mark.django_db


def signed_in(person):
    Authenticator.objects.get_or_create(user=person, type="totp", defaults={"data": {}})
    client = Client()
    client.force_login(person)
    return client


def path(name, house):
    return reverse(f"release:{name}", args=[house.project.address])


@pytest.fixture
def house():
    found = listening_project()
    Asked.objects.create(project=found.project, since_on=clock.today(NOW))
    return found


def shown(client, address):
    with clock.frozen(NOW):
        answer = client.get(address)
    return answer.status_code, answer.content.decode()


def test_before_the_first_release_the_rule_can_be_chosen(house):
    client = signed_in(house.tom)
    assert "Nothing is frozen yet" in shown(client, path("list", house))[1]
    with clock.frozen(NOW):
        client.post(path("list", house), {"profile": "nhs_1_7"})
        assert Rule.objects.get().profile == "nhs_1_7"
        wrong = client.post(path("list", house), {"profile": "mine"})
    assert wrong.status_code == 200
    assert Rule.objects.get().profile == "nhs_1_7"


def test_each_release_says_when_by_which_rule_and_what_was_hidden(house, monkeypatch):
    monkeypatch.setattr(registry, "_wholes", {"words": lambda _project: 12})
    monkeypatch.setattr(registry, "_parts", [lambda _project: {"part": 3}])
    client = signed_in(house.tom)
    with clock.frozen(NOW):
        client.post(path("freeze", house))
    said = shown(client, path("list", house))[1]
    assert "Release 1" in said
    assert "1 of 2 figures have fewer than ten people in them" in said
    assert 'name="profile"' not in said
    with clock.frozen(NOW):
        again = client.post(path("freeze", house), follow=True)
    assert "Figures change when ten more people" in again.content.decode()
    assert Release.objects.count() == 1


def test_everyone_sees_who_was_heard_and_nobody_a_small_group(house):
    empty = shown(Client(), path("heard", house))
    assert "Nothing to show yet" in empty[1]
    for answer, number in (("female", 41), ("male", 23), ("rather-not", 3)):
        Answer.objects.bulk_create(
            Answer(project=house.project, question="sex", answer=answer) for _ in range(number)
        )
    freeze(project=house.project, now=NOW)
    said = shown(Client(), path("heard", house))[1]
    assert "About 65 people answered" in said
    assert "not shown" in said
    for exact in ("41", "23", "67"):
        assert f">{exact}<" not in said


def test_who_was_heard_is_no_page_where_nobody_was_asked():
    other = listening_project()
    assert shown(Client(), path("heard", other))[0] == 404


def test_the_list_is_for_those_who_run_the_project(house):
    for who, status in (("tom", 200), ("cara", 200), ("mina", 404), ("rosa", 404), ("ada", 404)):
        assert shown(signed_in(getattr(house, who)), path("list", house))[0] == status


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_few_queries(house, number, django_assert_max_num_queries):
    released(project=house.project)
    for each in range(number):
        Release.objects.create(
            project=house.project, number=each + 1, figures={}, bases={}, frozen_on=NOW.date()
        )
    client = signed_in(house.tom)
    shown(client, path("list", house))  # the first page of a session notes when it was
    with clock.frozen(NOW), django_assert_max_num_queries(10, info="list"):
        client.get(path("list", house))
