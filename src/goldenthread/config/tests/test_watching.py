"""Health, readiness and figures: what a proxy and an operator learn, and nobody else."""

import json
import logging

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from goldenthread.config import metrics, readiness, unsafe
from goldenthread.config.watching import WatchMiddleware, within
from goldenthread.kit.logs import Lines

TOKEN = "t" * 32


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def test_health_asks_nothing_of_the_database(client):
    answer = client.get("/health/")  # no access to the database in this test
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


@pytest.mark.django_db
def test_ready_says_part_by_part_what_is_well(client, folder):
    answer = client.get("/ready/")
    assert answer.status_code == 200
    assert answer.json() == dict.fromkeys(("staying", "database", "tables", "cache"), True)
    (folder / "stopping").touch()
    answer = client.get("/ready/")
    assert answer.status_code == 503
    assert answer.json()["staying"] is False


@pytest.mark.django_db
def test_a_migration_that_waits_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(readiness, "_found", set())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'notifications'")
    answer = client.get("/ready/")
    assert (answer.status_code, answer.json()["tables"]) == (503, False)


def test_a_cache_that_is_away_is_not_ready(settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1",
        }
    }
    assert not readiness.cache_answers()


@pytest.mark.parametrize("given", ["", "Bearer ", f"Bearer {TOKEN}x", TOKEN, f"Basic {TOKEN}"])
def test_without_the_token_there_is_no_such_page(client, settings, given):
    settings.METRICS_TOKEN = TOKEN
    asked = client.get("/metrics/", headers={"authorization": given})
    assert asked.status_code == client.get("/nothing-here/").status_code == 404


def test_without_a_token_of_ours_nobody_has_it(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics/", headers={"authorization": "Bearer "}).status_code == 404


def figures(client):
    answer = client.get("/metrics/", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == metrics.CONTENT_TYPE
    families = text_string_to_metric_families(answer.content.decode())
    return {family.name: family for family in families}


@pytest.mark.django_db
def test_the_figures_are_those_of_the_machine_and_none_about_people(client, settings):
    settings.METRICS_TOKEN = TOKEN
    found = figures(client)
    assert {name.removeprefix("goldenthread_") for name in found} == {
        "requests", "failures", "request_seconds", "cache_up", "database_up", "worker_up",
        "tasks_due", "tasks_oldest_seconds", "tasks_failed", "letters_waiting", "letters_due",
        "reading_late", "database_connections", "database_connections_most",
    }  # fmt: skip
    assert found["goldenthread_database_up"].samples[0].value == 1
    assert found["goldenthread_database_connections"].samples[0].value >= 1


def answered(status, path="/help/"):
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    return WatchMiddleware(lambda _request: HttpResponse(status=status))(request)


@pytest.mark.django_db
def test_pages_are_counted_in_one_sum_and_only_broken_ones_by_route(client, settings):
    settings.METRICS_TOKEN = TOKEN
    for status in (200, 302, 404, 500):
        answered(status)
    found = figures(client)
    labels = {tuple(each.labels) for each in found["goldenthread_requests"].samples}
    assert labels == {("answer",)}  # no route: it would be the voices of each minute
    broken = {s.labels["route"]: s.value for s in found["goldenthread_failures"].samples if s.value}
    assert broken["pages:help"] >= 1


def test_a_page_that_broke_is_logged_under_the_number_it_carries(caplog):
    answer = answered(503)
    (record,) = caplog.records
    line = json.loads(Lines().format(record))
    assert line["request"] == int(answer["X-Request-Number"])
    assert line | {"within": 0} == {
        "level": "error",
        "logger": "goldenthread.requests",
        "message": record.getMessage(),
        "request": line["request"],
        "route": "pages:help",
        "status": 503,
        "within": 0,
    }


def test_pages_that_did_not_break_leave_no_line(caplog):
    caplog.set_level(logging.DEBUG)
    assert "X-Request-Number" not in answered(200)
    assert caplog.records == []


def test_what_machines_ask_is_not_counted(caplog):
    assert "X-Request-Number" not in answered(503, "/ready/")
    assert caplog.records == []


def test_times_are_told_by_their_bound():
    assert [within(each) for each in (0.004, 0.01, 0.3, 99)] == [0.01, 0.01, 0.5, None]


def test_a_short_token_stops_the_start(settings):
    settings.METRICS_TOKEN = "short"
    assert any("METRICS_TOKEN" in fault for fault in unsafe.faults(settings))
