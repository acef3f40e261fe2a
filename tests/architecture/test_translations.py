"""Every text that people read is marked for translation, whole sentences and not their pieces."""

import ast
import re
from pathlib import Path

import pytest

from goldenthread.kit.translation.collecting import SOURCE, files_in

MARKED = re.compile(
    r"{%\s*(?P<held>blocktranslate|comment).*?{%\s*end(?P=held)\s*%}|{#.*?#}|<!--.*?-->|"
    r"<(?P<kept>script|style|pre|code|kbd)\b.*?</(?P=kept)>",
    re.DOTALL,
)
TAG = re.compile(r"{%\s*(\w+)((?:\"[^\"]*\"|'[^']*'|[^%]|%(?!}))*?)%}", re.DOTALL)
CALLED = re.compile(r"_\(\"[^\"]*\"\)")
QUOTED = re.compile(r"\"([^\"]*)\"")
VALUE = re.compile(r"{{.*?}}|&\w+;", re.DOTALL)
MARKUP = re.compile(r"<(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>", re.DOTALL)
SAID = re.compile(r"\b(?:alt|title|aria-label|placeholder)=\"([^\"]*[a-z]{2}[^\"]*)\"")
WORDS = re.compile(r"[A-Za-z]{2,}")
TEXT = re.compile(r"^[A-Z][a-z]+$|[A-Za-z]+ [a-z]+")
NO_TEXT = {
    "translate",
    "url",
    "load",
    "include",
    "extends",
    "static",
    "if",
    "elif",
    "with",
    "count",
}
SPOKEN = {"label", "help_text", "empty_label", "otherwise"}
COMMAND_LINE = re.compile(r"/example/|/commands\w*\.py$")  # speaks English to those who run it
OFFLINE = "verify.html"  # one file in English that stands by itself, outside the product
HOUSE = [each for each in files_in(SOURCE) if not COMMAND_LINE.search(str(each))]
TEMPLATES = [each for each in HOUSE if each.suffix == ".html" and each.name != OFFLINE]
FORMS = [each for each in HOUSE if each.suffix == ".py"]


def test_the_texts_of_our_pages_are_marked():
    assert [found for path in TEMPLATES for found in unmarked(path)] == []


def test_what_forms_and_refusals_say_is_marked():
    assert [found for path in FORMS for found in unspoken(path)] == []


@pytest.mark.parametrize(
    "page",
    [
        "<p>Hello you</p>",
        '{% button "Send it" %}',
        '<img alt="A thread">',
        '<p>{{ name }} said so</p>{% translate "x" %}',
    ],
)
def test_a_text_that_is_not_marked_is_found(page, tmp_path):
    (tmp_path / "page.html").write_text(page)
    assert unmarked(tmp_path / "page.html")


def unmarked(path: Path) -> list[str]:
    """Return the texts of a page that no translator would ever see."""
    page = MARKED.sub(" ", path.read_text(encoding="utf-8"))
    found = [
        text
        for name, inside in TAG.findall(page)
        if name not in NO_TEXT
        for text in QUOTED.findall(CALLED.sub("", inside))
        if TEXT.search(text)
    ]
    page = VALUE.sub(" ", TAG.sub(" ", page))
    found += [text for text in SAID.findall(page) if WORDS.search(text)]
    found += [text for text in map(str.strip, MARKUP.split(page)) if WORDS.search(text)]
    return [f"{path.name}: {text}" for text in found]


def unspoken(path: Path) -> list[str]:
    """Return the labels, hints and refusals of a file that are plain strings."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        said = [each.value for each in node.keywords if each.arg in SPOKEN]
        if getattr(node.func, "id", "") == "Refusal":
            said += node.args[:1]
        found += [
            f"{path.name}:{each.lineno}"
            for each in said
            for part in ast.walk(each)
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
            if TEXT.search(part.value)
            if isinstance(each, ast.Constant | ast.JoinedStr)
        ]
    return found
