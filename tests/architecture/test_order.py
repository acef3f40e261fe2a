"""What import-linter cannot see: foreign keys, templates and addresses keep the order too."""

import re
from pathlib import Path

from django.db import models
from django.db.models.fields.related import RelatedField
from tests.architecture import house

# The doors of the house, on its front: every room may point people to them, as breadcrumbs and the
# foot of a mail do. A link says nothing about what is behind it; composing is left to `pages`.
DOORS = {
    f"pages:{page}"
    for page in ("home", "organisation", "project", "receipt", "report", "my_voices", "my_voice")
} | {"pages:stay_in_touch", "pages:stop_news", "pages:stop_monday", "pages:everything"}
LOADS = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"'/]+)/""")
LINKS = re.compile(r"""\{%\s*url\s+["']([\w-]+):([\w-]+)["']""")
ADDRESSES = re.compile(
    r"""\b(?:reverse|reverse_lazy|redirect|resolve_url)\(\s*["'](\w+):(\w+)["']"""
)


def relations_up(registry: list[type[models.Model]], order: dict[str, int]) -> list[str]:
    """Relations from a lower room to a higher one."""
    faults = []
    for model in registry:
        for field in model._meta.get_fields():
            if isinstance(field, RelatedField):
                target = field.related_model._meta.app_label
                if order.get(target, -1) > order[model._meta.app_label]:
                    faults.append(f"{model._meta.label}.{field.name} looks up to {target}")
    return faults


def looks_up(text: str, label: str, order: dict[str, int]) -> list[str]:
    """Templates and addresses of higher rooms named in `text`, which belongs to room `label`."""
    named = [(room, room) for room in LOADS.findall(text)]
    links = [*LINKS.findall(text), *ADDRESSES.findall(text)]
    named += [(room, f"{room}:{page}") for room, page in links]
    return [
        shown for room, shown in named if order.get(room, -1) > order[label] and shown not in DOORS
    ]


def faults_in(paths: list[Path]) -> list[str]:
    order = house.order()
    faults = []
    for path in paths:
        if label := house.label_of(path):
            found = looks_up(path.read_text(), label, order)
            faults += [f"{house.shown(path)} looks up to {each}" for each in found]
    return faults


def test_foreign_keys_look_only_downwards():
    assert relations_up(list(house.own_models()), house.order()) == []


def test_templates_look_only_downwards():
    assert faults_in(house.templates()) == []


def test_addresses_in_code_look_only_downwards():
    assert faults_in(house.own_python_files()) == []


def test_the_list_of_rooms_follows_the_order_of_the_house():
    stages = ["kit", "thread", "people", "organisations", "projects", "safety", "listen"]
    stages += ["empower", "act", "debrief", "start", "handover", "guide", "pages", "example"]
    heights = [stages.index(name.split(".")[1]) for name in house.rooms()]
    assert heights == sorted(heights)


def test_a_relation_upwards_is_caught():
    lowest = {label: -height for label, height in house.order().items()}  # the house upside down
    assert relations_up(list(house.own_models()), lowest) != []


def test_templates_and_addresses_upwards_are_caught():
    order = {"kit": 0, "voices": 1, "themes": 2}
    assert looks_up('{% include "themes/card.html" %}', "voices", order) == ["themes"]
    assert looks_up("{% extends 'themes/base.html' %}", "kit", order) == ["themes"]
    assert looks_up('{% url "themes:list" x %}', "voices", order) == ["themes:list"]
    assert looks_up('redirect("themes:list")', "voices", order) == ["themes:list"]
    assert looks_up('{% extends "kit/page.html" %}', "voices", order) == []
    assert looks_up('{% url "voices:board" %}', "themes", order) == []
