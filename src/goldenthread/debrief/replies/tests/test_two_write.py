"""Two write one answer: nobody saves over, or sends out, words they have not seen."""

import re

import pytest

from goldenthread.act.decisions.tests.factories import LATER, agreed_theme
from goldenthread.debrief.replies.models import Reply
from goldenthread.debrief.replies.tests.factories import GOOD, by_receipt, written
from goldenthread.kit import clock
from goldenthread.listen.questions.tests.factories import asked
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.tests.factories import listening_project

pytestmark = pytest.mark.django_db
LATE = "Somebody else saved this while you were writing."
MINE = {**GOOD, "text": "You told us that nobody writes. Tom writes to each of you on Monday."}
CARAS = "You told us that you wait for weeks. Cara has asked the service to write to you."


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


def seen_in(shown):
    return re.search(r'name="seen" value="(\w+)"', shown)[1]


def read(client, address):
    return client.get(address).content.decode()


def test_whoever_saves_later_reads_first_what_was_saved_meanwhile(house, theme):
    tom, draft = signed_in(house.tom), written(house, "theme", theme)
    address = f"/p/{house.project.address}/replies/{draft.ref}/edit/"
    seen = seen_in(read(tom, address))
    written(house, "theme", theme, reply=draft, by=house.cara, text=CARAS)
    late = tom.post(address, {**MINE, "seen": seen})
    shown = late.content.decode()
    for words in (LATE, MINE["text"], CARAS, "Saved meanwhile by somebody else"):
        assert words in shown
    assert Reply.objects.get().text == CARAS
    now_seen = seen_in(shown)
    assert now_seen != seen
    for _press in range(2):  # the second of one button saves nothing new, and is not refused
        assert tom.post(address, {**MINE, "seen": now_seen}).status_code == 302
    assert Reply.objects.get().text == MINE["text"]
    assert LATE not in read(tom, address)


def test_an_answer_begun_twice_does_not_lose_the_first(house):
    question = asked(house)
    address = f"/p/{house.project.address}/questions/{question.ref}/answer/"
    tom, cara = signed_in(house.tom), signed_in(house.cara)
    seen = [seen_in(read(each, address)) for each in (tom, cara)]
    for _press in range(2):
        assert cara.post(address, {**GOOD, "text": CARAS, "seen": seen[1]}).status_code == 302
    shown = tom.post(address, {**MINE, "seen": seen[0]}).content.decode()
    assert LATE in shown
    assert CARAS in shown
    assert Reply.objects.get().text == CARAS


def test_only_what_was_looked_at_is_sent(house, theme):
    tom, draft = signed_in(house.tom), written(house, "theme", theme)
    address = f"/p/{house.project.address}/replies/{draft.ref}/"
    seen = seen_in(read(tom, address))
    written(house, "theme", theme, reply=draft, by=house.cara, text=CARAS)
    late = tom.post(f"{address}send/", {"seen": seen})
    assert late.status_code == 409
    assert "Somebody else changed this after you looked at it." in late.content.decode()
    draft.refresh_from_db()
    assert draft.state == Reply.State.DRAFT
    tom.post(f"{address}send/", {"seen": seen_in(read(tom, address))})
    draft.refresh_from_db()
    assert (draft.state, draft.text) == (Reply.State.SENDING, CARAS)
