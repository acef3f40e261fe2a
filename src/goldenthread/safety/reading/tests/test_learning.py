"""Practice before real words, a second pair of eyes on the first ten, and handing over."""

from datetime import timedelta

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.readers.models import Load, Reader
from goldenthread.safety.readers.queries import FIRST_ONES
from goldenthread.safety.reading import notes, services, tasks
from goldenthread.safety.reading.models import HandOver, Suggestion, Words
from goldenthread.safety.reading.tests.factories import WordsFactory, sign_in

pytestmark = pytest.mark.django_db
MASK = [[0, 6, "name removed", "text"]]


def new(here: Listening, **given: object) -> Listening:
    """Rosa has just practised, or not even that."""
    Reader.objects.filter(person=here.rosa).update(**{"checked": 0, "agreed": 0, **given})
    here.rosa.__dict__.pop("_reads_as", None)
    return here


def test_without_practice_nothing_real_opens() -> None:
    here = new(listening_project(), practised_on=None)
    words = WordsFactory.create(project=here.project)
    for deed in (services.claim, services.let_go):
        with pytest.raises(Refusal, match="practice"):
            deed(by=here.rosa, words=words, now=NOW)
    with pytest.raises(Refusal, match="practice"):
        services.release(by=here.rosa, words=words, version=0, now=NOW)
    services.claim(by=here.sam, words=words, now=NOW)  # the control: he has practised


def test_what_a_new_reader_decides_waits_for_a_second_reader() -> None:
    here = new(listening_project())
    words = WordsFactory.create(project=here.project)
    words = services.release(by=here.rosa, words=words, version=0, now=NOW)
    assert (words.state, words.second_reader, words.shown) == ("held", True, None)
    with pytest.raises(Refusal):
        services.release(by=here.rosa, words=words, version=words.version, now=NOW)
    words = services.release(by=here.sam, words=words, version=words.version, now=NOW)
    assert words.state == Words.State.RELEASED
    assert Suggestion.objects.get().alike is True
    reader = Reader.objects.get(person=here.rosa)
    assert (reader.checked, reader.agreed) == (1, 1)


@pytest.mark.parametrize("theirs", ["mask", "not-publish"])
def test_where_they_differ_it_is_said_kindly_and_the_second_reader_counts(
    client: Client, theirs: str
) -> None:
    here = new(listening_project())
    words = WordsFactory.create(project=here.project)
    words = services.release(by=here.rosa, words=words, version=0, now=NOW)
    given = {"by": here.sam, "words": words, "version": words.version, "now": NOW}
    if theirs == "mask":
        words = services.release(masks=MASK, **given)  # type: ignore[arg-type]
    else:
        words = services.do_not_publish(because="advert", explanation="It sells.", **given)  # type: ignore[arg-type]
    suggestion = Suggestion.objects.get()
    assert (suggestion.alike, suggestion.second_deed, suggestion.masks) == (False, theirs, [])
    sign_in(client, here.rosa)
    with clock.frozen(NOW):
        page = client.get(f"/p/{here.project.address}/reading/first-ten/").content.decode()
    assert "Ask each other why." in page
    assert words.text is not None
    assert words.text not in page


def test_someone_new_is_no_second_pair_of_eyes(client: Client) -> None:
    here = new(listening_project())
    ProjectRole.objects.create(
        project=here.project, person=here.tom, name="reader", starts_on="2026-02-02"
    )
    Reader.objects.create(person=here.tom, practised_on="2026-02-02")
    words = WordsFactory.create(project=here.project)
    words = services.release(by=here.rosa, words=words, version=0, now=NOW)
    given = {"words": words, "version": words.version, "now": NOW}
    for deed in (services.release, services.pass_on):
        with pytest.raises(Refusal, match="who has done this before"):
            deed(by=here.tom, **given)  # type: ignore[operator]
    assert services.claim_next(by=here.tom, project=here.project, now=NOW) is None
    with clock.frozen(NOW):
        path = f"/p/{here.project.address}/reading/{words.ref}/"
        assert (
            "A second reader is asked for" in sign_in(client, here.tom).get(path).content.decode()
        )
    assert services.claim_next(by=here.sam, project=here.project, now=NOW) == words
    words = services.release(by=here.sam, **given)  # type: ignore[arg-type]
    assert words.state == Words.State.RELEASED


def test_where_all_are_new_two_look_and_the_page_of_preparing_says_so(client: Client) -> None:
    here = new(listening_project())
    sign_in(client, here.tom)
    path = f"/p/{here.project.address}/prepare/"
    said = "All your readers are new."
    with clock.frozen(NOW):
        assert said not in client.get(path).content.decode()  # the control: Sam is not
        Reader.objects.filter(person=here.sam).update(checked=0, agreed=0)
        assert said in client.get(path).content.decode()
    here.sam.__dict__.pop("_reads_as", None)
    words = WordsFactory.create(project=here.project)
    words = services.release(by=here.rosa, words=words, version=0, now=NOW)
    assert words.state == Words.State.HELD
    assert services.claim_next(by=here.sam, project=here.project, now=NOW) == words
    words = services.release(by=here.sam, words=words, version=words.version, now=NOW)
    assert words.state == Words.State.RELEASED


def test_the_only_one_who_is_not_new_may_ask_someone_new() -> None:
    here = new(listening_project())
    words = WordsFactory.create(project=here.project)
    words = services.pass_on(by=here.sam, words=words, version=0, now=NOW)
    assert services.claim_next(by=here.rosa, project=here.project, now=NOW) == words
    words = services.release(by=here.rosa, words=words, version=words.version, now=NOW)
    assert words.state == Words.State.RELEASED


def test_after_ten_it_stops() -> None:
    here = new(listening_project(), checked=FIRST_ONES - 1)
    for state in (Words.State.HELD, Words.State.RELEASED):
        words = WordsFactory.create(project=here.project)
        words = services.release(by=here.rosa, words=words, version=0, now=NOW)
        assert words.state == state
        if state == Words.State.HELD:
            services.release(by=here.sam, words=words, version=words.version, now=NOW)
            here.rosa.__dict__.pop("_reads_as", None)


def test_what_is_put_back_is_not_offered_again_today_but_to_others() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    services.claim(by=here.rosa, words=words, now=NOW)
    services.let_go(by=here.rosa, words=words, now=NOW)
    given = {"project": here.project, "now": NOW}
    assert services.claim_next(by=here.rosa, **given) is None
    assert services.claim_next(by=here.sam, **given) == words
    services.let_go(by=here.sam, words=words, now=NOW)
    tomorrow = NOW + timedelta(days=1)
    tasks.forget_skips(now=tomorrow)
    assert services.claim_next(by=here.rosa, project=here.project, now=tomorrow) == words


def test_fifty_minutes_lead_to_the_break_page_and_back(client: Client) -> None:
    here = listening_project()
    WordsFactory.create(project=here.project)
    Reader.objects.filter(person=here.rosa).update(
        sat_down_at=NOW - timedelta(minutes=51), last_read_at=NOW - timedelta(minutes=1)
    )
    sign_in(client, here.rosa)
    path = f"/p/{here.project.address}/reading/next/"
    with clock.frozen(NOW):
        assert client.post(path).url == "/readers/break/"
        assert "You have read for fifty minutes" in client.get("/readers/break/").content.decode()
        assert client.post("/readers/break/").url == f"/p/{here.project.address}/reading/"
        assert "/reading/" in client.post(path).url


def test_what_is_read_is_counted_for_the_reader() -> None:
    here = listening_project()
    for lane in ("first", "ordinary"):
        words = WordsFactory.create(project=here.project, lane=lane)
        services.release(by=here.rosa, words=words, version=0, now=NOW)
    assert list(Load.objects.values_list("person", "read", "heavy")) == [(here.rosa.pk, 2, 1)]


def test_a_note_goes_to_the_next_reader_and_what_is_open_goes_back(client: Client) -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    services.claim(by=here.rosa, words=words, now=NOW)
    sign_in(client, here.rosa)
    path = f"/p/{here.project.address}/reading/hand-over/"
    with clock.frozen(NOW):
        refused = client.post(path, {"text": "They say: NOBODY told me how long the wait"})
        assert "without their words" in refused.content.decode()
        assert not HandOver.objects.exists()
        client.post(path, {"text": "Three ask about the same letter."})
        sam = sign_in(Client(), here.sam)
        assert "Three ask about the same letter." in sam.get(path).content.decode()
    words.refresh_from_db()
    assert words.claimed_by is None


def test_words_of_others_are_found_in_a_note_and_other_words_are_not() -> None:
    texts = ["Nobody told me how long the wait would be."]
    assert notes.repeats("said nobody told me, how long!", texts)
    assert not notes.repeats("Two were about the wait. Nobody is late.", texts)
    assert not notes.repeats("", texts)


def test_when_a_stretch_ends_what_is_open_goes_back() -> None:
    """Rosa and Sam are on the rota until one; whoever reads outside it keeps the half hour."""
    here = listening_project()
    opened = NOW.replace(hour=12, minute=50)
    words = WordsFactory.create(project=here.project)
    services.claim(by=here.rosa, words=words, now=opened)
    tasks.put_back(now=opened + timedelta(minutes=9))
    words.refresh_from_db()
    assert words.claimed_by == here.rosa
    tasks.put_back(now=opened + timedelta(minutes=10))
    words.refresh_from_db()
    assert words.claimed_by is None
    services.claim(by=here.rosa, words=words, now=opened + timedelta(minutes=11))
    tasks.put_back(now=opened + timedelta(minutes=12))
    words.refresh_from_db()
    assert words.claimed_by == here.rosa
