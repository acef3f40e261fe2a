from datetime import timedelta

import pytest
from django.test import Client

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.summaries import queries, services, tasks
from goldenthread.listen.summaries.models import Rest, Sentence
from goldenthread.listen.themes import services as themes
from goldenthread.listen.themes.tests.factories import theme_with, voices_of
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import Entry
from goldenthread.thread.verifying import verify

SAYS = "People wait and are not told how long."


def at(here: Listening, path: str = "") -> str:
    return f"/p/{here.project.address}/in-short/{path}"


def written(here: Listening, *voices: object, text: str = SAYS) -> Sentence:
    chosen = voices or (released_voice(here.project).pk,)
    return services.write(by=here.tom, project=here.project, text=text, voices=chosen, now=NOW)


def shown(here: Listening, *voices: object, text: str = SAYS) -> Sentence:
    return services.show(by=here.tom, sentence=written(here, *voices, text=text), now=NOW)


def take_back(voice: object) -> None:
    Words.objects.filter(ref=voice).update(state="withdrawn", withdrawn_on=NOW.date())


def test_no_sentence_is_saved_that_rests_on_nothing(here: Listening) -> None:
    far = released_voice(listening_project().project).pk
    held = released_voice(here.project).pk
    Words.objects.filter(ref=held).update(state="held", released_on=None)
    working = theme_with(here.project, 1)  # nobody has seen it yet
    for ground in ({}, {"voices": [far, held]}, {"themes": [working.ref]}):
        with pytest.raises(Refusal, match="rests on"):
            services.write(by=here.tom, project=here.project, text=SAYS, now=NOW, **ground)
    assert not Sentence.objects.exists()
    themes.show_back(by=here.tom, theme=working, now=NOW)
    services.write(by=here.cara, project=here.project, text=SAYS, themes=[working.ref], now=NOW)
    assert Rest.objects.get().theme == working
    with pytest.raises(Refusal, match="Only organisers"):
        services.write(by=here.mina, project=here.project, text=SAYS, voices=[far], now=NOW)


def test_a_sentence_is_hidden_once_all_its_voices_are_taken_back(here: Listening) -> None:
    one, two = (released_voice(here.project, f"No word for weeks {n}").pk for n in "ab")
    sentence = shown(here, one, two)
    guest, organiser = Client(), signed_in(here.tom)
    assert SAYS in guest.get(at(here)).content.decode()
    take_back(one)
    assert "Some of them were taken back" in guest.get(at(here)).content.decode()
    body = guest.get(at(here, f"{sentence.ref}/")).content.decode()
    assert "No word for weeks b" in body
    assert "No word for weeks a" not in body
    assert "rests on fewer voices" in organiser.get(at(here, "work/")).content.decode()
    take_back(two)
    assert SAYS not in guest.get(at(here)).content.decode()
    assert guest.get(at(here, f"{sentence.ref}/")).status_code == 404
    assert "Every voice it rested on was taken back" in (
        organiser.get(at(here, "work/")).content.decode()
    )
    with pytest.raises(Refusal, match="taken back"):
        services.show(by=here.tom, sentence=sentence, now=NOW)


def test_a_sentence_goes_once_every_voice_it_rested_on_is_destroyed(here: Listening) -> None:
    one, two, other = (released_voice(here.project, f"No word for weeks {n}") for n in "abc")
    theme = theme_with(here.project, 1, title="Waiting")
    themes.show_back(by=here.tom, theme=theme, now=NOW)
    sentence, stays = shown(here, one.pk, two.pk), shown(here, one.pk, other.pk)
    draft = written(here, two.pk)
    topic = services.write(
        by=here.tom, project=here.project, text=SAYS, themes=[theme.ref], now=NOW
    )
    inside = Words.objects.get(ref=voices_of(theme)[0])
    for words in (one.words, two.words):
        reading.withdraw(words=words, now=NOW)
    later = NOW + timedelta(days=7)
    tasks.let_go(now=later)
    assert Sentence.objects.count() == 4, "what can still be brought back takes nothing with it"
    reading.destroy_due(now=later)
    tasks.let_go(now=later)
    assert set(Sentence.objects.all()) == {stays, topic}
    assert not Sentence.objects.filter(ref__in=[sentence.ref, draft.ref]).exists()
    assert Entry.objects.filter(kind="summary.sentence-gone").get().about == sentence.ref
    reading.withdraw(words=inside, now=later)
    reading.destroy_due(now=later + timedelta(days=7))
    tasks.let_go(now=later + timedelta(days=7))
    assert list(Sentence.objects.all()) == [stays]
    assert not [each for each in verify().faults if "sentence" in each.sentence]
    Sentence.objects.filter(ref=stays.ref).delete()  # a lead who buries one
    assert any(each.about == stays.ref for each in verify().faults)


def test_a_sentence_that_rests_on_a_theme_falls_with_its_voices(here: Listening) -> None:
    theme = theme_with(here.project, 1, title="Waiting")
    themes.show_back(by=here.tom, theme=theme, now=NOW)
    made = services.write(by=here.tom, project=here.project, text=SAYS, themes=[theme.ref], now=NOW)
    services.show(by=here.tom, sentence=made, now=NOW)
    assert "Waiting" in Client().get(at(here, f"{made.ref}/")).content.decode()
    take_back(voices_of(theme)[0])
    assert queries.shown_summary(here.project) == []


def test_what_was_shown_is_sealed_and_a_change_behind_its_back_is_found(here: Listening) -> None:
    voice = released_voice(here.project).pk
    sentence = shown(here, voice)
    services.reword(
        by=here.cara, sentence=sentence, text="In other words.", version=1, voices=[voice], now=NOW
    )
    kinds = Entry.objects.filter(about=sentence.ref).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["summary.sentence-shown", "summary.sentence-reworded"]
    assert not any(fault.code == "sentence-altered" for fault in verify().faults)
    Sentence.objects.filter(ref=sentence.ref).update(text="Everyone is happy.")
    assert any(fault.code == "sentence-altered" for fault in verify().faults)


def test_two_who_write_do_not_overwrite_each_other(here: Listening) -> None:
    voice = released_voice(here.project).pk
    sentence = written(here, voice)
    change = {"by": here.tom, "sentence": sentence, "voices": [voice], "now": NOW}
    services.reword(text="Tom's words.", version=1, **change)
    with pytest.raises(Refusal, match="while you wrote"):
        services.reword(text="Cara's words.", version=1, **change)
    client = signed_in(here.cara)
    data = {"text": "Cara's words.", "version": 1, "voices": voice}
    body = client.post(at(here, f"{sentence.ref}/write/"), data).content.decode()
    assert "Tom&#x27;s words." in body
    assert "Cara&#x27;s words." in body
    data["version"] = 2
    client.post(at(here, f"{sentence.ref}/write/"), data)
    sentence.refresh_from_db()
    assert sentence.text == "Cara's words."


def test_a_sentence_is_written_shown_moved_and_taken_out_by_plain_forms(here: Listening) -> None:
    voice = released_voice(here.project, "The zebra crossing is dark").pk
    released_voice(here.project, "The bus is late")
    client = signed_in(here.cara)
    path = at(here, "write/")
    body = client.post(path, {"text": "It is dark.", "q": "zebra", "do": "look"}).content.decode()
    assert "zebra crossing" in body
    assert "The bus is late" not in body
    assert "It is dark." in body
    body = client.post(path, {"text": "It is dark."}).content.decode()
    assert "Tick at least one voice" in body
    body = client.post(path, {"voices": voice, "text": ""}).content.decode()
    assert f'id="voice_{voice}" checked' in body
    client.post(path, {"text": "It is dark.", "voices": voice})
    first = written(here)
    assert "It is dark." not in Client().get(at(here)).content.decode()
    one = Sentence.objects.get(text="It is dark.")
    client.post(at(here, f"{first.ref}/up/"))
    assert [each.sentence for each in queries.summary_of(here.project)] == [first, one]
    client.post(at(here, f"{one.ref}/show/"))
    assert "It is dark." in Client().get(at(here)).content.decode()
    topics = Client().get(f"/p/{here.project.address}/themes/").content.decode()
    assert "What people said, in short" in topics
    client.post(at(here, f"{one.ref}/down/"))
    client.post(at(here, f"{first.ref}/down/"))
    assert list(Sentence.objects.all()) == [one]
    assert "It is dark." not in Client().get(at(here)).content.decode()


@pytest.mark.parametrize("name", ["mina", "rosa", "dev", "ada", "nell"])
def test_writing_is_for_organisers_and_words_for_those_who_may_read_them(
    here: Listening, name: str
) -> None:
    sentence = shown(here)
    client = signed_in(getattr(here, name))
    for path in ("work/", "write/", f"{sentence.ref}/write/"):
        assert client.get(at(here, path)).status_code == 404
    assert client.post(at(here, f"{sentence.ref}/down/")).status_code == 404
    assert client.get(at(here, f"{sentence.ref}/")).status_code == 200
    Project.objects.filter(ref=here.project.ref).update(board=Project.Board.TEAM)
    reads = name in {"rosa", "dev", "ada"}
    assert client.get(at(here, f"{sentence.ref}/")).status_code == (200 if reads else 404)
    assert (b"Read the words" in client.get(at(here)).content) == reads


def test_a_sentence_of_another_project_is_not_there(here: Listening) -> None:
    far = listening_project()
    sentence = shown(far)
    client = signed_in(here.tom)
    assert client.get(at(here, f"{sentence.ref}/")).status_code == 404
    assert client.post(at(here, f"{sentence.ref}/down/")).status_code == 404


@pytest.mark.parametrize("path", ["", "work/", "write/", "{one}/", "{one}/write/"])
def test_queries_stay_few_with_one_and_with_three(here: Listening, path: str) -> None:
    one = shown(here)
    client = signed_in(here.tom)
    href = at(here, path.format(one=one.ref))
    client.get(href)
    used = []
    for _ in range(2):
        with at_most(12) as counted:
            assert client.get(href).status_code == 200
        used.append(len(counted))
        for _more in range(2):
            shown(here)
            Rest.objects.create(sentence=one, voice=released_voice(here.project))
    assert used[1] <= used[0]
