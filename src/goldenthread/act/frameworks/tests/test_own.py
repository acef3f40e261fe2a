"""A list of one's own: typed in or from a file, seen first, kept whole or not at all."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from goldenthread.act.frameworks.models import Chosen, Framework, Item
from goldenthread.kit import clock
from goldenthread.kit.carrying import LASTS
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

GOOD = (
    "part,number,name,gist\nWelcome,1,First call,Someone answers\n"
    "Money,2,Fares,\nWelcome,3,First visit,\n"
)


def at(here: Listening, more: str = "own/") -> str:
    return f"/p/{here.project.address}/frameworks/{more}"


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def csv(text: str) -> dict[str, Any]:
    return {"title": "What we promised", "file": SimpleUploadedFile("own.csv", text.encode())}


def test_a_list_is_previewed_kept_and_chosen(here: Listening) -> None:
    browser = signed_in(here.tom)
    shown = browser.post(at(here), {"title": "What we promised", "lines": GOOD})
    assert "First visit" in text_of(shown)
    assert not Framework.objects.exists()
    sealed = shown.context["sealed"]
    browser.post(at(here, "own/save/"), {"read": sealed})
    framework = Framework.objects.get(organisation=here.organisation)
    items = Item.objects.filter(part__framework=framework)
    assert list(
        items.order_by("part__position", "position").values_list("part__name", "number", "name")
    ) == [("Welcome", "1", "First call"), ("Welcome", "3", "First visit"), ("Money", "2", "Fares")]
    assert Chosen.objects.get().framework == framework
    browser.post(
        at(here, "own/save/"), {"read": browser.post(at(here), csv(GOOD)).context["sealed"]}
    )
    assert [each.version for each in Framework.objects.order_by("version")] == ["1", "2"]


def test_a_preview_holds_for_one_project_and_half_an_hour(here: Listening) -> None:
    browser = signed_in(here.tom)
    sealed = browser.post(at(here), csv(GOOD)).context["sealed"]
    far = listening_project()
    assert signed_in(far.tom).post(at(far, "own/save/"), {"read": sealed}).status_code == 409
    with clock.frozen(NOW + timedelta(seconds=LASTS + 1)):
        assert browser.post(at(here, "own/save/"), {"read": sealed}).status_code == 409
    assert not Framework.objects.exists()


def test_lists_of_others_are_not_offered(here: Listening) -> None:
    far = listening_project()
    browser = signed_in(far.tom)
    sealed = browser.post(at(far), csv(GOOD)).context["sealed"]
    browser.post(at(far, "own/save/"), {"read": sealed})
    theirs = Framework.objects.get()
    ours = signed_in(here.tom)
    assert "What we promised" not in text_of(ours.get(at(here, "")))
    assert ours.post(at(here, "choose/"), {"framework": str(theirs.ref)}).status_code == 409


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("part,number\nWelcome,1\n", "There is no column called “name”."),
        ("part,name\nWelcome,\n", "The name is empty."),
        ("part,name\n,First call\n", "The part is empty."),
        ("part,name\nA,One\nA,One\n", "This is in line 2 already."),
        ("part,name\nA," + "x" * 161 + "\n", "The name is longer than 160 letters."),
        ("part,name\n" + "".join(f"A,{n}\n" for n in range(201)), "more than 200 items"),
        ("PK\x03", "This is a spreadsheet"),
    ],
)
def test_every_fault_is_said_and_nothing_is_kept(here: Listening, text: str, says: str) -> None:
    answer = signed_in(here.tom).post(at(here), csv(text))
    assert says in text_of(answer)
    assert not answer.context.get("sealed")
    typed = signed_in(here.tom).post(at(here), {"title": "Ours", "lines": text})
    assert says in text_of(typed)
    assert not Framework.objects.exists()


def test_a_list_without_lines_or_title_is_asked_for(here: Listening) -> None:
    browser = signed_in(here.tom)
    assert "Write the items, or choose a file." in text_of(browser.post(at(here), {"title": "x"}))
    assert "Give the list a title." in text_of(browser.post(at(here), {"lines": GOOD}))
