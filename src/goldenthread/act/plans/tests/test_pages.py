from datetime import date

import pytest
from django.test import Client

from goldenthread.act.decisions.tests.factories import LATER, agreed_theme, draft, published
from goldenthread.act.decisions.tests.test_pages import within_budget
from goldenthread.act.plans.models import Action, Change
from goldenthread.act.plans.services import finish_action, note_progress, stop_action
from goldenthread.act.plans.tests.factories import claimed, planned
from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import listening_project

pytestmark = pytest.mark.django_db
LATE = LATER.replace(month=6)


@pytest.fixture(autouse=True)
def _clock():
    with clock.frozen(LATER):
        yield


@pytest.fixture
def house():
    return listening_project()


@pytest.fixture
def decision(house):
    return published(house, agreed_theme(house, [released_voice(house.project).ref]))


def at(house, rest):
    return f"/p/{house.project.address}/{rest}"


def read(client, address):
    return client.get(address).content.decode()


def test_a_closed_project_plans_nothing_new_but_still_says_what_changed(house, decision):
    action = planned(house, decision)
    house.project.state, house.project.closed_on = Project.State.CLOSED, LATER.date()
    house.project.save()
    client = signed_in(house.tom)
    new = f"decisions/{decision.ref}/actions/new/"
    assert client.get(at(house, new)).status_code == 404
    assert new not in read(client, at(house, f"decisions/{decision.ref}/"))
    decision.refresh_from_db()
    with pytest.raises(Refusal, match="until it closes"):
        planned(house, decision)
    client.post(at(house, f"actions/{action.ref}/progress/"), {"text": "The last text went out."})
    assert "The last text went out." in read(Client(), at(house, f"actions/{action.ref}/"))
    assert f"actions/{action.ref}/change/" in read(client, at(house, f"actions/{action.ref}/"))
    change = claimed(house, action)
    answer = f"/replies/new/?about=change:{change.ref}"
    assert answer in read(client, at(house, f"changes/{change.ref}/"))


def test_everyone_follows_an_action(house, decision):
    action = planned(house, decision)
    note_progress(by=house.tom, action=action, text="The text is written.", now=LATER)
    shown = read(Client(), at(house, f"actions/{action.ref}/"))
    for words in (action.what, "The text is written.", "Cara", "20 May 2026", "Under way"):
        assert words in shown
    assert "Say how it goes" not in shown
    assert "Overdue" not in shown


def test_what_is_late_says_so(house, decision):
    action = planned(house, decision, due_on=date(2026, 5, 20))
    with clock.frozen(LATE):
        assert "Overdue" in read(Client(), at(house, f"actions/{action.ref}/"))
        assert "Overdue" in read(Client(), at(house, "plan/"))


def test_a_stopped_action_says_why(house, decision):
    action = planned(house, decision)
    stop_action(by=house.tom, action=action, because="The phone system is gone.", now=LATER)
    assert "The phone system is gone." in read(Client(), at(house, f"actions/{action.ref}/"))


def test_a_facilitator_plans_notes_and_finishes(house, decision):
    tom = signed_in(house.tom)
    typed = {
        "what": "Put up a list",
        "owner_name": "Tom",
        "co_owner_name": "Cara",
        "co_owner": str(house.cara.ref),
        "due_on": "2026-05-20",
    }
    answer = tom.post(at(house, f"decisions/{decision.ref}/actions/new/"), typed)
    action = Action.objects.get()
    assert answer.url == at(house, f"actions/{action.ref}/")
    tom.post(answer.url + "progress/", {"text": "It hangs in the hall."})
    tom.post(answer.url + "done/")
    action.refresh_from_db()
    assert action.state == Action.State.DONE
    assert "It hangs in the hall." in read(Client(), answer.url)


@pytest.mark.parametrize(
    ("act", "field", "other"), [("progress/", "text", "stop/"), ("stop/", "because", "progress/")]
)
def test_what_was_typed_stays_when_somebody_ended_the_action_meanwhile(
    house, decision, act, field, other
):
    action = planned(house, decision, co_owner=house.mina)
    finish_action(by=house.tom, action=action, now=LATER)
    address = at(house, f"actions/{action.ref}/")
    answer = signed_in(house.mina).post(address + act, {field: "The printer has been broken."})
    shown = answer.content.decode()
    assert "This action has ended. It stands as it is." in shown
    assert "The printer has been broken." in shown
    assert f'action="{address}{act}"' in shown
    assert f'action="{address}{other}"' not in shown
    assert f'action="{address}done/"' not in shown
    assert not action.progress.exists()
    assert act not in read(signed_in(house.mina), address)


def test_a_co_owner_without_a_role_says_how_it_goes(house, decision):
    action = planned(house, decision, co_owner=house.mina)
    mina = signed_in(house.mina)
    address = at(house, f"actions/{action.ref}/")
    assert "Say how it goes" in read(mina, address)
    mina.post(address + "progress/", {"text": "I read it and it is clear."})
    assert action.progress.get().by == house.mina


def test_an_empty_claim_is_refused_beside_the_field(house, decision):
    action = planned(house, decision)
    typed = {
        "what_is_different": "It is done.",
        "evidence": "We all saw it ourselves today.",
        "since_on": "2026-05-04",
    }
    answer = signed_in(house.tom).post(at(house, f"actions/{action.ref}/change/"), typed)
    shown = answer.content.decode()
    assert 'id="id_what_is_different_error"' in shown
    assert "“Done” is not a change." in shown
    assert "We all saw it ourselves today." in shown
    assert not Change.objects.exists()


def test_everyone_reads_what_changed_and_how_one_can_tell(house, decision):
    change = claimed(house, planned(house, decision))
    shown = read(Client(), at(house, f"changes/{change.ref}/"))
    assert change.what_is_different in shown
    assert change.evidence in shown
    assert "Nobody has been asked yet." in shown
    assert change.what_is_different in read(Client(), at(house, "plan/"))


@pytest.mark.parametrize("who", ["rosa", "priya", "ada", "mina", "nell", "stranger", None])
def test_staff_pages_look_like_nothing_to_others(house, decision, who):
    action = planned(house, decision)
    client = signed_in(getattr(house, who)) if who else Client()
    address = at(house, f"actions/{action.ref}/")
    assert client.get(at(house, f"decisions/{decision.ref}/actions/new/")).status_code == 404
    assert client.get(address + "change/").status_code == 404
    for act in ("progress/", "done/", "stop/"):
        assert client.post(address + act, {"text": "x", "because": "x"}).status_code == 404
    action.refresh_from_db()
    assert action.state == Action.State.PLANNED


def test_no_action_page_for_a_draft_or_another_project(house, decision):
    other = listening_project()
    tom, unpublished = signed_in(house.tom), draft(house, decision.about.get().theme)
    assert tom.get(at(house, f"decisions/{unpublished.ref}/actions/new/")).status_code == 404
    action = planned(house, decision)
    assert tom.get(at(other, f"actions/{action.ref}/")).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_pages_ask_the_database_no_more_for_more_of_anything(house, decision, many):
    for number in range(many):
        action = planned(house, decision, what=f"Action {number}")
        note_progress(by=house.tom, action=action, text="It goes.", now=LATER)
        change = claimed(house, action)
    addresses = ["plan/", f"actions/{action.ref}/", f"changes/{change.ref}/"]
    for client in (Client(), signed_in(house.tom)):
        for address in addresses:
            within_budget(client, at(house, address))
