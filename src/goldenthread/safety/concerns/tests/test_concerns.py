from datetime import timedelta

import pytest
from django.core import mail, serializers

from goldenthread.kit.refusals import Refusal
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import send_waiting
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.tests.factories import NOW, STAFF, Listening, listening_project
from goldenthread.projects.work import work_for
from goldenthread.safety.concerns import queries, services
from goldenthread.safety.concerns.listen import STEPS
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.queries import waiting
from goldenthread.safety.reading.registry import links_for
from goldenthread.safety.reading.tests.factories import WordsFactory, for_author
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
PEOPLE = ["mina", *STAFF, "ada", "nell", "stranger"]
WHY = "The kingfisher worries me."
ENDING = {
    "outcome": "helped",
    "checked": "yes",
    "what_was_done": "We talked.",
    "because": "She did not want it.",
}


def raised(why: str = WHY) -> tuple[Listening, Concern]:
    here = listening_project()
    words = WordsFactory.create(project=here.project, text="I saw a kingfisher.")
    return here, services.raise_concern(by=here.rosa, words=words, why=why, now=NOW)


def mark_all(here: Listening, concern: Concern) -> None:
    """Say of every LISTEN step that it was done."""
    for step in STEPS:
        more = {"who": "Priya", "due_on": NOW.date()} if step == "next" else {}
        services.mark_step(
            by=here.priya,
            concern=concern,
            step=step,
            done=True,
            text=f"{step} it.",
            **more,
            now=NOW,
        )


@pytest.mark.parametrize("name", PEOPLE)
def test_only_a_reader_raises_a_concern(name: str) -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    try:
        services.raise_concern(by=getattr(here, name), words=words, why="Hm.", now=NOW)
    except Refusal:
        assert name not in ("rosa", "sam")
    else:
        assert name in ("rosa", "sam")


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize(
    "deed", ["look", "note", "write_to_author", "mark_step", "tell_others", "hand_over", "close"]
)
def test_only_the_safeguarder_does_anything_with_it(name: str, deed: str) -> None:
    here, concern = raised()
    given = {
        "look": {},
        "note": {"text": "Called."},
        "write_to_author": {"text": "We are here."},
        "close": ENDING,
        "mark_step": {"step": "listen", "done": True, "text": ""},
        "tell_others": {"whom": "family", "told": False, "because": "Not wanted."},
        "hand_over": {"to": here.priya, "text": "All is said."},
    }[deed]
    mark_all(here, concern)
    try:
        getattr(services, deed)(by=getattr(here, name), concern=concern, **given, now=NOW)
    except Refusal:
        assert name != "priya"
    else:
        assert name == "priya"


def test_the_words_stay_in_reading_meanwhile() -> None:
    here, concern = raised()
    assert concern.words in waiting(here.project)
    assert concern.words.state == Words.State.HELD


def test_the_owner_and_the_deputy_get_a_mail_without_words() -> None:
    here = listening_project()
    ProjectRole.objects.create(
        project=here.project, person=here.mina, name="safeguarder", starts_on="2026-02-02"
    )
    words = WordsFactory.create(project=here.project, text="I saw a kingfisher.")
    services.raise_concern(by=here.rosa, words=words, why=WHY, now=NOW)
    send_waiting(now=NOW)
    assert {tuple(each.to) for each in mail.outbox} == {(here.priya.email,), (here.mina.email,)}
    everything = repr([each.message().as_string() for each in mail.outbox])
    assert "kingfisher" not in everything
    assert "Rosa" not in everything
    assert "kingfisher" not in serializers.serialize("json", Letter.objects.all())


def test_the_record_does_not_say_whose_words_they_were() -> None:
    _here, concern = raised()
    entry = Entry.objects.get(kind="concern.raised")
    assert entry.about == concern.ref
    assert str(concern.words_id).encode() not in bytes(entry.body)


def test_every_look_is_kept() -> None:
    here, concern = raised()
    for minutes in (1, 2):
        services.look(by=here.priya, concern=concern, now=NOW + timedelta(minutes=minutes))
    assert [view.viewer for view in queries.looks_at(concern)] == [here.priya, here.priya]
    assert Entry.objects.filter(kind="concern.privileged-read", about=concern.ref).count() == 2


def test_what_was_done_is_added_never_changed() -> None:
    here, concern = raised()
    services.note(by=here.priya, concern=concern, text="Called the student service.", now=NOW)
    services.note(by=here.priya, concern=concern, text="They have a time on Thursday.", now=NOW)
    assert [each.text for each in queries.notes_of(concern)] == [
        "Called the student service.",
        "They have a time on Thursday.",
    ]


def test_the_author_finds_a_line_from_who_looks_after_people() -> None:
    here, concern = raised()
    services.write_to_author(by=here.priya, concern=concern, text="We are here.", now=NOW)
    lines = for_author(Words.objects.get(ref=concern.words_id)).exchanges
    assert [line.text for line in lines] == ["We are here."]
    assert "Priya" not in repr(lines)


@pytest.mark.parametrize("missing", ["what_was_done", "because"])
def test_closing_says_what_was_done_and_why_nobody_else_was_told(missing: str) -> None:
    here, concern = raised()
    mark_all(here, concern)
    with pytest.raises(Refusal) as refused:
        services.close(by=here.priya, concern=concern, **{**ENDING, missing: " "}, now=NOW)
    assert refused.value.field == missing


def closed() -> tuple[Listening, Concern]:
    here, concern = raised()
    mark_all(here, concern)
    telling = {"whom": "service", "who": "The GP", "told": True, "because": "She agreed."}
    services.tell_others(by=here.priya, concern=concern, **telling, now=NOW)
    services.close(by=here.priya, concern=concern, **{**ENDING, "because": ""}, now=NOW)
    return here, Concern.objects.get(ref=concern.ref)


def test_a_closed_concern_takes_no_more_notes() -> None:
    here, concern = closed()
    assert (concern.closed_by, concern.told_others) == (here.priya, True)
    with pytest.raises(Refusal, match="closed"):
        services.note(by=here.priya, concern=concern, text="More.", now=NOW)


def test_raised_again_it_opens_and_its_history_stays() -> None:
    here, concern = closed()
    services.raise_concern(by=here.sam, words=concern.words, why="Again.", now=NOW)
    again = Concern.objects.get(ref=concern.ref)
    assert (again.closed_on, again.why, again.raised_by) == (None, "Again.", here.sam)
    lines = [each.text for each in queries.notes_of(again)]
    assert (lines[0], len(lines)) == (f"What worries the reader: {WHY}", 8)
    assert "Listen and look: done. listen it." in lines
    assert not again.steps.exists()
    assert [each.who for each in queries.tellings_of(again)] == ["The GP"]


@pytest.mark.parametrize(
    ("minutes", "late"),
    [(29, False), (30, True), (24 * 60, True)],
)
def test_nobody_looking_for_thirty_staffed_minutes_is_overdue(minutes: int, late: bool) -> None:  # noqa: FBT001
    here, concern = raised()
    now = NOW + timedelta(minutes=minutes)
    found = queries.overdue(here.project, queries.open_concerns(here.project), now=now)
    assert found == ({concern.ref} if late else set())


def test_the_night_does_not_count() -> None:
    here = listening_project()  # read from 9 to 13: raised after that, nobody is there
    words = WordsFactory.create(project=here.project)
    evening = NOW + timedelta(hours=8)
    services.raise_concern(by=here.rosa, words=words, why="Hm.", now=evening)
    early = evening + timedelta(hours=14)
    waiting_now = queries.open_concerns(here.project)
    assert not queries.overdue(here.project, waiting_now, now=early)
    assert queries.overdue(here.project, waiting_now, now=early + timedelta(hours=2))


def test_once_someone_has_looked_it_is_not_overdue() -> None:
    here, concern = raised()
    services.look(by=here.priya, concern=concern, now=NOW)
    later = NOW + timedelta(days=2)
    assert not queries.overdue(here.project, queries.open_concerns(here.project), now=later)


def test_what_needs_a_safeguarder() -> None:
    here, _concern = raised()
    later = NOW + timedelta(hours=1)
    work = work_for(here.priya, [here.project], now=later)
    assert ("1 concern is open: Getting help while you wait", "overdue") in [
        (each.text, each.tone) for each in work
    ]
    for person in (here.tom, here.rosa, here.ada, here.cara, here.nell):
        texts = [each.text for each in work_for(person, [here.project], now=later)]
        assert not any("concern" in text for text in texts)


def test_the_way_to_the_owner_stands_where_words_are_read() -> None:
    here, concern = raised()
    (link,) = [each for each in links_for(concern.words, now=NOW) if "concern" in each.href]
    assert str(concern.words_id) in link.href
    assert here.project.address in link.href
