"""Codes for people who are invited: shown once, kept as marks, and each works once."""

import csv
import io
import re
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.surveys import services
from goldenthread.listen.surveys.holder import Holder
from goldenthread.listen.surveys.models import Answers, Mark, Survey
from goldenthread.listen.surveys.tests.factories import Made, every_kind, key_of, opened, send
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.models import Strand
from goldenthread.projects.tests.factories import NOW
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys(tmp_path: Any, settings: Any) -> None:
    settings.DATA = tmp_path


def invited() -> Made:
    return opened(every_kind(open_to=Survey.OpenTo.INVITED))


def make(made: Made, count: int, **given: Any) -> list[str]:
    return services.make_codes(
        by=made.around.tom, survey=made.survey, count=count, now=NOW, **given
    )


def test_a_code_works_once_and_is_kept_nowhere() -> None:
    made = invited()
    strand = Strand.objects.create(project=made.around.project, name="Carers", short="CARERS")
    codes = make(made, 3, strand=strand)
    assert len(set(codes)) == 3
    kept = repr([vars(mark) for mark in Mark.objects.all()]) + repr(
        [bytes(entry.body) for entry in Entry.objects.all()]
    )
    assert not [code for code in codes if code in kept]
    send(made, made.given(weeks=1), holder=Holder(code=codes[0]))
    for used_or_unknown in (codes[0], "000000000000"):
        with pytest.raises(Refusal, match="opens nothing now"):
            send(made, made.given(weeks=2), holder=Holder(code=used_or_unknown))
    assert Answers.objects.count() == 1
    assert Mark.objects.filter(of="code", used=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_code_count_once() -> None:
    made = invited()
    [code] = make(made, 1)
    together, said = threading.Barrier(2), []

    def answer(weeks: int) -> None:
        together.wait(timeout=20)
        try:
            send(made, made.given(weeks=weeks), holder=Holder(code=code))
            said.append("taken")
        except Refusal:
            said.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=[number]) for number in (1, 2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=30)
    assert sorted(said) == ["refused", "taken"]
    assert Answers.objects.count() == 1


def test_slips_and_lists_come_once_and_lead_to_the_survey(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://survey.example.org"
    made = invited()
    tom = signed_in(made.around.tom)
    with clock.frozen(NOW):
        slips = tom.post(f"{made.desk}codes/", {"count": "3", "how": "slips"})
        assert slips.content.startswith(b"%PDF")
        many = tom.post(f"{made.desk}codes/", {"count": "201", "how": "slips"})
        assert "Make 200 slips at a time" in many.content.decode()
        listed = tom.post(f"{made.desk}codes/", {"count": "2", "how": "list"})
        rows = list(csv.reader(io.StringIO(listed.content.decode())))
        assert rows[0] == ["Code", "Address"]
        assert rows[1][1] == f"https://survey.example.org/survey/#{rows[1][0]}", "sent to no server"
        assert "5 codes have been made" in tom.get(f"{made.desk}codes/").content.decode()
        assert "You need a code for this." in client.get(made.base).content.decode()
        assert client.post(made.base)["Location"].endswith(made.base), "no code, no beginning"
        code = rows[1][0]
        assert code not in client.get(f"/survey/?code={code}").content.decode()
        client.post("/survey/", {"code": code})
        assert "Begin" in client.get(made.base).content.decode()
        client.post(made.base)
        client.post(f"{made.base}1/", {made.name("used"): "a2"})
        later = client.post(f"{made.base}2/", {made.name("weeks"): "3", "act": "later"})
        assert later.context["code"] != code
        client.post("/survey/", {"code": later.context["code"]})
        client.get(f"{made.base}check/")
        client.post(f"{made.base}check/", {"form_key": key_of(made)})
        assert Answers.objects.count() == 1
        assert "You have answered this. Thank you." in client.get(made.base).content.decode()
        used, unknown = (
            Client().post("/survey/", {"code": each}).content.decode().replace(each, "")
            for each in (code, "0000-0000-0000")
        )
        assert "This code opens nothing now." in used
        assert without_token(used) == without_token(unknown), "which were used is told to nobody"


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_whoever_made_a_code_finds_nothing_of_what_was_begun_with_it(client: Client) -> None:
    made = invited()
    [code] = make(made, 1)
    canary = {made.name("long"): "The heron stands alone.", made.name("used"): "a2"}
    with clock.frozen(NOW):
        client.post("/survey/", {"code": code})
        client.post(made.base)
        client.post(f"{made.base}1/", canary)
        client.post(f"{made.base}2/", canary)
        maker = signed_in(made.around.tom)
        maker.post("/survey/", {"code": code})
        assert "Go on where you were" not in maker.get(made.base).content.decode()
        maker.post(made.base)
        maker.post(f"{made.base}1/", {made.name("used"): "a1"})
        assert "heron" not in maker.get(f"{made.base}2/").content.decode()
        maker.post(made.base, {"act": "drop"})
        client.post("/survey/", {"code": code})
        assert "Go on where you were" in client.get(made.base).content.decode(), "nothing is lost"
        later = client.post(f"{made.base}2/", {**canary, "act": "later"})
        other = Client()
        other.post("/survey/", {"code": later.context["code"]})
        shown = other.get(f"{made.base}2/").content.decode()
        assert "heron" in shown, "the control: the code to come back with does open it"
        other.post(f"{made.base}check/", {"form_key": key_of(made), "receipt": "keep"})
    assert Voice.objects.count() == 1
    assert Mark.objects.get(of="code").used, "the invitation is used up by sending, not before"


@pytest.mark.parametrize("count", [0, 1001])
def test_too_few_or_too_many_codes_are_refused(count: int) -> None:
    with pytest.raises(Refusal, match="1 to 1,000"):
        make(invited(), count)
    with pytest.raises(Refusal, match="needs no codes"):
        make(opened(every_kind()), 1)
