"""Complaints: acknowledged within thirty days, answered behind the receipt."""

from datetime import timedelta

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.moderation import queries, services
from goldenthread.safety.moderation.models import Complaint
from goldenthread.safety.moderation.tests.factories import complained
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Listening:
    return listening_project()


def sentence(complaint: Complaint) -> str:
    return queries.behind(complaint.receipt_id)[0].sentence


def test_it_goes_from_received_to_acknowledged_to_answered(here: Listening) -> None:
    complaint = complained(here)
    assert "by 9 April 2026" in sentence(complaint)
    services.acknowledge(by=here.ada, complaint=complaint, now=NOW)
    assert "read it on 10 March 2026" in sentence(complaint)
    services.answer(by=here.ada, complaint=complaint, text="We were wrong.", now=NOW)
    heard = queries.behind(complaint.receipt_id)[0]
    assert (heard.answer, heard.done) == ("We were wrong.", True)
    with pytest.raises(Refusal, match="answered already"):
        services.answer(by=here.ada, complaint=complaint, text="Again.", now=NOW)
    kinds = list(Entry.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["complaint.acknowledged", "complaint.answered"]


@pytest.mark.parametrize("name", ["mina", "tom", "cara", "rosa", "priya", "dev", "nell"])
def test_only_administrators_answer(here: Listening, name: str) -> None:
    complaint = complained(here)
    for act, more in ((services.acknowledge, {}), (services.answer, {"text": "No."})):
        with pytest.raises(Refusal, match="Only an administrator"):
            act(by=getattr(here, name), complaint=complaint, now=NOW, **more)


def test_on_day_thirty_one_it_is_overdue_until_someone_acknowledges(here: Listening) -> None:
    complaint = complained(here)

    def tones(days: int) -> list[str]:
        now = NOW + timedelta(days=days)
        return [each.tone for each in queries.complaints_that_wait(here.ada, [], now=now)]

    assert tones(30) == ["due"]
    assert tones(31) == ["overdue"]
    services.acknowledge(by=here.ada, complaint=complaint, now=NOW + timedelta(days=31))
    assert tones(31) == ["due"]


def test_nothing_said_is_no_complaint(here: Listening) -> None:
    with pytest.raises(Refusal, match="say what happened"):
        complained(here, text="  ")
