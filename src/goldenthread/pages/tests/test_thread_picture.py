"""The thread picture of a project: drawn, and the same as a table; no number that is not frozen."""

import re

import pytest
from django.test import Client

from goldenthread.debrief.replies.tests.factories import by_nobody, changed, sent
from goldenthread.kit import clock
from goldenthread.listen.themes.tests.factories import theme_with
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.pages.tests.factories import cost, links_in, main_of, read
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.release.services import freeze

pytestmark = pytest.mark.django_db
PROJECT_PAGE = 16  # every stage has something to say on it; more of anything asks no more


def at(house: Listening, rest: str = "thread/") -> str:
    return f"/p/{house.project.address}/{rest}"


def table_of(shown: str) -> list[list[str]]:
    """The rows of the picture's table, as text."""
    rows = re.findall(r"<tr><td>.*?</tr>", shown, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[dh].*?</t[dh]>", row)]
        for row in rows
    ]


def test_before_there_are_topics_the_page_says_so(house: Listening) -> None:
    shown = read(Client(), at(house))
    assert "There is no picture yet" in shown
    assert "<table" not in main_of(shown)


def test_the_whole_way_stands_in_the_table_with_its_links(house: Listening) -> None:
    voices = [by_nobody(house) for _ in range(12)]
    change = changed(house, voices)
    freeze(project=house.project, now=NOW)
    shown = main_of(read(Client(), at(house)))
    table = table_of(shown)
    assert [row[0] for row in table] == ["Said", "Topics", "Decided", "Done", "Told"]
    assert table[0][1:3] == ["What people said", "about 10"]
    assert table[1][1:3] == ["Waiting alone", "about 10"]
    assert table[2][1] == "Yes"
    assert table[3][1] == "Send everyone who waits a message each Monday"
    assert table[4][1] == "Not told yet"
    assert at(house, f"actions/{change.action_id}/") in links_in(shown)
    assert at(house, "board/") in links_in(shown)
    assert "1 of 1 topics have an answer so far." in shown
    assert "<svg" in shown


def test_every_way_in_the_table_leads_somewhere(house: Listening) -> None:
    changed(house, [by_nobody(house)])
    ways = [href for href in links_in(main_of(read(Client(), at(house)))) if href[0] == "/"]
    assert len(set(ways)) > 4
    for href in set(ways):
        assert Client().get(href).status_code == 200, href


def test_no_number_of_people_stands_there_before_it_is_frozen(house: Listening) -> None:
    changed(house, [by_nobody(house) for _ in range(12)])
    table = table_of(read(Client(), at(house)))
    assert table[0][2] == table[1][2] == "not counted yet"
    assert "12" not in str(table)


def test_fewer_than_ten_are_never_counted_out(house: Listening) -> None:
    changed(house, [by_nobody(house) for _ in range(7)])
    freeze(project=house.project, now=NOW)
    table = table_of(read(Client(), at(house)))
    assert table[0][2] == table[1][2] == "fewer than 10"
    assert "7" not in str(table)


def test_a_topic_that_is_still_being_sorted_is_not_drawn(house: Listening) -> None:
    changed(house, [by_nobody(house)])
    theme_with(house.project, 1, title="Half sorted")
    assert "Half sorted" not in read(Client(), at(house))


def test_who_may_not_see_the_project_sees_no_picture(house: Listening) -> None:
    changed(house, [by_nobody(house)])
    Project.objects.update(open_to=Project.OpenTo.MEMBERS)
    assert Client().get(at(house)).status_code == 404
    assert signed_in(house.nell).get(at(house)).status_code == 404
    assert "Waiting alone" in read(signed_in(house.mina), at(house))


@pytest.mark.parametrize("who", ["guest", "mina", "tom"])
def test_three_threads_cost_what_one_costs(house: Listening, who: str) -> None:
    def one_more() -> None:
        sent(house, "change", changed(house, [by_nobody(house)]))

    def costs() -> list[int]:
        picture = cost(browser, at(house))
        return [picture, cost(browser, at(house, ""), most=PROJECT_PAGE + (who != "guest"))]

    browser = Client() if who == "guest" else signed_in(getattr(house, who))
    one_more()
    first = costs()
    one_more()
    one_more()
    assert costs() == first


def test_late_in_the_project_its_page_still_keeps_to_it(house: Listening) -> None:
    sent(house, "change", changed(house, [by_nobody(house)]))
    by_nobody(house)
    with clock.frozen(NOW.replace(month=7)):
        assert "The debrief is late" in read(Client(), at(house, ""))
        cost(Client(), at(house, ""), most=PROJECT_PAGE + 1)
