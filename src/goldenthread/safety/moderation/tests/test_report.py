"""Reporting without an account, and what readers decide about it."""

from datetime import timedelta

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.people.receipts import services as receipts
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.moderation import policy, queries, registry, services
from goldenthread.safety.moderation.models import Report
from goldenthread.safety.moderation.tests.factories import reported, shown_voice
from goldenthread.safety.readers.models import Reader
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.reasons import NOT_PUBLISHED
from goldenthread.thread.models import Entry, HeldEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Listening:
    return listening_project()


def told(code: str) -> str:
    """What the holder of a receipt is told."""
    receipt = receipts.open_with(code=code, now=NOW)
    return " ".join(each.sentence for each in queries.behind(receipt.ref))


def state(report: Report) -> str:
    return str(Words.objects.get(ref=report.words_id).state)


def test_it_waits_for_a_reader_and_the_receipt_says_until_when(here: Listening) -> None:
    done = reported(here, shown_voice(here), note="That is my sister.")
    assert done.report.due_at > NOW
    assert "A reader looks at it by 1" in told(done.code)
    held = HeldEntry.objects.get(kind="report.received")
    assert held.facts == {"because": "names-someone"}


def test_kept_means_that_everyone_who_reported_it_is_told(here: Listening) -> None:
    voice = shown_voice(here)
    first, second = reported(here, voice), reported(here, voice, because="other")
    services.decide(by=here.rosa, report=first.report, outcome="kept", now=NOW)
    for each in (first, second):
        assert "It stays" in told(each.code)
    assert Entry.objects.filter(kind="report.decided").count() == 2
    with pytest.raises(Refusal, match="decided already"):
        services.decide(by=here.sam, report=second.report, outcome="kept", now=NOW)


def test_a_reader_hides_it_at_once_and_another_reads_it_again(here: Listening) -> None:
    done = reported(here, shown_voice(here))
    services.decide(by=here.rosa, report=done.report, outcome="second", now=NOW)
    words = Words.objects.get(ref=done.report.words_id)
    assert (words.state, words.second_reader, words.lane) == ("held", True, "first")
    assert "not shown now" in told(done.code)
    with pytest.raises(Refusal, match="Another reader"):
        reading.release(by=here.rosa, words=words, masks=[], version=words.version, now=NOW)
    reading.release(by=here.sam, words=words, masks=[], version=words.version, now=NOW)
    assert state(done.report) == "released"


def test_to_mask_details_the_same_reader_goes_on(here: Listening) -> None:
    done = reported(here, shown_voice(here))
    services.decide(by=here.rosa, report=done.report, outcome="masking", now=NOW)
    words = Words.objects.get(ref=done.report.words_id)
    assert (words.state, words.second_reader) == ("held", False)
    reading.release(by=here.rosa, words=words, masks=[], version=words.version, now=NOW)
    assert "shown now without" in told(done.code)


def test_what_a_new_reader_hides_another_reader_looks_at(here: Listening) -> None:
    Reader.objects.filter(person=here.rosa).update(checked=0, agreed=0)
    done = reported(here, shown_voice(here))
    services.decide(by=here.rosa, report=done.report, outcome="masking", now=NOW)
    words = Words.objects.get(ref=done.report.words_id)
    assert (words.state, words.second_reader) == ("held", True)
    with pytest.raises(Refusal):
        reading.release(by=here.rosa, words=words, masks=[], version=words.version, now=NOW)
    reading.release(by=here.sam, words=words, masks=[], version=words.version, now=NOW)
    assert state(done.report) == "released"


def test_what_was_hidden_can_still_be_taken_down_by_two_people(here: Listening) -> None:
    voice = shown_voice(here)
    done = reported(here, voice)
    services.decide(by=here.rosa, report=done.report, outcome="masking", now=NOW)
    asked = reading.ask_to_remove(by=here.rosa, words=voice.words, because="threatens", now=NOW)
    assert state(done.report) == "held"
    with pytest.raises(Refusal):
        reading.agree_to_remove(by=here.sam, removal=asked, now=NOW)
    reading.agree_to_remove(by=here.cara, removal=asked, now=NOW)
    assert state(done.report) == "removed"
    assert "We took it down" in told(done.code)


def test_taking_it_down_needs_a_reason_of_the_list_and_a_second_key(here: Listening) -> None:
    done = reported(here, shown_voice(here))
    with pytest.raises(Refusal, match="reason from the list"):
        services.decide(
            by=here.rosa, report=done.report, outcome="removal", because="critical", now=NOW
        )
    services.decide(
        by=here.rosa, report=done.report, outcome="removal", because="threatens", now=NOW
    )
    assert state(done.report) == "released"
    removal = Words.objects.get(ref=done.report.words_id).removal
    reading.agree_to_remove(by=here.cara, removal=removal, now=NOW)
    assert state(done.report) == "removed"
    assert "We took it down" in told(done.code)


@pytest.mark.parametrize("name", ["mina", "tom", "cara", "priya", "dev", "ada", "nell", "stranger"])
def test_only_readers_decide(here: Listening, name: str) -> None:
    done = reported(here, shown_voice(here))
    with pytest.raises(Refusal, match="Only a reader"):
        services.decide(by=getattr(here, name), report=done.report, outcome="kept", now=NOW)


def test_criticism_of_us_is_no_reason_anywhere() -> None:
    said = " ".join(f"{key} {text}".lower() for key, text in policy.REASONS.items())
    assert "critic" not in said
    assert set(policy.REASONS) - {policy.ABOUT_ME, policy.WORRIED, "other"} <= set(NOT_PUBLISHED)


def test_what_one_may_not_see_one_cannot_report(here: Listening) -> None:
    voice = shown_voice(here)
    other = listening_project()

    def finds(project: object, ref: object) -> bool:
        found = registry.found("voice", project, ref, visible_to=here.mina, now=NOW)  # type: ignore[arg-type]
        return found is not None

    assert finds(here.project, voice.pk)  # the control
    assert not finds(other.project, voice.pk)
    assert registry.found("nothing", here.project, voice.pk, visible_to=here.mina, now=NOW) is None
    Words.objects.filter(ref=voice.pk).update(state="held", hidden=True)
    assert not finds(here.project, voice.pk)


def test_late_reports_need_the_readers(here: Listening) -> None:
    reported(here, shown_voice(here))

    def tones(person: object, days: int) -> list[str]:
        fresh = type(person).objects.get(pk=person.pk)  # type: ignore[attr-defined]
        now = NOW + timedelta(days=days)
        return [each.tone for each in queries.reports_that_wait(fresh, [here.project], now=now)]

    assert tones(here.rosa, 0) == ["due"]
    assert tones(here.rosa, 9) == ["overdue"]
    assert tones(here.tom, 9) == []


def test_a_flood_stops_at_some_hundreds(here: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services.reporting, "MOST_A_DAY", 1)
    voice = shown_voice(here)
    reported(here, voice)
    with pytest.raises(Refusal, match="Very many reports"):
        reported(here, voice)


def test_no_report_names_who_made_it() -> None:
    people = {each.name for each in Report._meta.get_fields() if each.related_model is Person}
    assert people == {"decided_by"}
    assert "receipt" in {each.name for each in Report._meta.get_fields()}  # the control: found so


def test_the_code_of_a_receipt_is_kept_nowhere(here: Listening) -> None:
    done = reported(here, shown_voice(here))
    bare = done.code.replace("-", "")
    for row in (Report.objects.values(), Receipt.objects.values(), HeldEntry.objects.values()):
        assert bare not in str(list(row)).replace("-", "")
    assert done.report.receipt is not None
    assert done.report.receipt.drawer in bare  # the control: its first letters are, to find it
