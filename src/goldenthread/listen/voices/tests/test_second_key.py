"""Nothing that readers do, in whatever order, makes words vanish that people have seen."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices import queries as voices
from goldenthread.listen.voices.models import Voice
from goldenthread.people.accounts.models import Person
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import queries, services
from goldenthread.safety.reading.models import Exchange, Removal, Words
from goldenthread.safety.reading.services.taking import say
from goldenthread.safety.reading.stubs import stub_of
from goldenthread.safety.reading.tests.factories import WordsFactory, released

pytestmark = pytest.mark.django_db
MASK = [[0, 6, "name removed", "text"]]
KEPT = ("state", "hidden", "second_reader", "asking", "objected", "read_by_id", "released_on")
Act = Callable[[Words], Any]
Seen = tuple[Any, ...]  # where words stand; the last says whether their author objected before


def told(words: Words) -> Seen:
    row = Words.objects.filter(pk=words.pk).values_list(*KEPT).get()
    return (*row, words.exchanges.filter(kind=Exchange.Kind.OBJECTED).exists())


def put(words: Words, seen: Seen, asked_by: Person) -> Words:
    """Set words back to where they stood; somebody asks for their removal."""
    *kept, objected = seen
    row = Words.objects.filter(pk=words.pk)
    back = NOW.date() if kept[0] == "withdrawn" else None
    row.update(**dict(zip(KEPT, kept, strict=True)), masks=MASK, withdrawn_on=back)
    Removal.objects.update_or_create(
        words=words,
        defaults={
            "because": "advert",
            "asked_by": asked_by,
            "asked_on": NOW.date(),
            "refused": False,
        },
    )
    words.exchanges.all().delete()
    if objected:
        say(words, Exchange.Kind.OBJECTED, "No.", by=None, now=NOW)
    return row.select_related("project").get()


def acts_of(reader: Person) -> Iterator[Act]:
    """Everything a reader can do with words."""
    by: dict[str, Any] = {"by": reader, "now": NOW}
    why = {"because": "advert", "explanation": "It is."}
    yield lambda w: services.pass_on(words=w, version=w.version, **by)
    yield lambda w: services.release(words=w, version=w.version, masks=MASK, **by)
    yield lambda w: services.do_not_publish(words=w, version=w.version, **why, **by)
    yield lambda w: services.ask_back(words=w, version=w.version, text="Who?", **by)
    yield lambda w: services.release_many(project=w.project, versions={w.ref: w.version}, **by)
    for second in (True, False):
        yield lambda w, second=second: services.hide(words=w, until_second_reader=second, **by)
    yield lambda w: services.agree_to_remove(removal=w.removal, **by)
    yield lambda w: services.refuse_to_remove(removal=w.removal, **by)
    for second_key in (None, reader):
        yield lambda w, key=second_key: services.remove(
            words=w, second_key_by=key, because="advert", **by
        )


def acts_of_the_author() -> Iterator[Act]:
    yield lambda w: services.withdraw(words=w, now=NOW)
    yield lambda w: services.undo_withdrawal(words=w, now=NOW)
    yield lambda w: services.object_to(words=w, text="No.", now=NOW)
    yield lambda w: services.answer(words=w, text="Me.", now=NOW)


def at_their_place(here: Listening, words: Words) -> str:
    """What anyone finds at the address of the voice: the words, a stub, or nothing."""
    found = voices.voice_visible_to(here.mina, here.project, words.pk, now=NOW)
    if found is None:
        return ""
    return found.words.shown or "" if found.words.state == "released" else stub_of(found.words)


def walk(here: Listening, acts: list[Act]) -> tuple[set[Seen], set[str]]:
    """Do all that can be done from each place where words can stand, until nothing is new."""
    words = released(project=here.project, masks=MASK, shown=SHOWN)
    Voice.objects.create(words=words, project=here.project, kind=Voice.Kind.ISSUE)
    known, places = {told(words)}, {at_their_place(here, words)}
    waiting = list(known)
    while waiting:
        start = waiting.pop()
        for act in acts:
            current = put(words, start, here.rosa)
            try:
                with transaction.atomic():
                    act(current)
            except Refusal:
                continue
            places.add(at_their_place(here, words))
            if (seen := told(words)) not in known:
                known.add(seen)
                waiting.append(seen)
    return known, places


TEXT = "Nobody told me how long the wait would be."
SHOWN = "[name removed] told me how long the wait would be."
AGAIN = "A reader is looking at this again."


def test_no_readers_make_words_vanish_that_people_have_seen() -> None:
    here = listening_project()
    readers = [act for reader in (here.rosa, here.sam) for act in acts_of(reader)]
    known, places = walk(here, [*readers, *acts_of_the_author()])
    assert places == {
        TEXT,
        SHOWN,
        AGAIN,
        "This was taken back from an account. No receipt proves who did it.",
    }
    assert {seen[0] for seen in known} == {"released", "held", "withdrawn"}


def test_with_a_co_leads_key_a_stub_with_the_reason_stands_there() -> None:
    here = listening_project()
    hide = partial(services.hide, by=here.rosa, until_second_reader=False, now=NOW)
    _known, places = walk(here, [lambda w: hide(words=w), *acts_of(here.cara)])
    stub = (
        f"{here.organisation.name} took this away in March 2026. "
        "A reader asked for it, and a co-lead agreed. It is an advert or spam."
    )
    assert places == {SHOWN, AGAIN, stub}


def test_the_walk_finds_what_lets_one_reader_alone_make_them_vanish() -> None:
    here = listening_project()
    gone = {"state": "unpublished", "released_on": None, "unpublished_because": "advert"}
    hide = partial(services.hide, by=here.rosa, until_second_reader=False, now=NOW)

    def leave_out(words: Words) -> None:
        Words.objects.filter(pk=words.pk, state="held").update(hidden=False, **gone)

    _known, places = walk(here, [lambda w: hide(words=w), leave_out])
    assert "" in places


def test_the_table_itself_holds_no_words_that_vanished() -> None:
    words = released()
    for state in ("held", "unpublished"):
        with pytest.raises(IntegrityError, match="leaves_a_stub"), transaction.atomic():
            Words.objects.filter(pk=words.pk).update(state=state, unpublished_because="advert")
    Words.objects.filter(pk=words.pk).update(state="held", hidden=True)  # the control


def test_hidden_words_come_back_masked_and_are_never_left_out() -> None:
    here = listening_project()
    words = services.hide(
        by=here.rosa, words=released(project=here.project), until_second_reader=False, now=NOW
    )
    assert stub_of(words) == "A reader is looking at this again."
    given = {"by": here.rosa, "words": words, "version": words.version, "now": NOW}
    with pytest.raises(Refusal, match="People have seen"):
        services.do_not_publish(because="advert", explanation="It is.", **given)
    with pytest.raises(Refusal, match="show it again first"):
        services.ask_back(text="Who is that?", **given)
    words = services.release(masks=MASK, **given)
    assert (words.state, words.hidden) == ("released", False)
    assert words.shown.startswith("[name removed]")


def test_words_nobody_has_seen_may_be_left_out_by_one_reader() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    words = services.do_not_publish(
        by=here.rosa, words=words, because="advert", explanation="It is.", version=0, now=NOW
    )
    assert words.state == Words.State.UNPUBLISHED


def test_hidden_words_that_their_author_brings_back_are_still_hidden() -> None:
    here = listening_project()
    words = services.hide(
        by=here.rosa, words=released(project=here.project), until_second_reader=True, now=NOW
    )
    services.withdraw(words=words, now=NOW)
    words = services.undo_withdrawal(words=words, now=NOW)
    assert (words.state, words.hidden, words.second_reader) == ("held", True, True)


def test_hidden_words_whose_time_is_over_leave_a_stub() -> None:
    here = listening_project()
    words = services.hide(
        by=here.rosa, words=released(project=here.project), until_second_reader=True, now=NOW
    )
    services.destroy(refs=[words.ref], because="time-over", now=NOW)
    words = queries.item(here.project, words.ref) or words
    assert (words.state, words.hidden, words.text) == ("removed", False, None)
    assert "time" in stub_of(words)
