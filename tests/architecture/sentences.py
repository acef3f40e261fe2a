"""The sentences of a room's pages, mails and messages, as somebody would read them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import house

COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL)
QUOTED = re.compile(r'"([^"]*)"')
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
# Inside a sentence stand only links, stress and the like; every other element ends it.
INLINE = re.compile(
    r"</?(?:a|abbr|b|bdi|code|em|i|kbd|small|span|strong|time|wbr)\b[^>]*>", re.DOTALL
)
ELEMENT = re.compile(r"<[^>]+>")
VARIABLE = re.compile(r"\{\{.*?\}\}|%\(\w+\)[sd]|\{\w*\}", re.DOTALL)
END = re.compile(r"(?<=[.!?])[”’\"]?\s+|\x00+")


def sentences_of(room: str) -> dict[str, str]:
    """Sentence to the file it stands in, of one room by its dotted name."""
    found: dict[str, str] = {}
    for path in _files(house.SOURCE.joinpath(*room.split(".")[1:])):
        texts = _of_python(path) if path.suffix == ".py" else [_of_template(path)]
        for text in texts:
            for sentence in _split(text):
                found.setdefault(sentence, house.shown(path))
    return found


def _files(folder: Path) -> Iterator[Path]:
    kinds, away = {".py", ".html", ".txt", ".svg"}, {"tests", "migrations", "gallery", "example"}
    for path in house.tracked_files():
        within = path.is_relative_to(folder) and not away & set(path.parts)
        if within and path.suffix in kinds and _room_of(path) == folder:
            yield path


def _room_of(path: Path) -> Path:
    """The innermost room: a stage's own folder is none."""
    folders = [house.SOURCE.joinpath(*name.split(".")[1:]) for name in house.rooms()]
    return max(
        (each for each in folders if path.is_relative_to(each)), key=lambda at: len(at.parts)
    )


def _of_template(path: Path) -> str:
    text = COMMENT.sub("", path.read_text())
    text = TAG.sub(_spoken, text)
    text = INLINE.sub("", text)
    return VARIABLE.sub("…", ELEMENT.sub("\0", text))


def _spoken(tag: re.Match[str]) -> str:
    """What a tag says: its texts; a block of translated text is part of the sentence around it."""
    words = tag[0].strip("{}% \n").split(maxsplit=1)
    said = QUOTED.findall(tag[0])
    if words[0] in {"translate", "trans"}:
        return said[0] if said else "…"
    return "".join(f"\0{text}\0" for text in said if " " in text) or "\0"


def _of_python(path: Path) -> list[str]:
    tree = house.tree(path)
    told = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, told) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        VARIABLE.sub("…", node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def _split(text: str) -> Iterator[str]:
    for part in END.split(text):
        sentence = re.sub(r"\s+", " ", part).strip()
        if " " in sentence:
            yield sentence
