"""The worked example as a whole: loaded once, and looked at by every test of this file."""

from datetime import UTC, datetime
from html import unescape
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import connection
from django.test import Client, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse

from goldenthread.act.decisions.models import Decision
from goldenthread.act.frameworks.models import Place
from goldenthread.act.plans.models import Change
from goldenthread.debrief.replies.gates import everyone_was_told
from goldenthread.debrief.replies.models import Confirmation, Told
from goldenthread.debrief.replies.telling import untold
from goldenthread.example import queries, services, tour
from goldenthread.example.queries import MARK
from goldenthread.example.tests import states
from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.conversations.models import Drawing
from goldenthread.listen.outreach.models import OutreachAction
from goldenthread.listen.outreach.shown import missing
from goldenthread.listen.questions.models import Question
from goldenthread.listen.stories.models import Story
from goldenthread.listen.themes.models import Theme
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.second_factor import WAIVED
from goldenthread.people.receipts.services import open_with
from goldenthread.projects.gates import missing_to_close, missing_to_open
from goldenthread.projects.models import Project
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.consent.models import Consent
from goldenthread.safety.consent.queries import may_be_quoted, waiting_in
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.queries import oldest_overdue
from goldenthread.safety.release.queries import latest
from goldenthread.thread.models import Check, SignedHead, Witness

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)  # a Sunday: nobody works

pytestmark = pytest.mark.xdist_group("the worked example")


def at(address: str) -> Project:
    return Project.objects.get(address=address)


def client_of(first_name: str) -> Client:
    """Return the browser of one of the people, or of a guest."""
    client = Client()
    if first_name:
        client.force_login(Person.objects.get(name__istartswith=f"{first_name} "))
        session = client.session
        session[WAIVED] = True
        session.save()
    return client


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(path)
    return len(asked)


class Example(TestCase):
    """Loaded once for all of these: it takes longer than what is then looked at."""

    @classmethod
    def setUpClass(cls) -> None:
        folder = Path(cls.enterClassContext(TemporaryDirectory()))
        (folder / MARK).touch()
        cls.enterClassContext(override_settings(DATA=folder, DEV=True))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        services.load(now=NOW)

    def test_one_project_has_lived_the_whole_thread(self) -> None:
        waiting = at("while-you-wait")
        assert latest(waiting).number("voices") == 95
        assert Theme.objects.filter(project=waiting, place=Theme.Place.CHANGED).count() == 2
        assert Theme.objects.filter(state=Theme.State.MERGED).exists()
        told = Told.objects.filter(voice__project=waiting)
        assert told.filter(state=Told.State.OPENED).count() > 20
        assert Confirmation.objects.filter(voice__project=waiting).count() >= 10
        assert may_be_quoted(waiting).count() == 3
        assert waiting_in(waiting).count() == 1
        assert Consent.objects.filter(withdrawn_on__isnull=False).count() == 1
        assert Place.objects.filter(theme__project=waiting).count() == 4
        assert OutreachAction.objects.filter(project=waiting).count() == 2
        compared = {each.finding for each in missing(waiting, now=NOW)["compared"]}
        assert "Heard well below their share: “Yes”." in compared
        opened = open_with(code=queries.guest_code(), now=NOW)
        assert opened.voices.get().project == waiting

    def test_one_has_just_begun_to_listen_in_every_way(self) -> None:
        held = Words.objects.filter(project=at("first-weeks"), state=Words.State.HELD)
        assert held.count() == 4
        maps = Drawing.objects.order_by("conversation__question", "number")
        assert [each.shown["map"] for each in maps] == [True, True, False]
        assert Story.objects.filter(voice__words__state="released").count() == 3
        assert Change.objects.filter(action=None, said_in__about_kind="voice").count() == 1
        question = Question.objects.get()
        assert question.counted == {"all": 55, "0": 25, "1": 15, "2": 15}
        assert question.state == Question.State.ANSWERED

    def test_each_project_stands_at_another_stage(self) -> None:
        assert Project.objects.count() == 10
        begun, ready = at("a-chair-at-the-barbers"), at("quiet-room")
        assert begun.start.answered == ["what", "ask", "who", "change"]
        assert len(missing_to_open(begun, now=NOW)) > 5
        assert ready.state == Project.State.DRAFT
        assert missing_to_open(ready, now=NOW) == []
        assert set(oldest_overdue(now=NOW)) >= {at("how-we-work").ref, at("crisis-help").ref}
        asked = Decision.objects.filter(project=at("sleep-and-homework"))
        assert set(asked.values_list("state", flat=True)) == {Decision.State.DRAFT}
        late = at("local-groups")
        assert untold(late) == 4
        assert [*everyone_was_told(late, now=NOW)] == [
            "4 voices have no answer yet. Tell these people, or write down why not."
        ]
        assert Told.objects.filter(voice__project=late, state=Told.State.WAITING).exists()

    def test_one_is_closed_with_everything_told_and_confirmed(self) -> None:
        closed = at("sunday-walk")
        assert closed.state == Project.State.CLOSED
        assert missing_to_close(closed, now=NOW) == []
        states = set(Told.objects.filter(voice__project=closed).values_list("state", flat=True))
        assert states >= {Told.State.OPENED, Told.State.COULD_NOT}
        said = Confirmation.objects.filter(voice__project=closed).values_list("answer", flat=True)
        assert set(said) == {"yes", "partly", "no"}

    def test_what_children_say_is_read_by_two_and_a_concern_about_staff_goes_to_the_head(
        self,
    ) -> None:
        words = Words.objects.filter(project=at("better-breaks"))
        assert words.filter(state=Words.State.RELEASED).count() == 8
        assert words.filter(state=Words.State.HELD).count() == 6
        concern = Concern.objects.get(project=at("better-breaks"))
        assert concern.names == Concern.Names.STAFF

    def test_its_record_is_kept_by_two_and_whole(self) -> None:
        newest = SignedHead.objects.latest("size")
        assert len(newest.cosigned.splitlines()) == 2, "both keepers have signed the newest head"
        assert {each.agreed_size for each in Witness.objects.all()} == {newest.size}
        assert Check.objects.get().faults == []

    def test_it_is_loaded_once(self) -> None:
        with pytest.raises(Refusal):
            services.load(now=NOW)

    def test_whoever_tries_the_example_switches_to_someone_else_with_one_click(self) -> None:
        client = self.client
        first, second = queries.offers()[:2]
        assert client.post(first.href)["Location"] == "/needs-you/"
        shown = client.get("/account/sign-in/").content.decode()
        assert first.name in shown
        assert f'action="{second.href}"' in shown
        client.post(second.href)
        assert (
            second.name in client.get("/account/sign-in/").content.decode().split("<main")[1][:600]
        )
        going_on = client.get("/account/sign-in/?next=/account/")
        assert going_on["Location"] == "/account/", "a link that needs an account still leads there"
        assert len(queries.offers()) == 16

    def test_every_page_that_lists_or_waits_is_full_empty_and_overdue_somewhere(self) -> None:
        faults = []
        with clock.frozen(NOW):
            for row in (*states.FULL, *states.EMPTY, *states.OVERDUE):
                faults += self.faults_of(*row)
        assert not faults, "\n".join(faults)

    def faults_of(self, route: str, who: str, where: str, words: str) -> list[str]:
        path = reverse(route, args=[where] if where else [])
        answer = client_of(who).get(path)
        if answer.status_code != HTTPStatus.OK:
            return [f"{path} as {who or 'a guest'}: {answer.status_code}"]
        main = unescape(answer.content.decode()).split("<main")[1].split("</main>")[0]
        return [] if words in main else [f"{path} as {who or 'a guest'}: no “{words}”"]

    def test_the_tour_leads_to_pages_on_which_stands_what_it_says(self) -> None:
        with clock.frozen(NOW):
            assert "Take the tour" in self.client.get("/").content.decode()
            for number, stop in enumerate(tour.stops(), start=1):
                given = {"stop": number} if number > 1 else {}
                shown = self.client.post("/tour/", given, follow=True)
                assert shown.status_code == HTTPStatus.OK, stop
                strip, main = unescape(shown.content.decode()).split("<main")
                assert f"Stop {number} of 12: {stop.title}" in strip
                assert stop.look in strip
                assert stop.sees in main, stop

    def test_beside_the_tour_the_strip_leads_back_and_who_leaves_has_left(self) -> None:
        with clock.frozen(NOW):
            self.client.post("/tour/", {"stop": 3})
            beside = self.client.get("/needs-you/").content.decode()
            assert '<a href="/p/first-weeks/reading/">Back to this stop</a>' in beside
            with_strip = queries_of(self.client, "/p/first-weeks/reading/")
            left = self.client.post("/tour/leave/", follow=True).content.decode()
            assert "You have left the tour." in left
            assert "Stop 3 of 12" not in left
            assert queries_of(self.client, "/p/first-weeks/reading/") == with_strip
            self.client.post(queries.offers()[0].href)
            assert "of 12" not in self.client.get("/").content.decode()
            for wrong in ("0", "13", "three"):
                assert self.client.post("/tour/", {"stop": wrong}).status_code == 404


def lists_in(found: Any, room: str = "") -> set[str]:
    """The routes that list something, however deep their paths lie."""
    if isinstance(found, URLPattern):
        return {f"{room}:list"} if found.name == "list" else set()
    room = found.namespace or room
    return set().union(*(lists_in(each, room) for each in found.url_patterns))


def test_every_list_of_the_product_has_its_states_in_the_table() -> None:
    lists = lists_in(get_resolver())
    assert "stories:list" in lists
    full = {row[0] for row in states.FULL}
    empty = {row[0] for row in states.EMPTY}
    assert lists <= full
    assert full - empty == set(states.NEVER_EMPTY)
