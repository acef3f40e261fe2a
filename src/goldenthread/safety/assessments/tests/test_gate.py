"""What must be assessed keeps a project from opening until two people have agreed on it."""

from datetime import timedelta

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.projects.gates import missing_to_open
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW
from goldenthread.projects.tests.scenes import Scene
from goldenthread.safety.assessments import queries, services
from goldenthread.safety.assessments.models import Assessment
from goldenthread.safety.assessments.questions import kinds
from goldenthread.safety.assessments.tests.factories import answers, assess, signed, written
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
DPIA = "Data protection impact assessment"
OSA = ["Illegal content risk assessment", "Children's access assessment"]


@pytest.fixture
def scene() -> Scene:
    return Scene().make_ready(without="assess")


def titles(scene: Scene) -> list[str]:
    """The titles of what is missing, all gates asked."""
    project = Project.objects.get(ref=scene.project.ref)
    return [str(each).split(":", maxsplit=1)[0] for each in missing_to_open(project, now=NOW)]


def test_without_a_data_protection_assessment_nothing_opens(scene: Scene) -> None:
    assert titles(scene) == [DPIA]
    with pytest.raises(Refusal, match=DPIA):
        scene.open()
    scene.assess()
    assert titles(scene) == []
    assert scene.open().project.state == "open"


def test_what_is_missing_says_where_and_by_whom(scene: Scene) -> None:
    missing = missing_to_open(scene.project, now=NOW)[0]
    assert missing.href.endswith("/assessments/dpia/")
    assert "second person" in missing.who


def test_a_shared_board_asks_for_what_the_online_safety_act_asks(scene: Scene) -> None:
    Project.objects.update(board="shared")
    assert titles(scene) == [DPIA, *OSA]
    for key in ("dpia", "illegal-content", "children-access"):
        signed(scene.project, key, by=scene.tom, signer=scene.ada)
    assert titles(scene) == ["Children's risk assessment"]  # the second said: children are likely
    signed(scene.project, "children-risk", by=scene.tom, signer=scene.ada)
    assert titles(scene) == []


def test_where_children_do_not_come_their_risks_are_not_asked(scene: Scene) -> None:
    Project.objects.update(board="shared")
    kind = kinds()["children-access"]
    said = answers(kind) | {"likely": kind.questions[1].choices[1]}
    draft = services.write(by=scene.tom, project=scene.project, kind=kind, answers=said, now=NOW)
    day = NOW.date() + timedelta(days=9)
    services.sign(by=scene.ada, assessment=draft, review_on=day, seen=draft.edition, now=NOW)
    assert titles(scene) == [DPIA, OSA[0]]


def test_children_are_asked_only_after_their_best_interests_were_looked_at(scene: Scene) -> None:
    Project.objects.update(ages=["13-15"])
    assert "Best interests of the child" in titles(scene)
    scene.project.refresh_from_db()
    assess(scene.project, by=scene.tom, signer=scene.ada)
    assert "Best interests of the child" not in titles(scene)


def test_control_the_team_board_of_adults_needs_nothing_else(scene: Scene) -> None:
    signed(scene.project, "dpia", by=scene.tom, signer=scene.ada)
    assert titles(scene) == []
    assert Entry.objects.filter(kind="assessment.signed").count() == 1


def test_a_gap_an_absent_second_person_or_a_late_review_is_not_enough(scene: Scene) -> None:
    kind = kinds()["dpia"]
    services.write(
        by=scene.tom, project=scene.project, kind=kind, answers={"nature": "Words."}, now=NOW
    )
    assert "10 questions are open" in str(missing_to_open(scene.project, now=NOW)[0])
    draft = written(scene.project, "dpia", by=scene.tom)
    assert "second person" in str(missing_to_open(scene.project, now=NOW)[0])
    day = NOW.date() + timedelta(days=10)
    services.sign(by=scene.ada, assessment=draft, review_on=day, seen=draft.edition, now=NOW)
    assert titles(scene) == []
    late = missing_to_open(scene.project, now=NOW + timedelta(days=11))
    assert [str(each) for each in late if "review" in each] == [
        f"{DPIA}: the review was due on 20 March 2026."
    ]


def test_nobody_signs_what_they_wrote_not_even_after_another_hand(scene: Scene) -> None:
    draft = written(scene.project, "dpia", by=scene.tom)
    dev = scene.give("dev", "decision-maker")
    draft = written(scene.project, "dpia", by=dev)
    day, seen = NOW.date() + timedelta(days=10), draft.edition
    for person in (scene.tom, dev, scene.person("mina")):
        with pytest.raises(Refusal, match="did not write"):
            services.sign(by=person, assessment=draft, review_on=day, seen=seen, now=NOW)
    done = services.sign(by=scene.ada, assessment=draft, review_on=day, seen=seen, now=NOW)
    assert (done.signed_as, done.signed_by) == ("Administrator", scene.ada)


@pytest.mark.parametrize("days", [0, -1, 366])
def test_the_review_is_within_twelve_months(scene: Scene, days: int) -> None:
    draft = written(scene.project, "dpia", by=scene.tom)
    day = NOW.date() + timedelta(days=days)
    with pytest.raises(Refusal, match="twelve months") as refused:
        services.sign(by=scene.ada, assessment=draft, review_on=day, seen=draft.edition, now=NOW)
    assert refused.value.field == "review_on"


def test_nobody_signs_other_words_than_they_read_nor_overwrites_a_colleague(scene: Scene) -> None:
    draft = written(scene.project, "dpia", by=scene.tom)
    seen = draft.edition
    written(scene.project, "dpia", by=scene.tom)
    day = NOW.date() + timedelta(days=10)
    with pytest.raises(Refusal, match="read it again"):
        services.sign(by=scene.ada, assessment=draft, review_on=day, seen=seen, now=NOW)
    with pytest.raises(Refusal, match="Somebody else changed this"):
        services.write(
            by=scene.ada,
            project=scene.project,
            kind=kinds()["dpia"],
            answers={},
            seen=seen,
            now=NOW,
        )


def test_signed_words_stay_and_a_new_version_begins(scene: Scene) -> None:
    first = signed(scene.project, "dpia", by=scene.tom, signer=scene.ada)
    again = written(scene.project, "dpia", by=scene.ada)
    assert (first.version, again.version) == (1, 2)
    assert titles(scene) == []  # the first is in force until the second is signed
    seal = services.seal_of(Assessment.objects.get(ref=first.ref))
    assert seal.encode() in bytes(Entry.objects.get(kind="assessment.signed").body)
    Assessment.objects.filter(ref=first.ref).update(answers={"nature": "Something else."})
    assert services.seal_of(Assessment.objects.get(ref=first.ref)) != seal  # control


def test_reviews_need_those_who_keep_them(scene: Scene) -> None:
    signed(scene.project, "dpia", by=scene.tom, signer=scene.ada, days=40)
    scene.open()

    def waits(person: object, days: int) -> list[tuple[str, str]]:
        now = NOW + timedelta(days=days)
        found = queries.reviews_that_wait(person, [scene.project], now=now)  # type: ignore[arg-type]
        return [(each.tone, each.href) for each in found]

    href = f"/p/{scene.project.address}/assessments/dpia/"
    assert waits(scene.tom, 1) == []
    assert waits(type(scene.tom).objects.get(pk=scene.tom.pk), 15) == [("due", href)]
    assert waits(type(scene.tom).objects.get(pk=scene.tom.pk), 41) == [("overdue", href)]
    assert waits(scene.person("mina"), 41) == []
