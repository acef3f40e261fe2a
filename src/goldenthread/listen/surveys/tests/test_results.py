"""Results leave a survey only as releases: large enough, rounded, and giving nobody away."""

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.surveys import guarding, releasing
from goldenthread.listen.surveys.models import Answers, Question, Results
from goldenthread.listen.surveys.services.freezing import freeze, freeze_all_due
from goldenthread.listen.surveys.tests.answering import (
    answered,
    answered_all,
    asked,
    closed_survey,
    wave_of,
)
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.release.control.tables import Key
from goldenthread.safety.release.control.together import ALL, Sheet
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
Kind = Question.Kind


@pytest.fixture
def around() -> Listening:
    return listening_project()


def cells(results: Results, name: object) -> dict[str, int | None]:
    return {key: shown for _row, key, shown in results.shown["tables"][str(name)]["cells"]}


def test_nine_answers_are_not_shown_and_ten_are(around: Listening) -> None:
    wave = wave_of(survey := closed_survey(around.project))
    question = asked(survey, Kind.CHOICE, keys="a b")
    answered(wave, question, ["a"] * 9)
    with pytest.raises(Refusal, match="Fewer than ten"):
        freeze(wave=wave, by=around.tom, now=NOW)
    assert freeze_all_due(now=NOW) == 0
    answered(wave, question, ["a"])
    results = freeze(wave=wave, by=around.tom, now=NOW)
    assert results.shown["people"] == 10
    assert results.shown["tables"][str(question.ref)]["answered"] == 10
    assert Entry.objects.filter(kind="survey.results-frozen").count() == 1
    with pytest.raises(Refusal, match="ten more"):
        freeze(wave=wave, by=around.tom, now=NOW)


def test_a_second_release_needs_ten_more_and_a_table_of_its_own(around: Listening) -> None:
    wave = wave_of(survey := closed_survey(around.project))
    one = asked(survey, Kind.SCALE, keys="1 2 3 4 5")
    other = asked(survey, Kind.CHOICE, keys="a b")
    answered_all(wave, [{one: n % 5 + 1, other: "ab"[n % 2]} for n in range(60)])
    first = freeze(wave=wave, now=NOW)
    answered(wave, one, [5] * 12)
    answered(wave, other, ["a"] * 4)
    second = freeze(wave=wave, now=NOW)
    assert second.shown["tables"][str(one.ref)]["made"] == 2
    assert cells(second, one.ref)["5"] == 25
    assert second.shown["tables"][str(other.ref)] == first.shown["tables"][str(other.ref)]
    assert second.bases["tables"][str(other.ref)]["people"] == 60
    assert freeze_all_due(now=NOW) == 0


def test_a_small_group_is_hidden_and_cannot_be_worked_out(
    around: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    wave = wave_of(survey := closed_survey(around.project))
    question = asked(survey, Kind.CHOICE, keys="a b c")
    answered(wave, question, ["a"] * 30 + ["b"] * 23 + ["c"] * 3)
    shown = cells(freeze(wave=wave, now=NOW), question.ref)
    assert shown["c"] is None
    assert set(shown.values()) - {None} <= {30, 25}
    # The control: without the rule, the three would be there to read.
    monkeypatch.setattr(releasing, "RULE", releasing.PROFILES["hesa"])
    wave.results.all().delete()
    assert cells(freeze(wave=wave, now=NOW), question.ref)["c"] == 5


def test_a_sensitive_question_waits_for_twenty_and_tells_no_number_where_all_are_alike(
    around: Listening,
) -> None:
    wave = wave_of(survey := closed_survey(around.project))
    few = asked(survey, Kind.CHOICE, keys="a b", sensitive=True)
    alike = asked(survey, Kind.SCALE, keys="1 2 3 4 5", sensitive=True)
    answered(wave, few, ["a", "b"] * 9)
    answered(wave, alike, [5] * 40 + [1] * 3)
    results = freeze(wave=wave, now=NOW)
    assert results.shown["tables"][str(few.ref)]["below"] == 20
    assert set(cells(results, few.ref).values()) == {None}
    assert results.shown["tables"][str(alike.ref)]["most"] == [ALL, "5"]
    assert set(cells(results, alike.ref).values()) == {None}
    assert results.shown["means"][str(alike.ref)] is None


def test_every_kind_is_counted(around: Listening) -> None:
    wave = wave_of(survey := closed_survey(around.project))
    many = asked(survey, Kind.MANY, keys="a b")
    rows = [{"key": "r1", "text": "The desk"}, {"key": "r2", "text": "The site"}]
    matrix = asked(survey, Kind.MATRIX, keys="1 2 3", rows=rows)
    rank = asked(survey, Kind.RANK, keys="a b c")
    number = asked(survey, Kind.NUMBER)
    day = asked(survey, Kind.DATE)
    answered_all(
        wave,
        [
            {
                many: ["a", "b"] if n % 2 else ["a"],
                matrix: {"r1": 3, "r2": n % 3 + 1},
                rank: ["b", "a", "c"],
                number: n,
                day: f"2026-0{n % 6 + 1}-15",
            }
            for n in range(60)
        ],
    )
    shown = freeze(wave=wave, now=NOW).shown
    assert cells(wave.results.get(), f"{many.ref}/b") == {"yes": 30, "no": 30}
    assert cells(wave.results.get(), f"{many.ref}/a") == {"yes": None, "no": None}  # all
    assert cells(wave.results.get(), f"{matrix.ref}/r2") == {"1": 20, "2": 20, "3": 20}
    assert shown["ranks"] == {
        f"{rank.ref}/{k}": v for k, v in {"b": 1.0, "a": 2.0, "c": 3.0}.items()
    }
    assert shown["edges"][str(number.ref)] == [10, 20, 30, 40, 50]
    assert cells(wave.results.get(), number.ref) == dict.fromkeys("012345", 10)
    assert shown["edges"][str(day.ref)][0] == "2026-02-01"
    assert shown["means"][str(number.ref)] == 29.5


def test_bands_tell_no_extreme(around: Listening) -> None:
    wave = wave_of(survey := closed_survey(around.project))
    number = asked(survey, Kind.NUMBER)
    answered(wave, number, [*range(20, 60), 97, 3])
    assert freeze(wave=wave, now=NOW).shown["edges"][str(number.ref)] == [30, 40, 50]


def test_means_come_from_twenty_five_answers_on(around: Listening) -> None:
    wave = wave_of(survey := closed_survey(around.project))
    scale = asked(survey, Kind.SCALE, keys="1 2 3")
    number, rank = asked(survey, Kind.NUMBER), asked(survey, Kind.RANK, keys="a b")
    people = [{scale: n % 3 + 1, number: n % 3, rank: ["a", "b"]} for n in range(24)]
    answered_all(wave, people)
    few = freeze(wave=wave, now=NOW).shown
    assert few["means"] == {str(scale.ref): None, str(number.ref): None}
    assert few["ranks"] == {f"{rank.ref}/a": None, f"{rank.ref}/b": None}
    answered_all(wave, people[:10])
    more = freeze(wave=wave, now=NOW).shown
    assert None not in {*more["means"].values(), *more["ranks"].values()}
    assert freeze_all_due(now=NOW) == 0


def test_an_area_is_the_mean_of_its_questions_turned_the_same_way(around: Listening) -> None:
    wave = wave_of(survey := closed_survey(around.project))
    good = asked(survey, Kind.SCALE, keys="1 2 3 4 5", area="Workload")
    bad = asked(survey, Kind.SCALE, keys="1 2 3 4 5", area="Workload", reversed=True)
    points = [1] * 20 + [2] * 20 + [3] * 15 + [4] * 10 + [5] * 10
    answered_all(wave, [{good: point, bad: 6 - point} for point in points])
    shown = freeze(wave=wave, now=NOW).shown
    assert shown["areas"] == {"Workload": 2.6}
    assert (shown["means"][str(good.ref)], shown["means"][str(bad.ref)]) == (2.6, 3.4)


def sheet(shown: dict[str, int | None], answered: int) -> Sheet:
    keyed = {Key(ALL, key): value for key, value in shown.items()}
    return Sheet(("q",), keyed, answered, releasing.RULE, 1)


def test_a_mean_that_would_give_a_hidden_number_away_is_told_less_finely_or_not_at_all() -> None:
    # 40 of 45 said 1 or 2. A mean of 1.5 says that of the others next to none said anything.
    points = [1, 2, 3, 4, 5]
    table = sheet({"1": 20, "2": 20, "3": None, "4": None, "5": None}, 45)
    assert guarding.gives_away([(table, guarding.Mean(1.5, 0.1))], points)
    assert not guarding.gives_away([(table, None)], points)
    assert guarding.mean_for([], table, 1.52, points) in {None, (2.0, 1.0)}
    high = sheet({"1": None, "2": None, "3": 25, "4": 25, "5": 70}, 120)
    assert guarding.mean_for([], high, 4.4, points) == (4.5, 0.5)
    wide = sheet({"1": 20, "2": 20, "3": 20, "4": 20, "5": None}, 85)
    assert guarding.mean_for([], wide, 2.61, points) == (2.6, 0.1)


def test_the_means_of_two_releases_are_attacked_together() -> None:
    points = [1, 2, 3, 4, 5]
    table = sheet({"1": 20, "2": 20, "3": 20, "4": None, "5": None}, 65)
    later = sheet({"1": 30, "2": 30, "3": 30, "4": None, "5": None}, 95)
    alone = guarding.mean_for([], later, 2.05, points)
    told = [(table, guarding.Mean(2.1, 0.1))]
    together = guarding.mean_for(told, later, 2.05, points)
    assert alone is not None
    assert together is None or together.step >= alone.step


def test_locked_answers_are_not_counted(around: Listening) -> None:
    wave = wave_of(survey := closed_survey(around.project))
    question = asked(survey, Kind.CHOICE, keys="a b")
    answered(wave, question, ["a"] * 12)
    Answers.objects.bulk_create(Answers(wave=wave, sealed=b"locked") for _ in range(9))
    assert freeze(wave=wave, now=NOW).bases["people"] == 12


@pytest.mark.parametrize("name", ["mina", "rosa", "priya", "nell", "stranger"])
def test_only_who_runs_the_project_freezes(around: Listening, name: str) -> None:
    wave = wave_of(survey := closed_survey(around.project))
    answered(wave, asked(survey, Kind.CHOICE, keys="a b"), ["a"] * 20)
    with pytest.raises(Refusal, match="run this project"):
        freeze(wave=wave, by=getattr(around, name), now=NOW)
