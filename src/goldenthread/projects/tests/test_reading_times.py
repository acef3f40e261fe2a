"""Who reads now and next, who is away, and who reads instead."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.projects import rota, services
from goldenthread.projects.models import DayOff, Duty
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.projects.work import work_for
from goldenthread.safety.reading.tests.factories import sign_in

pytestmark = pytest.mark.django_db
WEDNESDAY = {"starts_on": date(2026, 3, 11), "ends_on": date(2026, 3, 11)}
NINE = datetime(2026, 3, 11, 9, tzinfo=UTC)


def alone() -> Listening:
    """Only Rosa is on the rota; Sam reads too, but stands in for nobody."""
    here = listening_project()
    Duty.objects.filter(project=here.project, reader=here.sam).delete()
    return here


def away(here: Listening, **changed: object) -> DayOff:
    given = {"by": here.rosa, "project": here.project, "reader": here.rosa, "now": NOW}
    return services.take_off(**{**given, **WEDNESDAY, **changed})  # type: ignore[arg-type]


def told(here: Listening, person: object) -> list[str]:
    work = work_for(person, [here.project], now=NOW)  # type: ignore[arg-type]
    return [each.text for each in work if "Nobody reads" in each.text]


def test_who_is_away_is_missed_and_the_others_are_asked_until_one_takes_it() -> None:
    here = alone()
    assert told(here, here.tom) == []
    away(here)
    gap = ["Nobody reads on Wednesday 11 March 2026: Getting help while you wait"]
    assert told(here, here.tom) == told(here, here.sam) == gap
    assert told(here, here.rosa) == []  # she knows
    assert told(here, here.mina) == []
    assert rota.next_reading(here.project, now=NINE) > NINE + timedelta(hours=4)
    services.read_instead(by=here.sam, project=here.project, start=NINE, now=NOW)
    assert rota.next_reading(here.project, now=NINE) == NINE
    assert told(here, here.tom) == told(here, here.sam) == []
    with pytest.raises(Refusal):
        services.read_instead(by=here.sam, project=here.project, start=NINE, now=NOW)


def test_readers_speak_for_themselves_and_organisers_for_all() -> None:
    here = alone()
    for changed in ({"by": here.sam}, {"by": here.mina}, {"reader": None}):
        with pytest.raises(Refusal):
            away(here, **changed)
    away(here, by=here.tom)
    closed = away(here, by=here.tom, reader=None, note="Staff day")
    with pytest.raises(Refusal):
        services.take_back(by=here.rosa, day_off=closed, now=NOW)
    services.take_back(by=here.tom, day_off=closed, now=NOW)


@pytest.mark.parametrize(
    "days",
    [
        {"ends_on": date(2026, 3, 10)},
        {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 3)},
        {"ends_on": date(2026, 9, 1)},
    ],
)
def test_days_that_do_not_fit_are_refused(days: dict[str, date]) -> None:
    with pytest.raises(Refusal):
        away(alone(), **days)


def test_the_page(client: Client) -> None:
    here = alone()
    sign_in(client, here.rosa)
    path = f"/p/{here.project.address}/reading-times/"
    with clock.frozen(NOW):
        assert "Reading now: Rosa, until 1 pm" in client.get(path).content.decode()
        days = {"starts_on": "2026-03-11", "ends_on": "2026-03-11"}
        assert client.post(path, days).status_code == 302
        with at_most(10):
            shown = client.get(path).content.decode()
        assert "Rosa is away: 11 March 2026" in shown
        sam = sign_in(Client(), here.sam)
        assert "I can read then" in sam.get(path).content.decode()
        sam.post(f"{path}instead/", {"start": NINE.isoformat()})
        assert "The coming fortnight is covered." in sam.get(path).content.decode()
        assert sam.post(f"{path}instead/", {"start": "soon"}).status_code == 404
        off = DayOff.objects.get()
        assert sam.post(f"{path}back/", {"day_off": str(off.ref)}).status_code == 409
        client.post(f"{path}back/", {"day_off": str(off.ref)})
        assert not DayOff.objects.exists()
        for name in ("mina", "nell", "priya"):
            assert sign_in(Client(), getattr(here, name)).get(path).status_code == 404
