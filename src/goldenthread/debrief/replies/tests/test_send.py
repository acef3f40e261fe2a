from datetime import date, timedelta

import pytest

from goldenthread.act.decisions.tests.factories import LATER, agreed_theme
from goldenthread.debrief.replies import queries, rounds
from goldenthread.debrief.replies.models import Reply, Told
from goldenthread.debrief.replies.queries import is_told
from goldenthread.debrief.replies.services import drop_draft, opened, send_reply, tell_in_person
from goldenthread.debrief.replies.tests.factories import (
    by_member,
    by_nobody,
    by_receipt,
    changed,
    sent,
    written,
)
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes import services as themes
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.organisations.tests.factories import member
from goldenthread.people.contacts.models import Contact
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import send_waiting
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading import services as reading
from goldenthread.thread.models import Entry
from goldenthread.thread.queries import story_of

pytestmark = pytest.mark.django_db
SLICE_COSTS = 14  # statements for a slice that is the last, and the end of the way


@pytest.fixture
def house():
    return listening_project()


def states(reply):
    return dict(Told.objects.filter(reply=reply).values_list("voice", "state"))


def test_the_preview_says_whom_it_reaches(house):
    voices = [by_member(house), by_receipt(house), by_receipt(house), by_nobody(house)]
    theme = agreed_theme(house, [voice.ref for voice in voices])
    reach = queries.preview(theme.ref)
    assert reach.sentence == "This goes to 4 voices."  # of so few the ways tell who they are
    more = [*voices, *(by_nobody(house) for _each in range(6))]
    reach = queries.preview(agreed_theme(house, [voice.ref for voice in more]).ref)
    assert reach.sentence == (
        "This goes to 10 voices: 1 by e-mail, 2 wait behind a receipt, 7 only on the board."
    )
    assert queries.preview(house.project.ref).sentence == "This goes to no voice yet."


def test_people_still_hear_after_the_project_has_closed(house):
    voices = [by_member(house), by_nobody(house)]
    change = changed(house, voices)
    house.project.state, house.project.closed_on = Project.State.CLOSED, LATER.date()
    house.project.save()
    assert set(states(sent(house, "change", change))) == {voice.ref for voice in voices}
    assert tell_in_person(by=house.tom, project=house.project, voices=[voices[1].ref], now=LATER)
    assert is_told(voices[1])


def test_a_reply_reaches_each_voice_in_its_own_way(house):
    mina, receipt, board = by_member(house), by_receipt(house), by_nobody(house)
    elsewhere = by_receipt(house)
    theme = agreed_theme(house, [mina.ref, receipt.ref, board.ref])
    reply = sent(house, "theme", theme)
    assert states(reply) == {mina.ref: "waiting", receipt.ref: "waiting", board.ref: "board"}
    assert elsewhere.ref not in states(reply)
    assert (reply.state, reply.reached, reply.to_reach) == (Reply.State.SENT, 3, 3)
    letter = Letter.objects.get()
    assert (letter.text, letter.person, letter.link) == ("reply", house.mina, "/my-voices/")
    assert letter.names == {
        "project": house.project.title,
        "organisation": house.organisation.name,
    }


def test_sent_counts_only_once_the_mail_was_taken(house, mailoutbox):
    voice = by_member(house)
    reply = sent(house, "theme", agreed_theme(house, [voice.ref]))
    assert states(reply) == {voice.ref: "waiting"}
    send_waiting(now=LATER)
    assert states(reply) == {voice.ref: "sent"}
    assert Told.objects.get().on == date(2026, 5, 5)


def test_a_person_with_three_voices_gets_one_letter_and_all_are_told(house):
    voices = [by_member(house) for _ in range(3)]
    reply = sent(house, "theme", agreed_theme(house, [voice.ref for voice in voices]))
    assert Letter.objects.filter(text="reply").count() == 1
    send_waiting(now=LATER)
    assert set(states(reply).values()) == {"sent"}


def test_a_voice_that_joins_after_its_authors_letter_was_taken_is_told_too(house):
    first, later = by_member(house), by_member(house)
    theme = agreed_theme(house, [first.ref])
    reply = sent(house, "theme", theme)
    send_waiting(now=LATER)
    themes.group(by=house.tom, theme=theme, voices=[later.ref], now=LATER)
    assert rounds.catch_up(now=LATER) == 1
    assert rounds.catch_up(now=LATER) == 0
    assert states(reply) == {first.ref: "sent", later.ref: "sent"}
    assert Letter.objects.filter(text="reply").count() == 1


def test_opening_a_receipt_tells(house):
    voice, other = by_receipt(house), by_receipt(house)
    reply = sent(house, "theme", agreed_theme(house, [voice.ref, other.ref]))
    assert opened(voices=[voice], now=LATER) == 1
    assert opened(voices=[voice], now=LATER) == 0
    assert states(reply) == {voice.ref: "opened", other.ref: "waiting"}


def test_a_reply_goes_through_two_merges(house):
    voices = [by_receipt(house) for _ in range(3)]
    first, second, third = (
        agreed_theme(house, [voice.ref], title=f"Theme {at}") for at, voice in enumerate(voices)
    )
    themes.merge(by=house.tom, themes=[first], into=second, now=LATER)
    themes.merge(by=house.tom, themes=[second], into=third, now=LATER)
    reply = sent(house, "theme", third)
    assert set(states(reply)) == {voice.ref for voice in voices}


def test_a_reply_on_a_change_reaches_every_voice_beneath(house):
    voices = [by_receipt(house), by_nobody(house)]
    change = changed(house, voices)
    reply = sent(house, "change", change)
    assert set(states(reply)) == {voice.ref for voice in voices}
    last = story_of(voices[0].ref, visible_to=house.mina).after[-1]
    assert last.kind == "reply"
    assert last.described.note == "Signed by Ann Lee, head of counselling."


def test_words_that_were_taken_back_are_not_told_and_it_says_why(house):
    gone, here = by_receipt(house), by_receipt(house)
    theme = agreed_theme(house, [gone.ref, here.ref])
    reading.withdraw(words=gone.words, now=LATER)
    assert queries.preview(theme.ref).withdrawn == 1
    reply = sent(house, "theme", theme)
    assert states(reply) == {gone.ref: "could-not", here.ref: "waiting"}
    assert Told.objects.get(voice=gone.ref).because == "Their words were taken back."


def test_a_fan_out_that_was_killed_goes_on_and_tells_each_voice_once(house, monkeypatch):
    monkeypatch.setattr(rounds, "SLICE", 3)
    voices = sorted(by_receipt(house).ref for _ in range(8))
    theme = agreed_theme(house, voices)
    reply = send_reply(by=house.tom, reply=written(house, "theme", theme), now=LATER)
    assert rounds.carry_slice(reply.ref, now=LATER)
    reply.refresh_from_db()
    assert (reply.state, reply.reached, reply.cursor) == (Reply.State.SENDING, 3, voices[2])

    def killed(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(rounds, "_settle", killed)  # after the rows of this slice were written
        with pytest.raises(KeyboardInterrupt):
            rounds.carry_slice(reply.ref, now=LATER)
    reply.refresh_from_db()
    assert (reply.reached, len(states(reply))) == (3, 3)

    while rounds.carry_out(now=LATER):
        pass
    reply.refresh_from_db()
    assert (reply.state, reply.reached) == (Reply.State.SENT, 8)
    assert sorted(states(reply)) == voices
    assert Told.objects.count() == 8
    assert Entry.objects.filter(kind="reply.arrived").count() == 1


def test_of_two_replies_each_has_its_turn(house, monkeypatch):
    monkeypatch.setattr(rounds, "SLICE", 2)
    monkeypatch.setattr(rounds, "MOST_SLICES", 4)
    replies = []
    for title in ("Long", "Longer"):
        theme = agreed_theme(house, [by_nobody(house).ref for _ in range(9)], title=title)
        replies.append(send_reply(by=house.tom, reply=written(house, "theme", theme), now=LATER))
    assert rounds.carry_out(now=LATER) == 4
    assert [len(states(reply)) for reply in replies] == [4, 4]
    while rounds.carry_out(now=LATER):
        pass
    assert [len(states(reply)) for reply in replies] == [9, 9]


@pytest.mark.parametrize("kept", [1, 3])
def test_a_slice_costs_the_same_whoever_is_in_it(house, kept, django_assert_num_queries):
    people = [member(f"Told {number}", house.organisation) for number in range(kept)]
    voices = [by_member(house, author=person).ref for person in people]
    theme = agreed_theme(house, voices)
    reply = send_reply(by=house.tom, reply=written(house, "theme", theme), now=LATER)
    with django_assert_num_queries(SLICE_COSTS):
        rounds.carry_slice(reply.ref, now=LATER)
    assert Letter.objects.filter(text="reply").count() == kept


def test_a_round_after_the_end_does_nothing(house):
    reply = sent(house, "theme", agreed_theme(house, [by_receipt(house).ref]))
    assert not rounds.carry_slice(reply.ref, now=LATER)
    assert Told.objects.count() == 1


def test_those_who_left_a_contact_get_one_letter_joined_to_no_voice(house):
    contact = Contact.objects.create(
        scope=house.project.ref,
        how="email",
        sealed=b"",
        mark=b"m" * 32,
        wants_news=True,
        wants_to_help=False,
    )
    Contact.objects.create(
        scope=house.project.ref,
        how="email",
        sealed=b"",
        mark=b"n" * 32,
        wants_news=False,
        wants_to_help=True,
    )
    reply = sent(house, "theme", agreed_theme(house, [by_nobody(house).ref]))
    rounds.write_news(now=LATER + timedelta(days=1))
    letter = Letter.objects.get()
    assert (letter.text, letter.contact, letter.person) == ("news", contact.ref, None)
    assert letter.link == f"/p/{house.project.address}/replies/{reply.ref}/"
    assert Told.objects.get().state == Told.State.BOARD


def test_a_reply_goes_out_once_and_is_never_edited(house):
    theme = agreed_theme(house, [by_receipt(house).ref])
    reply = sent(house, "theme", theme)
    for act in (
        lambda: send_reply(by=house.tom, reply=reply, now=LATER),
        lambda: drop_draft(by=house.tom, reply=reply, now=LATER),
        lambda: written(house, "theme", theme, reply=reply, text="Something else."),
    ):
        with pytest.raises(Refusal):
            act()
    assert Entry.objects.filter(kind="reply.sent").count() == 1


def test_a_reply_on_a_theme_that_was_merged_is_refused(house):
    theme = agreed_theme(house, [by_receipt(house).ref])
    other = agreed_theme(house, [by_receipt(house).ref], title="Evening hours")
    reply = written(house, "theme", theme)
    themes.merge(by=house.tom, themes=[theme], into=other, now=LATER)
    with pytest.raises(Refusal):
        send_reply(by=house.tom, reply=reply, now=LATER)
    with pytest.raises(Refusal):
        written(house, "theme", theme)


@pytest.mark.parametrize("field", ["text", "happens_next", "signed_by"])
def test_what_is_missing_is_refused_beside_its_field(house, field):
    theme = agreed_theme(house, [released_voice(house.project).ref])
    with pytest.raises(Refusal) as refused:
        written(house, "theme", theme, **{field: "  "})
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("who", "may"),
    [
        *((name, True) for name in ("tom", "cara", "dev")),
        *((name, False) for name in ("rosa", "priya", "ada", "mina", "nell", "stranger")),
    ],
)
def test_who_may_write_and_send(house, who, may):
    theme = agreed_theme(house, [by_receipt(house).ref])
    reply, person = written(house, "theme", theme), getattr(house, who)
    if may:
        written(house, "theme", theme, by=person)
        assert send_reply(by=person, reply=reply, now=LATER).state == Reply.State.SENDING
        return
    with pytest.raises(Refusal):
        written(house, "theme", theme, by=person)
    with pytest.raises(Refusal):
        send_reply(by=person, reply=reply, now=LATER)


def test_no_letter_and_no_record_holds_words(house):
    voice = by_member(house, text="MARKED words of Mina")
    sent(house, "theme", agreed_theme(house, [voice.ref]), text="MARKED answer to her wait")
    for letter in Letter.objects.all():
        assert "MARKED" not in f"{letter.names}{letter.link}{letter.key}"
    assert not any(b"MARKED" in bytes(entry.body) for entry in Entry.objects.all())
    assert NOW < LATER


def test_who_wants_no_mail_finds_the_reply_in_my_voices(house):
    voice, others = by_member(house), [by_nobody(house) for _each in range(9)]
    house.mina.wants_mail = False
    house.mina.save()
    few = agreed_theme(house, [voice.ref])
    assert queries.preview(few.ref).sentence == "This goes to 1 voice."
    assert queries.told_by(sent(house, "theme", few)) == []  # it would tell what one person did
    theme = agreed_theme(house, [each.ref for each in (voice, *others)])
    ways = "1 waits in My voices, 9 only on the board"
    assert queries.preview(theme.ref).sentence == f"This goes to 10 voices: {ways}."
    reply = sent(house, "theme", theme)
    assert not Letter.objects.exists()
    assert queries.told_by(reply) == [("Waiting in My voices", 1), ("Only on the board", 9)]
    opened(voices=[voice], now=LATER)
    assert queries.told_by(reply) == [("Opened", 1), ("Only on the board", 9)]


def test_who_has_no_address_is_not_told_by_mail_and_waits_in_my_voices(house):
    joan = by_member(house)
    joan.author.email = ""
    joan.author.save()
    theme = agreed_theme(house, [joan.ref])
    assert queries.preview(theme.ref).email == 0
    reply = sent(house, "theme", theme)
    assert send_waiting(now=LATER) == 0
    assert states(reply) == {joan.ref: "waiting"}
    assert not is_told(joan)
    assert not Letter.objects.filter(person=joan.author).exists()
