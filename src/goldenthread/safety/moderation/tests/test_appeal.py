"""An author's appeal against a removal, decided by someone who had no part in it."""

from datetime import date, timedelta

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.moderation import queries, services
from goldenthread.safety.moderation.models import Appeal
from goldenthread.safety.moderation.services.appealing import working_days_after
from goldenthread.safety.moderation.tests.factories import removed, shown_voice
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import sign_in
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Listening:
    return listening_project()


@pytest.fixture
def appeal(here: Listening) -> Appeal:
    words = removed(here, shown_voice(here))
    return services.appeal(words=words, text="It was about this.", now=NOW)


def test_it_is_due_within_three_working_days(appeal: Appeal) -> None:
    assert appeal.due_on == date(2026, 3, 13)  # asked on a Tuesday


@pytest.mark.parametrize(
    ("asked", "nation", "due"),
    [
        (date(2026, 3, 12), "england", date(2026, 3, 17)),  # over a weekend
        (date(2026, 4, 1), "england", date(2026, 4, 8)),  # over Good Friday and Easter Monday
        (date(2026, 4, 1), "scotland", date(2026, 4, 7)),  # where Easter Monday is none
        (date(2026, 3, 16), "northern-ireland", date(2026, 3, 20)),  # over Saint Patrick's Day
        (date(2026, 3, 16), "wales", date(2026, 3, 19)),  # the control
    ],
)
def test_bank_holidays_of_the_nation_are_no_working_days(
    asked: date, nation: str, due: date
) -> None:
    assert working_days_after(asked, nation=nation) == due


@pytest.mark.parametrize("name", ["tom", "cara", "mina", "dev", "ada", "priya", "stranger"])
def test_neither_who_asked_nor_who_agreed_nor_an_outsider_decides(
    here: Listening, appeal: Appeal, name: str
) -> None:
    with pytest.raises(Refusal, match="no part in taking it down"):
        services.decide_appeal(
            by=getattr(here, name), appeal=appeal, outcome="overturned", answer="Yes.", now=NOW
        )


def test_overturned_the_words_are_shown_again(here: Listening, appeal: Appeal) -> None:
    services.decide_appeal(
        by=here.rosa, appeal=appeal, outcome="overturned", answer="You are right.", now=NOW
    )
    assert Words.objects.get(ref=appeal.words_id).state == "released"
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {"words.put_back", "appeal.decided"} <= kinds
    assert Appeal.objects.get(words=appeal.words_id).answer == "You are right."


def test_upheld_they_stay_down_and_the_author_reads_why(here: Listening, appeal: Appeal) -> None:
    with pytest.raises(Refusal, match="tell the author why"):
        services.decide_appeal(by=here.rosa, appeal=appeal, outcome="upheld", answer=" ", now=NOW)
    services.decide_appeal(by=here.rosa, appeal=appeal, outcome="upheld", answer="No.", now=NOW)
    assert Words.objects.get(ref=appeal.words_id).state == "removed"
    with pytest.raises(Refusal, match="decided already"):
        services.decide_appeal(by=here.sam, appeal=appeal, outcome="upheld", answer="No.", now=NOW)


def test_one_appeals_once_and_only_against_a_removal(here: Listening, appeal: Appeal) -> None:
    shown = shown_voice(here).words
    asked = removed(here, shown_voice(here), because="author-asked")
    for words in (appeal.words, shown, asked):
        with pytest.raises(Refusal, match="nothing here to appeal"):
            services.appeal(words=words, text="Again.", now=NOW)


def test_what_its_author_takes_back_meanwhile_is_neither_shown_nor_appealed(
    here: Listening, appeal: Appeal, client: Client
) -> None:
    words = appeal.words
    sign_in(client, here.rosa)
    page = f"/p/{here.project.address}/moderation/appeals/{appeal.ref}/"
    with clock.frozen(NOW):
        assert words.shown in client.get(page).content.decode()  # the control
        reading.withdraw(words=words, now=NOW)
        seen = client.get(page).content.decode()
    assert words.shown not in seen
    assert "Their author has taken them back." in seen
    given = {"by": here.rosa, "appeal": appeal, "answer": "You are right.", "now": NOW}
    with pytest.raises(Refusal, match="taken these words back"):
        services.decide_appeal(**given, outcome="overturned")
    assert Words.objects.get(ref=words.ref).state == "removed"
    services.decide_appeal(**given, outcome="upheld")


def test_against_what_was_taken_back_nobody_appeals(here: Listening) -> None:
    words = removed(here, shown_voice(here))
    reading.withdraw(words=words, now=NOW)
    with pytest.raises(Refusal, match="nothing here to appeal"):
        services.appeal(words=words, text="It was about this.", now=NOW)


def test_late_appeals_need_those_who_may_decide(here: Listening, appeal: Appeal) -> None:
    now = NOW + timedelta(days=5)
    for name, waits in (("rosa", ["overdue"]), ("tom", []), ("cara", [])):
        found = queries.appeals_that_wait(getattr(here, name), [here.project], now=now)
        assert [each.tone for each in found] == waits, name
    assert appeal.decided_on is None
