"""The same words worry a reader again: one case, seen by nobody whom a reader left out."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.services import send_waiting
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.concerns import permissions, queries, services
from goldenthread.safety.concerns.listen import STEPS
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.concerns.tests.test_concerns import ENDING
from goldenthread.safety.concerns.tests.test_concerns import raised as raised_anywhere
from goldenthread.safety.concerns.tests.test_school import PEOPLE, raised, with_posts
from goldenthread.safety.reading.tests.factories import sign_in
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
SEEN_BY = {"": {"priya", "mina"}, "staff": {"dev"}, "head": {"cara"}}
ALSO = "They say it is today."


def close(concern: Concern, by: Person) -> None:
    for step in STEPS:
        more = {"who": "Priya", "due_on": NOW.date()} if step == "next" else {}
        given = {"concern": concern, "step": step, "done": True, "text": f"{step} it."}
        services.mark_step(by=by, **given, **more, now=NOW)
    services.close(by=by, concern=concern, **ENDING, now=NOW)


def again(here: Listening, concern: Concern, names: str = "") -> Concern:
    """Let Sam, who cannot see the case, tell of the same words."""
    given = {"by": here.sam, "words": concern.words, "why": ALSO, "names": names}
    services.raise_concern(**given, now=LATER)
    return Concern.objects.get(ref=concern.ref)


def who_sees(here: Listening, concern: Concern) -> set[str]:
    fresh = {name: Person.objects.get(pk=getattr(here, name).pk) for name in PEOPLE}
    return {name for name, each in fresh.items() if permissions.may_see(each, concern, now=LATER)}


@pytest.mark.parametrize("was_closed", [True, False])
@pytest.mark.parametrize(
    ("before", "says", "after"),
    [
        ("head", "", "head"),
        ("head", "staff", "head"),
        ("staff", "", "staff"),
        ("staff", "head", "head"),
        ("", "staff", "staff"),
        ("", "head", "head"),
        ("", "", ""),
    ],
)
def test_told_again_it_goes_to_nobody_whom_a_reader_left_out(
    before: str,
    says: str,
    after: str,
    was_closed: bool,  # noqa: FBT001
) -> None:
    here = with_posts()
    concern = raised(here, before)
    if was_closed:
        (by,) = SEEN_BY[before] - {"mina"}
        close(concern, getattr(here, by))
    send_waiting(now=NOW)
    mail.outbox.clear()
    found = again(here, concern, says)
    assert (found.names, found.closed_on) == (after, None)
    assert who_sees(here, found) == SEEN_BY[after]
    send_waiting(now=LATER)
    assert {each.to[0] for each in mail.outbox} == {
        getattr(here, name).email for name in SEEN_BY[after]
    }
    assert found.owner in [getattr(here, name) for name in SEEN_BY[after]]
    changed = Entry.objects.filter(kind="concern.names-staff").count()
    assert changed == (before != "") + (before != after)


def test_while_it_is_open_another_reader_adds_what_they_see() -> None:
    here, concern = raised_anywhere()
    found = again(here, concern)
    assert (found.why, found.raised_by, found.raised_on) == (
        concern.why,
        here.rosa,
        concern.raised_on,
    )
    (line,) = queries.notes_of(found)
    assert (line.text, line.by) == (f"What worries the reader: {ALSO}", here.sam)
    kinds = Entry.objects.filter(about=concern.ref).values_list("kind", flat=True)
    assert sorted(kinds) == ["concern.added-to", "concern.raised"]


@pytest.mark.parametrize("looked", [True, False])
def test_who_has_looked_is_to_look_again_in_time(looked: bool) -> None:  # noqa: FBT001
    here, concern = raised_anywhere()
    if looked:
        services.look(by=here.priya, concern=concern, now=NOW)
    again(here, concern)
    for minutes, late in ((1, not looked), (31, True)):
        now = LATER + timedelta(minutes=minutes)
        found = queries.overdue(here.project, queries.open_concerns(here.project), now=now)
        assert found == ({concern.ref} if late else set())


def test_from_the_page_on_which_it_is_read_and_out_of_the_old_hands(client: Client) -> None:
    here = with_posts()
    concern = raised(here)
    case = f"/p/{here.project.address}/concerns/{concern.ref}/"
    with clock.frozen(NOW):
        sign_in(client, here.priya)
        assert client.get(case).status_code == 200
        client.logout()
        sign_in(client, here.sam)
        item = f"/p/{here.project.address}/reading/{concern.words_id}/"
        client.post(f"{item}claim/")
        assert "You can still add what you see." in client.get(item).content.decode()
        client.post(f"{item}concern/", {"why": ALSO, "names": "head"})
        client.logout()
        sign_in(client, here.priya)
        assert client.get(case).status_code == 404
        assert client.post(f"{case}note/", {"text": "Hm."}).status_code == 404
        client.logout()
        sign_in(client, here.cara)
        assert ALSO in client.get(case).content.decode()


def test_who_held_the_case_open_meanwhile_can_do_nothing_with_it_any_more() -> None:
    here = with_posts()
    concern = raised(here)
    again(here, concern, "head")
    assert concern.names == "", "as it was when they opened it"
    with pytest.raises(Refusal):
        services.note(by=here.priya, concern=concern, text="Hm.", now=LATER)


def test_raised_again_each_line_keeps_its_day_and_who_wrote_it() -> None:
    here, concern = raised_anywhere()
    here.project.roles.create(person=here.mina, name="safeguarder", starts_on="2026-02-02")
    for step in STEPS:
        services.mark_step(
            by=here.mina,
            concern=concern,
            step=step,
            done=step == "next",
            text="We ring.",
            who="Joan" if step == "next" else "",
            due_on=NOW.date() if step == "next" else None,
            now=NOW,
        )
    services.close(by=here.priya, concern=concern, **ENDING, now=LATER)
    found = again(here, concern)
    lines = [(each.text, each.by, each.on) for each in queries.notes_of(found)]
    today, tomorrow = NOW.date(), LATER.date()
    assert lines[0] == ("What worries the reader: The kingfisher worries me.", here.rosa, today)
    assert ("Time and availability: not done. We ring.", here.mina, today) in lines
    told = "Next steps: done. We ring. Joan, by 10 March 2026."
    assert (told, here.mina, today) in lines
    ending = (
        "Help is in place. We talked. "
        "Asked how it is for them now? Yes, they told us how it is for them now. "
        "Why nobody else was told: She did not want it."
    )
    assert lines[-1] == (ending, here.priya, tomorrow)
