"""Filling in a survey in a browser without scripts: nothing is lost, and it counts once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.listen.surveys import locks, queries, services
from goldenthread.listen.surveys.models import Answers, Mark, Survey, Unfinished, Wave
from goldenthread.listen.surveys.tests.factories import Made, every_kind, key_of, opened
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.organisations.tests.factories import OrganisationFactory
from goldenthread.people.receipts.services import open_with
from goldenthread.projects.models import Partner, Project
from goldenthread.projects.tests.factories import NOW
from goldenthread.projects.work import work_for

pytestmark = pytest.mark.django_db
CANARY = "The heron stands alone."


@pytest.fixture(autouse=True)
def _tuesday(tmp_path: Any, settings: Any) -> Iterator[None]:
    settings.DATA = tmp_path
    with clock.frozen(NOW):
        yield


def locked(made: Made) -> list[Any]:
    """What waits, opened as mixing would."""
    wave = Wave.objects.get(ref=made.wave.ref)
    sealed = [bytes(row.sealed or b"") for row in Answers.objects.filter(wave=wave)]
    return [each["given"] for each in locks.unlock(wave.batch, sealed)]


def fill(client: Client, made: Made, *, text: str = CANARY) -> Any:
    """Go through both parts to the last look."""
    client.post(made.base)
    client.post(f"{made.base}1/", {made.name("used"): "a1", made.name("how"): "2"})
    client.post(f"{made.base}2/", {made.name("weeks"): "6", made.name("long"): text})
    return client.get(f"{made.base}check/")


def test_a_guest_fills_it_in_looks_again_and_sends_it(client: Client) -> None:
    made = opened(every_kind())
    start = client.get(made.base).content.decode()
    assert "Nobody sees your own ticks." in start
    assert "Ticks cannot be taken back once sent" in start
    looked = fill(client, made).content.decode()
    for said in ("Yes", "Partly true", "6", CANARY, "Left out"):
        assert said in looked
    token = key_of(made)
    sent = client.post(f"{made.base}check/", {"form_key": token, "receipt": "keep"})
    assert sent["Location"].endswith("/sent/")
    code = client.get(sent["Location"]).context["handed"].code
    assert locked(made) == [made.given(used="a1", how=2, weeks=6)]
    voice = Voice.objects.get()
    assert (voice.words.text, voice.asked, voice.kind) == (CANARY, "What should change?", "answer")
    assert (voice.answers, voice.author) == (made.asked["long"].ref, None)
    assert open_with(code=code, now=NOW) == voice.receipt
    again = client.post(f"{made.base}check/", {"form_key": token, "receipt": "keep"})
    assert client.get(again["Location"]).context["handed"].code == code, "sent twice, counted once"
    assert (Answers.objects.count(), Voice.objects.count()) == (1, 1)
    assert not Unfinished.objects.exists()
    assert "You have answered this. Thank you." in client.get(made.base).content.decode()
    client.post(made.base, {"act": "another"})
    assert "Begin" in client.get(made.base).content.decode()


def test_who_goes_back_to_choose_otherwise_who_may_know_hears_that_it_stays(
    client: Client,
) -> None:
    made = opened(every_kind())
    Project.objects.filter(ref=made.around.project.ref).update(known_as=["support", "named"])
    fill(client, made)
    stays = "Who may know whose they are stays as you sent it first."
    sent = {"form_key": key_of(made), "receipt": "keep", "known_as": "named", "given_name": "Jo"}
    for given, said in (({}, False), ({}, False), ({"known_as": "support"}, True)):
        answer = client.post(f"{made.base}check/", sent | given, follow=True)
        assert (stays in answer.content.decode()) == said
    assert Voice.objects.get().known_as == "named"


def test_without_words_there_is_no_receipt_to_choose(client: Client) -> None:
    made = opened(every_kind())
    looked = fill(client, made, text="")
    assert "receipt" not in looked.context["form"].fields
    sent = client.post(f"{made.base}check/", {"form_key": key_of(made)}, follow=True)
    assert "only together with those of nine other people" in sent.content.decode()
    assert (Answers.objects.count(), Voice.objects.count()) == (1, 0)


def test_nothing_typed_is_lost_on_an_error_on_back_or_on_coming_back_later(client: Client) -> None:
    made = opened(every_kind())
    client.post(made.base)
    wrong = client.post(f"{made.base}1/", {made.name("lines", "-r1"): "3"})
    assert "Choose an answer to question 1." in wrong.content.decode()
    assert wrong.context["form"][made.name("lines", "-r1")].value() == "3"
    assert client.get(f"{made.base}1/").context["form"][made.name("lines", "-r1")].value() == "3"
    client.post(f"{made.base}1/", {made.name("used"): "a2"})
    typed = {made.name("long"): CANARY, made.name("weeks"): "many"}
    client.post(f"{made.base}2/", {**typed, "act": "back"})
    assert client.get(f"{made.base}2/").context["form"][made.name("weeks")].value() == "many"
    check = client.get(f"{made.base}check/")
    assert check["Location"].endswith("/2/?look=1"), "first what has to be put right"
    assert "Write a whole number" in client.get(check["Location"]).content.decode()
    later = client.post(f"{made.base}2/", {**typed, "act": "later"})
    code = later.context["code"]
    assert code.encode() in later.content
    assert client.get(f"{made.base}2/").status_code == 302, "nothing stays in this browser"
    other = Client()
    assert (
        "This code opens nothing now."
        in other.post("/survey/", {"code": "K7M3-9QXP-2RT5"}).content.decode()
    )
    other.post("/survey/", {"code": code.lower().replace("-", " ")})
    assert "Go on where you were" in other.get(made.base).content.decode()
    assert other.get(f"{made.base}2/").context["form"][made.name("long")].value() == CANARY
    services.drop_old(now=NOW + timedelta(days=29))
    assert Unfinished.objects.count() == 1
    services.drop_old(now=NOW + timedelta(days=30))
    assert not Unfinished.objects.exists()


def test_what_nobody_asked_to_keep_is_forgotten_after_a_day(client: Client) -> None:
    made = opened(every_kind())
    client.post(made.base)
    services.drop_old(now=NOW + timedelta(days=1))
    assert Unfinished.objects.count() == 1
    services.drop_old(now=NOW + timedelta(days=2))
    assert not Unfinished.objects.exists()


def test_a_member_answers_once_and_finds_again_what_they_began() -> None:
    made = opened(every_kind(open_to=Survey.OpenTo.MEMBERS))
    mina = signed_in(made.around.mina)
    assert "only for people with an account" in Client().get(made.base).content.decode()
    assert Client().post(made.base)["Location"].endswith(made.base)
    mina.post(made.base)
    kept = mina.post(f"{made.base}1/", {made.name("used"): "a1", "act": "later"}, follow=True)
    assert "Kept. It is here when you come back, for 30 days." in kept.content.decode()
    lines = [work.text for work in work_for(made.around.mina, [], now=NOW)]
    assert lines == ["You began to answer: How it is"]
    phone = signed_in(made.around.mina)
    assert phone.get(f"{made.base}1/").context["form"][made.name("used")].value() == "a1"
    fill(phone, made)
    data = {"form_key": key_of(made), "receipt": "keep"}
    phone.post(f"{made.base}check/", data)
    assert Voice.objects.get().author is None
    assert "You have answered this. Thank you." in mina.get(made.base).content.decode()
    assert mina.post(made.base)["Location"].endswith(made.base)
    assert not Unfinished.objects.exists()
    assert (Mark.objects.filter(of="member").count(), Answers.objects.count()) == (1, 1)


def test_a_second_language_is_read_and_what_was_typed_stays(client: Client) -> None:
    made = every_kind(second="cy", texts={"title": "Sut mae hi"})
    question = made.asked["used"]
    question.texts = {"text": "Ydych chi wedi ei ddefnyddio?", "options": {"a1": "Ydw"}}
    question.save()
    opened(made)
    assert "Sut mae hi" in client.get(f"{made.base}?lang=cy").content.decode()
    client.post(made.base, {"lang": "cy"})
    welsh = client.get(f"{made.base}1/").content.decode()
    assert '<bdi lang="cy" dir="ltr">Ydych chi wedi ei ddefnyddio?</bdi>' in welsh
    assert "No</bdi>" in welsh, "what is not translated stands in English"
    client.post(f"{made.base}1/", {made.name("used"): "a1", "act": "lang:"})
    english = client.get(f"{made.base}1/")
    assert "Have you used it?" in english.content.decode()
    assert english.context["form"][made.name("used")].value() == "a1"


def box_closes(made: Made) -> None:
    box = {"box_closed_on": NOW.date(), "box_closed_because": "readers-late"}
    Project.objects.filter(ref=made.around.project.ref).update(**box)


def test_when_the_box_closes_on_the_way_nothing_is_sent_before_the_words_were_seen(
    client: Client,
) -> None:
    made = opened(every_kind())
    fill(client, made)
    box_closes(made)
    shown = client.get(f"{made.base}2/").content.decode()
    assert "You cannot write here now" in shown
    assert CANARY in shown
    token, path = key_of(made), f"{made.base}check/"
    looked = client.post(path, {"form_key": token, "receipt": "keep"}).content.decode()
    assert "What you wrote was not sent" in looked
    assert CANARY in looked
    assert (Answers.objects.count(), Unfinished.objects.count()) == (0, 1)
    sent = client.post(path, {"form_key": token, "act": "ticks"})
    assert sent["Location"].endswith("/thanks/")
    assert locked(made) == [made.given(used="a1", how=2, weeks=6)]
    assert not Voice.objects.exists()


def test_what_was_being_written_when_the_box_closed_is_kept_and_shown(client: Client) -> None:
    made = opened(every_kind())
    fill(client, made, text="")
    box_closes(made)
    typed = {made.name("long"): CANARY, made.name("weeks"): "many"}
    wrong = client.post(f"{made.base}2/", typed).content.decode()
    assert CANARY in wrong, "also where something has to be put right"
    client.post(f"{made.base}2/", {**typed, made.name("weeks"): "6"})
    assert CANARY in client.get(f"{made.base}check/").content.decode()
    client.post(f"{made.base}2/", {made.name("weeks"): "7"})  # from a page without the box
    Project.objects.update(box_closed_on=None, box_closed_because="")
    assert client.get(f"{made.base}2/").context["form"][made.name("long")].value() == CANARY
    sent = client.post(f"{made.base}check/", {"form_key": key_of(made), "act": "ticks"})
    assert sent.status_code == 200, "words can be sent again, so the page asks as ever"
    assert not Answers.objects.exists()


def test_while_the_box_is_closed_who_wrote_nothing_sends_as_ever(client: Client) -> None:
    made = opened(every_kind())
    box_closes(made)
    looked = fill(client, made, text="").content.decode()
    assert "What you wrote was not sent" not in looked
    client.post(f"{made.base}check/", {"form_key": key_of(made)})
    assert locked(made) == [made.given(used="a1", how=2, weeks=6)]


def test_what_was_being_written_when_it_closed_is_shown_to_be_copied(client: Client) -> None:
    made = opened(every_kind())
    fill(client, made)
    services.close_survey(by=made.around.tom, survey=made.survey, now=NOW)
    shown = client.post(f"{made.base}2/", {made.name("long"): CANARY}).content.decode()
    assert "This survey has closed" in shown
    assert CANARY in shown
    assert "This survey has closed" in client.get(made.base).content.decode()
    assert queries.asking_wave(made.survey, now=NOW) is None


def test_what_was_written_in_a_browser_that_has_not_begun_is_shown_to_be_copied(
    client: Client,
) -> None:
    made = opened(every_kind())
    shown = client.post(f"{made.base}2/", {made.name("long"): CANARY}).content.decode()
    assert "This was not sent" in shown
    assert "This survey has closed" not in shown
    assert CANARY in shown
    assert f'href="{made.base}"' in shown


def test_all_who_ask_are_named(client: Client) -> None:
    made = opened(every_kind())
    project = made.around.project
    Partner.objects.create(
        project=project, organisation=OrganisationFactory.create(name="Harbour Trust")
    )
    start = client.get(made.base).content.decode()
    assert project.organisation.name in start
    assert "Harbour Trust" in start


def test_a_survey_that_is_being_written_is_not_there_for_those_who_answer(client: Client) -> None:
    made = every_kind()
    for path in ("", "1/", "check/", "thanks/"):
        assert client.get(f"{made.base}{path}").status_code == 404
