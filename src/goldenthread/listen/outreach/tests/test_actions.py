"""Outreach: who does what by when, and what came of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.outreach import services
from goldenthread.listen.outreach.models import OutreachAction
from goldenthread.listen.outreach.tests.factories import planned
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.listen.voices.ways import ways_of
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.projects.work import work_for
from goldenthread.thread.models import Entry

LATE = NOW + timedelta(days=30)


def at(here: Listening, more: str) -> str:
    return f"/p/{here.project.address}/{more}"


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_plan_is_made_changed_and_ended_by_plain_forms(here: Listening) -> None:
    browser = signed_in(here.tom)
    said = text_of(browser.post(at(here, "outreach/new/"), {"what": ""}))
    assert "Say what will be done." in said
    assert "Say who does it." in said
    assert '<option value="group:care:yes" selected>' in text_of(
        browser.get(at(here, "outreach/new/") + "?for=group:care:yes")
    )
    given = {
        "what": "Visit the halls in the evening",
        "owner": here.rosa.ref,
        "due_on": "2026-03-20",
        "for_key": "group:care:yes",
    }
    past = {**given, "due_on": "2026-03-01"}
    assert "This day has passed" in text_of(browser.post(at(here, "outreach/new/"), past))
    stranger = {**given, "owner": here.mina.ref}
    assert "that is not one" in text_of(browser.post(at(here, "outreach/new/"), stranger)) or (
        not OutreachAction.objects.exists()
    )
    assert browser.post(at(here, "outreach/new/"), given).status_code == 302
    action = OutreachAction.objects.get()
    assert (action.state, action.owner) == ("planned", here.rosa)
    assert action.for_name == "Yes (Have you ever been in care?)"
    path = at(here, f"outreach/{action.ref}/")
    assert browser.post(path, {**given, "state": "doing", "for_key": ""}).status_code == 302
    public = text_of(Client().get(at(here, "not-heard/")))
    assert "Being done" in public
    assert "Rosa" not in public
    assert "Rosa" in text_of(browser.get(at(here, "outreach/")))
    assert "Say what came of it" in text_of(browser.post(path + "end/", {"state": "done"}))
    ended = {"state": "done", "came_of_it": "Nine students came and spoke with us."}
    owner = signed_in(here.rosa)
    assert owner.post(path + "end/", ended)["Location"] == at(here, "not-heard/")
    assert "Nine students came" in text_of(Client().get(at(here, "not-heard/")))
    for gone in (path, path + "end/"):
        assert browser.get(gone).status_code == 404
    kinds = Entry.objects.filter(about=action.ref).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["outreach.planned", "outreach.changed", "outreach.ended"]


def test_who_may_plan_change_and_end(here: Listening) -> None:
    action = planned(here, owner=here.priya)
    for name in ("mina", "rosa", "ada", "nell", "stranger"):
        browser = signed_in(getattr(here, name))
        for more in ("outreach/new/", f"outreach/{action.ref}/", f"outreach/{action.ref}/end/"):
            assert browser.get(at(here, more)).status_code == 404, f"{name} {more}"
    for name in ("cara", "dev"):
        assert signed_in(getattr(here, name)).get(at(here, "outreach/new/")).status_code == 200
    owner = signed_in(here.priya)
    assert owner.get(at(here, f"outreach/{action.ref}/")).status_code == 404
    assert owner.get(at(here, f"outreach/{action.ref}/end/")).status_code == 200
    far = planned(listening_project())
    browser = signed_in(here.tom)
    assert browser.get(at(here, f"outreach/{far.ref}/")).status_code == 404
    assert browser.get(at(here, f"outreach/{far.ref}/end/")).status_code == 404


def test_what_cannot_be_is_refused(here: Listening) -> None:
    with pytest.raises(Refusal, match="no role"):
        planned(here, owner=here.mina)
    with pytest.raises(Refusal, match="from the list"):
        planned(here, for_key="group:shoe:size")
    action = services.end_outreach(
        by=here.tom, action=planned(here), state="dropped", came_of_it="Nobody came.", now=NOW
    )
    with pytest.raises(Refusal, match="has ended"):
        services.end_outreach(by=here.tom, action=action, state="done", came_of_it="x", now=NOW)
    with pytest.raises(Refusal, match="done or dropped"):
        services.end_outreach(
            by=here.tom, action=planned(here), state="planned", came_of_it="x", now=NOW
        )
    Project.objects.filter(ref=here.project.ref).update(state="closed", closed_on=date(2026, 3, 9))
    here.project.refresh_from_db()
    with pytest.raises(Refusal, match="until it closes"):
        planned(here)


def lines(here: Listening, name: str, now: Any) -> list[tuple[str, str]]:
    person = type(here.tom).objects.get(ref=getattr(here, name).ref)
    found = work_for(person, [here.project], now=now)
    return [(each.text, each.tone) for each in found if "Reach people" in each.text]


def test_what_is_due_stands_on_the_list_of_its_owner_and_what_is_late_on_that_of_organisers(
    here: Listening,
) -> None:
    planned(here, owner=here.rosa)
    due = ("Reach people by 20 March 2026: Visit the night shift", "due")
    late = ("Reach people, overdue since 20 March 2026: Visit the night shift", "overdue")
    assert lines(here, "rosa", NOW) == [due]
    assert lines(here, "tom", NOW) == []
    for name in ("rosa", "tom", "cara", "dev"):
        assert lines(here, name, LATE) == [late]
    assert lines(here, "sam", LATE) == []


def test_the_room_stands_among_the_ways_to_listen(here: Listening) -> None:
    [ours] = [each for each in ways_of(here.project, now=NOW) if each.title.startswith("Who has")]
    assert ours.href == at(here, "outreach/")
