from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit.refusals import Refusal
from goldenthread.projects.models import Project, Stage
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.equality import services as equality
from goldenthread.safety.equality.models import Answer, Asked, Waiting
from goldenthread.safety.equality.questions import CROSSED
from goldenthread.safety.release.control import PROFILES
from goldenthread.safety.release.models import Release
from goldenthread.safety.release.services import choose_rule, freeze, freeze_all_due

pytestmark = pytest.mark.django_db
CLOSED = date(2026, 3, 20)
LATER = datetime(2026, 3, 20, 4, 10, tzinfo=UTC)


@pytest.fixture
def house(settings, tmp_path):
    settings.DATA = tmp_path
    found = listening_project()
    Asked.objects.create(project=found.project, crossings=[["sex", "carer"]], since_on=CLOSED)
    return found


def answered(project, question, **counts):
    for answer, number in counts.items():
        Answer.objects.bulk_create(
            Answer(project=project, question=question, answer=answer.replace("_", "-"))
            for _ in range(number)
        )


def table(release, question):
    (found,) = [each for each in release.about if each["question"] == question]
    return {(row, column): shown for row, column, shown in found["cells"]}, found["answered"]


def test_who_we_heard_from_is_rounded_and_small_groups_are_hidden(house):
    answered(house.project, "sex", female=41, male=23, rather_not=3)
    cells, everyone = table(freeze(project=house.project, now=NOW), "sex")
    assert everyone == 65
    assert cells == {("all", "female"): 40, ("all", "male"): 25, ("all", "rather-not"): None}


def test_fewer_than_ten_are_not_told_at_all(house):
    answered(house.project, "sex", female=9)
    cells, everyone = table(freeze(project=house.project, now=NOW), "sex")
    assert everyone is None
    assert set(cells.values()) == {None}


def test_a_sensitive_question_that_all_answer_alike_shows_no_number(house):
    choose_rule(by=house.tom, project=house.project, profile="hesa", now=NOW)
    answered(house.project, "religion", none=30)
    answered(house.project, "carer", yes=30)
    release = freeze(project=house.project, now=NOW)
    assert set(table(release, "religion")[0].values()) == {None}
    assert table(release, "carer")[0]["all", "yes"] == 30
    assert table(release, "carer")[1] == 30


def heard(house):
    url = reverse("release:heard", args=[house.project.address])
    return " ".join(Client().get(url).content.decode().split())


def test_where_nearly_all_gave_one_sensitive_answer_most_and_few_are_told(house):
    answered(house.project, "orientation", straight=38, bisexual=2)
    release = freeze(project=house.project, now=NOW)
    assert set(table(release, "orientation")[0].values()) == {None}
    said = heard(house)
    assert said.count(">most<") == 1
    assert said.count(">few<") == 4


def test_a_sensitive_question_is_shown_from_twenty_people(house):
    answered(house.project, "religion", none=9, christian=10)
    answered(house.project, "sex", female=9, male=10)
    first = freeze(project=house.project, now=NOW)
    assert table(first, "religion")[1] is None
    assert table(first, "sex")[1] == 20
    answered(house.project, "religion", none=15, muslim=10)
    second = freeze(project=house.project, now=NOW)
    assert table(second, "religion")[1] == 45


def test_nobody_is_hidden_like_few_where_the_answer_is_sensitive(house):
    choose_rule(by=house.tom, project=house.project, profile="nhs_1_7", now=NOW)
    answered(house.project, "religion", none=30, christian=30)
    answered(house.project, "age", **{"18_24": 30, "25_34": 30})
    release = freeze(project=house.project, now=NOW)
    assert table(release, "religion")[0]["all", "muslim"] is None
    assert table(release, "age")[0]["all", "35-44"] == 0


def test_two_questions_together_are_shown_from_fifty_people(house):
    pair = CROSSED.join(["sex", "carer"])
    answered(house.project, pair, **{"female*yes": 24, "male*no": 25})
    assert table(freeze(project=house.project, now=NOW), pair)[1] is None
    answered(house.project, pair, **{"female*yes": 12})
    assert table(freeze(project=house.project, now=NOW), pair)[1] == 60


def last_of(project):
    return Release.objects.filter(project=project).order_by("-number").first()


def waiting(project, numbers, said):
    for number in numbers:
        mark = number.to_bytes(32, "big")
        equality.hold(project=project, mark=mark, answers={"sex": said}, agreed=1, now=NOW)


def listen_until(project, day):
    """What organisers may do as often as they like while the project is open."""
    Stage.objects.filter(project=project, name="listen").update(
        opens_on=min(day, CLOSED), closes_on=day
    )


def test_closing_and_opening_again_tells_no_newcomer(house):
    project = house.project
    answered(project, "sex", female=22, male=20)
    before = table(freeze(project=project, now=NOW), "sex")
    waiting(project, [1], "male")  # 21 men would be shown as 20, 23 as 25
    listen_until(project, date(2026, 3, 9))
    freeze(project=project, by=house.tom, now=NOW)
    assert table(last_of(project), "sex")[0] == before[0]
    assert not Waiting.objects.exists()
    listen_until(project, date(2026, 4, 9))
    with pytest.raises(Refusal):
        waiting(project, [2], "male")
    listen_until(project, date(2026, 3, 9))
    with pytest.raises(Refusal):
        freeze(project=project, by=house.tom, now=NOW)
    assert Release.objects.filter(project=project).count() == 2


def test_counting_one_newcomer_at_the_close_would_tell_the_answer():
    """The negative control: what a table told when it was counted anew at each close."""
    rule = PROFILES["threshold_10"]
    before, after = {"female": 22, "male": 20}, {"female": 23, "male": 20}
    told = [[rule.shown(each[sex]) for sex in ("female", "male")] for each in (before, after)]
    assert told == [[20, 20], [25, 20]]  # one person came, and she is a woman


def test_few_answers_are_let_go_when_listening_is_over_though_nothing_was_ever_shown(house):
    waiting(house.project, range(4), "female")
    listen_until(house.project, date(2026, 3, 9))
    assert freeze_all_due(now=NOW) == 1
    assert table(last_of(house.project), "sex")[1] is None
    assert not Waiting.objects.exists()
    assert freeze_all_due(now=NOW) == 0


def test_only_crossings_that_were_declared_are_shown(house):
    pair = CROSSED.join(["sex", "carer"])
    for answer, number in (("female*yes", 30), ("female*no", 40), ("male*yes", 4), ("male*no", 26)):
        Answer.objects.bulk_create(
            Answer(project=house.project, question=pair, answer=answer) for _ in range(number)
        )
    release = freeze(project=house.project, now=NOW)
    cells, everyone = table(release, pair)
    assert everyone == 100
    assert cells["male", "yes"] is None
    assert {each["question"] for each in release.about if CROSSED in each["question"]} == {pair}


def test_a_table_changes_only_when_ten_more_have_answered(house):
    answered(house.project, "sex", female=30)
    first = freeze(project=house.project, now=NOW)
    answered(house.project, "sex", male=9)
    with pytest.raises(Refusal):
        freeze(project=house.project, now=NOW)
    answered(house.project, "carer", yes=12)
    second = freeze(project=house.project, now=NOW)
    assert table(second, "sex") == table(first, "sex")
    answered(house.project, "sex", male=4)
    third = freeze(project=house.project, now=NOW)
    assert table(third, "sex")[1] == 45


def test_answers_that_never_became_ten_are_counted_at_the_close_and_then_gone(house):
    answered(house.project, "sex", female=12)
    freeze(project=house.project, now=NOW)
    for number in range(6):
        mark = number.to_bytes(32, "big")
        equality.hold(
            project=house.project, mark=mark, answers={"sex": "female"}, agreed=1, now=NOW
        )
    assert freeze_all_due(now=NOW) == 0
    Project.objects.filter(ref=house.project.ref).update(state="closed", closed_on=CLOSED)
    assert freeze_all_due(now=LATER) == 1
    last = Release.objects.order_by("-number").first()
    assert table(last, "sex")[1] == 20
    assert not Waiting.objects.exists()
    assert Answer.objects.count() == 12
    assert freeze_all_due(now=LATER) == 0


def test_the_audit_is_kept_with_the_release(house):
    answered(house.project, "sex", female=41, male=23, rather_not=3)
    release = freeze(project=house.project, now=NOW)
    assert release.profile == "threshold_10"
    assert release.hidden["cells_by_rule"] > 0
    assert release.hidden["beyond"] == []


def test_the_rule_is_fixed_once_figures_are_out(house):
    with pytest.raises(Refusal):
        choose_rule(by=house.mina, project=house.project, profile="hesa", now=NOW)
    choose_rule(by=house.tom, project=house.project, profile="nhs_1_7", now=NOW)
    answered(house.project, "sex", female=41)
    assert freeze(project=house.project, now=NOW).profile == "nhs_1_7"
    with pytest.raises(Refusal):
        choose_rule(by=house.tom, project=house.project, profile="hesa", now=NOW)
