"""The LISTEN steps, who was told, other hands, and days away."""

from datetime import date, timedelta

import pytest
from django.core import mail

from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.services import send_waiting
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.projects.work import work_for
from goldenthread.safety.concerns import queries, services
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.concerns.tests.test_concerns import ENDING, mark_all, raised
from goldenthread.safety.reading.tests.factories import WordsFactory
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def deputy(here: Listening) -> Person:
    """Let Mina stand in for Priya."""
    ProjectRole.objects.create(
        project=here.project,
        person=here.mina,
        name="safeguarder",
        stands_in=True,
        starts_on="2026-02-02",
    )
    return here.mina


def away(here: Listening, until: date = TODAY) -> None:
    services.go_away(by=here.priya, project=here.project, from_on=TODAY, until_on=until, now=NOW)


def concern_of(here: Listening) -> Concern:
    words = WordsFactory.create(project=here.project)
    return services.raise_concern(by=here.rosa, words=words, why="Hm.", now=NOW)


def texts(person: Person, here: Listening, minutes: int = 0) -> list[str]:
    later = NOW + timedelta(minutes=minutes)
    found = work_for(person, [here.project], now=later)
    return [each.text for each in found if "concern" in each.text]


def test_the_six_steps_stand_in_their_order_and_are_marked() -> None:
    here, concern = raised()
    services.mark_step(
        by=here.priya, concern=concern, step="share", done=False, text="No way yet.", now=NOW
    )
    found = {each.code: each for each in queries.steps_of(concern)}
    assert list(found) == ["listen", "involve", "share", "time", "empathise", "next"]
    assert found["share"].state == "open"
    assert found["share"].marked
    assert found["listen"].marked is None


@pytest.mark.parametrize(
    ("step", "given", "field"),
    [
        ("time", {"done": False, "text": " "}, "text"),
        ("next", {"done": True, "text": "We ring.", "who": ""}, "who"),
        ("next", {"done": True, "text": "We ring.", "who": "Priya"}, "who"),
    ],
)
def test_what_a_step_must_say(step: str, given: dict[str, object], field: str) -> None:
    here, concern = raised()
    with pytest.raises(Refusal) as refused:
        services.mark_step(by=here.priya, concern=concern, step=step, **given, now=NOW)
    assert refused.value.field == field


def test_marked_again_the_note_before_stays_in_the_history() -> None:
    here, concern = raised()
    for done, text in ((False, "Not yet."), (True, "Now.")):
        services.mark_step(
            by=here.priya, concern=concern, step="time", done=done, text=text, now=NOW
        )
    assert [each.text for each in queries.notes_of(concern)] == [
        "Time and availability: not done. Not yet."
    ]


def test_it_is_not_closed_before_every_step_is_marked() -> None:
    here, concern = raised()
    with pytest.raises(Refusal, match="every LISTEN step"):
        services.close(by=here.priya, concern=concern, **ENDING, now=NOW)
    mark_all(here, concern)
    assert services.close(by=here.priya, concern=concern, **ENDING, now=NOW).closed_on == TODAY


@pytest.mark.parametrize("told", [True, False])
def test_who_was_told_or_not_is_kept_with_its_reason_and_never_in_the_record(
    told: bool,  # noqa: FBT001
) -> None:
    here, concern = raised()
    given = {"whom": "emergency", "who": "Ambulance", "because": "A kingfisher."}
    services.tell_others(by=here.priya, concern=concern, told=told, **given, now=NOW)
    (kept,) = queries.tellings_of(concern)
    assert (kept.told, kept.because, kept.by) == (told, "A kingfisher.", here.priya)
    entry = Entry.objects.get(kind="concern.others-told")
    assert b"kingfisher" not in bytes(entry.body)
    with pytest.raises(Refusal):
        services.tell_others(
            by=here.priya, concern=concern, told=told, **{**given, "because": " "}, now=NOW
        )


def test_a_concern_is_in_the_hands_of_the_lead_and_the_deputy_is_left_alone() -> None:
    here, _ = raised()
    deputy(here)
    assert texts(here.priya, here)
    assert not texts(here.mina, here)


def test_overdue_it_calls_the_deputy_too() -> None:
    here, _ = raised()
    deputy(here)
    assert texts(here.mina, here, minutes=31)


def test_while_the_lead_is_away_the_deputy_has_it_and_gets_the_mail() -> None:
    here, _first = raised()
    deputy(here)
    mail.outbox.clear()
    away(here)
    concern = concern_of(here)
    assert concern.owner == here.mina
    send_waiting(now=NOW)
    assert {each.to[0] for each in mail.outbox if "kingfisher" not in each.body} >= {
        here.mina.email
    }
    assert len(texts(here.mina, here)) == 1
    assert texts(here.priya, here) == []


def test_back_again_the_lead_has_what_was_theirs() -> None:
    here, concern = raised()
    deputy(here)
    away(here)
    tomorrow = NOW + timedelta(days=1)
    assert queries.Looking.after(here.project, now=NOW).hands(concern) == here.mina
    assert queries.Looking.after(here.project, now=tomorrow).hands(concern) == here.priya


def test_nobody_goes_away_when_nobody_else_is_there() -> None:
    here, _ = raised()
    with pytest.raises(Refusal, match="deputy"):
        away(here)
    deputy(here)
    with pytest.raises(Refusal, match="last day"):
        away(here, TODAY - timedelta(days=1))
    away(here)


@pytest.mark.parametrize("name", ["rosa", "tom", "stranger"])
def test_only_a_safeguarder_goes_away(name: str) -> None:
    here, _ = raised()
    deputy(here)
    with pytest.raises(Refusal):
        services.go_away(
            by=getattr(here, name), project=here.project, from_on=TODAY, until_on=TODAY, now=NOW
        )


def test_a_case_is_handed_over_to_whoever_looks_after_concerns_and_nobody_else() -> None:
    here, concern = raised()
    with pytest.raises(Refusal) as refused:
        services.hand_over(by=here.priya, concern=concern, to=here.tom, text="Please.", now=NOW)
    assert refused.value.field == "to"
    joan = deputy(here)
    services.hand_over(by=here.priya, concern=concern, to=joan, text="Ring Friday.", now=NOW)
    assert texts(joan, here)
    assert not texts(here.priya, here)
    assert [each.text for each in queries.notes_of(concern)] == ["Ring Friday."]
