"""Nothing grows past the walls: a room that hits one is split by what it is about."""

import ast
import subprocess
import sys
import textwrap
from collections import Counter

from tests.architecture import house

FILE, FUNCTION, VIEW, TEMPLATE, MODELS = 400, 40, 25, 120, 8

Function = ast.FunctionDef | ast.AsyncFunctionDef


def too_long(text: str, wall: int) -> bool:
    return len(text.splitlines()) > wall


def long_functions(tree: ast.Module) -> list[str]:
    """Functions over their wall; a function that takes a request is a view."""
    faults = []
    for node in ast.walk(tree):
        if isinstance(node, Function):
            first = node.args.args[0].arg if node.args.args else ""
            wall = VIEW if first == "request" else FUNCTION
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > wall:
                faults.append(f"{node.name}: {lines} lines, wall {wall}")
    return faults


def test_python_files_stay_within_their_wall():
    files = house.python_files() + house.python_files(under=house.ROOT / "tests")
    assert [house.shown(path) for path in files if too_long(path.read_text(), FILE)] == []


def test_templates_stay_within_their_wall():
    found = [house.shown(p) for p in house.templates() if too_long(p.read_text(), TEMPLATE)]
    assert found == []


def test_functions_and_views_stay_within_their_walls():
    faults = [
        f"{house.shown(path)} {fault}"
        for path in house.own_python_files()
        for fault in long_functions(house.tree(path))
    ]
    assert faults == []


def test_a_room_holds_few_models():
    written = (model for model in house.own_models() if not model._meta.auto_created)
    counted = Counter(model._meta.app_label for model in written)
    assert {room: number for room, number in counted.items() if number > MODELS} == {}


def test_a_long_file_a_long_function_and_a_long_view_are_caught():
    assert too_long("x\n" * 401, FILE)
    assert not too_long("x\n" * 400, FILE)
    body = "    pass\n"
    assert long_functions(ast.parse(f"def long():\n{body * 40}"))
    assert not long_functions(ast.parse(f"def fits():\n{body * 39}"))
    assert long_functions(ast.parse(f"def view(request):\n{body * 25}"))
    assert not long_functions(ast.parse(f"def view(request):\n{body * 24}"))


def complex_functions(text: str) -> str:
    command = [sys.executable, "-m", "ruff", "check", "--quiet", "--select", "C901", "-"]
    done = subprocess.run(
        command, input=text, cwd=house.ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout


def test_complexity_above_eight_is_caught():
    branches = "".join(f"    if x == {n}:\n        return {n}\n" for n in range(8))
    sample = textwrap.dedent("def f(x):\n") + branches
    assert "C901" in complex_functions(sample)
    assert complex_functions("def f(x):\n    return x\n") == ""
