from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.voices import queries, services
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.queries import BoardFilter, Filters
from goldenthread.listen.voices.tests.factories import (
    VoiceFactory,
    released_voice,
    signed_in,
    spoken,
    with_receipt,
)
from goldenthread.organisations.models import Label, Membership
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release.services import freeze

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _still() -> Any:
    with clock.frozen(NOW):
        yield


def board_of(project: Project, **query: str) -> Any:
    return Client().get(reverse("voices:board", args=[project.address]), query)


def words_on(project: Project, **filters: Any) -> list[str]:
    chosen = Filters(**filters)
    return [v.words.shown for v in queries.board(project, chosen).order_by(*chosen.order)]


def test_only_what_was_released_stands_on_the_board() -> None:
    project = listening_project().project
    gone = {
        "held": {"hidden": True},
        "withdrawn": {},
        "removed": {"unpublished_because": "method"},
    }
    for state, given in gone.items():
        voice = released_voice(project, f"Still {state}")
        Words.objects.filter(pk=voice.pk).update(state=state, **given)
    released_voice(project, "Read and released.")
    released_voice(listening_project().project, "Of others.")
    text = board_of(project).content.decode()
    assert "Read and released." in text
    assert "Still" not in text
    assert "Of others." not in text


def test_masks_show_and_what_they_cover_does_not() -> None:
    project = listening_project().project
    voice = released_voice(project, "Dr Who was late.")
    Words.objects.filter(pk=voice.pk).update(shown="[name removed] was late.")
    text = board_of(project).content.decode()
    assert "[name removed] was late." in text
    assert "Dr Who" not in text


def test_a_content_note_folds_the_story() -> None:
    project = listening_project().project
    voice = released_voice(project, "It was hard.", kind=Voice.Kind.STORY)
    Words.objects.filter(pk=voice.pk).update(note_shown="about loss")
    text = board_of(project).content.decode()
    folded = text[text.index("<details", text.index("A story<")) :]
    assert folded.index("about loss") < folded.index("It was hard.") < folded.index("</details>")


def test_the_board_says_the_month_and_nothing_finer() -> None:
    project = listening_project().project
    released_voice(project)
    text = board_of(project).content.decode()
    assert "March 2026" in text
    assert "9 March" not in text
    assert "10 March" not in text


def test_a_member_who_is_known_to_anyone_is_named_and_others_are_not() -> None:
    around = listening_project()
    released_voice(around.project, author=around.mina, known_as="named")
    released_voice(around.project, author=around.cara, known_as="support")
    text = board_of(around.project).content.decode()
    assert "Mina" in text
    assert "Cara" not in text


def test_labels_show_only_once_ten_people_carry_them_in_frozen_figures() -> None:
    around = listening_project()
    label = Label.objects.create(organisation=around.organisation, text="First year")
    for _each in range(9):
        VoiceFactory.create(words__project=around.project, labels=[label.ref])
    released_voice(around.project, labels=[label.ref])
    assert "First year" not in board_of(around.project).content.decode()
    freeze(project=around.project, now=NOW)
    assert "First year" in board_of(around.project).content.decode()


def test_control_with_nine_holders_the_label_stays_hidden_after_freezing() -> None:
    around = listening_project()
    label = Label.objects.create(organisation=around.organisation, text="First year")
    for _each in range(8):
        VoiceFactory.create(words__project=around.project, labels=[label.ref])
    VoiceFactory.create_batch(5, words__project=around.project)
    released_voice(around.project, labels=[label.ref])
    freeze(project=around.project, now=NOW)
    assert "First year" not in board_of(around.project).content.decode()


def test_the_board_narrows_by_kind_and_by_what_higher_rooms_bring(monkeypatch: Any) -> None:
    project = listening_project().project
    released_voice(project, "An idea here.", kind=Voice.Kind.IDEA)
    released_voice(project, "A problem here.")
    assert words_on(project, kind="idea") == ["An idea here."]
    narrow = BoardFilter(
        "shout",
        "How loud",
        lambda _project, _speaker: [("Loud", "loud")],
        lambda voices, _project, _value: voices.filter(words__shown__contains="problem"),
    )
    monkeypatch.setattr(queries, "board_filters", [narrow])
    text = board_of(project, shout="loud").content.decode()
    assert "How loud" in text
    assert "A problem here." in text
    assert "An idea here." not in text


@pytest.mark.parametrize("query", [{"kind": "idea"}, {"q": "evening"}])
def test_narrowed_to_fewer_than_ten_the_board_tells_no_number(query: dict[str, str]) -> None:
    project = listening_project().project
    for at in range(9):
        released_voice(project, f"Open in the evening {at}", kind=Voice.Kind.IDEA)
    released_voice(project, "Parking is dear.")
    text = board_of(project, **query).content.decode()
    assert "A few voices" in text
    assert "Nine voices" not in text
    assert "Ten voices" in board_of(project).content.decode()
    released_voice(project, "And the evening bus?", kind=Voice.Kind.IDEA)
    assert "Ten voices" in board_of(project, **query).content.decode()


def test_search_finds_words_in_this_project_alone_best_first() -> None:
    project = listening_project().project
    released_voice(project, "Counselling in the evenings would help.")
    released_voice(project, "Evening, evening, evening appointments for evening workers.")
    released_voice(project, "Parking is dear.")
    released_voice(listening_project().project, "Evening of the others.")
    found = words_on(project, search="evening")
    assert found == [
        "Evening, evening, evening appointments for evening workers.",
        "Counselling in the evenings would help.",
    ]
    assert words_on(project, search="nowhere") == []


def test_a_search_begins_with_the_newest_week_and_goes_back_as_far_as_it_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    project = listening_project().project
    days = [date(2026, 3, 9), date(2026, 3, 8), date(2025, 1, 1), date(2019, 5, 4)]
    for day in days:  # a Monday, the Sunday before it, and long ago
        voice = released_voice(project, f"Evening of {day}.")
        Words.objects.filter(pk=voice.pk).update(released_on=day)
    assert set(words_on(project, search="evening")) == {f"Evening of {day}." for day in days}
    monkeypatch.setattr(queries, "NEWEST", 2)
    assert set(words_on(project, search="evening")) == {f"Evening of {day}." for day in days[:2]}


@pytest.mark.parametrize("search", ["'", "a & | !", '"', "-", "\\", "p:*", "x" * 500])
def test_whatever_is_typed_in_the_search_is_answered(search: str) -> None:
    project = listening_project().project
    released_voice(project)
    assert board_of(project, q=search).status_code == 200
    assert board_of(project, q=search, theme="no topic").status_code == 200


@pytest.mark.parametrize("search", ["", "wait"])
def test_pages_follow_one_another_without_gap_or_repeat(search: str) -> None:
    project = listening_project().project
    for number in range(60):
        day = date(2026, 3, 1 + number % 9)
        voice = released_voice(project, f"Wait number{number}.")
        Words.objects.filter(pk=voice.pk).update(released_on=day)
    seen: list[str] = []
    href = f"?q={search}"
    while href:
        page = Client().get(reverse("voices:board", args=[project.address]) + href).context["page"]
        seen += [voice.words.shown for voice in page.rows]
        href = page.next_href
    assert len(seen) == 60
    assert len(set(seen)) == 60


def test_an_empty_board_says_so_and_a_narrow_search_offers_everything() -> None:
    project = listening_project().project
    assert "Nothing to read yet" in board_of(project).content.decode()
    released_voice(project)
    assert "Nothing here fits" in board_of(project, kind="praise").content.decode()


def test_the_board_of_members_is_not_there_for_others() -> None:
    around = listening_project(open_to=Project.OpenTo.MEMBERS)
    href = reverse("voices:board", args=[around.project.address])
    assert signed_in(around.mina).get(href).status_code == 200
    assert signed_in(around.nell).get(href).status_code == 404
    assert Client().get(href).status_code == 404


@pytest.mark.parametrize("who", ["guest", "member", "receipt"])
def test_three_voices_cost_as_many_queries_as_one_and_ten_at_most(who: str) -> None:
    around = listening_project()
    label = Label.objects.create(organisation=around.organisation, text="First year")
    VoiceFactory.create_batch(10, words__project=around.project, labels=[label.ref])
    browser = {
        "guest": Client,
        "member": lambda: signed_in(around.mina),
        "receipt": lambda: with_receipt(around.project)[0],
    }[who]()
    href = reverse("voices:board", args=[around.project.address])
    given = {"labels": [label.ref], "author": around.mina, "known_as": "named"}
    released_voice(around.project, **given)
    freeze(project=around.project, now=NOW)
    browser.get(href)
    with at_most(10) as one:
        browser.get(href)
    for _each in range(2):
        released_voice(around.project, **given)
    with at_most(len(one)):
        browser.get(href)


def test_agreeing_counts_one_person_once_and_not_the_author() -> None:
    around = listening_project()
    voice = released_voice(around.project, author=around.mina, known_as="named")
    href = reverse("voices:true_for_me", args=[around.project.address, voice.pk])
    for _time in range(2):
        signed_in(around.tom).post(href)
    voice.refresh_from_db()
    assert voice.agreed == 1
    assert signed_in(around.mina).post(href).status_code == 409
    assert (
        "True for you too"
        in signed_in(around.tom)
        .get(reverse("voices:board", args=[around.project.address]))
        .content.decode()
    )


def test_a_receipt_of_this_project_agrees_another_one_and_none_do_not() -> None:
    project, other = listening_project().project, listening_project().project
    voice = released_voice(project)
    href = reverse("voices:true_for_me", args=[project.address, voice.pk])
    assert Client().post(href).status_code == 409
    assert with_receipt(other)[0].post(href).status_code == 409
    assert with_receipt(project)[0].post(href).status_code == 302
    voice.refresh_from_db()
    assert voice.agreed == 1


@pytest.mark.parametrize("suspended", [True, False])
def test_an_account_alone_does_not_count_as_one_person(suspended: bool) -> None:  # noqa: FBT001
    around = listening_project()
    voice = released_voice(around.project)
    person = around.mina if suspended else around.stranger
    Membership.objects.filter(person=around.mina).update(suspended_on=NOW)
    board = reverse("voices:board", args=[around.project.address])
    assert "True for me too" not in signed_in(person).get(board).content.decode()
    href = reverse("voices:true_for_me", args=[around.project.address, voice.pk])
    assert signed_in(person).post(href).status_code == 409
    assert "True for me too" in signed_in(around.tom).get(board).content.decode()


def test_nobody_agrees_with_what_is_not_on_the_board() -> None:
    around = listening_project()
    voice = VoiceFactory.create(words__project=around.project)
    href = reverse("voices:true_for_me", args=[around.project.address, voice.pk])
    assert signed_in(around.tom).post(href).status_code == 404


def test_how_many_agree_is_told_only_from_ten_on_and_only_through_a_release() -> None:
    project = listening_project().project
    voice = released_voice(project)
    VoiceFactory.create_batch(10, words__project=project)
    for _each in range(12):
        services.say_true_for_me(by=with_receipt(project)[1], voice=voice, now=NOW)
    assert "true for them too" not in board_of(project).content.decode()
    freeze(project=project, now=NOW)
    assert "About 10 people say this is true for them too." in board_of(project).content.decode()


def test_marks_of_one_person_cannot_be_joined() -> None:
    around = listening_project()
    voices = [released_voice(around.project) for _each in range(2)]
    marks = {queries.mark_of(around.tom, voice) for voice in voices}
    assert len(marks) == 2
    assert spoken(around.project).voice.agreed == 0
