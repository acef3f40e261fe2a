from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from goldenthread.act.frameworks.models import Place
from goldenthread.act.plans.models import Change
from goldenthread.debrief.replies.models import Confirmation, Told
from goldenthread.example import queries, services
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.conversations.models import Drawing
from goldenthread.listen.outreach.models import OutreachAction
from goldenthread.listen.outreach.shown import missing
from goldenthread.listen.questions.models import Question
from goldenthread.listen.stories.models import Story
from goldenthread.listen.themes.models import Theme
from goldenthread.people.receipts.services import open_with
from goldenthread.projects.models import Project
from goldenthread.safety.consent.models import Consent
from goldenthread.safety.consent.queries import may_be_quoted, waiting_in
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release.queries import latest
from goldenthread.thread.models import Check, SignedHead, Witness

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
    maps = Drawing.objects.order_by("conversation__question", "number")
    assert [each.shown["map"] for each in maps] == [True, True, False]
    assert may_be_quoted(waiting).count() == 3
    assert waiting_in(waiting).count() == 1
    assert Consent.objects.filter(withdrawn_on__isnull=False).count() == 1
    assert Story.objects.filter(voice__words__state="released").count() == 3
    assert Change.objects.filter(action=None, said_in__about_kind="voice").count() == 1
    question = Question.objects.get()
    assert question.counted == {"all": 55, "0": 25, "1": 15, "2": 15}
    assert question.state == Question.State.ANSWERED
    opened = open_with(code=queries.guest_code(), now=NOW)
    assert opened.voices.get().project == waiting
    assert len(queries.parts()) == 10
    assert Place.objects.filter(theme__project=waiting).count() == 4
    assert OutreachAction.objects.filter(project=waiting).count() == 2
    compared = {each.finding for each in missing(waiting, now=NOW)["compared"]}
    assert "Heard well below their share: “Yes”." in compared
    newest = SignedHead.objects.latest("size")
    assert len(newest.cosigned.splitlines()) == 2, "both keepers have signed the newest head"
    assert {each.agreed_size for each in Witness.objects.all()} == {newest.size}
    assert Check.objects.get().faults == []
    with pytest.raises(Refusal):
        services.load(now=NOW)


def test_whoever_tries_the_example_switches_to_someone_else_with_one_click(
    settings: LazySettings,
    tmp_path: object,
    client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.DATA, settings.DEV = tmp_path, True
    with django_capture_on_commit_callbacks(execute=True):
        services.load(now=NOW)
    first, second = queries.offers()[:2]
    assert client.post(first.href)["Location"] == "/needs-you/"
    shown = client.get("/account/sign-in/").content.decode()
    assert first.name in shown
    assert f'action="{second.href}"' in shown
    client.post(second.href)
    assert second.name in client.get("/account/sign-in/").content.decode().split("<main")[1][:600]
    going_on = client.get("/account/sign-in/?next=/account/")
    assert going_on["Location"] == "/account/", "a link that needs an account still leads there"
