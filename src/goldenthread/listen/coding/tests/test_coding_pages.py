from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.coding import services
from goldenthread.listen.coding.models import Code, Coding, Round, Unit
from goldenthread.listen.coding.tests.factories import round_in, sort_all, two_codes
from goldenthread.listen.themes.tests.factories import theme_with, voices_of
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.organisations.models import Membership
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.projects.work import work_for
from goldenthread.safety.reading import services as reading


def at(here: Listening, path: str = "") -> str:
    return f"/p/{here.project.address}/codebook/{path}"


@pytest.mark.parametrize("name", ["mina", "rosa", "dev", "ada", "nell"])
def test_the_codebook_is_there_for_those_who_group_and_those_who_code(
    here: Listening, name: str
) -> None:
    two_codes(here)
    client = signed_in(getattr(here, name))
    assert client.get(at(here)).status_code == 404
    assert client.get(at(here, "rounds/")).status_code == 404
    assert Client().get(at(here)).status_code == 404
    round_ = round_in(here)
    mine = name == "mina"
    for path in ("", f"rounds/{round_.ref}/", f"rounds/{round_.ref}/code/"):
        assert client.get(at(here, path)).status_code == (200 if mine else 404)
    for path in ("settle/", "stop/"):
        assert client.post(at(here, f"rounds/{round_.ref}/{path}")).status_code == 404


def test_a_round_of_another_project_is_not_there(here: Listening) -> None:
    far = listening_project()
    two_codes(far)
    round_ = round_in(far)
    client = signed_in(here.tom)
    assert client.get(at(here, f"rounds/{round_.ref}/")).status_code == 404
    assert client.post(at(here, f"rounds/{round_.ref}/stop/")).status_code == 404


def test_a_code_is_written_by_a_plain_form(here: Listening) -> None:
    theme = theme_with(here.project, 2)
    client, path = signed_in(here.tom), at(here, f"themes/{theme.ref}/")
    assert "Say in a sentence" in client.post(path, {"definition": ""}).content.decode()
    given = {"definition": "Waiting.", "example": voices_of(theme)[0], "version": 0}
    client.post(path, given)
    assert Code.objects.get().example_id == voices_of(theme)[0]
    body = client.get(at(here)).content.decode()
    assert "Waiting." in body
    assert "Nobody told me how long" in body
    assert "selected" in client.get(path).content.decode()


def test_a_pair_codes_compares_and_settles_by_plain_forms(here: Listening) -> None:
    waiting, told = two_codes(here)
    tom, mina, cara = (signed_in(each) for each in (here.tom, here.mina, here.cara))
    given = {"number": 10, "people": [here.cara.ref], "emails": f"{here.mina.email}\n"}
    refused = tom.post(at(here, "rounds/"), {**given, "emails": ""})
    assert "at least two people" in refused.content.decode()
    tom.post(at(here, "rounds/"), given)
    one = at(here, f"rounds/{Round.objects.get().ref}/")
    [work] = [each for each in work_for(here.mina, [], now=NOW) if "sort" in each.text]
    assert work.href == f"{one}code/"
    for client, first in ((mina, waiting), (cara, told)):
        for number in range(10):
            body = client.get(f"{one}code/").context
            path = f"{one}code/{body['next'].unit.ref}/"
            assert "Choose a topic" in client.post(path).content.decode()
            chosen = {"themes": first.ref if number == 0 else waiting.ref}
            client.post(path, {"none": "on"} if number == 5 else chosen)
        assert "You have sorted them all" in client.get(f"{one}code/").content.decode()
        seen = client.get(one).content.decode()
        assert "Where you differ" not in seen
        assert "Waiting" not in seen
        client.post(f"{one}done/")
    assert "Cara: Being told" in tom.get(one).content.decode().replace("</li>", "")
    body = tom.get(one).content.decode()
    assert "Krippendorff" in body
    assert "Settle this round" not in body
    assert "Talk it through" not in mina.get(one).content.decode()
    unit = Coding.objects.filter(themes=[told.ref]).get().unit_id
    talk = f"{one}voices/{unit}/"
    assert "few words" in tom.post(talk, {"note": ""}).content.decode()
    assert mina.get(talk).status_code == 404
    seen = {"seen": Unit.objects.get(ref=unit).edition}
    tom.post(talk, {"themes": told.ref, "note": "It is about the letter."} | seen)
    assert "It is about the letter." in mina.get(one).content.decode()
    tom.post(f"{one}settle/", {"apply": "on"})
    assert "put into the themes" in tom.get(one).content.decode()


def test_a_form_sent_twice_does_not_answer_for_the_next_voice(here: Listening) -> None:
    waiting, _told = two_codes(here)
    round_ = round_in(here)
    client, one = signed_in(here.mina), at(here, f"rounds/{round_.ref}/code/")
    unit = client.get(one).context["next"].unit
    for _ in range(2):
        client.post(f"{one}{unit.ref}/", {"themes": waiting.ref})
    client.post(one, {"themes": waiting.ref})
    assert Coding.objects.count() == 1


def test_an_answer_for_what_was_taken_back_is_saved_for_nothing_else(here: Listening) -> None:
    waiting, _told = two_codes(here)
    round_ = round_in(here)
    client, one = signed_in(here.mina), at(here, f"rounds/{round_.ref}/code/")
    unit = client.get(one).context["next"].unit
    reading.withdraw(words=unit.voice.words, now=NOW)
    answer = client.post(f"{one}{unit.ref}/", {"themes": waiting.ref}, follow=True)
    assert "not here any more" in answer.content.decode()
    after = answer.context["next"].unit
    assert after != unit
    assert not Coding.objects.exists()
    client.post(f"{one}{after.ref}/", {"themes": waiting.ref})
    assert Coding.objects.get().unit == after


def test_a_note_goes_with_its_voice_and_figures_stay_as_they_were_compared(
    here: Listening,
) -> None:
    waiting, told = two_codes(here)
    round_ = round_in(here)
    sort_all(round_, here.cara, waiting, told)
    sort_all(round_, here.mina, waiting, told, odd=told)
    client, page = signed_in(here.tom), at(here, f"rounds/{round_.ref}/")
    rows = client.get(page).context["rows"]
    assert [row[:2] for row in rows] == [["Being told", "11"], ["Waiting", "9"]]
    unit = Coding.objects.get(unit=round_.units.order_by("place")[0], coder__person=here.cara).unit
    given = {"themes": told.ref, "note": "She says: the letter.", "seen": unit.edition}
    client.post(f"{page}voices/{unit.ref}/", given)
    assert "She says: the letter." in client.get(page).content.decode()
    reading.withdraw(words=unit.voice.words, now=NOW)
    assert "She says: the letter." not in client.get(page).content.decode()
    assert client.get(page).context["rows"] == rows
    reading.destroy_due(now=NOW + timedelta(days=7))
    unit.refresh_from_db()
    assert unit.note == ""


def test_work_is_listed_only_for_those_who_may_still_sort(here: Listening) -> None:
    two_codes(here)
    round_in(here)

    def listed(person: Any) -> list[str]:
        found = [each.href for each in work_for(person, [], now=NOW) if "sort" in each.text]
        assert all(signed_in(person).get(href).status_code == 200 for href in found)
        return found

    project = Project.objects.filter(ref=here.project.ref)
    assert listed(here.mina)
    project.update(board=Project.Board.TEAM)
    assert not listed(here.mina), "she may not read the voices"
    assert listed(here.cara), "she holds a role"
    project.update(board=Project.Board.SHARED)
    assert listed(here.mina)
    project.update(state=Project.State.CLOSED, closed_on=NOW.date())
    assert not listed(here.cara)
    project.update(state=here.project.state, closed_on=None)
    Membership.objects.filter(person=here.mina).update(suspended_on=NOW.date())
    assert not listed(here.mina)


@pytest.mark.parametrize("path", ["", "themes/{theme}/", "rounds/", "rounds/{round}/"])
def test_queries_stay_few_with_one_and_with_three(here: Listening, path: str) -> None:
    waiting, told = two_codes(here)
    round_ = round_in(here, 12)
    sort_all(round_, here.cara, waiting)
    sort_all(round_, here.mina, waiting, odd=told)
    client = signed_in(here.tom)
    href = at(here, path.format(theme=waiting.ref, round=round_.ref))
    client.get(href)
    used = []
    for _ in range(2):
        with at_most(10) as counted:
            assert client.get(href).status_code == 200
        used.append(len(counted))
        for more in range(2):
            theme = theme_with(here.project, 1)
            services.write_code(by=here.tom, theme=theme, definition="More.", now=NOW)
            unit = round_.units.order_by("-place")[more]
            Coding.objects.filter(unit=unit, coder__person=here.cara).update(themes=[told.ref])
    assert used[1] <= used[0]
