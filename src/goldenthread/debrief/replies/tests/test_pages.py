import re

import pytest
from django.test import Client

from goldenthread.act.decisions.tests.factories import LATER, agreed_theme, published
from goldenthread.act.decisions.tests.test_pages import within_budget
from goldenthread.debrief.replies import rounds
from goldenthread.debrief.replies.models import Reply, Told
from goldenthread.debrief.replies.services import send_reply
from goldenthread.debrief.replies.tests.factories import (
    GOOD,
    by_member,
    by_nobody,
    by_receipt,
    changed,
    sent,
    written,
)
from goldenthread.kit import clock
from goldenthread.listen.voices.tests.factories import VoiceFactory, released_voice, signed_in
from goldenthread.projects.tests.factories import listening_project
from goldenthread.safety.reading.tests.factories import WordsFactory
from goldenthread.safety.release.models import Release
from goldenthread.safety.release.services import freeze

pytestmark = pytest.mark.django_db
OUTSIDE = ["rosa", "priya", "ada", "mina", "nell", "stranger", None]


@pytest.fixture(autouse=True)
def _clock():
    with clock.frozen(LATER):
        yield


@pytest.fixture
def house():
    return listening_project()


@pytest.fixture
def theme(house):
    return agreed_theme(house, [by_receipt(house).ref])


def at(house, rest=""):
    return f"/p/{house.project.address}/{rest}"


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def main_of(shown):
    return shown.split("<main", 1)[1].split("</main>", 1)[0]


def test_writing_checking_previewing_and_sending(house, theme):
    tom = signed_in(house.tom)
    address = at(house, f"replies/new/?about=theme:{theme.ref}")
    assert "People wait for weeks and hear nothing." in read(tom, address)
    assert "To everyone beneath the theme “Waiting alone”." in read(tom, address)

    poor = {**GOOD, "signed_by": "The wellbeing team"}
    shown = tom.post(address, {**poor, "check": "1"}).content.decode()
    assert "It is not signed by a person" in shown
    assert GOOD["happens_next"] in shown
    assert not Reply.objects.exists()

    answer = tom.post(address, poor)  # advice never stops anyone
    reply = Reply.objects.get()
    preview = read(tom, answer.url)
    assert "This goes to 1 voice." in preview
    assert "It is not signed by a person" in preview

    tom.post(at(house, f"replies/{reply.ref}/edit/"), GOOD)
    assert "It is not signed by a person" not in read(tom, answer.url)

    tom.post(at(house, f"replies/{reply.ref}/send/"))
    assert "0 of 1 voices so far." in read(tom, answer.url)
    rounds.carry_out(now=LATER)
    done = read(tom, answer.url)
    assert "voices so far" not in done
    assert "Waiting behind a receipt" not in done  # of one voice it would tell who it was


def test_a_missing_answer_is_refused_and_the_rest_is_kept(house, theme):
    address = at(house, f"replies/new/?about=theme:{theme.ref}")
    shown = signed_in(house.tom).post(address, {**GOOD, "text": ""}).content.decode()
    assert 'id="id_text_error"' in shown
    assert GOOD["happens_next"] in shown
    assert not Reply.objects.exists()


def test_everyone_reads_what_was_answered_and_no_number_of_people(house, theme):
    reply = sent(house, "theme", theme)
    for client in (Client(), signed_in(house.mina)):
        shown = read(client, at(house, f"replies/{reply.ref}/"))
        assert GOOD["text"] in shown
        assert GOOD["signed_by"] in shown
        assert "How it reached people" not in shown
        assert "Send it" not in shown
        assert GOOD["signed_by"] in read(client, at(house, "replies/"))


def test_progress_is_for_staff_alone(house, theme):
    reply = send_reply(by=house.tom, reply=written(house, "theme", theme), now=LATER)
    address = at(house, f"replies/{reply.ref}/")
    assert "0 of 1 voices so far." in read(signed_in(house.dev), address)
    assert "so far" not in main_of(read(Client(), address))


@pytest.mark.parametrize("who", OUTSIDE)
def test_drafts_and_staff_pages_look_like_nothing_to_others(house, theme, who):
    reply = written(house, "theme", theme)
    client = signed_in(getattr(house, who)) if who else Client()
    for rest in (
        f"replies/{reply.ref}/",
        f"replies/{reply.ref}/edit/",
        f"replies/new/?about=theme:{theme.ref}",
        "telling/",
    ):
        assert client.get(at(house, rest)).status_code == 404, rest
    for act in ("send/", "drop/"):
        assert client.post(at(house, f"replies/{reply.ref}/{act}")).status_code == 404
    assert reply.text not in read(client, at(house, "replies/"))
    reply.refresh_from_db()
    assert reply.state == Reply.State.DRAFT


def test_the_decision_maker_answers_but_does_not_tick(house, theme):
    dev = signed_in(house.dev)
    assert dev.get(at(house, f"replies/new/?about=theme:{theme.ref}")).status_code == 200
    assert dev.get(at(house, "telling/")).status_code == 404


@pytest.mark.parametrize(
    "about", ["", "theme:", "theme:none", "voice:{ref}", "decision:{ref}", "x"]
)
def test_nothing_to_answer_is_not_there(house, theme, about):
    address = at(house, "replies/new/?about=" + about.format(ref=theme.ref))
    assert signed_in(house.tom).get(address).status_code == 404


def test_a_theme_of_another_project_is_not_there(house):
    other = listening_project()
    foreign = agreed_theme(other, [by_nobody(other).ref])
    address = at(house, f"replies/new/?about=theme:{foreign.ref}")
    assert signed_in(house.tom).get(address).status_code == 404


def test_what_nobody_was_told_is_listed_for_those_who_answer(house, theme):
    decision = published(house, theme)
    link = f"?about=decision:{decision.ref}"
    assert link in read(signed_in(house.tom), at(house, "replies/"))
    assert link not in read(Client(), at(house, "replies/"))
    sent(house, "decision", decision)
    assert link not in read(signed_in(house.tom), at(house, "replies/"))


def test_ticking_who_was_told(house):
    first, second = by_nobody(house), by_nobody(house)
    tom, address = signed_in(house.tom), at(house, "telling/")
    assert "2 voices have had nothing from us yet." in read(tom, address)
    for typed, error in (
        ({"how": "in-person"}, "Tick at least one voice."),
        ({"voices": [str(first.ref)]}, "Say whether they were told."),
        ({"voices": [str(first.ref)], "how": "could-not"}, "Say why they could not be told."),
        ({"voices": ["none"], "how": "in-person"}, "Tick at least one voice."),
    ):
        assert error in tom.post(address, typed).content.decode()
        assert not Told.objects.exists()
    tom.post(address, {"voices": [str(first.ref)], "how": "in-person"})
    tom.post(
        address, {"voices": [str(second.ref)], "how": "could-not", "because": "No name on paper."}
    )
    assert dict(Told.objects.values_list("voice", "state")) == {
        first.ref: "in-person",
        second.ref: "could-not",
    }
    assert "Every voice has an answer" in read(tom, address)


def test_the_list_shows_released_words_only(house):
    VoiceFactory.create(words=WordsFactory.create(project=house.project, text="HELD words"))
    released_voice(house.project, text="Open words")
    shown = read(signed_in(house.tom), at(house, "telling/"))
    assert "Open words" in shown
    assert "HELD" not in shown
    assert "Not read yet" in shown


def test_a_late_answer_says_so(house):
    by_nobody(house)
    tom = signed_in(house.tom)
    assert "This is late" not in read(tom, at(house, "telling/"))
    with clock.frozen(LATER.replace(month=6, day=2)):
        tom = signed_in(house.tom)
        assert "You promised people an answer by" in read(tom, at(house, "telling/"))


def test_every_number_of_people_on_public_pages_is_in_the_release(house):
    voices = [by_nobody(house) for _ in range(12)] + [by_member(house)]
    change = changed(house, voices)
    reply = sent(house, "change", change)
    release = freeze(project=house.project, now=LATER)
    assert Release.objects.count() == 1
    allowed = {str(number) for number in release.figures.values() if number is not None}
    decision = change.action.decision_id
    for rest in (
        f"decisions/{decision}/",
        "decisions/",
        "plan/",
        f"actions/{change.action_id}/",
        f"changes/{change.ref}/",
        "replies/",
        f"replies/{reply.ref}/",
    ):
        text = re.sub(r"<[^>]*>", " ", main_of(read(Client(), at(house, rest))))
        people = re.findall(r"(\d+) (?:voices?|people|of)\b", text)
        assert set(people) <= allowed | {"102", "98"}, rest  # those two stand in the evidence


@pytest.mark.parametrize("many", [1, 3])
def test_pages_ask_the_database_no_more_for_more_of_anything(house, theme, many):
    for _ in range(many):
        decision = published(house, theme)
        by_nobody(house)
        reply = sent(house, "decision", decision)
        draft = written(house, "theme", theme)
    public = ["replies/", f"replies/{reply.ref}/"]
    staff = [*public, f"replies/{draft.ref}/", f"replies/new/?about=theme:{theme.ref}", "telling/"]
    for client, addresses in ((Client(), public), (signed_in(house.tom), staff)):
        for address in addresses:
            within_budget(client, at(house, address))
