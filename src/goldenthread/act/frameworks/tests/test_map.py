"""Choosing a framework, placing themes, and the map that everyone reads."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from goldenthread.act.frameworks import queries, services
from goldenthread.act.frameworks.models import Chosen, Framework, Item, Place
from goldenthread.act.frameworks.tests.test_data import CHARTER, RESILIENCE
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.themes import services as themes
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.themes.tests.factories import ThemeFactory, theme_with
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.release.services import freeze
from goldenthread.thread.models import Entry


def at(here: Listening, more: str = "") -> str:
    return f"/p/{here.project.address}/frameworks/{more}"


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def chosen(here: Listening, key: str = CHARTER) -> Framework:
    return services.choose_framework(by=here.tom, project=here.project, key=key, now=NOW)


def item(framework: Framework, number: str) -> UUID:
    return Item.objects.get(part__framework=framework, number=number).ref


def placed(here: Listening, theme: Theme, framework: Framework, *numbers: str) -> None:
    items = [item(framework, each) for each in numbers]
    services.place_theme(by=here.tom, theme=theme, framework=framework, items=items, now=NOW)


def shown(here: Listening, **given: Any) -> Theme:
    return ThemeFactory.create(project=here.project, state=Theme.State.SHOWN_BACK, **given)


@pytest.mark.parametrize("name", ["mina", "rosa", "priya", "dev", "ada", "nell", "stranger"])
def test_only_leads_choose_and_place(here: Listening, name: str) -> None:
    framework, theme = chosen(here), shown(here)
    person = getattr(here, name)
    browser = signed_in(person)
    for more in ("own/", f"{framework.ref}/themes/", f"{framework.ref}/themes/{theme.ref}/"):
        assert browser.get(at(here, more)).status_code == 404
    for more in ("choose/", "own/save/", f"{framework.ref}/leave/"):
        assert browser.post(at(here, more)).status_code == 404
    with pytest.raises(Refusal, match="Only organisers"):
        services.place_theme(by=person, theme=theme, framework=framework, items=[], now=NOW)
    assert signed_in(here.cara).get(at(here, "own/")).status_code == 200


def test_a_framework_is_chosen_themes_are_placed_and_everyone_reads_the_map(
    here: Listening,
) -> None:
    browser, theme = signed_in(here.cara), shown(here, title="Waiting with no word")
    assert at(here) not in text_of(Client().get(f"/p/{here.project.address}/themes/"))
    assert "No framework yet" in text_of(Client().get(at(here)))
    assert "Choose: University Mental Health Charter" in text_of(browser.get(at(here)))
    assert browser.post(at(here, "choose/"), {"framework": "made-up@1"}).status_code == 409
    browser.post(at(here, "choose/"), {"framework": CHARTER})
    framework = Chosen.objects.get().framework
    topics = f"/p/{here.project.address}/themes/"
    assert f'href="{at(here)}"' in text_of(Client().get(topics)), "a page for all leads there"
    assert "Not placed yet" in text_of(browser.get(at(here, f"{framework.ref}/themes/")))
    path = at(here, f"{framework.ref}/themes/{theme.ref}/")
    assert '<optgroup label="Learn">' in text_of(browser.get(path))
    assert browser.post(path, {"first": "elsewhere"}).status_code == 200
    first, other = item(framework, "4"), item(framework, "16")
    browser.post(path, {"first": str(first), "second": str(other), "third": str(first)})
    assert set(Place.objects.values_list("item", flat=True)) == {first, other}
    assert "16. Cohesiveness of support" in text_of(
        browser.get(at(here, f"{framework.ref}/themes/"))
    )
    said = text_of(Client().get(at(here, f"{framework.ref}/")))
    assert "2 of 18 have a topic." in said
    assert said.count("Waiting with no word") == 2
    assert said.count("Nothing yet</p>") == 16
    assert "(6 principles)" in said
    browser.post(path, {"first": str(other)})
    kinds = Entry.objects.filter(about=theme.ref).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["theme.placed", "theme.placed", "theme.taken-off"]
    assert browser.post(at(here, f"{framework.ref}/leave/")).status_code == 409
    browser.post(path, {})
    assert browser.post(at(here, f"{framework.ref}/leave/")).status_code == 302
    assert Client().get(at(here, f"{framework.ref}/")).status_code == 404


def test_a_theme_that_is_being_grouped_is_on_the_map_of_those_who_group_alone(
    here: Listening,
) -> None:
    framework, theme = chosen(here), theme_with(here.project, 12, title="Half sorted")
    placed(here, theme, framework, "4")
    path = at(here, f"{framework.ref}/")
    for browser in (Client(), signed_in(here.mina), signed_in(here.dev)):
        said = text_of(browser.get(path))
        assert "Half sorted" not in said
        assert "Nothing has been placed yet." in said
    assert "Half sorted" in text_of(signed_in(here.tom).get(path))
    themes.show_back(by=here.tom, theme=theme, now=NOW)
    said = text_of(Client().get(path))
    assert "Half sorted" in said
    assert "voices</span>" not in said
    freeze(project=here.project, now=NOW)
    assert "about 10 voices" in text_of(Client().get(path)), "numbers come with a release alone"


def test_a_theme_that_was_merged_stands_as_what_it_became(here: Listening) -> None:
    framework = chosen(here)
    one, other = theme_with(here.project, 2, title="One"), theme_with(here.project, 2, title="All")
    placed(here, one, framework, "4", "5")
    placed(here, other, framework, "5")
    themes.merge(by=here.tom, themes=[one], into=other, now=NOW)
    said = text_of(signed_in(here.tom).get(at(here, f"{framework.ref}/")))
    assert said.count(">All</a>") == 2
    assert ">One</a>" not in said
    assert set(queries.items_under(other, framework)) == {item(framework, each) for each in "45"}
    placed(here, other, framework, "5")
    said = text_of(signed_in(here.tom).get(at(here, f"{framework.ref}/")))
    assert said.count(">All</a>") == 1, "also what came with the other theme is taken off"
    one.refresh_from_db()
    assert (
        signed_in(here.tom).get(at(here, f"{framework.ref}/themes/{one.ref}/")).status_code == 404
    )
    with pytest.raises(Refusal, match="gone into another"):
        placed(here, one, framework, "6")


def test_what_does_not_belong_together_is_refused(here: Listening) -> None:
    framework, theme, far = chosen(here), shown(here), listening_project()
    other = services.keep_shipped(services.shipped()[RESILIENCE], now=NOW)
    strange = Item.objects.filter(part__framework=other)[0].ref
    with pytest.raises(Refusal, match="from the list"):
        services.place_theme(
            by=here.tom, theme=theme, framework=framework, items=[strange], now=NOW
        )
    with pytest.raises(Refusal, match="Choose this framework"):
        services.place_theme(by=here.tom, theme=theme, framework=other, items=[strange], now=NOW)
    with pytest.raises(Refusal, match="three items"):
        placed(here, theme, framework, "1", "2", "3", "4")
    theirs = ThemeFactory.create(project=far.project)
    browser = signed_in(here.tom)
    assert browser.get(at(here, f"{framework.ref}/themes/{theirs.ref}/")).status_code == 404
    assert browser.get(at(here, f"{other.ref}/")).status_code == 404
    Project.objects.filter(ref=here.project.ref).update(state="closed", closed_on=NOW.date())
    assert signed_in(here.tom).get(at(here, f"{framework.ref}/themes/")).status_code == 404
    assert Client().get(at(here, f"{framework.ref}/")).status_code == 200


def test_the_map_and_the_list_cost_the_same_however_much_stands_on_them(here: Listening) -> None:
    charter = chosen(here)
    placed(here, shown(here), charter, "1")
    browser = signed_in(here.tom)
    pages = ["", f"{charter.ref}/", f"{charter.ref}/themes/"]
    costs = {}
    for more in pages:
        browser.get(at(here, more))
        with at_most(18) as cost:
            browser.get(at(here, more))
        costs[more] = len(cost)
    chosen(here, RESILIENCE)
    placed(here, shown(here), charter, "1", "2", "3")
    placed(here, shown(here), charter, "3", "4", "18")
    for more, cost in costs.items():
        with at_most(cost):
            browser.get(at(here, more))
