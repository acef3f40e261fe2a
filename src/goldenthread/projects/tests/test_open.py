"""Listening cannot open before everything that people are promised stands ready."""

from datetime import timedelta

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.models import HelpLine
from goldenthread.people.accounts.models import Person
from goldenthread.projects import gates, services
from goldenthread.projects.models import Duty, Organisation, Project, Terms
from goldenthread.projects.readiness import preparation_page
from goldenthread.projects.sealing import is_unchanged
from goldenthread.projects.tests.factories import NOW
from goldenthread.projects.tests.scenes import Scene, open_scene, with_gate
from goldenthread.safety.readers.models import Reader
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


def missing(scene: Scene, now=NOW) -> list[str]:
    return [str(each) for each in gates.missing_to_open(scene.project, now=now)]


def test_with_everything_ready_nothing_is_missing_and_it_opens():
    scene = Scene().make_ready()
    assert missing(scene) == []
    scene.open()
    assert scene.project.state == Project.State.OPEN
    assert scene.project.opened_on.isoformat() == "2026-03-10"


@pytest.mark.parametrize(
    ("without", "sentences"),
    [
        ("terms", ["The terms are not written yet."]),
        ("reader", ["No reader is on the rota.", "Nobody else stands in when the reader is away."]),
        ("stand_in", ["Nobody else stands in when the reader is away."]),
        ("safeguarder", ["Nobody owns worries about safety yet."]),
        ("help_line", ["No help line is named that people can call."]),
        ("stages", ["It is not said from when to when you listen."]),
    ],
)
def test_each_missing_piece_is_a_sentence_with_a_link_and_who_supplies_it(without, sentences):
    scene = Scene().make_ready(without=without)
    found = gates.missing_to_open(scene.project, now=NOW)
    assert [str(each) for each in found] == sentences
    assert all(each.href.startswith("/") and each.who for each in found)
    with pytest.raises(Refusal, match=sentences[0]):
        scene.open()
    scene.project.refresh_from_db()
    assert scene.project.state == Project.State.DRAFT
    assert not Entry.objects.filter(kind="project.opened").exists()


@pytest.mark.parametrize("field", ["question", "can_change", "who_decides", "risks_accepted"])
def test_terms_with_a_gap_can_be_saved_but_not_opened(field):
    scene = Scene().make_ready()
    scene.write(**{field: ""})
    assert [each for each in missing(scene) if each.startswith("The terms do not say")]
    with pytest.raises(Refusal, match="The terms do not say"):
        scene.open()


def test_a_stand_in_is_another_person():
    scene = Scene().make_ready(without="stand_in")
    rosa = scene.person("rosa")
    Duty.objects.create(
        project=scene.project,
        reader=rosa,
        weekday=5,
        from_time="09:00",
        until_time="10:00",
        stand_in=True,
    )
    assert missing(scene) == ["Nobody else stands in when the reader is away."]


def test_a_duty_of_somebody_who_is_no_reader_any_more_does_not_count():
    scene = Scene().make_ready()
    role = scene.project.roles.get(person=scene.person("rosa"))
    services.end_role(by=scene.ada, role=role, now=NOW)
    assert "No reader is on the rota." in missing(scene)


def test_a_safeguarder_who_never_came_counts_as_nobody_yet():
    scene = Scene().make_ready()
    Person.objects.filter(pk=scene.person("priya").pk).update(expected=True)
    [shown] = preparation_page(scene.project, visible_to=scene.ada, now=NOW).missing
    assert shown.href == ""  # the way there is hers alone: she signs in
    [only] = gates.missing_to_open(scene.project, now=NOW)
    assert only.startswith("The safeguarder has not signed in yet.")
    assert only.who == "the safeguarder"
    scene.give("joan", "safeguarder")  # one of two is enough
    assert missing(scene) == []


def test_none_of_the_readers_has_practised():
    scene = Scene().make_ready()
    Reader.objects.filter(person=scene.person("rosa")).update(checked=0, agreed=0)
    assert missing(scene) == []  # one who is new, and has practised
    Reader.objects.update(practised_on=None, checked=0, agreed=0)
    assert missing(scene) == ["None of your readers has practised yet. It takes half an hour."]


@pytest.mark.parametrize(("days", "open_"), [(180, True), (181, False)])
def test_help_lines_were_checked_within_180_days(days, open_):
    scene = Scene().make_ready()
    HelpLine.objects.update(verified_on=NOW.date() - timedelta(days=days))
    assert (missing(scene) == []) is open_


def test_the_listen_window_must_not_be_over_and_the_debrief_not_before_its_end():
    scene = Scene().make_ready()
    assert missing(scene, NOW + timedelta(days=27)) == ["The last day of listening is over."]
    scene.write(hear_by="2026-04-01", debrief_on="2026-04-01")
    assert missing(scene) == ["The debrief is before listening ends on 5 April 2026."]


def test_kind_and_nation_of_the_organisation_are_known():
    scene = Scene().make_ready()
    Organisation.objects.update(kind="", nation="")
    scene.project = Project.objects.get()
    assert missing(scene) == [
        "The organisation has no kind yet.",
        "The organisation has no nation yet.",
    ]


def test_opening_seals_the_terms_and_the_record_keeps_the_seal_and_no_words():
    scene = open_scene()
    terms = Terms.objects.get()
    assert is_unchanged(terms)
    assert len(bytes(terms.salt)) == 32
    entry = Entry.objects.get(kind="project.opened")
    body = bytes(entry.body).decode()
    assert bytes(terms.commitment).hex() in body
    assert '"fact_version":1' in body
    assert "counselling" not in body
    assert entry.about == scene.project.ref


@pytest.mark.parametrize("field", ["question", "hear_by", "cannot_change"])
def test_control_changed_behind_our_back_the_seal_no_longer_holds(field):
    open_scene()
    value = "2026-07-01" if field == "hear_by" else "Something else."
    Terms.objects.update(**{field: value}, debrief_on="2026-07-30")
    assert not is_unchanged(Terms.objects.get())


@pytest.mark.parametrize(("sealed", "turned"), [("team", "shared"), ("shared", "team")])
def test_control_who_reads_is_in_the_seal(sealed, turned):
    scene = Scene()
    Project.objects.update(board=sealed)
    scene.project.refresh_from_db()
    scene.make_ready().open()
    assert is_unchanged(Terms.objects.get())
    Project.objects.update(board=turned)
    assert not is_unchanged(Terms.objects.get())


def test_two_seals_of_the_same_words_differ_so_that_nobody_guesses_them():
    first, second = open_scene(), open_scene()
    seals = {bytes(each.commitment) for each in Terms.objects.all()}
    assert len(seals) == 2
    assert first.project != second.project


def test_it_opens_once():
    scene = open_scene()
    with pytest.raises(Refusal, match="opened already"):
        scene.open()


@pytest.mark.parametrize(
    ("who", "may"), [("tom", True), ("ada", True), ("rosa", False), ("priya", False)]
)
def test_an_organiser_opens_and_nobody_else(who, may):
    scene = Scene().make_ready()
    person = getattr(scene, who, None) or scene.person(who)
    if may:
        services.open_listening(by=person, project=scene.project, now=NOW)
        return
    with pytest.raises(Refusal, match="Only an organiser"):
        services.open_listening(by=person, project=scene.project, now=NOW)


def test_other_rooms_may_stand_in_the_way_too(monkeypatch):
    scene = Scene().make_ready()
    with_gate(monkeypatch, "open", "The words for parents are missing.")
    with pytest.raises(Refusal, match="words for parents"):
        scene.open()
