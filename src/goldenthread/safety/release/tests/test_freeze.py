from datetime import UTC, date, datetime

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.projects.models import Project, Stage
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


def test_the_close_allows_a_release_once_and_a_new_stage_none():
    house = listening_project()
    speak(house, 12)
    freeze(project=house.project, now=NOW)
    speak(house, 1)
    assert freeze_all_due(now=EMPOWER) == 0
    closed = Project.objects.filter(ref=house.project.ref)
    closed.update(state="closed", closed_on=date(2026, 3, 20))
    assert freeze_all_due(now=datetime(2026, 3, 20, 4, 10, tzinfo=UTC)) == 1
    assert queries.latest(house.project).number("words") == 15
    assert freeze_all_due(now=datetime(2026, 3, 21, 4, 10, tzinfo=UTC)) == 0


def test_organisers_who_move_the_days_of_stages_get_no_release():
    house = listening_project()
    speak(house, 12)
    freeze(project=house.project, now=NOW)
    for day in range(11, 20):  # one new voice a day, and a stage that begins that day
        speak(house, 1) if day < 19 else None
        now = datetime(2026, 3, day, 12, tzinfo=UTC)
        Stage.objects.filter(project=house.project, name="empower").delete()
        Stage.objects.create(
            project=house.project, name="empower", opens_on=now.date(), closes_on=now.date()
        )
        with pytest.raises(Refusal):
            freeze(project=house.project, by=house.tom, now=now)
    assert Release.objects.filter(project=house.project).count() == 1


def test_a_figure_stays_while_fewer_than_ten_are_new_in_it(monkeypatch):
    house = listening_project()
    counts = {"theme:a": 12, "theme:b": 30, "theme:c": 8}
    monkeypatch.setattr(registry, "_parts", [lambda _project: counts])
    assert freeze(project=house.project, now=NOW).figures["theme:a"] == 10
    counts.update({"theme:a": 13, "theme:b": 40, "theme:c": 10})
    second = freeze(project=house.project, now=LATER)  # ten more in b, one in a
    assert [second.figures[f"theme:{name}"] for name in "abc"] == [10, 40, 10]
    counts.update({"theme:a": 9, "theme:b": 50})
    third = freeze(project=house.project, now=LATER)
    assert [third.figures[f"theme:{name}"] for name in "abc"] == [None, 50, 10]


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


def test_a_median_stays_while_fewer_than_ten_are_new_behind_it(monkeypatch):
    house = listening_project()
    lengths = [1] * 10
    monkeypatch.setattr(registry, "_medians", {"days": lambda _project: lengths})
    monkeypatch.setattr(registry, "_wholes", {"words": lambda _project: 10 * len(lengths)})
    assert freeze(project=house.project, now=NOW).figures["days"] == 1
    lengths += [9] * 9
    assert freeze(project=house.project, now=LATER).figures["days"] == 1
    lengths += [9] * 9
    assert freeze(project=house.project, now=LATER).figures["days"] == 9


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
