from datetime import date

import pytest
from django.db import IntegrityError, transaction

from goldenthread.kit.refusals import Refusal
from goldenthread.projects import queries, services
from goldenthread.projects.models import Terms
from goldenthread.projects.sealing import is_unchanged
from goldenthread.projects.tests.factories import NOW
from goldenthread.projects.tests.scenes import TERMS, Scene, open_scene
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


def test_the_draft_is_one_version_however_often_it_is_saved():
    scene = Scene()
    scene.write()
    scene.write(question="What helps while you wait?")
    terms = Terms.objects.get()
    assert (terms.version, terms.question, terms.sealed_on) == (
        1,
        "What helps while you wait?",
        None,
    )
    assert terms.written_by == scene.tom
    assert queries.current_terms(scene.project) is None
    assert queries.newest_terms(scene.project) == terms


def test_once_open_a_new_version_says_why_and_is_sealed_at_once():
    scene = open_scene()
    with pytest.raises(Refusal, match="say why") as refused:
        scene.write(hear_by=date(2026, 6, 8))
    assert refused.value.field == "change_because"
    scene.write(hear_by=date(2026, 6, 8), change_because="The room is free a week later.")
    first, second = Terms.objects.order_by("version")
    assert (first.hear_by, second.hear_by) == (date(2026, 6, 1), date(2026, 6, 8))
    assert is_unchanged(first)
    assert is_unchanged(second)
    assert queries.current_terms(scene.project) == second
    entry = Entry.objects.get(kind="project.terms-changed")
    assert bytes(second.commitment).hex() in bytes(entry.body).decode()


def test_a_new_version_changes_something_and_has_no_gap():
    scene = open_scene()
    with pytest.raises(Refusal, match="Nothing is different"):
        scene.write(change_because="To see.")
    with pytest.raises(Refusal, match="Please say who decides first") as refused:
        scene.write(who_decides="", change_because="To see.")
    assert refused.value.field == "who_decides"
    assert Terms.objects.count() == 1


def test_a_sealed_version_can_lose_neither_words_nor_seal_nor_reason():
    open_scene()
    for change in ({"question": ""}, {"commitment": None}, {"version": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Terms.objects.update(**change)


def test_who_writes_while_another_saves_loses_nothing():
    scene = Scene()
    scene.write()
    seen = services.edition(Terms.objects.get())
    scene.write(question="Tom's question?")
    with pytest.raises(Refusal, match="Somebody else changed the terms"):
        scene.write(question="Dev's question?", seen=seen)
    assert Terms.objects.get().question == "Tom's question?"


def test_the_debrief_is_not_before_people_hear():
    scene = Scene()
    with pytest.raises(Refusal, match="Choose a later day") as refused:
        scene.write(debrief_on=date(2026, 5, 1))
    assert refused.value.field == "debrief_on"


def test_the_decision_maker_writes_too_and_others_do_not():
    scene = Scene()
    dev = scene.give("dev", "decision-maker")
    services.write_terms(by=dev, project=scene.project, **TERMS, now=NOW)
    rosa = scene.give("rosa", "reader")
    with pytest.raises(Refusal, match="who decide in it"):
        services.write_terms(by=rosa, project=scene.project, **TERMS, now=NOW)


def test_the_public_page_marks_word_by_word_what_changed():
    scene = open_scene()
    scene.write(can_change="Opening hours, and how we keep in touch.", change_because="Clearer.")
    page = queries.terms_page(scene.project, today=NOW.date())
    assert [each.terms.version for each in page.versions] == [2, 1]
    (change,) = page.versions[0].changes
    assert change.title == "What can change"
    assert [(each.what, each.text.strip()) for each in change.pieces] == [
        ("same", "Opening"),
        ("removed", "times,"),
        ("added", "hours,"),
        ("same", "and how we keep in touch."),
    ]


@pytest.mark.parametrize(
    ("today", "late"),
    [
        (date(2026, 6, 1), 0),
        (date(2026, 6, 2), 1),
        (date(2026, 6, 30), 1),
        (date(2026, 7, 1), 2),
    ],
)
def test_a_promised_day_that_passes_shows_itself(today, late):
    scene = open_scene()
    assert len(queries.terms_page(scene.project, today=today).late) == late


def test_a_closed_project_keeps_its_terms():
    scene = open_scene()
    type(scene.project).objects.update(state="closed", closed_on=NOW.date())
    with pytest.raises(Refusal):
        scene.write(change_because="Too late.")
