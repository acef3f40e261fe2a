"""For whom a project is: what children need before it opens, and what nobody can be asked."""

from contextlib import nullcontext
from datetime import date

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.models import HelpLine
from goldenthread.projects import ages, gates, services
from goldenthread.projects.models import Project, Terms
from goldenthread.projects.tests.factories import NOW
from goldenthread.projects.tests.scenes import Scene
from goldenthread.projects.tests.test_pages import at, sign_in

pytestmark = pytest.mark.django_db
PUPILS = ["11-12", "13-15"]


def for_pupils(bands: list[str] = PUPILS, **given: object) -> Scene:
    scene = Scene().make_ready()
    scene.project = services.set_ages(
        by=scene.tom,
        project=scene.project,
        ages=bands,
        **{"known_as": ["unlinked"], "now": NOW, **given},
    )
    return scene


def missing(scene: Scene) -> list[str]:
    own = gates_of_projects(scene)
    return [each for each in own if "nder-18" in each or "hildren" in each or "Childline" in each]


def gates_of_projects(scene: Scene) -> list[str]:
    return [str(each) for each in gates.missing_to_open(scene.project, now=NOW)]


def test_a_project_for_adults_asks_for_nothing_more() -> None:
    scene = Scene().make_ready()
    assert scene.project.ages == ["adult"]
    assert not scene.project.for_under_18
    assert missing(scene) == []


def test_what_a_project_for_children_needs_before_it_opens() -> None:
    scene = for_pupils()
    assert missing(scene) == [
        "No deputy of the safeguarding lead is named. Under-18s are asked here.",
        "Nobody is named who has the power to act on what children say.",
        "No help line for children is named, like Childline.",
    ]
    scene.give("joan", "safeguarder", stands_in=True)
    scene.give("dev", "decision-maker")
    HelpLine.objects.create(
        organisation=scene.organisation,
        name="Childline",
        number="0800 1111",
        ages="under 19",
        verified_on="2026-03-01",
    )
    assert missing(scene) == []


def test_two_deputies_are_no_lead() -> None:
    scene = for_pupils()
    scene.project.roles.filter(name="safeguarder").update(stands_in=True)
    assert "No safeguarding lead is named. Under-18s are asked here." in missing(scene)


def test_under_thirteens_have_no_account_so_members_only_does_not_open() -> None:
    scene = for_pupils(["under-11"])
    Project.objects.update(open_to="members")
    scene.project.refresh_from_db()
    sentence = "Children under 13 have no account. Open it to anyone with the link."
    assert sentence in missing(scene)
    Project.objects.update(ages=["13-15"])
    scene.project.refresh_from_db()
    assert sentence not in missing(scene)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"bands": []}, "ages"),
        ({"known_as": ["named"]}, "known_as"),
        ({"known_as": []}, "known_as"),
    ],
)
def test_what_is_refused(given: dict[str, object], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        for_pupils(**given)
    assert refused.value.field == field


def test_once_it_listens_it_is_not_opened_to_younger_people() -> None:
    scene = Scene().make_ready().open()
    with pytest.raises(Refusal, match="listens already"):
        services.set_ages(
            by=scene.tom, project=scene.project, ages=PUPILS, known_as=["unlinked"], now=NOW
        )


YOUNG, ADULTS, BOTH = ["13-15"], ["adult"], ["13-15", "adult"]
SUPPORT = ["unlinked", "support"]


@pytest.mark.parametrize(
    ("before", "after", "refused"),
    [
        ((YOUNG, SUPPORT), (ADULTS, SUPPORT), "ages"),  # would end what protects children
        ((PUPILS, SUPPORT), (YOUNG, SUPPORT), "ages"),
        ((BOTH, SUPPORT), (ADULTS, SUPPORT), "ages"),
        ((YOUNG, SUPPORT), (PUPILS, SUPPORT), "ages"),
        ((ADULTS, SUPPORT), (BOTH, SUPPORT), "ages"),
        ((ADULTS, ["unlinked"]), (ADULTS, SUPPORT), "known_as"),
        ((ADULTS, SUPPORT), (ADULTS, [*SUPPORT, "named"]), "known_as"),
        ((ADULTS, SUPPORT), (ADULTS, ["support"]), "known_as"),  # nobody would be nameless
        ((ADULTS, ["support"]), (ADULTS, SUPPORT), "known_as"),
        ((ADULTS, SUPPORT), (ADULTS, ["unlinked"]), ""),
        ((YOUNG, SUPPORT), (BOTH, SUPPORT), ""),
        ((BOTH, SUPPORT), (YOUNG, ["unlinked"]), ""),
        ((YOUNG, SUPPORT), (YOUNG, SUPPORT), ""),
    ],
)
@pytest.mark.parametrize("state", ["open", "draft"])
def test_what_people_were_told_when_it_opened_stays(
    before: tuple[list[str], list[str]],
    after: tuple[list[str], list[str]],
    refused: str,
    state: str,
) -> None:
    scene = Scene().make_ready()
    ages_before, ways_before = before
    opened_on = NOW.date() if state == "open" else None
    Project.objects.update(ages=ages_before, known_as=ways_before, state=state, opened_on=opened_on)
    expected = pytest.raises(Refusal) if refused and state == "open" else nullcontext()
    with expected as error:
        services.set_ages(
            by=scene.tom, project=scene.project, ages=after[0], known_as=after[1], now=NOW
        )
    assert (Project.objects.get().ages == ages_before) or error is None
    if error is not None:
        assert error.value.field == refused


@pytest.mark.parametrize(
    ("bands", "known_as", "offered"),
    [
        (["adult"], ["unlinked", "support", "named"], ["unlinked", "support", "named"]),
        (["adult", "16-17"], ["unlinked", "support", "named"], ["unlinked", "support"]),
        (PUPILS, ["support"], ["support"]),
        (PUPILS, ["named"], ["unlinked"]),
    ],
)
def test_a_childs_name_is_never_offered(
    bands: list[str], known_as: list[str], offered: list[str]
) -> None:
    assert ages.offered_ways(Project(ages=bands, known_as=known_as)) == offered


@pytest.mark.parametrize(
    ("bands", "debrief", "closed", "leave"),
    [
        (["adult"], date(2026, 6, 30), None, None),
        (PUPILS, date(2026, 6, 30), None, date(2026, 12, 30)),
        (PUPILS, date(2026, 8, 31), None, date(2027, 2, 28)),
        (PUPILS, date(2026, 8, 31), date(2026, 6, 1), date(2026, 12, 1)),
    ],
)
def test_childrens_words_leave_six_months_after_the_debrief(
    bands: list[str], debrief: date, closed: date | None, leave: date | None
) -> None:
    project = Project(ages=bands, closed_on=closed)
    assert ages.words_leave_on(project, Terms(debrief_on=debrief)) == leave


def test_projects_for_under_18s_can_be_found() -> None:
    scene = for_pupils()
    Scene()
    assert list(Project.objects.filter(ages.for_under_18())) == [scene.project]


def test_the_page_says_what_is_chosen_and_keeps_what_is_refused(client: Client) -> None:
    scene = Scene().make_ready()
    with clock.frozen(NOW):
        sign_in(client, scene.tom)
        href = at("ages", scene.project)
        assert 'value="adult"' in client.get(href).content.decode()
        kept = client.post(href, {"ages": ["11-12"], "known_as": ["named"]}).content.decode()
        assert "Children’s names" in kept.replace("&#x27;", "’")
        client.post(href, {"ages": ["11-12"], "known_as": ["support"]})
        assert "11 and 12" in client.get(at("prepare", scene.project)).content.decode()


def test_a_deputy_is_a_safeguarders_alone() -> None:
    scene = Scene()
    with pytest.raises(Refusal, match="deputy"):
        scene.give("rosa", "reader", stands_in=True)
