"""Habits of the house that a linter does not know."""

import ast
import re

import pytest
from tests.architecture import house

from goldenthread.kit import held, privacy
from goldenthread.people.notifications.models import Letter

INLINE = {
    "style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "other site": re.compile(
        r"<(?:script|link|img|iframe)[^>]*(?:src|href)=[\"']https?:", re.IGNORECASE
    ),
}
FORBIDDEN = {
    "django.db.models.signals": "signals",
    "django.dispatch": "signals",
    "django.core.signals": "signals",
    "django.views.generic": "class-based views",
    "django.views": "class-based views",
    "django.core.paginator": "OFFSET paging",
}
ALLOWED = {"django.views.decorators", "django.views.i18n"}
# Written in pieces, so that this file does not find itself.
OURS = r"(?!opt/goldenthread)"  # where deploy/install puts it
MACHINE = re.compile(r"(?<![\w./~-])/" + OURS + "(?:" + "work|root|home|opt" + r")/[\w.]")
REGISTRY = re.compile(
    "pypi" + r"\.org|pythonhosted" + r"\.org|npmjs" + r"\.(?:org|com)|(?:-url|-links)[= ]+\w+:/"
)
BINARY = {".png", ".jpg", ".woff2", ".ico", ".pdf", ".gif", ".webp", ".gz", ".br", ".mo"}


def inline_parts(text: str) -> list[str]:
    return [name for name, pattern in INLINE.items() if pattern.search(text)]


def forbidden_in(tree: ast.Module) -> list[str]:
    """Imports of what this house does without, classes used as views, OFFSET in SQL."""
    faults = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module not in ALLOWED:
            allowed = any(node.module.startswith(f"{each}.") for each in ALLOWED)
            faults += [FORBIDDEN[node.module]] if node.module in FORBIDDEN and not allowed else []
        elif isinstance(node, ast.Import):
            faults += [FORBIDDEN[a.name] for a in node.names if a.name in FORBIDDEN]
        elif isinstance(node, ast.Attribute) and node.attr == "as_view":
            faults.append("class-based views")
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            faults += ["OFFSET in SQL"] if re.search(r"\bOFFSET\s+[%\d{]", node.value) else []
    return faults


def strangers_in(text: str) -> list[str]:
    return [match.group() for match in (MACHINE.search(text), REGISTRY.search(text)) if match]


def test_templates_hold_no_inline_style_or_script():
    faults = {
        house.shown(p): found
        for p in house.templates()
        if p.parent.name != "mail"  # programs that show mails know no other way; scripts: see below
        if (found := inline_parts(p.read_text()))
    }
    assert faults == {}


def test_mails_hold_style_and_nothing_else():
    mails = [p for p in house.templates() if p.parent.name == "mail"]
    assert mails
    for path in mails:
        assert {*inline_parts(path.read_text())} <= {"style element", "style attribute"}


def test_no_signals_no_class_based_views_no_offset():
    faults = {
        house.shown(path): found
        for path in house.own_python_files()
        if (found := forbidden_in(house.tree(path)))
    }
    assert faults == {}


def test_every_column_has_a_privacy_class():
    assert privacy.unclassed() == []


def test_every_table_about_people_says_whose_it_is_and_how_long():
    assert held.unsaid() == [], "declare `held = Held(...)` beside `privacy`: see kit/held.py"


def test_no_path_of_a_machine_and_no_address_of_a_registry():
    faults = {}
    for path in house.tracked_files():
        if path.suffix not in BINARY and path.name != "LICENSE":
            found = strangers_in(path.read_text(errors="ignore"))
            if found:
                faults[house.shown(path)] = found
    assert faults == {}


@pytest.mark.parametrize(
    "text",
    [
        "<style>p{}</style>",
        '<p style="color:red">',
        "<script>alert(1)</script>",
        '<a href="x" onclick="y()">',
        '<a href="javascript:y()">',
        '<img src="https://example.org/pixel.gif">',
    ],
)
def test_inline_parts_are_caught(text):
    assert inline_parts(text)


def test_clean_markup_passes():
    assert inline_parts('<script src="/static/kit/copy.js" defer></script><p class="once">') == []


@pytest.mark.parametrize(
    "text",
    [
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
        "from django.views import View",
        "from django.views.generic import ListView",
        "from django.core.paginator import Paginator",
        "path('', Page.as_view())",
        "cursor.execute('SELECT 1 LIMIT 5 OFFSET %s')",
    ],
)
def test_what_the_house_does_without_is_caught(text):
    assert forbidden_in(ast.parse(text))


def test_decorators_of_views_pass():
    assert forbidden_in(ast.parse("from django.views.decorators.http import require_GET")) == []


def test_a_machine_path_and_a_registry_are_caught():
    assert strangers_in("see /" + "root/secret.txt")
    assert strangers_in("https://" + "pypi" + ".org/simple")
    assert strangers_in("--index" + "-url https" + "://packages.example/simple")
    assert strangers_in("/static/home/x.css and a/work/b") == []


def test_a_column_without_a_class_is_caught(monkeypatch):
    model = next(iter(house.own_models()))
    monkeypatch.setattr(model, "privacy", {}, raising=False)
    assert any(fault.startswith(model._meta.label) for fault in privacy.unclassed())


@pytest.mark.parametrize(
    "said",
    [None, held.Held("A", why="So."), held.Held("A", why="So.", until="Soon.", person="who")],
)
def test_a_table_that_does_not_say_whose_it_is_is_caught(monkeypatch, said):
    monkeypatch.setattr(Letter, "held", said)
    assert any(fault.startswith("notifications.Letter ") for fault in held.unsaid())


def sharp_locks(tree: ast.Module) -> list[int]:
    """Lines that take hold of rows so that even who only refers to them has to wait."""
    calls = (each for each in ast.walk(tree) if isinstance(each, ast.Call))
    locks = (each for each in calls if getattr(each.func, "attr", "") == "select_for_update")
    return [each.lineno for each in locks if "no_key" not in {word.arg for word in each.keywords}]


def test_no_lock_keeps_out_who_only_refers_to_a_row():
    """Foreign keys are looked at when a transaction ends, with the record in hand: a deadlock."""
    faults = [
        f"{house.shown(path)}:{line}"
        for path in house.own_python_files()
        if "tests" not in path.parts
        for line in sharp_locks(house.tree(path))
    ]
    assert faults == []


def test_a_sharp_lock_is_caught():
    assert sharp_locks(ast.parse("x.select_for_update(of=('self',)).get()")) == [1]
    assert sharp_locks(ast.parse("x.select_for_update(no_key=True).get()")) == []
