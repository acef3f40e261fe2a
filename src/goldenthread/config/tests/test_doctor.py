import json
import os
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection

from goldenthread.config import doctor, vault, verified
from goldenthread.config.problems import Problem
from goldenthread.kit import schedule
from goldenthread.organisations.tests.factories import HelpLineFactory
from goldenthread.people.accounts.tests.factories import PersonFactory
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.tests.factories import listening_project
from goldenthread.safety.reading.tests.factories import WordsFactory, sign_in
from goldenthread.thread.models import Witness

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


@pytest.mark.django_db(transaction=True)  # among what is due, tables are rewritten
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
    assert said(doctor.help_lines) == (False, "Nobody has checked 1 of the help lines for 90 days.")


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


def test_a_backup_that_is_missing_or_old_is_found(settings, tmp_path):
    settings.DATA = tmp_path
    assert "no backup yet" in said(doctor.backup)[1]
    for age, well in ((1, True), (3, False)):
        made = {"file": "x", "size": 1, "at": (NOW - timedelta(days=age)).isoformat()}
        (tmp_path / "last-backup.json").write_text(json.dumps(made))
        assert said(doctor.backup)[0] == well


def test_a_key_that_should_be_destroyed_is_found(settings, tmp_path):
    settings.DATA = tmp_path
    vault.new_key(tmp_path / "backup-keys", now=NOW - timedelta(days=35))
    assert said(doctor.old_keys)[0]
    half = tmp_path / "backup-keys" / "half-destroyed.key"
    half.write_bytes(b"\xff")
    assert said(doctor.old_keys)[0]
    long_ago = (NOW - timedelta(days=37)).timestamp()
    os.utime(half, (long_ago, long_ago))
    assert not said(doctor.old_keys)[0]
    half.unlink()
    vault.new_key(tmp_path / "backup-keys", now=NOW - timedelta(days=37))
    assert not said(doctor.old_keys)[0]


@pytest.mark.django_db
def test_a_record_that_nobody_verified_or_that_does_not_match_is_found(settings, tmp_path):
    settings.DATA = tmp_path
    assert "never verified" in said(doctor.record)[1]
    verified.verify_and_note(tmp_path, now=NOW - timedelta(days=1))
    assert said(doctor.record)[0]
    verified.verify_and_note(tmp_path, now=NOW - timedelta(days=3))
    assert "for two days" in said(doctor.record)[1]
    WordsFactory.create()  # no entry tells of them
    verified.verify_and_note(tmp_path, now=NOW)
    assert "does not match" in said(doctor.record)[1]


@pytest.mark.django_db
def test_words_that_wait_too_long_are_found():
    assert said(doctor.readers)[0]
    WordsFactory.create(due_at=NOW - timedelta(hours=23))
    assert said(doctor.readers)[0]
    WordsFactory.create(due_at=NOW - timedelta(hours=25))
    assert "In one project" in said(doctor.readers)[1]


@pytest.mark.django_db
def test_the_page_shows_an_administrator_what_the_command_says(client):
    around = listening_project()
    assert client.get("/doctor/").status_code == 404
    client.force_login(around.mina)
    assert client.get("/doctor/").status_code == 404

    sign_in(client, around.ada)
    page = client.get("/doctor/")
    body = unescape(page.content.decode())
    mend, well = body.split("What is well")
    assert "may lose what people wrote" in mend  # the throwaway database of the tests
    assert "notice-stop" in mend
    assert "PostgreSQL" in well
    settings_page = f"/o/{around.organisation.address}/settings/"
    assert 'href="/doctor/"' in client.get(settings_page).content.decode()


@pytest.mark.django_db
def test_the_page_asks_little_of_the_database(client, django_assert_max_num_queries):
    around = listening_project()
    sign_in(client, around.ada)
    client.get("/doctor/")
    with django_assert_max_num_queries(20):
        client.get("/doctor/")


@pytest.mark.django_db
def test_the_exit_code_says_whether_something_is_to_mend(capsys):
    assert doctor.examine() == 1  # the throwaway database is
    assert "to mend" in capsys.readouterr().out


@pytest.mark.django_db
def test_one_check_can_be_asked_for_alone(capsys):
    assert doctor.examine(only=["Tables"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "  well  The tables are up to date.",
        "All is well.",
    ]
    with pytest.raises(Problem, match="There is no check “Tea”"):
        doctor.examine(only=["Tea"])


@pytest.mark.django_db
def test_help_lines_too_old_to_open_a_project_are_found():
    HelpLineFactory.create(name="Day line", verified_on=(NOW - timedelta(days=181)).date())
    assert "no project opens" in said(doctor.help_lines)[1]


@pytest.mark.django_db
def test_letters_that_do_not_leave_are_found():
    assert said(doctor.letters) == (True, "No letter is stuck.")
    person = PersonFactory.create()
    given = {"person": person, "text": "x", "link": "/"}
    one = Letter.objects.create(key="1", not_before=NOW + timedelta(minutes=5), **given)
    assert "did not take 1 letters; we try again" in said(doctor.letters)[1]
    one.delete()
    Letter.objects.create(key="2", state=Letter.State.FAILED, **given)
    assert "One letter could not be sent" in said(doctor.letters)[1]


@pytest.mark.django_db
def test_a_database_without_checksums_is_found():
    assert said(doctor.database)[1].endswith("with checksums.")


@pytest.mark.django_db
def test_fewer_than_two_outside_keepers_are_found():
    for number in range(2):
        assert said(doctor.keepers)[0] is False
        Witness.objects.create(
            name=f"Keeper {number}",
            power="",
            key=str(number),
            since=NOW.date(),
            agreed_on=NOW.date() - timedelta(days=number),
        )
    assert said(doctor.keepers)[0]
    Witness.objects.filter(key="1").update(agreed_on=NOW.date() - timedelta(days=2))
    assert said(doctor.keepers)[1].startswith("1 of 2 outside keepers")
