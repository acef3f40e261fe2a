from datetime import date, timedelta
from uuid import UUID

import pytest
from django.http import QueryDict
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.paging import keyset
from goldenthread.kit.testing.queries import at_most
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.projects.work import work_for
from goldenthread.safety.reading import queries, services
from goldenthread.safety.reading.tests.factories import WordsFactory, released, sign_in

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10


def order_of(project: Project, now: object = NOW) -> list[UUID]:
    rows = queries.queue(project, now=now).order_by(*queries.ORDER)
    return [words.ref for words in rows]


def test_read_first_comes_first_then_older_days_then_later_ones() -> None:
    here = listening_project()
    today = WordsFactory.create(project=here.project, received_on=date(2026, 3, 10))
    earlier = WordsFactory.create(project=here.project, received_on=date(2026, 3, 9))
    first = WordsFactory.create(project=here.project, received_on=date(2026, 3, 10), lane="first")
    assert order_of(here.project) == [first.ref, earlier.ref, today.ref]


def test_within_a_day_the_order_is_random_stable_today_and_another_tomorrow() -> None:
    here = listening_project()
    made = [WordsFactory.create(project=here.project).ref for _time in range(12)]
    today = order_of(here.project)
    assert today == order_of(here.project)
    assert sorted(today) == sorted(made)
    assert today not in (made, sorted(made))
    assert today != order_of(here.project, NOW + timedelta(days=1))


def test_paging_shows_each_once_without_counting_all() -> None:
    here = listening_project()
    for number in range(7):
        WordsFactory.create(project=here.project, lane="first" if number < 2 else "ordinary")
    seen, query = [], QueryDict()
    while True:
        rows = queries.queue(here.project, now=NOW)
        page = keyset(rows, order=queries.ORDER, query=query, size=3)
        seen += [words.ref for words in page]
        if not page.next_href:
            break
        query = QueryDict(page.next_href.lstrip("?"))
    assert seen == order_of(here.project)


def test_only_what_waits_in_this_project_is_there() -> None:
    here, there = listening_project(), listening_project()
    words = WordsFactory.create(project=here.project)
    WordsFactory.create(project=there.project)
    released(project=here.project)
    WordsFactory.create(project=here.project, imported=True)
    WordsFactory.create(project=here.project, asking=True)
    assert order_of(here.project) == [words.ref]


def page_queries(client: Client, here: Listening, how_many: int, name: str) -> int:
    for _time in range(how_many):
        imported = name == "brought-in/?open=1"
        words = WordsFactory.create(project=here.project, imported=imported)
        if name == "asked/":
            services.ask_back(by=here.rosa, words=words, text="May we?", version=0, now=NOW)
        elif not imported:
            services.claim(by=here.rosa, words=words, now=NOW)
    sign_in(client, here.rosa)
    url = f"/p/{here.project.address}/reading/{name}"
    with clock.frozen(NOW):
        client.get(url)  # the first one of a sitting also notes that the reader is there
        with at_most(MOST_QUERIES) as asked:
            answer = client.get(url)
    assert answer.status_code == 200
    assert answer.content.count(b"Voice ") >= how_many
    return len(asked)


@pytest.mark.parametrize("name", ["", "asked/", "brought-in/?open=1"])
def test_three_cost_what_one_costs_and_both_at_most_ten_queries(client: Client, name: str) -> None:
    one = page_queries(client, listening_project(), 1, name)
    three = page_queries(client, listening_project(), 3, name)
    assert one == three


def test_what_needs_a_reader_says_how_many_and_how_many_are_late() -> None:
    here = listening_project()
    for _time in range(2):
        WordsFactory.create(project=here.project, due_at=NOW + timedelta(hours=1))
    WordsFactory.create(project=here.project, due_at=NOW - timedelta(hours=1))
    work = [(each.text, each.tone) for each in work_for(here.rosa, [here.project], now=NOW)]
    assert ("1 is overdue to be read: Getting help while you wait", "overdue") in work
    assert ("2 to read: Getting help while you wait", "due") in work
    for person in (here.tom, here.priya, here.ada, here.nell):
        texts = [each.text for each in work_for(person, [here.project], now=NOW)]
        assert not any("to read" in text or "to be read" in text for text in texts)


def test_a_removal_needs_a_co_leads_key() -> None:
    here = listening_project()
    words = released(project=here.project)
    services.ask_to_remove(by=here.tom, words=words, because="advert", now=NOW)
    texts = [each.text for each in work_for(here.cara, [here.project], now=NOW)]
    assert "Somebody asks to take words down: Getting help while you wait" in texts
    texts = [each.text for each in work_for(here.tom, [here.project], now=NOW)]
    assert not any("key" in text for text in texts)
