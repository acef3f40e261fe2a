"""Asking for candidates, and what people make of them. A theme is made by people alone."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.candidates import events, queries
from goldenthread.listen.candidates.meaning import sentence_model
from goldenthread.listen.candidates.models import Candidate, Placed, Run
from goldenthread.listen.themes import lineage
from goldenthread.listen.themes import services as themes
from goldenthread.listen.themes.models import Theme
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.registry import decided
from goldenthread.thread.services import record

FEWEST = 10  # voices below which people read them all
KEPT = timedelta(days=30)
LONGEST = 60
Found = tuple[list[tuple[Candidate, list[UUID]]], list[UUID]]  # and the voices that are in none
GONE = gettext_lazy("Someone has dealt with this candidate meanwhile. Look at the list again.")


@transaction.atomic
def ask(*, by: Person, project: Project, number: int, now: datetime) -> Run:
    """Put the voices that are in no theme beside those they share words with.

    What was asked before goes; themes that were made of it stay. It is worked out before the
    project is held still, so that people can speak meanwhile.

    :raises Refusal: there are fewer than ten voices to look at
    """
    lineage.allow(by, project, now=now)
    voices = queries.to_sort(project)
    _refuse_few(voices)
    asked = {question for _ref, _words, question in voices if question}
    asked |= set(project.terms.values_list("question", flat=True))
    texts = {ref: words for ref, words, _question in voices}
    found = _found(texts, number, sorted(asked))
    Project.objects.select_for_update(of=("self",), no_key=True).get(ref=project.ref)
    still = queries.still_to_sort(project, texts)
    _refuse_few(still)
    Run.objects.filter(project=project).delete()
    run = Run.objects.create(project=project, asked_on=clock.today(now), asked_by=by, number=number)
    texts = {ref: words for ref, words in texts.items() if ref in still}
    _put(run, None, _place(run, found, texts, first=0), texts)
    record(events.CANDIDATES_ASKED, about=project.ref, project=project.ref, now=now)
    return run


def _refuse_few(voices: Collection[Any]) -> None:
    if len(voices) < FEWEST:
        raise Refusal(
            _("Fewer than ten voices are in no theme. Read them: that is quicker, and better.")
        )


def _found(texts: Mapping[UUID, str], number: int, asked: Iterable[str]) -> Found:
    from goldenthread.listen.themes.grouping import Text, suggest  # noqa: PLC0415  slow to load

    rows = [Text(str(ref), words) for ref, words in texts.items()]
    found = suggest(rows, themes=number, question=list(asked), embed=sentence_model())
    candidates = []
    for each in found.themes:
        candidate = Candidate(stability=each.stability)
        candidate.words = [word[:LONGEST] for word in each.words]
        candidates.append((candidate, [UUID(ref) for ref in each.text_ids]))
    return candidates, [UUID(ref) for ref in found.none]


def _place(run: Run, found: Found, texts: Mapping[UUID, str], *, first: int) -> list[UUID]:
    """Save candidates with their voices; returns the voices that are in none."""
    candidates, left = found
    for at, (candidate, _voices) in enumerate(candidates):
        candidate.run, candidate.place = run, first + at
    Candidate.objects.bulk_create([candidate for candidate, _voices in candidates])
    for candidate, voices in candidates:
        _put(run, candidate, voices, texts)
    return left


def _put(
    run: Run, candidate: Candidate | None, voices: list[UUID], texts: Mapping[UUID, str]
) -> None:
    words = candidate.words if candidate else []
    Placed.objects.bulk_create(
        [
            Placed(
                run=run,
                candidate=candidate,
                voice_id=voice,
                place=at,
                words=_standing(words, texts[voice]),
            )
            for at, voice in enumerate(voices)
            if voice in texts  # the others were taken back meanwhile
        ],
        batch_size=2000,
    )


def _standing(words: list[str], text: str) -> list[str]:
    """Return those of the words that stand in a text, in one form or another."""
    if not words:
        return []
    from goldenthread.listen.themes.grouping.stopwords import (  # noqa: PLC0415  slow to load
        root,
        words_in,
    )

    roots = {root(word) for word in words_in(text)}
    return [word for word in words if root(word) in roots]


@decided
def keep_standing(words: Words) -> None:
    """Keep of the words in common only what stands in a voice as it is read now."""
    for placed in Placed.objects.filter(voice=words.pk).exclude(words=[]):
        placed.words = _standing(placed.words, words.shown or "")
        placed.save(update_fields=["words"])


@transaction.atomic
def accept(
    *, by: Person, candidate: Candidate, title: str, sentence: str = "", now: datetime
) -> Theme:
    """Make a theme of a candidate, under a title that a person gives it.

    :raises Refusal: no title, no voice left in it, or someone dealt with it meanwhile
    """
    candidate = _held(by, candidate, now=now)
    voices = list(queries.inside(candidate).values_list("voice", flat=True))
    if not voices:
        raise Refusal(_("No voice is left in this candidate."))
    theme = themes.make_theme(
        by=by,
        project=candidate.run.project,
        title=title,
        sentence=sentence,
        voices=voices,
        now=now,
    )
    candidate.state, candidate.theme, candidate.title = Candidate.State.ACCEPTED, theme, theme.title
    candidate.save(update_fields=["state", "theme", "title"])
    return theme


@transaction.atomic
def name(*, by: Person, candidate: Candidate, title: str, now: datetime) -> Candidate:
    """Give a candidate a working title, or take it away."""
    candidate = _held(by, candidate, now=now)
    candidate.title = title.strip()
    candidate.save(update_fields=["title"])
    return candidate


@transaction.atomic
def merge(*, by: Person, candidate: Candidate, into: Candidate, now: datetime) -> Candidate:
    """Put the voices of a candidate into another one; what is left goes.

    :raises Refusal: into itself, or someone dealt with one of them meanwhile
    """
    if candidate.ref == into.ref or candidate.run_id != into.run_id:
        raise Refusal(_("Choose another candidate."), field="into")
    candidate, into = (_held(by, each, now=now) for each in (candidate, into))
    Placed.objects.filter(candidate=candidate).update(candidate=into)
    into.title, into.stability = into.title or candidate.title, None
    into.state = Candidate.State.OPEN
    into.save(update_fields=["title", "stability", "state"])
    candidate.delete()
    return into


@transaction.atomic
def split(*, by: Person, candidate: Candidate, number: int, now: datetime) -> list[Candidate]:
    """Look for smaller groups in a candidate. What fits in none of them stays in it.

    :raises Refusal: its voices do not fall into smaller groups by their words
    """
    candidate = _held(by, candidate, now=now)
    texts = {
        placed.voice_id: placed.voice.words.shown or "" for placed in queries.inside(candidate)
    }
    asked = candidate.run.project.terms.values_list("question", flat=True)
    [candidate] = queries.with_words([candidate])
    found, left = _found(texts, number, [*asked, *candidate.words[:1]])
    if len(found) < 2:  # noqa: PLR2004  one group is none smaller
        raise Refusal(
            _(
                "These voices do not fall into smaller groups by their words. "
                "You can take out those that do not belong."
            )
        )
    run = candidate.run
    Placed.objects.filter(candidate=candidate).exclude(voice__in=left).delete()
    _place(run, (found, left), texts, first=candidate.place)
    if left:
        candidate.stability, candidate.place = None, candidate.place + len(found)
        candidate.save(update_fields=["stability", "place"])
    else:
        candidate.delete()
    return [each for each, _voices in found]


@transaction.atomic
def take_out(*, by: Person, candidate: Candidate, voices: Iterable[UUID], now: datetime) -> int:
    """Take single voices out of a candidate: they are then in none; returns how many.

    :raises Refusal: nothing that is in it was ticked
    """
    candidate = _held(by, candidate, now=now)
    number = Placed.objects.filter(candidate=candidate, voice__in=set(voices)).update(
        candidate=None, words=[]
    )
    if not number:
        raise Refusal(_("Tick at least one voice first."), field="voices")
    return number


@transaction.atomic
def put_aside(*, by: Person, candidate: Candidate, now: datetime) -> Candidate:
    """Put a candidate aside, or take it up again."""
    candidate = _held(by, candidate, now=now)
    aside = candidate.state == Candidate.State.ASIDE
    candidate.state = Candidate.State.OPEN if aside else Candidate.State.ASIDE
    candidate.save(update_fields=["state"])
    return candidate


@transaction.atomic
def finish(*, by: Person, project: Project, now: datetime) -> None:
    """Let the candidates go; the themes that were made of them stay."""
    lineage.allow(by, project, now=now)
    Run.objects.filter(project=project).delete()


@transaction.atomic
def drop_old(*, now: datetime) -> int:
    """Let go what was asked for more than thirty days ago. Called once a day."""
    old = Run.objects.filter(asked_on__lt=clock.today(now) - KEPT)
    number = old.count()
    old.delete()
    return number


def _held(by: Person, candidate: Candidate, *, now: datetime) -> Candidate:
    """Hold the run still, and return the candidate as it now is."""
    run = (
        Run.objects.select_for_update(no_key=True, of=("self",))
        .filter(ref=candidate.run_id)
        .first()
    )
    found = Candidate.objects.filter(ref=candidate.ref).select_related("run__project").first()
    if run is None or found is None or found.state == Candidate.State.ACCEPTED:
        raise Refusal(GONE)
    lineage.allow(by, found.run.project, now=now)
    return found
