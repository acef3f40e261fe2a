import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.listen.voices.tests.factories import form_data
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.equality.models import Asked, Waiting

pytestmark = pytest.mark.django_db


def spoken_in(project):
    client = Client()
    client.post(reverse("voices:speak", args=[project.address]), form_data(project))
    sent = client.get(reverse("voices:sent", args=[project.address]))
    return client, sent.content.decode()


def test_whoever_spoke_is_asked_about_themselves_where_that_was_chosen(settings, tmp_path):
    settings.DATA = tmp_path
    project = listening_project().project
    Asked.objects.create(project=project, crossings=[], since_on=clock.today(NOW))
    with clock.frozen(NOW):
        client, sent = spoken_in(project)
        about = reverse("equality:about_you", args=[project.address])
        assert about in sent
        client.post(about, {"carer": "yes", "agreed": "1"})
    assert Waiting.objects.count() == 1


def test_nobody_is_asked_unless_it_was_chosen():
    project = listening_project().project
    with clock.frozen(NOW):
        client, sent = spoken_in(project)
    assert "about" not in client.cookies
    assert reverse("equality:about_you", args=[project.address]) not in sent
