from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db.models import Count, Sum

from goldenthread.act.frameworks.models import Place
from goldenthread.example.filling import fill, saying, slices
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.candidates.models import Placed
from goldenthread.listen.coding.models import Coding
from goldenthread.listen.conversations.models import Drawing, Stance, Statement
from goldenthread.listen.outreach.shown import missing
from goldenthread.listen.questions.models import Choice, Question
from goldenthread.listen.rooms.models import Note, Room
from goldenthread.listen.stories.models import Story
from goldenthread.listen.summaries.models import Rest, Sentence
from goldenthread.listen.surveys.models import Answers, Results
from goldenthread.listen.surveys.models import Question as Asked
from goldenthread.listen.voices.models import Door, TrueForMe, Voice
from goldenthread.people.receipts.services import open_with
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release.queries import latest
from goldenthread.thread.models import Tie

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
VOICES = 600

pytestmark = pytest.mark.django_db


def test_a_fill_holds_every_kind_of_row(settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    ticks: list[None] = []
    filled = fill(voices=VOICES, now=NOW, tick=lambda: ticks.append(None))
    project = filled.project
    assert len(ticks) == slices(VOICES)
    assert Words.objects.filter(project=project, state="released").count() == VOICES
    assert latest(project).number("voices") == VOICES
    for code in filled.codes[:2]:
        assert open_with(code=code, now=NOW).voices.get().project == project
    assert voices_with_receipts(project) == min(saying.RECEIPTS, grouped_in(project))
    agreed = Voice.objects.filter(project=project).aggregate(n=Sum("agreed"))["n"]
    assert TrueForMe.objects.count() == agreed > 0
    assert {door.way for door in Door.objects.filter(project=project)} == {
        "conversations",
        "questions",
        "stories",
        "surveys",
    }
    _conversing()
    _surveying()
    _telling()
    _gathering()
    _sorting()
    assert len(missing(project, now=NOW)["compared"]) > 4
    assert Place.objects.count() == 80
    with pytest.raises(Refusal, match="filled already"):
        fill(voices=VOICES, now=NOW)


def voices_with_receipts(project: Project) -> int:
    return Voice.objects.filter(project=project, receipt__isnull=False).count()


def grouped_in(project: Project) -> int:
    return Voice.objects.filter(project=project, groupings__isnull=False).count()


def test_the_rest_are_copies_each_with_all_that_hangs_on_it(
    settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA = tmp_path
    monkeypatch.setattr(saying, "FIRST", 250)
    ticks: list[None] = []
    filled = fill(voices=VOICES, now=NOW, tick=lambda: ticks.append(None))
    assert len(ticks) == slices(VOICES)
    voices = Voice.objects.filter(project=filled.project)
    assert voices.count() == VOICES
    assert latest(filled.project).number("voices") == VOICES
    grouped = voices.filter(groupings__isnull=False)
    tied = Tie.objects.filter(source_kind="voice", target_kind="theme")
    assert set(tied.values_list("source", flat=True)) == set(grouped.values_list("pk", flat=True))
    assert Story.objects.count() == voices.filter(kind=Voice.Kind.STORY).count()
    assert Words.objects.filter(shown__contains=" [2]").exists()
    assert Words.objects.values("salt").distinct().count() == VOICES


def _conversing() -> None:
    assert Statement.objects.count() == 200
    assert Statement.objects.exclude(voice=None).count() > 30
    assert Stance.objects.count() == 60 * 50
    drawing = Drawing.objects.get()
    assert drawing.shown["map"] is True


def _surveying() -> None:
    assert set(Asked.objects.values_list("kind", flat=True)) == set(Asked.Kind)
    by_wave = Answers.objects.filter(sealed=None).values_list("wave__number")
    assert set(by_wave.annotate(n=Count("pk"))) == {(1, 60), (2, 60)}
    assert list(Results.objects.order_by("wave__number").values_list("number")) == [(1,), (1,)]
    words = Asked.objects.filter(kind__in=["short", "long"]).values("ref")
    assert Voice.objects.filter(kind="answer", answers__in=words).exists()


def _telling() -> None:
    stories = Story.objects.filter(voice__kind="story")
    assert stories.count() == Voice.objects.filter(kind="story").count() > 30
    assert stories.exclude(feelings=[]).exists()
    noted = stories.exclude(notes=[])
    assert noted.exists()
    assert not noted.filter(voice__words__note_shown="").exists()
    assert Question.objects.get(state="open").options.count() == 3
    assert Question.objects.filter(state="answered").count() == 30
    assert Choice.objects.count() == 40


def _gathering() -> None:
    assert Room.objects.filter(state="done").count() == 20
    assert Note.objects.filter(room__state="open").count() == 60
    rooms = Room.objects.filter(state="done").values("ref")
    assert Voice.objects.filter(kind="note", came_by="room", answers__in=rooms).count() > 30


def _sorting() -> None:
    assert Placed.objects.exclude(candidate=None).exclude(words=[]).exists()
    assert Placed.objects.filter(candidate=None).exists()
    assert Coding.objects.count() == 40 + 200
    assert Sentence.objects.exclude(shown_on=None).count() == 12
    assert Rest.objects.exclude(voice=None).count() == 12 * 5
