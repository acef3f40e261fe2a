import os
from datetime import UTC, datetime, timedelta

import pytest

from goldenthread.config import doctor
from goldenthread.kit import schedule
from goldenthread.organisations.tests.factories import HelpLineFactory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def said(check):
    finding = check(NOW)
    return finding.well, finding.sentence


@pytest.mark.django_db
def test_the_database_is_new_enough_and_up_to_date():
    assert said(doctor.database)[0]
    assert said(doctor.tables) == (True, "The tables are up to date.")


@pytest.mark.django_db
def test_a_database_that_may_lose_words_is_found():
    well, sentence = said(doctor.durability)  # that of the tests is throwaway
    assert not well
    assert "fsync" in sentence


def test_a_keys_file_that_others_can_read_is_found(tmp_path, monkeypatch):
    monkeypatch.delenv("GOLDENTHREAD_KEYS", raising=False)
    assert not said(doctor.keys)[0]
    keys = tmp_path / "keys.json"
    keys.write_text("{}")
    monkeypatch.setenv("GOLDENTHREAD_KEYS", os.fspath(keys))
    keys.chmod(0o644)
    assert "chmod 600" in said(doctor.keys)[1]
    keys.chmod(0o600)
    assert said(doctor.keys)[0]


@pytest.mark.django_db
def test_a_missing_worker_is_found():
    assert not said(doctor.worker)[0]
    schedule.run_due(NOW)
    assert said(doctor.worker)[0]


@pytest.mark.django_db
def test_help_lines_that_nobody_checked_are_found():
    line = HelpLineFactory.create(name="Night line", verified_on=(NOW - timedelta(days=89)).date())
    assert said(doctor.help_lines)[0]
    line.verified_on = (NOW - timedelta(days=91)).date()
    line.save()
    assert "Night line" in said(doctor.help_lines)[1]


def test_settings_that_would_show_words_are_found(settings):
    assert said(doctor.secrecy)[0]
    settings.ADMINS = [("A", "a@example.org")]
    assert not said(doctor.secrecy)[0]
    settings.ADMINS = []
    settings.DEBUG = True
    assert not said(doctor.secrecy)[0]


def test_an_address_without_https_is_found(settings):
    settings.DEV, settings.SECURE = False, False
    assert not said(doctor.address)[0]
    settings.SECURE = True
    assert said(doctor.address)[0]


@pytest.mark.django_db
def test_the_exit_code_says_whether_something_is_to_mend(capsys):
    assert doctor.examine() == 1  # the throwaway database is
    assert "to mend" in capsys.readouterr().out
