"""Surveys to begin with: data files in our own words, one each in `data/`."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from goldenthread.listen.surveys.models import Question

Kind = Question.Kind
FOLDER: Final = Path(__file__).with_name("data")
OTHER: Final = "other"  # the key of "something else"


@dataclass(frozen=True)
class Template:
    """One survey to begin with. `questions` are columns of `Question`."""

    name: str
    title: str
    sentence: str  # what it is for
    intro: str
    questions: tuple[dict[str, Any], ...]

    @property
    def asked(self) -> int:
        """How many questions it has."""
        return sum(row["kind"] != Kind.SECTION for row in self.questions)


@lru_cache(maxsize=1)
def templates() -> tuple[Template, ...]:
    """Return every template, in the order of its file's name."""
    return tuple(_template(path) for path in sorted(FOLDER.glob("*.toml")))


def template_at(name: str) -> Template | None:
    """Return a template by its name."""
    return next((each for each in templates() if each.name == name), None)


def _template(path: Path) -> Template:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    scales: dict[str, list[str]] = data.get("scales", {})
    rows = [_question(row, scales) for row in data["question"]]
    places = {row["name"]: n for n, row in enumerate(data["question"]) if "name" in row}
    for made, row in zip(rows, data["question"], strict=True):
        if "when" in row:
            name, answers = row["when"]
            made["shown_if"] = places[name]
            offered = rows[places[name]]["options"]
            made["shown_keys"] = [each["key"] for each in offered if each["text"] in answers]
    return Template(
        name=path.stem.partition("-")[2],
        title=data["title"],
        sentence=data["sentence"],
        intro=data["intro"],
        questions=tuple(rows),
    )


def _question(row: dict[str, Any], scales: dict[str, list[str]]) -> dict[str, Any]:
    texts = scales[row["scale"]] if "scale" in row else row.get("options", [])
    made: dict[str, Any] = {name: row[name] for name in ("kind", "text") if name in row}
    made |= {name: row.get(name, "") for name in ("help", "area")}
    made |= {name: row.get(name, False) for name in ("required", "reversed", "sensitive")}
    made |= {"least": row.get("least"), "most": row.get("most")}
    made["options"] = options_from(str(made["kind"]), texts, other=row.get("other", ""))
    made["rows"] = [{"key": f"r{n}", "text": text} for n, text in enumerate(row.get("rows", []), 1)]
    return made


def options_from(
    kind: str, texts: list[str], *, other: str = "", before: list[dict[str, Any]] | None = None
) -> list[dict[str, Any]]:
    """Make options of their texts. Those there before keep their keys, also when reworded.

    Of a scale and a matrix the keys are the points, "1", "2" and so on.
    """
    if kind in {Kind.SCALE, Kind.MATRIX}:
        return [{"key": str(n), "text": text} for n, text in enumerate(texts, 1)]
    keys = _keys(texts, [each for each in before or [] if each["key"] != OTHER], "a")
    options: list[dict[str, Any]] = [
        {"key": key, "text": text} for key, text in zip(keys, texts, strict=True)
    ]
    return [*options, {"key": OTHER, "text": other, "words": True}] if other else options


def rows_from(texts: list[str], before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Make the lines of a matrix of their texts; those there before keep their keys."""
    keys = _keys(texts, before, "r")
    return [{"key": key, "text": text} for key, text in zip(keys, texts, strict=True)]


def _keys(texts: list[str], before: list[dict[str, Any]], letter: str) -> list[str]:
    """Give each text its old key, a reworded one that of its place, and new ones a new one."""
    by_text = {each["text"]: each["key"] for each in before}
    keys = [by_text.get(text) for text in texts]
    if len(texts) == len(before):
        left = iter([each["key"] for each in before if each["key"] not in keys])
        keys = [key or next(left) for key in keys]
    used = {each["key"] for each in before} | {key for key in keys if key}
    fresh = (f"{letter}{n}" for n in range(1, 10_000) if f"{letter}{n}" not in used)
    return [key or next(fresh) for key in keys]
