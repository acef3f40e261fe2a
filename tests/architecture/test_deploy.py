"""What stands in `deploy` names only what is there; that it works is proved in `tests/deploy`."""

import re
import shlex
import subprocess
import sys

import pytest
from tests.architecture import house

from goldenthread.config.cli import parser

DEPLOY = house.ROOT / "deploy"
sys.path.insert(0, str(DEPLOY / "machine"))
import places  # noqa: E402 -- after the path

sys.path.pop(0)

SHELL = ("install", "upgrade", "rollback", "goldenthread", "container")
BROUGHT = re.compile(r"^COPY (?!--)(.+) \S+$", re.MULTILINE)
MOUNTED = re.compile(
    r"^\s+(?:- |file: |dockerfile: |context: )(\./[^:\s]+|\.\.|deploy/\S+)", re.MULTILINE
)
OF_THE_OWNER = {"./secrets/smtp"}  # brought by whoever runs it
ADDRESS = re.compile(r"https?://")


def test_the_unit_starts_a_command_that_there_is():
    unit = (DEPLOY / "goldenthread.service").read_text()
    (line,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    python, *words = shlex.split(line)
    assert python == f"{places.CURRENT}/.venv/bin/python"
    assert words[:2] == ["-m", "goldenthread"]
    options = parser().parse_args(words[2:])
    assert (options.data, options.port) == (str(places.DATA), places.PORT)
    assert f"EnvironmentFile={places.SETTINGS}\n" in unit
    assert f"ReadWritePaths={places.DATA} {places.BACKUPS}\n" in unit
    for wall in (
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=\n",
        "SystemCallErrorNumber=EPERM\n",  # without it, a question about the clock is deadly
    ):
        assert wall in unit


def test_the_image_brings_only_what_there_is_and_starts_a_command():
    told = (DEPLOY / "Dockerfile").read_text()
    brought = [name for line in BROUGHT.findall(told) for name in line.split()]
    assert len(brought) > 4
    assert [name for name in brought if not (house.ROOT / name).exists()] == []
    (line,) = re.findall(r"^CMD \[(.+)\]$", told, re.MULTILINE)
    parser().parse_args([word.strip('" ') for word in line.split(",")])
    assert re.search(r"^USER goldenthread$", told, re.MULTILINE)


def test_compose_names_only_files_that_there_are():
    told = (DEPLOY / "compose.yaml").read_text()
    named = set(MOUNTED.findall(told)) - OF_THE_OWNER
    assert {"./compose.Caddyfile", "..", "deploy/Dockerfile"} <= named
    missing = [
        name for name in named if not any((at / name).exists() for at in (DEPLOY, house.ROOT))
    ]
    assert missing == []
    settings = (house.ROOT / "docs/reference/settings.md").read_text()
    assert [
        name for name in re.findall(r"GOLDENTHREAD_\w+", told) if f"`{name}`" not in settings
    ] == []


@pytest.mark.parametrize("name", ["Caddyfile", "compose.Caddyfile"])
def test_caddy_keeps_no_address_and_passes_none_on(name):
    told = (DEPLOY / name).read_text()
    assert "exclude http.log.error http.log.access http.handlers http.stdlib" in told
    assert "header_up -X-Forwarded-For" in told
    assert set(re.findall(r"{{(\w+)}}", told)) <= {"host", "certificate"}
    assert str(places.SHUT.parent) in told or name != "Caddyfile"


@pytest.mark.parametrize("name", SHELL)
def test_scripts_are_whole_and_can_be_run(name):
    path = DEPLOY / name
    assert subprocess.run(["sh", "-n", path], check=False).returncode == 0
    assert path.stat().st_mode & 0o111


@pytest.mark.parametrize("act", ["install", "upgrade", "rollback"])
def test_each_act_explains_itself(act):
    told = subprocess.run([DEPLOY / act, "--help"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert f"usage: deploy/{act}" in told.stdout


def test_the_page_of_a_shut_door_fetches_nothing_and_names_help():
    page = (DEPLOY / "back-soon.html").read_text()
    assert not ADDRESS.search(page)
    assert "116 123" in page
