"""What whoever runs the machine has set by hand stays, and holds for the service too."""

import shutil

import pytest

pytestmark = pytest.mark.submission
BY_HAND = """# Ada keeps the passwords
GOLDENTHREAD_URL='https://voices.example.org'
GOLDENTHREAD_HOSTS='voices.example.org,voices.hospital.example'
GOLDENTHREAD_FROM='hello@voices.example.org'
MOTTO="it's ours"
"""
CHANGE = """
import argparse, answers, settings
parser = argparse.ArgumentParser()
answers.add_options(parser)
said = ["--unattended", "--smtp", "smtp://localhost", *given]
settings.keep(answers.Answers(parser.parse_args(said)).settings())
"""


def test_what_is_not_said_stays_as_it_was(small):
    small.settings.write_text(BY_HAND)
    small.python(CHANGE)
    kept = small.settings.read_text()
    assert kept.startswith(BY_HAND)
    assert "GOLDENTHREAD_SMTP='smtp://localhost'\n" in kept
    small.python(CHANGE, "--domain", "new.example.org")
    lines = small.settings.read_text().splitlines()
    assert "GOLDENTHREAD_HOSTS='new.example.org,voices.hospital.example'" in lines
    assert "GOLDENTHREAD_URL='https://new.example.org'" in lines
    assert 'MOTTO="it\'s ours"' in lines
    assert len(lines) == len(kept.splitlines())


def test_the_service_may_write_where_its_backups_go(small):
    own = small.root / "etc/systemd/system/goldenthread.service.d/backups.conf"
    assert not own.exists()
    with small.settings.open("a") as file:
        file.write("GOLDENTHREAD_BACKUPS='/mnt/100% ours'\n")
    small.switch(small.first)
    assert own.read_text() == '[Service]\nReadWritePaths="-/mnt/100%% ours"\n'
    for other in ("off", f"{small.root}/var/backups/goldenthread/nightly"):
        with small.settings.open("a") as file:
            file.write(f"GOLDENTHREAD_BACKUPS='{other}'\n")
        small.switch(small.first)
        assert not own.exists()


def test_an_installed_version_installs_itself(small):
    inside = small.home / "releases" / small.first / "deploy" / "machine"
    shutil.copytree(small.machine, inside)
    told = small.python("import sources; print(sources.take_checkout())", at=inside)
    assert told.strip() == small.first
