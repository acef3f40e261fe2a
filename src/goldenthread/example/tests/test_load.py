from datetime import UTC, datetime

import pytest
from django.conf import LazySettings

from goldenthread.debrief.replies.models import Confirmation, Told
from goldenthread.example import queries, services
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes.models import Theme
from goldenthread.people.receipts.services import open_with
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release.queries import latest

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # a Sunday: nobody works

pytestmark = pytest.mark.django_db


def test_the_example_lives_the_whole_thread(settings: LazySettings, tmp_path: object) -> None:
    settings.DATA = tmp_path
    services.load(now=NOW)
    assert Project.objects.count() == 3
    waiting = Project.objects.get(address="while-you-wait")
    assert latest(waiting).number("voices") == 95
    assert Theme.objects.filter(project=waiting, place=Theme.Place.CHANGED).count() == 2
    assert Theme.objects.filter(state=Theme.State.MERGED).exists()
    assert Told.objects.filter(state=Told.State.OPENED).count() > 20
    assert Confirmation.objects.count() >= 10
    assert Words.objects.filter(state=Words.State.HELD).count() == 6
    opened = open_with(code=queries.guest_code(), now=NOW)
    assert opened.voices.get().project == waiting
    assert len(queries.parts()) == 10
    with pytest.raises(Refusal):
        services.load(now=NOW)
