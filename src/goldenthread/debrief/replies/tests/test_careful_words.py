"""An answer is looked through before it is kept: advice can be set aside, method detail cannot."""

from collections.abc import Iterator

import pytest

from goldenthread.act.decisions.tests.factories import LATER, agreed_theme
from goldenthread.debrief.replies.models import Reply
from goldenthread.debrief.replies.tests.factories import GOOD, by_receipt
from goldenthread.kit import clock
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.tests.factories import listening_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def _later() -> Iterator[None]:
    with clock.frozen(LATER):
        yield


@pytest.fixture
def send(_later: None):
    house = listening_project()
    theme = agreed_theme(house, [by_receipt(house).ref])
    client = signed_in(house.tom)
    where = f"/p/{house.project.address}/replies/new/?about=theme:{theme.ref}"
    return lambda **given: client.post(where, {**GOOD, **given})


def test_advice_keeps_what_was_typed_and_can_be_set_aside(send) -> None:
    text = "You told us of the wait. It is for the mentally ill."
    shown = send(text=text).content.decode()
    assert "“the mentally ill” can hurt people who read it" in shown
    assert text in shown
    assert Reply.objects.count() == 0
    assert send(text=text, **{"keep-text": "the mentally ill"}).status_code == 302
    assert Reply.objects.get().text == text


def test_method_detail_is_never_kept(send) -> None:
    text = "You told us of the wait. He was found hanged."
    answer = send(text=text, **{"keep-text": "hanged"})
    assert (answer.status_code, Reply.objects.count()) == (200, 0)
    assert "“hanged” says how" in answer.content.decode()
