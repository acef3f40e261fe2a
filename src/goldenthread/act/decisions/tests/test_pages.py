import re
from datetime import date

import pytest
from django.test import Client

from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.services import publish_decision, write_decision
from goldenthread.act.decisions.tests.factories import LATER, agreed_theme, draft, published, said
from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import listening_project
from goldenthread.safety.release.services import freeze

pytestmark = pytest.mark.django_db
PAGE_BUDGET = 10
SIGNED_IN = 2  # the session, and who it belongs to


@pytest.fixture(autouse=True)
def _clock():
    with clock.frozen(LATER):
        yield


@pytest.fixture
def house():
    return listening_project()


@pytest.fixture
def theme(house):
    return agreed_theme(house, [released_voice(house.project).ref])


def at(house, rest=""):
    return f"/p/{house.project.address}/decisions/{rest}"


def within_budget(client, address):
    """Ask twice: the first request of a session also notes that it has begun."""
    client.get(address)
    with at_most(PAGE_BUDGET + (SIGNED_IN if "_auth_user_id" in client.session else 0)):
        assert client.get(address).status_code == 200


def test_everyone_reads_a_decision_with_its_reason(house, theme):
    decision = published(house, theme, outcome="no", why="There is no second nurse on site.")
    shown = Client().get(at(house, f"{decision.ref}/")).content.decode()
    assert "There is no second nurse on site." in shown
    assert "A list to look at" in shown
    assert "three people, one of them with lived experience" in shown
    assert "Decided before" not in shown


def test_a_closed_project_takes_no_new_decision(house, theme):
    kept = draft(house, theme)
    house.project.state, house.project.closed_on = Project.State.CLOSED, LATER.date()
    house.project.save()
    client = signed_in(house.dev)
    assert client.get(at(house, "new/"))["Location"] == at(house)
    assert client.get(at(house, f"{kept.ref}/edit/")).status_code == 404
    assert client.post(at(house, f"{kept.ref}/publish/")).status_code == 404
    shown = client.get(at(house, f"{kept.ref}/")).content.decode()
    assert kept.title in shown
    assert "Publish this decision" not in shown
    assert "new/" not in client.get(at(house)).content.decode()
    kept.refresh_from_db()
    for by, act, more in (
        (house.dev, publish_decision, {"decision": kept}),
        (house.tom, draft_by_service, {"house": house, "theme": theme}),
    ):
        with pytest.raises(Refusal, match="close"):
            act(by=by, now=LATER, **more)
    assert Decision.objects.get().state == Decision.State.DRAFT


def draft_by_service(*, by, house, theme, now):
    return write_decision(by=by, project=house.project, themes=[theme], **said(), now=now)


def test_a_decision_before_the_listening_says_so_plainly(house, theme):
    decision = published(house, theme, decided_on=date(2026, 3, 1))
    for address in (at(house), at(house, f"{decision.ref}/")):
        assert "Decided before people were asked" in Client().get(address).content.decode()


def test_a_decision_before_showing_back_says_so_plainly(house, theme):
    decision = published(house, theme, decided_on=date(2026, 3, 5))
    shown = Client().get(at(house, f"{decision.ref}/")).content.decode()
    assert "Decided before the topics were shown back" in shown
    assert "Decided before people were asked" not in shown


@pytest.mark.parametrize("who", ["rosa", "priya", "ada", "mina", "nell", "stranger", None])
def test_a_draft_looks_like_nothing_to_others(house, theme, who):
    decision = draft(house, theme)
    client = signed_in(getattr(house, who)) if who else Client()
    assert client.get(at(house, f"{decision.ref}/")).status_code == 404
    assert client.get(at(house, f"{decision.ref}/edit/")).status_code == 404
    assert client.get(at(house, "new/")).status_code == 404
    assert client.post(at(house, f"{decision.ref}/publish/")).status_code == 404
    assert client.post(at(house, f"{decision.ref}/drop/")).status_code == 404
    assert decision.title not in client.get(at(house)).content.decode()
    decision.refresh_from_db()
    assert decision.state == Decision.State.DRAFT


def typed_about(theme):
    return {
        "title": "Open in the evening",
        "themes": [str(theme.ref)],
        "question": "When should we be open?",
        "what_people_said": "People work in the day.",
        "outcome": "partly",
        "why": "Two evenings are possible.",
        "decided_by": "Ann Lee",
        "how_many": "1",
        "how_many_lived": "0",
        "decided_on": "2026-05-04",
        "option_0": "Every evening",
        "option_2": "Two evenings",
        "chosen_2": "1",
    }


@pytest.mark.parametrize("moved", ["published", "closed", "merged"])
def test_what_was_typed_stays_when_the_decision_or_its_project_moved_on(house, theme, moved):
    decision = draft(house, theme)
    if moved == "published":
        publish_decision(by=house.dev, decision=decision, now=LATER)
    elif moved == "closed":
        Project.objects.update(state=Project.State.CLOSED, closed_on=LATER.date())
    else:
        Theme.objects.update(state=Theme.State.WORKING)
    says = {
        "published": "is never edited",
        "closed": "until it closes",
        "merged": "Please choose one of those shown.",
    }
    places = [f"{decision.ref}/edit/", *(["new/"] if moved == "closed" else [])]
    for place in places:
        answer = signed_in(house.cara).post(at(house, place), typed_about(theme))
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert says[moved] in shown
        assert "Two evenings are possible." in shown
        for other in (Client(), signed_in(house.mina)):
            assert other.post(at(house, place), typed_about(theme)).status_code == 404
    decision.refresh_from_db()
    assert (Decision.objects.count(), decision.title) == (1, said()["title"])


def test_a_facilitator_writes_and_the_decision_maker_publishes(house, theme):
    answer = signed_in(house.tom).post(at(house, "new/"), typed_about(theme))
    decision = Decision.objects.get()
    assert answer.url == at(house, f"{decision.ref}/")
    shown = signed_in(house.tom).get(answer.url).content.decode()
    assert "A decision-maker has to publish this." in shown
    signed_in(house.dev).post(at(house, f"{decision.ref}/publish/"))
    decision.refresh_from_db()
    assert decision.state == Decision.State.PUBLISHED
    assert list(decision.options.values_list("text", "chosen")) == [
        ("Every evening", False),
        ("Two evenings", True),
    ]


def test_an_error_stands_beside_its_field_and_keeps_what_was_typed(house, theme):
    answer = signed_in(house.tom).post(at(house, "new/"), {"title": "Half a thought", "why": " "})
    shown = answer.content.decode()
    assert "Say why. People are owed the reason, for a no as well." in shown
    assert 'value="Half a thought"' in shown
    assert not Decision.objects.exists()


def test_a_draft_opens_for_change_with_all_it_says(house, theme):
    decision = draft(house, theme)
    shown = signed_in(house.cara).get(at(house, f"{decision.ref}/edit/")).content.decode()
    for words in ("A list to look at", decision.title, decision.why, "2026-05-04"):
        assert words in shown


def test_how_many_voices_it_rests_on_comes_from_a_release(house):
    refs = [released_voice(house.project).ref for _ in range(12)]
    decision = published(house, agreed_theme(house, refs))
    address = at(house, f"{decision.ref}/")
    assert "Rests on" not in Client().get(address).content.decode()
    freeze(project=house.project, now=LATER)
    shown = Client().get(address).content.decode()
    assert "Rests on about 10 voices." in shown
    words = re.sub(r"<[^>]*>", " ", shown.split("<main")[1].split("</main>")[0])
    assert not re.search(r"\b12\b", words)


def test_few_voices_are_told_in_words(house, theme):
    decision = published(house, theme)
    freeze(project=house.project, now=LATER)
    assert (
        "Rests on fewer than 10 voices."
        in Client().get(at(house, f"{decision.ref}/")).content.decode()
    )


@pytest.mark.parametrize("many", [1, 3])
def test_pages_ask_the_database_no_more_for_more_decisions(house, theme, many):
    for number in range(many):
        decision = published(house, theme, title=f"Decision {number}")
    for client in (Client(), signed_in(house.dev)):
        for address in (at(house), at(house, f"{decision.ref}/")):
            within_budget(client, address)
    within_budget(signed_in(house.dev), at(house, "new/"))
