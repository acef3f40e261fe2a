import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail

from goldenthread.act.decisions.models import Decision
from goldenthread.act.plans.models import Action
from goldenthread.config.cli import parser
from goldenthread.kit import clock
from goldenthread.kit.holder import Holder, handed_out, rows_of
from goldenthread.kit.sealing import seal
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.voices.models import Draft, Voice
from goldenthread.listen.voices.tests.factories import holder_of, signed_in, spoken, with_receipt
from goldenthread.people.accounts.models import Person
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.reading.models import Exchange, Words

pytestmark = pytest.mark.django_db
CODE = re.compile(r"^ {4}([A-Z]{4}-[A-Z]{4})$", re.MULTILINE)
PAGE = 60  # lines on a printed page


@pytest.fixture(autouse=True)
def _time() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def here() -> Any:
    return listening_project()


def the_file(person: Person, shape: str, code: str | None = None) -> Any:
    browser = signed_in(person)
    assert browser.post("/account/everything/").status_code == 302
    right = CODE.search(str(mail.outbox[-1].body))
    assert right is not None
    return browser.post("/account/everything/code/", {"code": code or right[1], "shape": shape})


def test_the_file_holds_what_somebody_said_and_nothing_of_others(here: Any) -> None:
    mine = spoken(here.project, "A kingfisher.", by=here.mina, known_as="support").voice
    spoken(here.project, "A wren.", by=here.cara, known_as="support")
    Exchange.objects.create(
        words=mine.words, kind="asked", text="Which?", by=here.rosa, on=NOW, place=0
    )
    answer = the_file(here.mina, "json")
    assert answer["Content-Disposition"] == 'attachment; filename="everything.json"'
    text = answer.content.decode()
    data = json.loads(text)
    for wanted in ("A kingfisher.", "Which?", here.mina.email, here.project.title):
        assert wanted in text
    for foreign in ("A wren.", here.rosa.email, str(here.rosa.pk), here.cara.email):
        assert foreign not in text
    assert [each["what"] for each in data["held"]][:2] == [
        "Your account",
        "That you belong to an organisation",
    ]


def test_the_page_to_read_holds_the_same_and_fetches_nothing(here: Any) -> None:
    spoken(here.project, "A <b>kingfisher</b>.", by=here.mina, known_as="support")
    text = the_file(here.mina, "html").content.decode()
    assert "A &lt;b&gt;kingfisher&lt;/b&gt;." in text
    assert not re.search(r"src=|href=|<script|<link|url\(|@import", text)
    assert "<style>" in text
    assert not re.search(r"2026-03-10|: True|&#x27;", text)


def test_who_else_looks_after_an_action_is_not_in_the_file(here: Any) -> None:
    counted = {"number": 1, "how_many": 2, "how_many_lived": 1, "decided_on": NOW.date()}
    said = {"title": "Yes", "outcome": "yes", "why": "It helps."}
    decision = Decision.objects.create(project=here.project, **said, **counted)
    Action.objects.create(
        project=here.project,
        decision=decision,
        what="Ring back",
        due_on=NOW.date(),
        planned_on=NOW.date(),
        owner=here.cara,
        owner_name="Canary Cara",
        co_owner=here.mina,
        co_owner_name="Mina",
    )
    text = the_file(here.mina, "json").content.decode()
    assert "Ring back" in text
    assert "Canary Cara" not in text


def test_a_draft_is_opened_for_its_writer(here: Any) -> None:
    Draft.objects.create(person=here.mina, project=here.project, on=NOW, sealed=seal("A robin"))
    assert "A robin" in the_file(here.mina, "json").content.decode()


def test_without_the_code_from_the_mail_there_is_no_file(here: Any) -> None:
    answer = the_file(here.mina, "json", code="BCDF-GHJK")
    assert answer["Content-Type"].startswith("text/html")
    assert "That code is not right" in answer.content.decode()


def test_a_receipt_with_three_voices_costs_as_much_as_with_one(here: Any) -> None:
    browser, holder = with_receipt(here.project)
    counts = []
    for texts in (["A kingfisher."], ["A robin.", "A wren."]):
        for text in texts:
            spoken(here.project, text, by=holder, add_to_mine=True)
        with at_most(24) as asked:  # it looks into every table that could hold something
            browser.get("/receipt/everything/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_before_the_file_is_light(here: Any) -> None:
    browser = signed_in(here.mina)
    with at_most(10):
        assert browser.get("/account/everything/").status_code == 200


def test_a_guest_is_asked_to_sign_in_or_for_the_receipt(client: Any) -> None:
    assert client.get("/account/everything/")["Location"].startswith("/account/sign-in/")
    assert client.get("/receipt/everything/")["Location"] == "/receipt/"


def test_behind_a_receipt_stand_kinds_and_days_and_never_words(here: Any) -> None:
    browser, holder = with_receipt(here.project)
    said = spoken(here.project, "A kingfisher.", by=holder, add_to_mine=True)
    assert said.voice.receipt_id == holder.receipt
    shown = browser.get("/receipt/everything/").content.decode()
    assert "What you said" in shown
    assert "10 March 2026" in shown
    assert not re.search("2026-03|drawer|salt|True", shown)
    assert "kingfisher" not in shown


def test_what_a_safeguarder_wrote_is_not_handed_out_by_a_button(here: Any) -> None:
    voice = spoken(here.project, "A kingfisher.", by=here.mina, known_as="support").voice
    given = {"project": here.project, "words": voice.words, "raised_on": NOW, "raised_at": NOW}
    Concern.objects.create(**given, why="Canary-concern")
    text = the_file(here.mina, "json").content.decode()
    assert "Canary-concern" not in text
    assert "You can ask for it." in text


def test_the_drill_fits_on_a_page_and_shows_no_words(
    here: Any, capsys: Any, monkeypatch: Any
) -> None:
    said = spoken(here.project, "A kingfisher.", keep_receipt=True)
    holder = holder_of(said)
    for text in ("A robin.", "A wren."):
        spoken(here.project, text, by=holder, add_to_mine=True)
    options = parser().parse_args(["privacy", "drill"])
    monkeypatch.setattr("sys.stdin", _Typed(said.code))
    assert options.act(options) == 0
    out = capsys.readouterr().out
    assert Words.objects.count() == 3
    assert len(out.splitlines()) <= PAGE
    assert not re.search("kingfisher|robin|wren", out)
    assert out.count("received on: 2026-03-10") == 3
    assert str(bytes(Voice.objects.first().receipt.auth)) not in out


class _Typed:
    def __init__(self, line: str) -> None:
        self.line = line

    def readline(self) -> str:
        return self.line + "\n"


def test_a_table_that_names_the_wrong_owner_is_noticed(here: Any, monkeypatch: Any) -> None:
    """The negative control: were voices said to be nobody's, the words would be missing."""
    spoken(here.project, "A kingfisher.", by=here.mina, known_as="support")
    assert Words in rows_of(Holder(person=here.mina.pk))
    monkeypatch.setattr(Voice, "held", replace(Voice.held, person="", receipt=""))
    assert Words not in rows_of(Holder(person=here.mina.pk))
    found = handed_out(Holder(person=here.mina.pk), words=True)
    assert not any("A kingfisher." in row.shown.values() for kind in found for row in kind.rows)
