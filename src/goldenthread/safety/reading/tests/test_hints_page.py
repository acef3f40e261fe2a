"""The lists of phrases, for those who work on a project and nobody else."""

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.projects.tests.factories import NOW, STAFF, listening_project
from goldenthread.safety.reading.hints.lists import all_lists
from goldenthread.safety.reading.tests.factories import sign_in

pytestmark = pytest.mark.django_db


def test_all_who_work_on_the_project_read_every_line_and_nobody_else(client: Client) -> None:
    here = listening_project()
    where = f"/p/{here.project.address}/reading/hints/"
    with clock.frozen(NOW):
        for name in ("guest", "mina", "ada", "nell", "stranger"):
            client.logout()
            if name != "guest":
                sign_in(client, getattr(here, name))
            assert client.get(where).status_code == 404, name
        for name in STAFF:
            sign_in(client, getattr(here, name))
            client.get(where)  # the first page of a sitting also notes that somebody is there
            with at_most(10):
                answer = client.get(where)
            assert answer.status_code == 200, name
    shown = answer.content.decode()
    for listed in all_lists():
        assert f"Version {listed.version}, with {len(listed.phrases)} lines" in shown
        assert listed.checked_by in shown
        assert all(phrase.say.replace("'", "&#x27;") in shown for phrase in listed.phrases)


def test_readers_find_it_from_their_list(client: Client) -> None:
    here = listening_project()
    sign_in(client, here.rosa)
    with clock.frozen(NOW):
        shown = client.get(f"/p/{here.project.address}/reading/").content.decode()
    assert f"/p/{here.project.address}/reading/hints/" in shown
