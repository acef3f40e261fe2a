"""Who has not been heard: bands from the release alone, places by the season, words for all."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.outreach.queries import season_begins
from goldenthread.listen.outreach.tests.factories import answered, planned, there_are
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.organisations.models import Label
from goldenthread.projects.models import Project, Strand
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.equality.models import Asked
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release import figures
from goldenthread.safety.release.control.history import audit
from goldenthread.safety.release.models import Release
from goldenthread.safety.release.queries import latest
from goldenthread.safety.release.services import freeze


def at(here: Listening, more: str = "not-heard/") -> str:
    return f"/p/{here.project.address}/{more}"


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("name", ["mina", "rosa", "priya", "ada", "nell", "stranger"])
def test_the_whole_of_it_is_for_organisers_and_decision_makers(here: Listening, name: str) -> None:
    browser = signed_in(getattr(here, name))
    for more in ("outreach/", "outreach/new/"):
        assert browser.get(at(here, more)).status_code == 404
        assert Client().get(at(here, more)).status_code == 404
    for sees in ("tom", "cara", "dev"):
        assert signed_in(getattr(here, sees)).get(at(here, "outreach/")).status_code == 200
    assert Client().get(at(here)).status_code == 200


def test_bands_come_from_the_release_and_never_from_live_answers(here: Listening) -> None:
    answered(here.project, "international", no=92, yes=11)
    there_are(here, "international", no=12_000, yes=4_000)
    browser = signed_in(here.tom)
    assert "Bands come once figures are out" in text_of(browser.get(at(here, "outreach/")))
    freeze(project=here.project, now=NOW)
    said = text_of(browser.get(at(here, "outreach/")))
    assert "Heard well below their share: “Yes”." in said
    assert "25 of 100 people" in said
    assert "outreach/new/?for=group%3Ainternational%3Ayes" in said
    assert "Heard well below their share: “Yes”." in text_of(Client().get(at(here)))
    answered(here.project, "international", yes=60)
    assert text_of(browser.get(at(here, "outreach/"))) == said, "only a new release changes it"
    freeze(project=here.project, now=NOW)
    assert "Heard well below their share: “No”." in text_of(Client().get(at(here)))


def test_what_a_release_hides_is_not_said(here: Listening) -> None:
    answered(here.project, "domicile", england=60, wales=30, scotland=4)
    there_are(
        here,
        "domicile",
        **{"england": 500, "wales": 300, "scotland": 200, "northern-ireland": 0, "islands": 0}
        | {"european-union": 0, "elsewhere": 0},
    )
    freeze(project=here.project, now=NOW)
    said = text_of(signed_in(here.cara).get(at(here, "outreach/")))
    assert "Not said: " in said
    assert "Scotland" in said.split("Not said: ")[1].split(". Few")[0]
    assert "Scotland" not in text_of(Client().get(at(here)))


def test_a_question_without_numbers_asks_an_administrator(here: Listening) -> None:
    answered(here.project, "sex", female=30, male=30)
    freeze(project=here.project, now=NOW)
    said = text_of(signed_in(here.tom).get(at(here, "outreach/")))
    assert "Nothing to compare with" in said
    assert f"An administrator of {here.organisation.name} can enter them." in said
    Asked.objects.all().delete()
    assert "does not ask people about themselves" in text_of(Client().get(at(here)))


def strand(here: Listening, name: str) -> Strand:
    return Strand.objects.create(project=here.project, name=name, short=name[:6])


def spoke(here: Listening, number: int, on: date, **given: Any) -> list[Voice]:
    voices = [released_voice(here.project, f"Words {at}", **given) for at in range(number)]
    Words.objects.filter(pk__in=[each.pk for each in voices]).update(received_on=on)
    return voices


def test_strands_stand_side_by_side_from_ten_voices_on(here: Listening) -> None:
    pupils, parents = strand(here, "Pupils"), strand(here, "Parents")
    spoke(here, 13, date(2026, 3, 3), strand=pupils)
    spoke(here, 9, date(2026, 3, 3), strand=parents)
    assert "not counted yet" in text_of(Client().get(at(here)))
    release = freeze(project=here.project, now=NOW)
    assert latest(here.project).number(f"strand:{parents.ref}") is None
    assert f"strand:{pupils.ref}" in release.bases
    said = text_of(Client().get(at(here)))
    assert "<b>Parents</b> <span>fewer than 10 voices</span>" in said


def test_a_small_strand_cannot_be_worked_out_from_all_voices(here: Listening) -> None:
    """Every voice came by a strand or by none: shown side by side, one would tell the other."""
    pupils = strand(here, "Pupils")
    spoke(here, 29, date(2026, 3, 3), strand=pupils)
    spoke(here, 1, date(2026, 3, 3))
    counts = figures.counts_of(here.project)
    assert counts["voices"] == counts[f"strand:{pupils.ref}"] + counts["strand:none"] == 30
    freeze(project=here.project, now=NOW)
    said = latest(here.project)
    assert None in {said.number("voices"), said.number(f"strand:{pupils.ref}")}
    alone = {name: number for name, number in counts.items() if "unpublished" not in name}
    assert audit([], alone, {}, figures.OURS).beyond == frozenset(), "the negative control"


def test_silence_is_told_from_two_releases_and_only_of_places_that_ten_came_from(
    here: Listening,
) -> None:
    assert season_begins(date(2026, 3, 10)) == date(2025, 12, 1)
    assert season_begins(date(2026, 1, 31)) == date(2025, 10, 1)
    Project.objects.filter(ref=here.project.ref).update(opened_on=date(2025, 9, 1))
    here.project.refresh_from_db()
    carers = Label.objects.create(organisation=here.organisation, text="Carer")
    shifts = Label.objects.create(organisation=here.organisation, text="Night shift")
    far = Label.objects.create(organisation=here.organisation, text="Lighthouse")
    november = date(2025, 11, 20)
    for label, number in ((carers, 12), (shifts, 11), (far, 1)):
        spoke(here, number, november, labels=[label.ref])
    freeze(project=here.project, now=NOW)
    assert "no numbers from three months ago" in text_of(Client().get(at(here)))
    Release.objects.update(frozen_on=november)
    spoke(here, 10, date(2026, 2, 20), labels=[shifts.ref])
    spoke(here, 9, date(2026, 2, 20), labels=[carers.ref])
    freeze(project=here.project, now=NOW)
    said = text_of(Client().get(at(here)))
    assert "Few or no new voices for three months from: Carer." in said
    rows = {row.split("</b>")[0]: row.split("</li>")[0] for row in said.split("<li><b>")[1:]}
    assert "More voices than three months ago" in rows["Night shift"]
    alone = rows["Lighthouse"].removeprefix("Lighthouse</b>").strip()
    assert alone == "<span>fewer than 10 voices</span>", "of one person not a word more"
    spoke(here, 30, date(2026, 2, 25), labels=[carers.ref])
    assert text_of(Client().get(at(here))) == said, "nothing but a release changes it"
    freeze(project=here.project, now=NOW)
    assert "for three months from: Carer" not in text_of(Client().get(at(here)))
    Project.objects.filter(ref=here.project.ref).update(opened_on=date(2026, 1, 5))
    assert "More voices than three" not in text_of(Client().get(at(here)))


def test_who_is_silent_is_read_from_releases_and_never_from_voices(here: Listening) -> None:
    strand(here, "Pupils")
    spoke(here, 12, date(2026, 2, 3))
    freeze(project=here.project, now=NOW)
    with at_most(24) as captured:
        Client().get(at(here))
    read = [each["sql"] for each in captured.captured_queries]
    assert not any('"voices_voice"' in sql or '"reading_words"' in sql for sql in read)


def test_both_pages_cost_the_same_however_much_stands_on_them(here: Listening) -> None:
    def more(question: str, name: str, **counts: int) -> None:
        answered(here.project, question, **counts)
        there_are(here, question, **dict.fromkeys(counts, 50))
        spoke(here, 12, date(2026, 2, 3), strand=strand(here, name))
        Label.objects.create(organisation=here.organisation, text=name)
        planned(here, what=f"Visit {name}")
        freeze(project=here.project, now=NOW)

    more("sex", "First", female=30, male=20)
    browser = signed_in(here.tom)
    costs = {}
    for path in ("not-heard/", "outreach/"):
        browser.get(at(here, path))
        with at_most(10) as cost:
            browser.get(at(here, path))
        costs[path] = len(cost)
    more("mode", "Second", full=30, part=20)
    more("level", "Third", undergraduate=30, postgraduate=20)
    for path, cost in costs.items():
        with at_most(cost):
            assert "Visit Third" in text_of(browser.get(at(here, path)))
