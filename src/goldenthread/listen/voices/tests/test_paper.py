import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices import formkeys, queries, services
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.people.receipts import services as receipts
from goldenthread.projects import services as projects
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


def type_in(around: Any, *, browser: Any = None, query: str = "", **given: Any) -> Any:
    with clock.frozen(NOW):
        begun = formkeys.begin(around.project.ref, now=NOW - timedelta(minutes=1))
        sent = {"form_key": begun, "text": "On paper.", "kind": "story", **given}
        href = f"{reverse('voices:paper', args=[around.project.address])}?{query}"
        return (browser or signed_in(around.tom)).post(href, sent, follow=True)


def test_a_voice_on_paper_is_held_and_its_slip_carries_a_receipt_that_opens() -> None:
    around = listening_project()
    page = type_in(around)
    voice = Voice.objects.get()
    assert (voice.came_by, voice.author, voice.words.state) == ("paper", None, Words.State.HELD)
    assert Entry.objects.get(kind="voice.taken-down").about == voice.pk
    code = page.context["handed"].code
    text = page.content.decode()
    assert code in text
    assert "On paper." not in text
    assert reverse("pages:receipt") in text
    receipt = receipts.open_with(code=code, now=NOW)
    assert queries.mine(Guest(receipt=receipt.ref)).get() == voice


def test_sent_twice_it_is_one_voice_and_the_same_slip() -> None:
    around = listening_project()
    key = formkeys.draw()
    said = {"by": around.tom, "project": around.project, "form_key": key, "now": NOW}
    first, second = (services.take_down(text="On paper.", **said) for _time in range(2))
    assert first.code == second.code
    assert Voice.objects.count() == 1


def test_an_empty_form_is_given_back() -> None:
    page = type_in(listening_project(), text="")
    assert "Type in what the person wrote." in page.content.decode()
    assert not Voice.objects.exists()


@pytest.mark.parametrize("name", ["rosa", "priya", "dev", "cara", "ada", "mina", "nell"])
def test_only_a_facilitator_types_voices_in(name: str) -> None:
    around = listening_project()
    with pytest.raises(Refusal):
        services.take_down(
            by=getattr(around, name),
            project=around.project,
            form_key=formkeys.draw(),
            text="On paper.",
            now=NOW,
        )


def test_one_form_after_another_keeps_kind_and_strand_and_counts_them() -> None:
    around = listening_project()
    carers = projects.add_strand(by=around.tom, project=around.project, name="Carers", now=NOW)
    page = type_in(around, kind="idea", whose="cared-for", strand=carers.short)
    form, text = page.context["form"], page.content.decode()
    assert {name: form[name].value() for name in ("kind", "whose", "strand", "text")} == {
        "kind": "idea",
        "whose": "cared-for",
        "strand": carers.short,
        "text": None,
    }
    assert "Saved: form 1" in text
    assert re.search(r"<textarea[^>]*name=.text.[^>]*autofocus", text)
    assert Voice.objects.get().strand == carers
    again = type_in(around, query=page.request["QUERY_STRING"])
    assert "Saved: form 2" in again.content.decode()


def test_who_tore_the_slip_off_gets_no_receipt_and_a_slip_is_put_away() -> None:
    around = listening_project()
    assert "nothing leads back to it" in type_in(around, no_slip="1").content.decode()
    assert Voice.objects.get().receipt is None
    browser = signed_in(around.tom)
    page = type_in(around, browser=browser)
    code, href = page.context["handed"].code, reverse("voices:paper", args=[around.project.address])
    slip = reverse("voices:slip", args=[around.project.address])
    with clock.frozen(NOW):
        assert code in browser.get(slip).content.decode()
        assert code not in signed_in(around.tom).get(href).content.decode(), "in this browser only"
        browser.post(href, {"act": "away"})
        assert code not in browser.get(href).content.decode()
        assert browser.get(slip).status_code == 302
