import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.kit.text import check_reading
from goldenthread.listen.voices import formkeys
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import form_data, signed_in, spoken, with_receipt
from goldenthread.organisations.models import Label
from goldenthread.projects.models import Project, Strand
from goldenthread.projects.tests.factories import NOW, listening_project

pytestmark = pytest.mark.django_db
WORDS = "Nobody told me how long the wait would be."


@pytest.fixture(autouse=True)
def _still() -> Any:
    with clock.frozen(NOW):
        yield


def page_of(project: Project) -> str:
    return reverse("voices:speak", args=[project.address])


def test_before_the_box_stands_who_asks_who_reads_and_when_what_may_change_and_help() -> None:
    around = listening_project()
    text = Client().get(page_of(around.project)).content.decode()
    box = text.index("<textarea")
    for said in (
        around.organisation.name,
        "A trained person reads your words",
        "The next reading is <strong>today</strong>",
        "Opening times, and how we keep in touch.",
        "The number of counsellors before August.",
        "A panel of twelve people",
        "Not the time, not your internet address.",
        "116 123",
    ):
        assert text.index(said) < box


def test_the_title_is_neutral_while_writing() -> None:
    text = Client().get(page_of(listening_project().project)).content.decode()
    assert "<title>Notes</title>" in text


def test_sending_leads_to_the_receipt_and_the_page_is_not_kept_anywhere() -> None:
    project = listening_project().project
    browser = Client()
    answer = browser.post(page_of(project), form_data(project))
    assert answer.status_code == 302
    assert answer.url == reverse("voices:sent", args=[project.address])
    cookie = answer.cookies["sent"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 600)
    shown = browser.get(answer.url)
    assert "no-store" in shown.headers["Cache-Control"]
    assert Voice.objects.get().receipt is not None
    assert "Your receipt" in shown.content.decode()
    assert WORDS not in shown.content.decode()


def test_the_receipt_page_belongs_to_that_browser_and_ends_when_put_away_or_late() -> None:
    project = listening_project().project
    browser = Client()
    href = browser.post(page_of(project), form_data(project)).url
    assert Client().get(href).status_code == 302
    with clock.frozen(NOW + timedelta(minutes=11)):
        assert browser.get(href).status_code == 302
    assert browser.get(href).status_code == 200
    browser.post(href)
    assert browser.get(href).status_code == 302


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"kind": ""}, "kind"),
        ({"known_as": "support"}, "given_name"),
        ({"known_as": ""}, "known_as"),
        ({"receipt": "x"}, "receipt"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(
    given: dict[str, str], field: str
) -> None:
    project = listening_project().project
    sent = form_data(project, would_have_helped="A letter, each week.", **given)
    answer = Client().post(page_of(project), sent)
    text = answer.content.decode()
    assert f'id="id_{field}_error"' in text
    assert "A letter, each week." in text
    assert sent["text"] in text
    assert not Voice.objects.exists()


def test_a_receipt_in_the_words_is_explained_beside_the_box() -> None:
    project = listening_project().project
    code = spoken(project).code
    answer = Client().post(page_of(project), form_data(project, text=f"Mine is {code}."))
    assert "receipt" in answer.context["form"].errors["text"][0]


def test_machines_are_kept_waiting_people_only_press_send_again() -> None:
    project = listening_project().project
    browser = Client()
    fast = form_data(project, begun=NOW - timedelta(seconds=3))
    answer = browser.post(page_of(project), fast)
    assert "Please wait a moment and press send again." in answer.content.decode()
    assert WORDS in answer.content.decode()
    assert not Voice.objects.exists()
    with clock.frozen(NOW + timedelta(seconds=2)):
        resent = {**fast, "form_key": answer.context["form"]["form_key"].value()}
        assert browser.post(page_of(project), resent).status_code == 302


def test_who_fills_in_what_nobody_sees_is_asked_once_more_never_dropped() -> None:
    project = listening_project().project
    answer = Client().post(page_of(project), form_data(project, website="http://spam.example"))
    text = answer.content.decode()
    assert "press send again" in text
    assert WORDS in text
    assert "spam.example" not in text
    assert not Voice.objects.exists()


@pytest.mark.parametrize("token", ["", "nonsense"])
def test_a_key_that_is_not_ours_is_replaced_and_the_words_stay(token: str) -> None:
    project = listening_project().project
    answer = Client().post(page_of(project), form_data(project, form_key=token))
    assert WORDS in answer.content.decode()
    fresh = answer.context["form"]["form_key"].value()
    assert formkeys.read(fresh, project=project.ref, now=NOW)


def test_keys_of_another_project_and_of_yesterday_do_not_count() -> None:
    project = listening_project().project
    for form_key in (
        formkeys.begin(listening_project().project.ref, now=NOW - timedelta(minutes=1)),
        formkeys.begin(project.ref, now=NOW - timedelta(hours=25)),
    ):
        answer = Client().post(page_of(project), form_data(project, form_key=form_key))
        assert "press send again" in answer.content.decode()
    assert not Voice.objects.exists()


def test_the_strand_and_labels_of_the_link_travel_with_the_words() -> None:
    around = listening_project()
    strand = Strand.objects.create(project=around.project, name="Parents", short="PARENT")
    label = Label.objects.create(organisation=around.organisation, text="First year")
    browser = Client()
    opened = browser.get(reverse("voices:short", args=["parent"]), follow=True)
    assert "Parents" in opened.content.decode()
    assert "First year" in opened.content.decode()
    sent = form_data(around.project, strand="PARENT", labels=[str(label.ref)])
    browser.post(page_of(around.project), sent)
    voice = Voice.objects.get()
    assert (voice.strand, voice.labels) == (strand, [label.ref])


def test_short_addresses_forgive_and_unknown_ones_are_not_there() -> None:
    project = listening_project().project
    assert Client().get(f"/s/{project.short.lower()}/").url == page_of(project)
    assert Client().get("/s/ZZZZZZ/").status_code == 404


def test_the_short_address_of_a_project_for_members_does_not_give_it_away() -> None:
    around = listening_project(open_to=Project.OpenTo.MEMBERS)
    href = reverse("voices:short", args=[around.project.short])
    assert Client().get(href).status_code == 404
    assert Client().get(page_of(around.project)).status_code == 404
    assert signed_in(around.mina).get(href).status_code == 302


def test_who_has_a_receipt_open_may_add_to_it() -> None:
    project = listening_project().project
    browser, guest = with_receipt(project)
    assert "Add it to the receipt I have open" in browser.get(page_of(project)).content.decode()
    answer = browser.post(page_of(project), form_data(project, receipt="same"), follow=True)
    assert "is the one you have open" in answer.content.decode()
    assert Voice.objects.get().receipt_id == guest.receipt


def test_members_are_not_asked_their_name() -> None:
    around = listening_project()
    browser = signed_in(around.mina)
    assert 'name="given_name"' not in browser.get(page_of(around.project)).content.decode()
    browser.post(page_of(around.project), form_data(around.project, known_as="named"))
    assert Voice.objects.get().author == around.mina


@pytest.mark.parametrize("who", ["guest", "member", "receipt"])
def test_the_page_costs_ten_queries_at_most(who: str) -> None:
    around = listening_project()
    Strand.objects.create(project=around.project, name="Parents", short="PARENT")
    for text in "ab":
        Label.objects.create(organisation=around.organisation, text=text)
    browser = {
        "guest": Client,
        "member": lambda: signed_in(around.mina),
        "receipt": lambda: with_receipt(around.project)[0],
    }[who]()
    browser.get(page_of(around.project))
    with at_most(10):
        browser.get(page_of(around.project))


def test_all_that_the_page_transfers_is_sixty_kilobytes_at_most() -> None:
    text = Client().get(page_of(listening_project().project)).content
    assets = set(re.findall(rb'(?:href|src)="/static/([^"]+)"', text))
    assert len(assets) == 4
    sizes = [len(brotli.compress(Path(found).read_bytes())) for found in map(on_disk, assets)]
    assert len(text) + sum(sizes) < 60_000


def on_disk(asset: bytes) -> str:
    found = finders.find(asset.decode())
    assert isinstance(found, str)
    return found


def test_read_aloud_no_sentence_is_long_and_no_word_is_jargon() -> None:
    page = Client().get(page_of(listening_project().project)).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    lines = re.sub(r"</?(p|h1|h2|dt|dd|li|label|legend|div|summary|button)[^>]*>", "\n", main)
    text = unescape(re.sub(r"<[^>]+>", "", lines))
    reading = check_reading(text)
    assert (reading.long_sentences, reading.jargon) == ([], [])
    assert reading.age <= 11
