"""Those who decide see figures five days before everyone: they comment, and change nothing."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.release import early, queries
from goldenthread.safety.release.models import EarlyLook, Release
from goldenthread.safety.release.permissions import may_see_early
from goldenthread.safety.release.services import freeze
from goldenthread.safety.release.waiting import figures_to_see
from goldenthread.thread.models import Entry
from goldenthread.thread.verifying import verify

pytestmark = pytest.mark.django_db
OUT = NOW + timedelta(days=5)
PEOPLE = ("tom", "rosa", "sam", "priya", "dev", "cara", "ada", "mina", "nell", "stranger")


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def house() -> Listening:
    found = listening_project()
    for _ in range(12):
        released_voice(found.project)
    return found


def frozen_early(house: Listening) -> Release:
    early.choose_early_sight(by=house.tom, project=house.project, early=True, now=NOW)
    return freeze(project=house.project, now=NOW)


def kinds() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("kind", flat=True))


def at(house: Listening, number: int = 1) -> str:
    return f"/p/{house.project.address}/figures/{number}/first/"


def test_figures_are_out_at_once_unless_it_was_chosen_otherwise(house: Listening) -> None:
    release = freeze(project=house.project, now=NOW)
    assert release.public_on is None
    assert queries.latest(house.project).number("voices") == 10
    assert not Letter.objects.filter(text="figures-first").exists()


def test_everyone_sees_them_on_the_fifth_day_and_those_who_decide_before(house: Listening) -> None:
    release = frozen_early(house)
    assert release.public_on == date(2026, 3, 15)
    assert queries.latest(house.project).frozen_on is None
    early_figures = queries.latest_for(house.dev, house.project, now=NOW)
    assert early_figures.number("voices") == 10
    assert early_figures.public_on == release.public_on
    assert queries.latest_for(house.tom, house.project, now=NOW).frozen_on is None
    page = f"/p/{house.project.address}/what-was-not-shown/"
    assert "About 10 voices" not in Client().get(page).content.decode()
    with clock.frozen(OUT):
        assert queries.latest(house.project).number("voices") == 10
        shown = Client().get(page).content.decode()
        assert "About 10 voices" in shown
        assert "Those who decide could see these numbers five days before everyone." in shown
        assert signed_in(house.dev).get(at(house)).status_code == 404


def test_who_may_see_them(house: Listening) -> None:
    frozen_early(house)
    people = {name: Person.objects.get(ref=getattr(house, name).ref) for name in PEOPLE}
    seers = {name for name, who in people.items() if may_see_early(who, house.project, now=NOW)}
    assert seers == {"dev"}
    assert Client().get(at(house)).status_code == 404
    for name in PEOPLE:
        status = signed_in(people[name]).get(at(house)).status_code
        assert status == (200 if name == "dev" else 404)
    assert list(EarlyLook.objects.values_list("person__name", flat=True)) == ["Dev"]


def test_that_they_were_seen_and_commented_on_is_recorded_and_shown(house: Listening) -> None:
    release = frozen_early(house)
    dev = signed_in(house.dev)
    assert "see new figures before everyone does" in dev.get("/needs-you/").content.decode()
    for _ in range(2):
        shown = dev.get(at(house)).content.decode()
    assert "About 10 voices came in and are still here." in shown
    assert "see new figures before everyone does" not in dev.get("/needs-you/").content.decode()
    dev.post(at(house), {"comment": "Fewer than we thought."})
    assert kinds()[-5:] == [
        "release.early-sight",
        "release.frozen",
        "release.shown-early",
        "release.seen-early",
        "release.early-comment",
    ]
    listed = signed_in(house.tom).get(f"/p/{house.project.address}/figures/").content.decode()
    assert "Dev, decision-maker, saw it on 10 March 2026." in listed
    assert "Fewer than we thought." in listed
    kept = Release.objects.get()
    same = ("figures", "bases", "about", "public_on", "frozen_on")
    assert all(getattr(kept, name) == getattr(release, name) for name in same)
    [letter] = Letter.objects.filter(text="figures-first")
    assert letter.person == house.dev


def test_nothing_can_be_said_once_they_are_out_or_by_anyone_else(house: Listening) -> None:
    release = frozen_early(house)
    with pytest.raises(Refusal, match="Only those who decide"):
        early.comment(by=house.tom, release=release, comment="Stop.", now=NOW)
    with pytest.raises(Refusal) as refused:
        early.comment(by=house.dev, release=release, comment=" ", now=NOW)
    assert refused.value.field == "comment"
    with pytest.raises(Refusal, match="out"):
        early.comment(by=house.dev, release=release, comment="Stop.", now=OUT)


def test_changing_what_was_seen_first_shows_in_the_record(house: Listening) -> None:
    release = frozen_early(house)
    assert not [each for each in verify().faults if each.about == release.ref]
    later = release.figures | {"voices": 5}
    Release.objects.filter(ref=release.ref).update(figures=later)
    assert [each for each in verify().faults if each.about == release.ref]
    day = date(2026, 4, 15)
    Release.objects.filter(ref=release.ref).update(figures=release.figures, public_on=day)
    assert [each for each in verify().faults if each.about == release.ref]


def test_without_a_decision_maker_nobody_waits(house: Listening) -> None:
    ProjectRole.objects.filter(name=ProjectRole.Name.DECISION_MAKER).delete()
    assert frozen_early(house).public_on is None


def test_who_may_choose_and_what_it_changes(house: Listening) -> None:
    choose = f"/p/{house.project.address}/figures/first/"
    for name in ("dev", "mina", "rosa", "ada"):
        assert signed_in(getattr(house, name)).post(choose, {"early": "yes"}).status_code == 404
    with pytest.raises(Refusal):
        early.choose_early_sight(by=house.dev, project=house.project, early=True, now=NOW)
    cara = signed_in(house.cara)
    cara.post(choose, {"early": "yes"})
    first = freeze(project=house.project, now=NOW)
    cara.post(choose, {"early": "no"})
    first.refresh_from_db()
    assert first.public_on == date(2026, 3, 15)  # what was begun is not cut short
    for _ in range(10):
        released_voice(house.project)
    assert freeze(project=house.project, now=NOW).public_on is None
    assert queries.latest(house.project).number("voices") == 20


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_of_what_waits_asks_once(house: Listening, many: int) -> None:
    frozen_early(house)
    for number in range(1, many):
        Release.objects.create(
            project=house.project,
            number=number + 1,
            figures={},
            bases={},
            frozen_on=NOW.date(),
            public_on=OUT.date(),
            salt=b"s" * 32,
        )
    dev = Person.objects.get(ref=house.dev.ref)
    with at_most(2):
        assert len(list(figures_to_see(dev, [], now=NOW))) == many
