"""Writing a summary: no sentence without what it rests on."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.summaries import events, queries
from goldenthread.listen.summaries.models import Rest, Sentence
from goldenthread.listen.summaries.proofs import seal_of_sentence
from goldenthread.listen.themes import lineage
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.thread.binding import new_salt
from goldenthread.thread.events import Event
from goldenthread.thread.services import record

ALONE = gettext_lazy("Tick at least one voice, or a topic, that this sentence rests on.")


@transaction.atomic
def write(
    *,
    by: Person,
    project: Project,
    text: str,
    voices: Collection[UUID] = (),
    themes: Collection[UUID] = (),
    now: datetime,
) -> Sentence:
    """Write a sentence of the summary, with what it rests on. Organisers see it first.

    :raises Refusal: nothing is said, or nothing is left that it could rest on
    """
    lineage.allow(by, project, now=now)
    Project.objects.select_for_update(of=("self",), no_key=True).get(ref=project.ref)
    rests = _ground(project, text, voices, themes)
    sentence = Sentence.objects.create(
        project=project, text=text.strip(), place=queries.next_place(project), made_by=by
    )
    _lay(sentence, rests)
    return sentence


@transaction.atomic
def reword(
    *,
    by: Person,
    sentence: Sentence,
    text: str,
    version: int,
    voices: Collection[UUID] = (),
    themes: Collection[UUID] = (),
    now: datetime,
) -> Sentence:
    """Put a sentence in other words, or lay it on other ground.

    :raises Refusal: as for writing; or someone else changed it meanwhile
    """
    sentence = _held(by, sentence, now=now)
    if sentence.version != version:
        raise Refusal(
            _(
                "Someone changed this sentence while you wrote. Theirs is shown above yours. "
                "Look at both, then save again."
            )
        )
    rests = _ground(sentence.project, text, voices, themes)
    sentence.text = text.strip()
    sentence.version += 1
    sentence.save(update_fields=["text", "version"])
    sentence.rests.all().delete()
    _lay(sentence, rests)
    if sentence.shown_on is not None:
        _seal(events.SENTENCE_REWORDED, sentence, now=now)
    return sentence


@transaction.atomic
def show(*, by: Person, sentence: Sentence, now: datetime) -> Sentence:
    """Show a sentence to everyone.

    :raises Refusal: nothing is left that it rests on
    """
    sentence = _held(by, sentence, now=now)
    if not Rest.objects.filter(queries.STANDS, sentence=sentence).exists():
        raise Refusal(_("Every voice that this sentence rested on was taken back."))
    if sentence.shown_on is None:
        sentence.salt, sentence.shown_on = new_salt(), clock.today(now)
        sentence.save(update_fields=["salt", "shown_on"])
        _seal(events.SENTENCE_SHOWN, sentence, now=now)
    return sentence


@transaction.atomic
def take_down(*, by: Person, sentence: Sentence, now: datetime) -> None:
    """Take a sentence out. One that was never shown is gone; else only organisers see it."""
    sentence = _held(by, sentence, now=now)
    if sentence.salt is None:
        sentence.delete()
        return
    sentence.shown_on = None
    sentence.save(update_fields=["shown_on"])
    record(events.SENTENCE_TAKEN_DOWN, about=sentence.ref, project=sentence.project_id, now=now)


@transaction.atomic
def move_up(*, by: Person, sentence: Sentence, now: datetime) -> None:
    """Put a sentence before the one that stands before it."""
    sentence = _held(by, sentence, now=now)
    before = queries.one_before(sentence)
    if before is not None:
        sentence.place, before.place = before.place, sentence.place
        sentence.save(update_fields=["place"])
        before.save(update_fields=["place"])


@transaction.atomic
def let_go(*, now: datetime) -> int:
    """Let sentences go whose every voice was destroyed: they may say what those said.

    Called once a day; returns how many.
    """
    gone = list(
        queries.on_destroyed_ground().select_for_update(no_key=True, of=("self",), skip_locked=True)
    )
    for sentence in gone:
        if sentence.salt is not None:
            record(events.SENTENCE_GONE, about=sentence.ref, project=sentence.project_id, now=now)
        sentence.delete()
    return len(gone)


def _ground(
    project: Project, text: str, voices: Collection[UUID], themes: Collection[UUID]
) -> list[Rest]:
    if not text.strip():
        raise Refusal(_("Write the sentence first."), field="text")
    found = queries.ground(project, voices, themes)
    if not found:
        raise Refusal(ALONE, field="voices")
    return found


def _lay(sentence: Sentence, rests: list[Rest]) -> None:
    for rest in rests:
        rest.sentence = sentence
    Rest.objects.bulk_create(rests)


def _seal(event: Event, sentence: Sentence, *, now: datetime) -> None:
    sentence.salt = new_salt()
    sentence.save(update_fields=["salt"])
    facts = {"seal": seal_of_sentence(sentence)}
    record(event, about=sentence.ref, project=sentence.project_id, facts=facts, now=now)


def _held(by: Person, sentence: Sentence, *, now: datetime) -> Sentence:
    """Hold the project's summary still, and return the sentence as it now is."""
    project = Project.objects.select_for_update(of=("self",), no_key=True).get(
        ref=sentence.project_id
    )
    lineage.allow(by, project, now=now)
    found = Sentence.objects.filter(ref=sentence.ref).first()
    if found is None:
        raise Refusal(_("Someone has taken this sentence out meanwhile."))
    found.project = project
    return found
