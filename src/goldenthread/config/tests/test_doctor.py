from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

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


def test_unsafe_settings_are_found(settings):
    settings.DEBUG = True
    assert not said(doctor.safe_settings)[0]


@pytest.mark.django_db
def test_a_database_that_logs_words_is_found():
    assert said(doctor.silence)[0]
    with connection.cursor() as cursor:
        cursor.execute("SET log_min_error_statement = error")
        assert "log_min_error_statement" in said(doctor.silence)[1]
        cursor.execute("RESET log_min_error_statement")


@pytest.mark.django_db
def test_the_exit_code_says_whether_something_is_to_mend(capsys):
    assert doctor.examine() == 1  # the throwaway database is
    assert "to mend" in capsys.readouterr().out
