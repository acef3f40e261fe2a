"""What stands in the house: its rooms, files and templates, for the tests beside this file."""

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "goldenthread"


MADE_HERE = {".git", ".venv", "data", "staticfiles", "test-results", "uv.lock"}  # see .gitignore


@cache
def tracked_files() -> list[Path]:
    """All files that are, or would be, in the repository; git itself may be absent."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        here = Path(folder)
        made = MADE_HERE if here == ROOT else set()
        folders[:] = sorted(set(folders) - made - {each for each in folders if _cache(each)})
        found += [here / name for name in sorted(set(names) - made) if not name.endswith(".pyc")]
    return found


def _cache(name: str) -> bool:
    return name in {"__pycache__", ".hypothesis"} or name.endswith(("_cache", ".egg-info"))


def python_files(*, under: Path = SOURCE) -> list[Path]:
    """Python files written by people."""
    return [
        path
        for path in tracked_files()
        if path.suffix == ".py" and path.is_relative_to(under) and "migrations" not in path.parts
    ]


def own_python_files() -> list[Path]:
    """Python files of the product itself, tests left out."""
    return [path for path in python_files() if "tests" not in path.parts]


def templates() -> list[Path]:
    """Our templates."""
    return [
        path
        for path in tracked_files()
        if "templates" in path.parts and path.suffix in {".html", ".svg", ".txt"}
    ]


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    try:
        return ast.parse(path.read_text(), filename=str(path))
    except SystemError:  # Python before 3.11.5 counts its depth across threads: gh-106905
        return ast.parse(path.read_text(), filename=str(path))


def rooms() -> list[str]:
    """Rooms, low to high, as dotted names."""
    return list(settings.ROOMS)


def order() -> dict[str, int]:
    """How high each room stands, by its label (the last part of its name)."""
    return {name.rpartition(".")[2]: height for height, name in enumerate(rooms())}


def label_of(path: Path) -> str | None:
    """The room a file belongs to, or none for what stands outside the rooms."""
    dotted = ".".join(["goldenthread", *path.relative_to(SOURCE).parts[:-1]])
    best = max((name for name in rooms() if f"{dotted}.".startswith(f"{name}.")), default=None)
    return best.rpartition(".")[2] if best else None


def own_models() -> Iterator[type]:
    """Every model of ours."""
    for name in order():
        yield from apps.get_app_config(name).get_models(include_auto_created=True)


def shown(path: Path) -> str:
    """A path as it is written in messages."""
    return str(path.relative_to(ROOT))
