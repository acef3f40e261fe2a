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
ENGLISH = re.compile(  # for those who run it, the proofs of the record, and `goldenthread map`
    r"/config/|/thread/(outside/|verifying|binding)|/proofs\.py$|/mapping/(telling|votes)\.py$"
)
GLUED = re.compile(  # a day after a piece of a sentence, which no language may then reorder
    r"(?:{% translate \"[^\"]*[^\".:?!]\" %}|[^.:?!]{% endblocktranslate %}) *"
    r"{% (?:day|week|month) (?![^%]* as )[^%]*%}"
)
SENTENCE = re.compile(r"^[“A-Z].*[a-z’”)] .*[.?!:]$", re.DOTALL)
MARKS = {
    *{"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"},
    *{"marked", "Event"},  # translated where they are shown
}
HOUSE = [each for each in files_in(SOURCE) if not COMMAND_LINE.search(str(each))]
TEMPLATES = [each for each in HOUSE if each.suffix == ".html" and each.name != OFFLINE]
FORMS = [each for each in HOUSE if each.suffix == ".py"]


def test_the_texts_of_our_pages_are_marked():
    assert [found for path in TEMPLATES for found in unmarked(path)] == []


def test_what_forms_and_refusals_say_is_marked():
    assert [found for path in FORMS for found in unspoken(path)] == []


def test_whole_sentences_are_marked_wherever_they_stand():
    spoken = [each for each in FORMS if not ENGLISH.search(str(each))]
    assert len(spoken) > len(FORMS) / 2
    assert [found for path in spoken for found in unmarked_sentences(path)] == []


def test_a_sentence_that_is_not_marked_is_found(tmp_path):
    (tmp_path / "said.py").write_text('''"""Says."""\n_("We know.")\nLATE = "It is late."\n''')
    assert unmarked_sentences(tmp_path / "said.py") == ["said.py:3: It is late."]


def test_a_day_stands_inside_its_sentence():
    assert [path.name for path in TEMPLATES if GLUED.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "page",
    [
        '{% translate "You hear by" %} {% day on %}.',
        "{% blocktranslate %}{{ who }} does it by{% endblocktranslate %} {% week on %}",
    ],
)
def test_a_day_beside_a_piece_of_a_sentence_is_found(page):
    assert GLUED.search(page)
    assert not GLUED.search(page.replace(" on %}", " on as on_day %}"))


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


def unmarked_sentences(path: Path) -> list[str]:
    """Return the whole sentences of a file that nothing marks, docstrings and the log left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    aside = {
        inside
        for node in ast.walk(tree)
        if _is_marked(node) or (isinstance(node, ast.Raise) and not _refuses(node))
        for inside in ast.walk(node)
    }
    aside |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    said = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node not in aside)
    return [
        f"{path.name}:{node.lineno}: {node.value}"
        for node in said
        if isinstance(node.value, str) and SENTENCE.search(node.value)
    ]


def _is_marked(node: ast.AST) -> bool:
    called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    return called in MARKS or called.startswith("log.")


def _refuses(node: ast.Raise) -> bool:
    raised = node.exc.func if isinstance(node.exc, ast.Call) else None
    return getattr(raised, "id", "") in {"Refusal", "ValidationError", "FileFault", "BadFile"}
