import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.equality.queries import asked_by

pytestmark = pytest.mark.django_db


def signed_in(person):
    Authenticator.objects.get_or_create(user=person, type="totp", defaults={"data": {}})
    client = Client()
    client.force_login(person)
    return client


def page_of(house):
    return reverse("equality:setting", args=[house.project.address])


def test_an_organiser_switches_it_on_and_it_is_linked_from_preparing():
    house = listening_project()
    Project.objects.filter(ref=house.project.ref).update(state="draft", opened_on=None)
    with clock.frozen(NOW):
        client = signed_in(house.tom)
        prepare = client.get(reverse("projects:prepare", args=[house.project.address]))
        assert page_of(house) in prepare.content.decode()
        one = client.post(page_of(house), {"ask": "yes", "first": ["age"]})
        assert "Choose exactly two questions" in one.content.decode()
        assert asked_by(house.project) is None
        client.post(page_of(house), {"ask": "yes", "first": ["age", "carer"]})
    assert asked_by(house.project).crossings == [["age", "carer"]]


def test_once_open_it_is_said_and_cannot_be_changed():
    house = listening_project()
    with clock.frozen(NOW):
        said = signed_in(house.tom).get(page_of(house)).content.decode()
    assert "This project does not ask" in said
    assert 'name="act"' not in said


def test_others_find_nothing_there():
    house = listening_project()
    with clock.frozen(NOW):
        for who in ("mina", "rosa", "stranger"):
            assert signed_in(getattr(house, who)).get(page_of(house)).status_code == 404
