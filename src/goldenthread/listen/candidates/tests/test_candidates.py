import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.candidates import queries, services
from goldenthread.listen.candidates.models import Candidate, Placed, Run
from goldenthread.listen.candidates.tests.factories import BUS, LUNCH, about, asked_in, said_in
from goldenthread.listen.themes.models import Grouping, Theme
from goldenthread.listen.themes.tests.factories import ThemeFactory
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.registry import tell_decided
from goldenthread.thread.models import Entry, Tie


def texts(candidate: Candidate) -> set[str]:
    return {placed.voice.words.shown for placed in queries.inside(candidate)}


def test_released_voices_in_no_theme_are_put_together_by_their_words(here: Listening) -> None:
    grouped = released_voice(here.project, "The bus is late, said long ago")
    Grouping.objects.create(theme=ThemeFactory.create(project=here.project), voice=grouped)
    released_voice(listening_project().project, "Another project's bus is late")
    run = asked_in(here)
    assert all(BUS in text.lower() for text in texts(about(run, BUS)))
    assert len(texts(about(run, BUS))) == len(texts(about(run, LUNCH))) == 4
    assert {each.voice.words.shown for each in queries.in_none(run)} == {
        "The zebra in the hall",
        "Parking",
    }
    assert not Placed.objects.filter(voice=grouped).exists()
    assert Theme.objects.filter(project=here.project).count() == 1  # nothing is a theme by itself
    assert Entry.objects.filter(kind="theme.candidates-asked").count() == 1


def test_words_in_common_are_in_two_voices_at_least(here: Listening) -> None:
    for candidate in queries.candidates_of(asked_in(here, 4)):
        said = [text.lower() for text in texts(candidate)]
        assert all(sum(word in text for text in said) >= 2 for word in candidate.words)


def test_words_in_common_go_with_the_voices_they_stood_in(here: Listening) -> None:
    run = asked_in(here)
    bus = about(run, BUS)
    client, page = signed_in(here.tom), f"/p/{here.project.address}/themes/candidates/"
    assert BUS in said_to_be_common(client, page)
    said = [placed.voice for placed in queries.inside(bus)]
    for voice in said[:3]:
        reading.withdraw(words=voice.words, now=NOW)
    assert BUS not in said_to_be_common(client, page), "in one voice alone it is not in common"
    assert BUS not in said_to_be_common(client, f"{page}{bus.ref}/")
    assert any(Placed.objects.filter(voice=said[0].pk).values_list("words", flat=True)[0])
    reading.destroy_due(now=NOW + timedelta(days=7))
    assert list(Placed.objects.filter(voice__in=said[:3]).values_list("words", flat=True)) == [
        [],
        [],
        [],
    ]
    assert BUS in Placed.objects.get(voice=said[3].pk).words, "what was not taken back stays"
    masked = said[3].words
    masked.refresh_from_db()
    masked.shown = "The [vehicle] is late"
    tell_decided(masked)
    assert BUS not in Placed.objects.get(voice=said[3].pk).words


def said_to_be_common(client: Client, page: str) -> str:
    """What the page says voices have in common, candidate by candidate."""
    return " ".join(re.findall("in common: <b>(.*?)</b>", client.get(page).content.decode()))


def test_what_is_taken_back_while_candidates_are_worked_out_is_in_none(
    here: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_in(here)
    released_voice(here.project, "Parking once more")
    worked_out = services._found  # noqa: SLF001  the moment between reading and holding still

    def meanwhile(*given: Any) -> Any:
        found = worked_out(*given)
        take_back = Words.objects.filter(shown__contains="zebra")
        take_back.update(state=Words.State.WITHDRAWN, withdrawn_on=NOW.date())
        return found

    monkeypatch.setattr(services, "_found", meanwhile)
    run = services.ask(by=here.tom, project=here.project, number=2, now=NOW)
    assert run.placed.count() == 10
    assert not run.placed.filter(voice__words__shown__contains="zebra").exists()


def test_a_person_gives_the_title_and_the_voices_are_tied(here: Listening) -> None:
    run = asked_in(here)
    bus = about(run, BUS)
    with pytest.raises(Refusal, match="short title"):
        services.accept(by=here.tom, candidate=bus, title=" ", now=NOW)
    theme = services.accept(by=here.cara, candidate=bus, title="Buses are late", now=NOW)
    assert theme.voice_count == 4
    assert Tie.objects.filter(target=theme.ref, how="grouped").count() == 4
    assert not queries.inside(about(run, LUNCH)).filter(voice__groupings__theme=theme).exists()
    with pytest.raises(Refusal, match="meanwhile"):
        services.accept(by=here.tom, candidate=bus, title="Again", now=NOW)


def test_candidates_are_named_merged_split_thinned_and_put_aside(here: Listening) -> None:
    run = asked_in(here)
    bus, lunch = about(run, BUS), about(run, LUNCH)
    services.name(by=here.tom, candidate=lunch, title="Food", now=NOW)
    both = services.merge(by=here.tom, candidate=lunch, into=bus, now=NOW)
    assert (both.title, both.stability, len(texts(both))) == ("Food", None, 8)
    assert {BUS, LUNCH} <= set(queries.with_words([both])[0].words)
    parts = services.split(by=here.tom, candidate=both, number=2, now=NOW)
    assert len(parts) == 2
    assert run.placed.count() == 10  # nothing is lost on the way
    one = parts[0]
    gone = queries.inside(one).first().voice_id
    assert services.take_out(by=here.tom, candidate=one, voices=[gone], now=NOW) == 1
    assert gone in {each.voice_id for each in queries.in_none(run)}
    with pytest.raises(Refusal, match="Tick at least one"):
        services.take_out(by=here.tom, candidate=one, voices=[gone], now=NOW)
    assert services.put_aside(by=here.tom, candidate=one, now=NOW).state == "aside"
    assert services.put_aside(by=here.tom, candidate=one, now=NOW).state == "open"


def test_what_does_not_fall_apart_is_not_split(here: Listening) -> None:
    for _ in range(10):
        released_voice(here.project, "Late bus")
    run = services.ask(by=here.tom, project=here.project, number=2, now=NOW)
    [one] = run.candidates.all()
    with pytest.raises(Refusal, match="smaller groups"):
        services.split(by=here.tom, candidate=one, number=2, now=NOW)
    assert run.placed.filter(candidate=one).count() == 10


def test_a_sentence_model_that_is_not_right_is_left_alone(
    here: Listening, settings: LazySettings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DATA = tmp_path
    (tmp_path / "sentence-model").mkdir()
    assert len(texts(about(asked_in(here), BUS))) == 4
    assert "SHA256SUMS" in caplog.text


def test_few_voices_are_read_and_not_counted(here: Listening) -> None:
    released_voice(here.project)
    with pytest.raises(Refusal, match="Fewer than ten"):
        services.ask(by=here.tom, project=here.project, number=2, now=NOW)


@pytest.mark.parametrize("name", ["mina", "rosa", "priya", "dev", "ada", "nell", "stranger"])
def test_only_those_who_group_ask(here: Listening, name: str) -> None:
    said_in(here)
    with pytest.raises(Refusal, match="Only organisers and co-leads"):
        services.ask(by=getattr(here, name), project=here.project, number=2, now=NOW)
    run = services.ask(by=here.tom, project=here.project, number=2, now=NOW)
    with pytest.raises(Refusal, match="Only organisers and co-leads"):
        services.accept(by=getattr(here, name), candidate=about(run, BUS), title="X", now=NOW)


def test_what_is_taken_back_meanwhile_is_not_in_the_theme(here: Listening) -> None:
    run = asked_in(here)
    gone = queries.inside(about(run, BUS)).first().voice
    Words.objects.filter(ref=gone.pk).update(state=Words.State.WITHDRAWN, withdrawn_on=NOW.date())
    theme = services.accept(by=here.tom, candidate=about(run, BUS), title="Buses", now=NOW)
    assert theme.voice_count == 3
    assert gone.pk not in set(theme.groupings.values_list("voice", flat=True))


def test_asking_again_and_thirty_days_let_candidates_go_and_themes_stay(here: Listening) -> None:
    run = asked_in(here)
    theme = services.accept(by=here.tom, candidate=about(run, BUS), title="Buses", now=NOW)
    for _ in range(6):
        released_voice(here.project, "Cold lunch once more")
    services.ask(by=here.cara, project=here.project, number=2, now=NOW)
    assert not Run.objects.filter(ref=run.ref).exists()
    assert services.drop_old(now=NOW + timedelta(days=30)) == 0
    assert services.drop_old(now=NOW + timedelta(days=31)) == 1
    assert not Placed.objects.exists()
    assert Theme.objects.get() == theme
    assert Voice.objects.count() == 16
