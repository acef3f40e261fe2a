"""The frameworks that come with the program: exact names, numbers and counts."""

import pytest

from goldenthread.act.frameworks import outlines, services
from goldenthread.act.frameworks.models import Framework, Item
from goldenthread.projects.tests.factories import NOW

CHARTER, RESILIENCE = "university-mental-health-charter@2019", "resilience-framework@2007"
THEMES = {  # part: (themes, principles)
    "Learn": (3, 15),
    "Support": (4, 24),
    "Work": (2, 12),
    "Live": (4, 23),
    "Enabling themes": (5, 26),
}


def test_the_charter_has_18_themes_in_5_parts_and_100_principles() -> None:
    charter = outlines.shipped()[CHARTER]
    found = {
        part.name: (len(part.items), sum(each.principles or 0 for each in part.items))
        for part in charter.parts
    }
    assert found == THEMES
    items = [(part.name, each) for part in charter.parts for each in part.items]
    assert [each.number for _part, each in items] == [str(number) for number in range(1, 19)]
    assert sum(each.principles or 0 for _part, each in items) == 100
    assert {each.name: part for part, each in items}["Information sharing"] == "Support"
    assert all(each.gist for _part, each in items)


def test_the_resilience_framework_has_five_compartments_and_says_what_is_to_be_checked() -> None:
    resilience = outlines.shipped()[RESILIENCE]
    sizes = {part.name: len(part.items) for part in resilience.parts}
    assert sizes == {"Basics": 9, "Belonging": 12, "Learning": 6, "Coping": 9, "Core self": 6}
    assert "to be checked with Boingboing" in resilience.licence_note


@pytest.mark.django_db
def test_keeping_one_twice_keeps_it_once() -> None:
    for outline in outlines.shipped().values():
        first = services.keep_shipped(outline, now=NOW)
        assert services.keep_shipped(outline, now=NOW) == first
        assert Item.objects.filter(part__framework=first).count() == outline.size
    assert Framework.objects.count() == len(outlines.shipped())


def test_every_item_fits_its_column() -> None:
    for outline in outlines.shipped().values():
        for part in outline.parts:
            for each in part.items:
                for name, most in (("name", 160), ("gist", 400), ("number", 12)):
                    assert len(getattr(each, name)) <= most
