"""A class speaks from one device or several: no account, no name, nothing left of a turn."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.voices import services
from goldenthread.listen.voices.models import ClassSession, Voice
from goldenthread.people.receipts.services import open_with
from goldenthread.projects.tests.factories import NOW, STAFF, Listening
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import sign_in
from goldenthread.safety.young.tests.factories import school
from goldenthread.safety.young.tests.test_pages import promises_of_secrecy

pytestmark = pytest.mark.django_db
CANARY = "The kingfisher has no lunch."
PEOPLE = ["guest", "mina", *STAFF, "ada", "nell", "stranger"]
LATER = NOW + timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def a_class(*, slips: bool = True) -> tuple[Listening, ClassSession]:
    here = school()
    held = services.start_class(by=here.tom, project=here.project, name="8B", slips=slips, now=NOW)
    return here, held


def begin(client: Client, held: ClassSession) -> dict[str, str]:
    """Press "I am next" and return the hidden fields of the box."""
    client.post(f"/c/{held.code}/")
    answer = client.get(f"/c/{held.code}/speak/")
    form = answer.context["form"]
    return {"form_key": form["form_key"].value(), "turn": form["turn"].value()}


def say(client: Client, held: ClassSession, text: str = CANARY, receipt: str = "keep") -> str:
    """Let one pupil speak, and return the page they see then."""
    hidden = begin(client, held)
    with clock.frozen(LATER):
        given = {**hidden, "text": text, "kind": "issue", "receipt": receipt}
        answer = client.post(f"/c/{held.code}/speak/", given, follow=True)
    return str(answer.content.decode())


@pytest.mark.parametrize("name", PEOPLE)
def test_only_a_facilitator_starts_and_ends_a_class(client: Client, name: str) -> None:
    here, held = a_class()
    if name != "guest":
        sign_in(client, getattr(here, name))
    base = f"/p/{here.project.address}/class/"
    pages = (base, f"{base}{held.code}/")
    statuses = {client.get(each).status_code for each in pages}
    assert statuses == ({200} if name == "tom" else {404})
    client.post(f"{base}{held.code}/")
    held.refresh_from_db()
    assert (held.until <= NOW) == (name == "tom")


def test_what_a_pupil_says_is_held_for_readers_and_joined_to_nobody(client: Client) -> None:
    here, held = a_class()
    sign_in(client, here.tom)  # the facilitator's own device
    shown = say(client, held)
    voice = Voice.objects.get()
    assert (voice.words.text, voice.words.state) == (CANARY, Words.State.HELD)
    assert (voice.author, voice.known_as, voice.came_by) == (None, "unlinked", "class")
    assert "8B" not in repr([vars(each) for each in (voice, voice.words)])
    assert CANARY not in shown
    assert not client.session.get("_auth_user_id"), "nobody is signed in on the device any more"


def test_a_slip_leads_back_and_the_pupil_takes_the_words_back_alone(client: Client) -> None:
    _here, held = a_class()
    shown = say(client, held)
    code = shown.partition('receipt-code">')[2].partition("<")[0]
    receipt = open_with(code=code, now=NOW)
    assert receipt.voices.get().words.text == CANARY
    assert receipt.voices.get().words.lock, "only this receipt proves that its author took it back"


@pytest.mark.parametrize(("slips", "receipt"), [(True, "none"), (False, "keep")])
def test_without_a_slip_nothing_leads_back(
    client: Client,
    slips: bool,  # noqa: FBT001
    receipt: str,
) -> None:
    _here, held = a_class(slips=slips)
    shown = say(client, held, receipt=receipt)
    assert "nothing leads back to you" in shown
    assert Voice.objects.get().receipt is None


def test_nothing_of_a_turn_is_left_when_the_device_is_handed_on(client: Client) -> None:
    _here, held = a_class()
    hidden = begin(client, held)
    with clock.frozen(LATER):
        given = {**hidden, "text": CANARY, "kind": "issue", "receipt": "keep"}
        client.post(f"/c/{held.code}/speak/", given)
        code = client.get(f"/c/{held.code}/done/").content.decode()
        assert "receipt-code" in code
        answer = client.post(f"/c/{held.code}/next/")
        assert answer["Clear-Site-Data"] == '"cache"'
        for path in ("done", "speak"):
            gone = client.get(f"/c/{held.code}/{path}/")
            assert gone["Location"] == f"/c/{held.code}/"
        again = client.post(f"/c/{held.code}/speak/", given, follow=True)  # Back, and sent again
        assert "receipt-code" not in again.content.decode()
    assert Voice.objects.count() == 1


def test_a_form_of_the_pupil_before_counts_for_nothing_in_the_next_turn(client: Client) -> None:
    _here, held = a_class()
    before = begin(client, held)
    client.post(f"/c/{held.code}/next/")
    begin(client, held)
    with clock.frozen(LATER):
        given = {**before, "text": CANARY, "kind": "issue", "receipt": "keep"}
        answer = client.post(f"/c/{held.code}/speak/", given, follow=True)
    assert CANARY not in answer.content.decode()
    assert not Voice.objects.exists()


def test_what_was_typed_stays_when_something_is_missing(client: Client) -> None:
    _here, held = a_class()
    hidden = begin(client, held)
    with clock.frozen(LATER):
        given = {**hidden, "text": CANARY, "kind": "nothing"}
        answer = client.post(f"/c/{held.code}/speak/", given).content.decode()
    assert CANARY in answer
    assert not Voice.objects.exists()


def test_once_spoken_the_box_stays_shut_until_the_next_turn(client: Client) -> None:
    _here, held = a_class()
    say(client, held)
    assert client.get(f"/c/{held.code}/speak/").status_code == 302
    client.post(f"/c/{held.code}/next/")
    say(client, held, "And the heron.")
    assert Voice.objects.count() == 2


def test_several_devices_share_one_code() -> None:
    _here, held = a_class()
    for text in ("One.", "Two.", "Three."):
        say(Client(), held, text)
    assert Voice.objects.count() == 3


def test_a_class_that_has_ended_takes_nothing(client: Client) -> None:
    here, held = a_class()
    services.end_class(by=here.tom, held=held, now=NOW)
    client.post(f"/c/{held.code}/")
    assert "ended" in client.get(f"/c/{held.code}/").content.decode()
    assert client.get(f"/c/{held.code}/speak/").status_code == 302
    with pytest.raises(Refusal, match="ended"):
        services.speak_in_turn(
            held=held, form_key=held.ref, text="Hm.", kind="issue", keep_receipt=False, now=NOW
        )


def test_after_four_hours_it_ends_by_itself() -> None:
    _here, held = a_class()
    with pytest.raises(Refusal, match="ended"):
        services.speak_in_turn(
            held=held,
            form_key=held.ref,
            text="Hm.",
            kind="issue",
            keep_receipt=False,
            now=NOW + timedelta(hours=4),
        )


def test_the_code_is_typed_in_at_the_door_with_its_look_alikes_forgiven(client: Client) -> None:
    _here, held = a_class()
    typed = f" {held.code[:3].lower()}-{held.code[3:]}"
    assert client.post("/c/", {"code": typed})["Location"] == f"/c/{held.code}/"
    assert "We do not know this code" in client.post("/c/", {"code": "000000"}).content.decode()
    assert client.get("/c/000000/").status_code == 404


def test_the_start_page_says_what_happens_and_promises_no_secrecy(client: Client) -> None:
    _here, held = a_class()
    start = client.get(f"/c/{held.code}/").content.decode()
    assert "We cannot keep that to ourselves." in start
    begin(client, held)
    box = client.get(f"/c/{held.code}/speak/").content.decode()
    for page in (start, box, say(client, held)):
        assert promises_of_secrecy(page) == []
        assert "0800 1111" in page


def test_the_pages_cost_ten_queries_at_most(client: Client) -> None:
    here, held = a_class()
    begin(client, held)
    for rest in ("speak/", ""):
        with at_most(10):
            client.get(f"/c/{held.code}/{rest}")
    sign_in(client, here.tom)
    for name, args in (("classes", []), ("class_sheet", [held.code])):
        href = reverse(f"voices:{name}", args=[here.project.address, *args])
        client.get(href)
        with at_most(10):
            assert client.get(href).status_code == 200


def test_nothing_kept_says_which_class_said_it() -> None:
    names = {each.name for each in Voice._meta.get_fields()} | {
        each.name for each in Words._meta.get_fields()
    }
    assert not {each for each in names if "class" in each}
