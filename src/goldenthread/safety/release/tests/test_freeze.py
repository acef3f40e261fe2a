from datetime import UTC, date, datetime

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import released
from goldenthread.safety.release import queries, registry
from goldenthread.safety.release.models import Release
from goldenthread.safety.release.services import freeze, freeze_all_due
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 3, 12, 4, 10, tzinfo=UTC)
EMPOWER = datetime(2026, 3, 17, 4, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_room_that_counts(monkeypatch):
    """What a higher room does when it is imported, undone after each test."""
    for name in ("_wholes", "_parts", "_medians"):
        monkeypatch.setattr(registry, name, type(getattr(registry, name))())
    registry.figure("words")(words_of)
    registry.figures(lambda project: {f"project:{project.ref}": words_of(project), "none": 0})
    registry.median("days")(lambda project: [1] * words_of(project))


def words_of(project):
    return Words.objects.filter(project=project).count()


def speak(house, times):
    return [released(project=house.project) for _ in range(times)]


def test_a_release_says_nothing_exact():
    house = listening_project()
    speak(house, 12)
    release = freeze(project=house.project, now=NOW)
    assert release.figures["words"] == 10
    figures = queries.latest(house.project)
    assert figures.number("words") == 10
    assert figures.about("words", "words") == "about 10 words"
    assert figures.frozen_on == date(2026, 3, 10)


def test_few_are_told_in_words_and_nothing_before_the_first_release():
    house = listening_project()
    speak(house, 9)
    assert queries.latest(house.project).about("words") == "not counted yet"
    freeze(project=house.project, now=NOW)
    figures = queries.latest(house.project)
    assert figures.about("words", "words") == "fewer than 10 words"
    assert figures.of("told", "words", "words") == "fewer than 10 words"


def test_figures_never_follow_a_newcomer():
    house = listening_project()
    speak(house, 12)
    freeze(project=house.project, now=NOW)
    speak(house, 9)
    assert queries.latest(house.project).number("words") == 10
    with pytest.raises(Refusal):
        freeze(project=house.project, now=LATER)
    assert freeze_all_due(now=LATER) == 0
    speak(house, 1)
    assert freeze_all_due(now=LATER) == 1
    assert queries.latest(house.project).number("words") == 20
    assert queries.latest(house.project).number_of_release == 2


def test_a_new_stage_and_the_close_allow_a_release_once():
    house = listening_project()
    speak(house, 12)
    freeze(project=house.project, now=NOW)
    assert freeze_all_due(now=EMPOWER) == 1
    assert freeze_all_due(now=EMPOWER) == 0
    closed = Project.objects.filter(ref=house.project.ref)
    closed.update(state="closed", closed_on=date(2026, 3, 20))
    assert freeze_all_due(now=datetime(2026, 3, 20, 4, 10, tzinfo=UTC)) == 1
    assert freeze_all_due(now=datetime(2026, 3, 21, 4, 10, tzinfo=UTC)) == 0


def test_the_first_release_comes_by_itself_with_the_tenth_voice():
    house = listening_project()
    speak(house, 9)
    assert freeze_all_due(now=NOW) == 0
    speak(house, 1)
    assert freeze_all_due(now=NOW) == 1


def test_a_project_that_is_being_prepared_has_no_figures():
    house = listening_project()
    speak(house, 12)
    Project.objects.filter(ref=house.project.ref).update(state="draft", opened_on=None)
    assert freeze_all_due(now=NOW) == 0


def test_the_record_keeps_the_number_of_the_release_and_no_count():
    house = listening_project()
    speak(house, 12)
    release = freeze(project=house.project, now=NOW)
    entry = Entry.objects.get(kind="release.frozen")
    assert entry.about == release.ref
    assert b'"fact_number":1' in bytes(entry.body)
    assert b"12" not in bytes(entry.body).replace(str(release.ref).encode(), b"").replace(
        str(house.project.ref).encode(), b""
    )


def test_a_median_needs_ten_people():
    house = listening_project()
    speak(house, 9)
    freeze(project=house.project, now=NOW)
    assert queries.latest(house.project).number("days") is None
    speak(house, 10)
    freeze(project=house.project, now=LATER)
    assert queries.latest(house.project).number("days") == 1


def test_figures_are_of_this_project_alone():
    house, other = listening_project(), listening_project()
    speak(house, 12)
    speak(other, 30)
    assert freeze(project=house.project, now=NOW).figures["words"] == 10
    assert Words.objects.count() == 42


@pytest.mark.parametrize(
    ("who", "may"),
    [
        *((name, True) for name in ("tom", "cara")),
        *((name, False) for name in ("rosa", "priya", "dev", "ada", "mina", "nell", "stranger")),
    ],
)
def test_who_may_ask_for_a_release(who, may):
    house = listening_project()
    if may:
        assert freeze(project=house.project, by=getattr(house, who), now=NOW).number == 1
    else:
        with pytest.raises(Refusal):
            freeze(project=house.project, by=getattr(house, who), now=NOW)
        assert not Release.objects.exists()


def test_parts_are_rounded_as_wholes_are():
    house = listening_project()
    speak(house, 12)
    release = freeze(project=house.project, now=NOW)
    assert release.figures[f"project:{house.project.ref}"] == 10
    assert release.figures["none"] is None
    assert queries.latest(house.project).of("none", "words", "words") == "fewer than 10 words"


def test_a_part_of_a_whole_is_said_with_its_denominator():
    house = listening_project()
    speak(house, 23)
    freeze(project=house.project, now=NOW)
    figures = queries.latest(house.project)
    said = figures.of(f"project:{house.project.ref}", "words", "words")
    assert said == "about 25 of 25 words"
