import pytest
from django.db import IntegrityError

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import unseal
from goldenthread.listen.voices import queries, services
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import holder_of, spoken
from goldenthread.organisations.models import Label
from goldenthread.people.receipts import services as receipts
from goldenthread.people.receipts.codes import looks_like_receipt
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects.models import Project, Strand
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import Entry, HeldEntry

pytestmark = pytest.mark.django_db


def test_what_a_guest_says_is_held_for_a_reader_and_leads_back_only_by_its_receipt() -> None:
    around = listening_project()
    said = spoken(around.project, "The wait is long.", would_have_helped="A letter.")
    voice = Voice.objects.get()
    assert voice.words.state == Words.State.HELD
    assert (voice.words.text, voice.words.would_have_helped) == ("The wait is long.", "A letter.")
    assert (voice.author, voice.given_name, voice.known_as) == (None, None, "unlinked")
    assert receipts.open_with(code=said.code, now=NOW) == voice.receipt
    assert queries.mine(Guest(receipt=voice.receipt_id)).get() == voice


def test_without_a_receipt_nothing_leads_back() -> None:
    said = spoken(listening_project().project, keep_receipt=False)
    assert said.code is None
    assert said.voice.receipt is None
    assert not Receipt.objects.exists()


def test_a_member_who_chooses_nobody_gets_no_link_and_one_who_does_not_finds_it_again() -> None:
    around = listening_project()
    spoken(around.project, by=around.mina, known_as="unlinked")
    assert not queries.mine(around.mina).exists()
    linked = spoken(around.project, "Evenings would help.", by=around.mina, known_as="support")
    assert queries.mine(around.mina).get() == linked.voice
    assert not queries.mine(around.tom).exists()


def test_the_database_itself_refuses_an_author_who_wants_to_be_nobody() -> None:
    around = listening_project()
    said = spoken(around.project, by=around.mina)
    with pytest.raises(IntegrityError, match="unlinked_voices_have_no_author"):
        Voice.objects.filter(pk=said.voice.pk).update(author=around.mina)


def test_a_guest_known_to_support_alone_is_sealed_and_is_not_in_the_words() -> None:
    said = spoken(listening_project().project, known_as="support", given_name="Jo, 07700 900123")
    assert unseal(said.voice.given_name) == "Jo, 07700 900123"
    assert "Jo" not in said.voice.words.text


def test_a_guest_known_to_anyone_signs_the_words_so_that_the_reader_reads_the_name_too() -> None:
    said = spoken(listening_project().project, known_as="named", given_name="Jo")
    assert said.voice.words.text.endswith("\n\n— Jo")
    assert said.voice.given_name is None


@pytest.mark.parametrize("known_as", ["named", "support"])
def test_a_guest_who_wants_to_be_known_must_say_by_what(known_as: str) -> None:
    with pytest.raises(Refusal) as refusal:
        spoken(listening_project().project, known_as=known_as)
    assert refusal.value.field == "given_name"


@pytest.mark.parametrize("field", ["text", "would_have_helped", "content_note", "given_name"])
def test_a_receipt_in_any_box_is_refused(field: str) -> None:
    project = listening_project().project
    code = spoken(project).code
    given = {"text": "Words.", "known_as": "support", "given_name": "Jo", field: f"see {code}"}
    with pytest.raises(Refusal) as refusal:
        spoken(project, **given)
    assert refusal.value.field == field
    assert Voice.objects.count() == 1
    assert looks_like_receipt(code)


def test_labels_are_the_organisations_own_and_two_at_most() -> None:
    around = listening_project()
    ours = [Label.objects.create(organisation=around.organisation, text=text) for text in "abc"]
    theirs = Label.objects.create(
        organisation=around.nell.memberships.get().organisation, text="theirs"
    )
    said = spoken(around.project, labels=[ours[0].ref, theirs.ref])
    assert said.voice.labels == [ours[0].ref]
    with pytest.raises(Refusal) as refusal:
        spoken(around.project, labels=[label.ref for label in ours])
    assert refusal.value.field == "labels"


def test_the_strand_of_the_link_stays_with_the_voice() -> None:
    project = listening_project().project
    strand = Strand.objects.create(project=project, name="Parents", short="PARENT")
    assert spoken(project, strand=strand).voice.strand == strand


def test_more_words_can_be_added_to_the_receipt_that_is_open() -> None:
    project = listening_project().project
    first = spoken(project).voice
    by = Guest(receipt=first.receipt_id)
    second = spoken(project, "One more thing.", by=by, keep_receipt=False, add_to_mine=True)
    assert second.code is None
    assert set(queries.mine(by)) == {first, second.voice}


def test_a_receipt_of_another_project_holds_nothing_of_this_one() -> None:
    elsewhere = spoken(listening_project().project).voice.receipt_id
    here = listening_project().project
    said = spoken(here, by=Guest(receipt=elsewhere), keep_receipt=False, add_to_mine=True)
    assert said.voice.receipt is None


def test_the_record_tells_of_words_but_holds_none_and_waits_for_the_shuffle() -> None:
    said = spoken(listening_project().project, "Secret words.")
    held = HeldEntry.objects.get(about=said.voice.ref)
    assert "Secret" not in str(held.facts)
    assert not Entry.objects.filter(about=said.voice.ref).exists()


def test_a_stranger_cannot_write_in_a_project_for_members() -> None:
    around = listening_project(open_to=Project.OpenTo.MEMBERS)
    with pytest.raises(Refusal):
        spoken(around.project, by=around.stranger)
    assert spoken(around.project, by=around.mina).voice.pk


def test_only_the_author_takes_words_back_and_can_undo_it() -> None:
    around = listening_project()
    voice = spoken(around.project, by=around.mina, known_as="named").voice
    with pytest.raises(Refusal):
        services.take_back(by=around.tom, voice=voice, now=NOW)
    services.take_back(by=around.mina, voice=voice, now=NOW)
    assert Words.objects.get().state == Words.State.WITHDRAWN
    voice.words.refresh_from_db()
    services.undo_take_back(by=around.mina, voice=voice, now=NOW)
    assert Words.objects.get().state == Words.State.HELD


def test_a_guest_takes_words_back_with_the_open_receipt_only() -> None:
    project = listening_project().project
    said, others = spoken(project), spoken(project, "Others.")
    voice = said.voice
    without_its_code = Guest(receipt=voice.receipt_id)
    for other in (Guest(), holder_of(others), without_its_code):
        with pytest.raises(Refusal):
            services.take_back(by=other, voice=voice, now=NOW)
    services.take_back(by=holder_of(said), voice=voice, now=NOW)
    voice.words.refresh_from_db()
    assert voice.words.state == Words.State.WITHDRAWN


def test_words_of_no_receipt_belong_to_no_guest() -> None:
    project = listening_project().project
    voice = spoken(project, keep_receipt=False).voice
    with pytest.raises(Refusal):
        services.take_back(by=Guest(), voice=voice, now=NOW)
    assert not queries.mine(Guest()).exists()
