"""Migrations say what the models say, one after the other, and can be run while people read."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter
from tests.architecture import house

# What looks like a break and is none: a column holds one letter more than before; a column that the
# database fills in by itself is made anew under its name.
HARMLESS = ["0003_what_is_answered_and_doors", "0007_weeks_in_the_index"]


def forks(graph: MigrationGraph, labels: list[str]) -> list[str]:
    """Rooms whose migrations do not stand in one line."""
    faults = []
    for label in labels:
        for key in (each for each in graph.nodes if each[0] == label):
            after = [child.key for child in graph.node_map[key].children if child.key[0] == label]
            if len(after) > 1:
                faults.append(f"{label} forks after {key[1]}")
    return faults


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_migrations_of_a_room_stand_in_one_line():
    graph = MigrationLoader(connection).graph
    assert forks(graph, list(house.order())) == []


def test_a_fork_is_caught():
    graph = MigrationGraph()
    for name in ("0001", "0002_left", "0002_right"):
        graph.add_node(("voices", name), Migration(name, "voices"))
    for name in ("0002_left", "0002_right"):
        graph.add_dependency(None, ("voices", name), ("voices", "0001"))
    assert forks(graph, ["voices"]) == ["voices forks after 0001"]


@pytest.mark.django_db
def test_migrations_can_be_run_while_the_old_code_still_serves():
    linter = MigrationLinter(
        str(house.SOURCE),
        include_apps=list(house.order()),
        no_cache=True,
        quiet=["ok", "ignore"],
        ignore_name=HARMLESS,
    )
    linter.lint_all_migrations()
    assert not linter.has_errors
