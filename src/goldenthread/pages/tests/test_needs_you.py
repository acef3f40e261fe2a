"""What needs you: what waits, and the way to each workspace that one's roles open."""

from datetime import timedelta

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.pages.tests.factories import held, links_in, main_of, read
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening

pytestmark = pytest.mark.django_db
HERE = "/needs-you/"
NOTHING = "Nothing waits for you"
WORKSPACES = {
    "tom": [
        "reading/hints/",
        "ways/",
        "themes/work/",
        "decisions/new/",
        "briefs/",
        "quotes/",
        "telling/",
        "figures/",
        "import/",
        "paper/",
        "moderation/log/",
        "class/",
        "prepare/",
        "pack/",
        "assessments/",
    ],
    "rosa": [
        "reading/",
        "reading/again/",
        "reading/hints/",
        "quotes/second/",
        "moderation/",
        "moderation/log/",
        "moderation/appeals/",
    ],
    "priya": ["reading/hints/", "concerns/", "known/", "contacts/", "assessments/"],
    "dev": [
        "reading/hints/",
        "decisions/new/",
        "briefs/",
        "moderation/log/",
        "prepare/",
        "pack/",
        "assessments/",
    ],
    "cara": [
        "reading/hints/",
        "ways/",
        "themes/work/",
        "decisions/new/",
        "briefs/",
        "quotes/",
        "telling/",
        "figures/",
        "moderation/log/",
        "moderation/appeals/",
        "prepare/",
        "pack/",
        "assessments/",
    ],
    "mina": [],
    "nell": [],
    "stranger": [],
}
MOST = 14  # one asks where something waits, then one for each room in which something does


def desk_of(house: Listening, shown: str) -> list[str]:
    there = f"/p/{house.project.address}/"
    desk = main_of(shown).split("Where you work", 1)[1:]
    return [href.removeprefix(there) for href in links_in("".join(desk)) if href != there]


@pytest.mark.parametrize("who", WORKSPACES)
def test_each_role_finds_the_way_to_its_workspaces_and_gets_in(house: Listening, who: str) -> None:
    browser = signed_in(getattr(house, who))
    *ways, hand_over = desk_of(house, read(browser, HERE)) or [""]
    assert hand_over == ("/hand-over/" if WORKSPACES[who] else "")
    assert browser.get("/hand-over/").status_code in {200, 302}
    assert ways == WORKSPACES[who]
    for way in ways:
        assert browser.get(f"/p/{house.project.address}/{way}").status_code == 200, way


@pytest.mark.parametrize("who", [each for each in WORKSPACES if WORKSPACES[each]])
def test_a_project_page_shows_the_same_work_to_those_who_do_it(house: Listening, who: str) -> None:
    there = f"/p/{house.project.address}/"
    staff = links_in(main_of(read(signed_in(getattr(house, who)), there)))
    others = links_in(main_of(read(signed_in(house.mina), there)))
    assert set(staff) - set(others) == {there + way for way in WORKSPACES[who]}


def test_a_closed_project_offers_no_way_to_what_it_takes_no_more(house: Listening) -> None:
    Project.objects.filter(pk=house.project.pk).update(state="closed")
    shown = desk_of(house, read(signed_in(house.tom), HERE))
    assert "telling/" in shown
    assert not {"decisions/new/", "import/", "paper/"} & set(shown)


def test_a_role_that_has_ended_opens_nothing(house: Listening) -> None:
    ProjectRole.objects.filter(person=house.rosa).update(ends_on=NOW.date() - timedelta(days=1))
    held(house)
    shown = read(signed_in(house.rosa), HERE)
    assert desk_of(house, shown) == []
    assert NOTHING in shown


def test_whoever_has_nothing_to_do_is_told_so_kindly(house: Listening) -> None:
    shown = read(signed_in(house.mina), HERE)
    assert NOTHING in shown
    assert "Where you work" not in shown
    assert "Your organisation" not in shown


def test_guests_are_asked_to_sign_in(house: Listening) -> None:
    assert Client().get(HERE)["Location"] == f"/account/sign-in/?next={HERE}"


def test_administrators_find_the_settings_of_their_organisation(house: Listening) -> None:
    href = f"/o/{house.organisation.address}/settings/"
    browser = signed_in(house.ada)
    for way in (href, "/o/new/"):
        assert way in links_in(main_of(read(browser, HERE)))
        assert browser.get(way).status_code == 200
        assert way not in links_in(read(signed_in(house.tom), HERE))


def test_what_waits_is_named_for_the_reader_alone_and_late_things_come_first(
    house: Listening,
) -> None:
    held(house)
    queue = f"/p/{house.project.address}/reading/"
    work = main_of(read(signed_in(house.rosa), HERE)).split("Where you work")[0]
    assert queue in links_in(work)
    assert "Getting help while you wait" in work
    assert NOTHING not in work
    assert queue not in links_in(read(signed_in(house.tom), HERE))


def test_late_things_come_first(house: Listening) -> None:
    late, soon = held(house), held(house)
    soon.due_at = NOW + timedelta(days=3)
    soon.save()
    with clock.frozen(NOW + timedelta(days=1)):
        work = main_of(read(signed_in(house.rosa), HERE))
    assert late.due_at < soon.due_at
    assert work.index("is overdue to be read") < work.index("1 to read")


def test_more_of_everything_asks_the_database_no_more(house: Listening) -> None:
    def more() -> None:
        held(house)
        released_voice(house.project)

    for who in ("rosa", "tom", "cara", "priya"):
        browser = signed_in(getattr(house, who))
        more()
        browser.get(HERE)
        with at_most(MOST) as one:
            browser.get(HERE)
        more()
        more()
        with at_most(len(one)):
            browser.get(HERE)
