"""Inside a room the files look only downwards, also through helpers, and only the right ones write.

Helpers (files with a name of their own) may stand anywhere, but count as high as the highest file
they lead to: `models` may not reach `services` through one.
"""

import ast
from pathlib import Path

import pytest
from tests.architecture import house

ORDER = ["models", "events", "permissions", "queries", "services", "forms", "views", "urls"]
HEIGHT = {name: height for height, name in enumerate(ORDER)}
HEIGHT |= {"api": HEIGHT["views"], "tasks": HEIGHT["views"]}
ONE_FLOOR = {"views", "api", "tasks"}  # side by side: none looks at another
WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "delete"}

Imports = dict[str, set[str]]


def imports_within(trees: dict[str, ast.Module], room: str) -> Imports:
    """For each file of a room, the files of the same room that it imports."""
    found: Imports = {name: set() for name in trees}
    for name, tree in trees.items():
        for node in ast.walk(tree):
            found[name] |= _targets(node, room) & set(trees) - {name}
    return found


def _targets(node: ast.AST, room: str) -> set[str]:
    if isinstance(node, ast.Import):
        full = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module:
        full = [f"{node.module}.{alias.name}" for alias in node.names]
    else:
        return set()
    inside = [name.removeprefix(f"{room}.") for name in full if name.startswith(f"{room}.")]
    return {name.partition(".")[0] for name in inside}


def reach(name: str, imports: Imports, seen: frozenset[str] = frozenset()) -> set[str]:
    """The standard files that `name` leads to, directly or through helpers."""
    found: set[str] = set()
    for target in imports[name] - seen:
        if target in HEIGHT:
            found.add(target)
        else:
            found |= reach(target, imports, seen | {name, target})
    return found


def faults_of(imports: Imports) -> list[str]:
    """Files that look upwards or sideways."""
    faults = []
    for name in imports:
        for target in reach(name, imports) if name in HEIGHT else ():
            sideways = name in ONE_FLOOR and target in ONE_FLOOR and name != target
            if HEIGHT[target] > HEIGHT[name] or sideways:
                faults.append(f"{name} looks up to {target}")
    return sorted(faults)


def files_of(room: str) -> dict[str, ast.Module]:
    """The Python files (and packages, as one) directly in a room."""
    folder = house.SOURCE.joinpath(*room.split(".")[1:])
    found: dict[str, ast.Module] = {}
    for path in house.own_python_files():
        if path.is_relative_to(folder):
            name = path.relative_to(folder).parts[0].removesuffix(".py")
            merged = found.setdefault(name, ast.Module(body=[], type_ignores=[]))
            merged.body.extend(house.tree(path).body)
    return found


def writes_in(tree: ast.Module) -> list[str]:
    """Calls that write to the database; handing on to a library's own form is not one."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    asked = [call.func for call in calls if isinstance(call.func, ast.Attribute)]
    return sorted({each.attr for each in asked if not _of_super(each.value)} & WRITES)


def _of_super(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "super"


def database_in(tree: ast.Module) -> bool:
    """Whether a file asks the database itself, through a manager."""
    return any(isinstance(n, ast.Attribute) and n.attr == "objects" for n in ast.walk(tree))


ROOMS = [name for name in house.rooms() if name != "goldenthread.kit"]  # kit has no domain


@pytest.mark.parametrize("room", ROOMS)
def test_files_look_only_downwards(room):
    assert faults_of(imports_within(files_of(room), room)) == []


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("name", ["queries", "permissions", "views", "api", "forms", "events"])
def test_only_services_and_what_they_call_write(room, name):
    file = files_of(room).get(name)
    assert file is None or writes_in(file) == []


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("name", ["urls", "views", "api", "events"])
def test_pages_leave_the_database_to_queries(room, name):
    file = files_of(room).get(name)
    assert file is None or not database_in(file)


def parsed(**files: str) -> dict[str, ast.Module]:
    return {name: ast.parse(text) for name, text in files.items()}


def test_an_upward_look_is_caught_also_through_a_helper():
    up = parsed(models="from room.services import do", services="")
    assert faults_of(imports_within(up, "room")) == ["models looks up to services"]
    around = parsed(queries="from room import help", help="from room.views import v", views="")
    assert faults_of(imports_within(around, "room")) == ["queries looks up to views"]
    sideways = parsed(views="import room.tasks", tasks="")
    assert faults_of(imports_within(sideways, "room")) == ["views looks up to tasks"]
    down = parsed(views="from room import services, forms", services="", forms="")
    assert faults_of(imports_within(down, "room")) == []


def test_a_write_and_a_query_out_of_place_are_caught():
    assert writes_in(ast.parse("Voice.objects.create(words=w)")) == ["create"]
    assert writes_in(ast.parse("voice.save()")) == ["save"]
    assert database_in(ast.parse("Voice.objects.all()"))
    assert not database_in(ast.parse("queries.board(project)"))


def test_every_room_on_disk_is_in_the_list():
    on_disk = {
        ".".join(["goldenthread", *path.relative_to(house.SOURCE).parts[:-1]])
        for path in house.own_python_files()
        if path.name == "apps.py"
    }
    assert on_disk == set(house.rooms())
    assert Path(house.SOURCE / "kit").is_dir()
