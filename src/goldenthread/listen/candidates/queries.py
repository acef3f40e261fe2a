from collections import Counter
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import Http404

from goldenthread.listen.candidates.models import Candidate, Placed, Run
from goldenthread.listen.themes.queries import ungrouped
from goldenthread.listen.voices.queries import BY_DAY
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words

MOST = 5000  # voices that are looked at together, newest first
WORDS = 8  # in common, of each candidate
COMMON = 2  # voices that a word must stand in to be in common
FIRST = 3  # voices of each candidate on the page of all
RELEASED = Q(placed__voice__words__state=Words.State.RELEASED)


def to_sort(project: Project) -> list[tuple[UUID, str, str]]:
    """Return the newest voices that are in no theme: which, their words, and what was asked."""
    voices = ungrouped(project).order_by(*BY_DAY)
    rows = voices.values_list("pk", "words__shown", "asked")[:MOST]
    return [(ref, shown or "", asked) for ref, shown, asked in rows]


def still_to_sort(project: Project, voices: Iterable[UUID]) -> set[UUID]:
    """Return those of the voices that everyone may still read and that are in no theme."""
    return set(ungrouped(project).filter(pk__in=list(voices)).values_list("pk", flat=True))


def run_of(project: Project) -> Run | None:
    """Return what came of asking, if it still waits."""
    return Run.objects.filter(project=project).first()


def candidates_of(run: Run) -> list[Candidate]:
    """Return every candidate, with the number of its released voices as `held`; the open first."""
    counted = Candidate.objects.filter(run=run).annotate(held=Count("placed", filter=RELEASED))
    found = counted.select_related("theme").order_by("place", "ref")
    return sorted(with_words(list(found)), key=lambda each: each.state != Candidate.State.OPEN)


def with_words(candidates: Collection[Candidate]) -> list[Candidate]:
    """Put beside each candidate its words in common, those of most voices first. One query.

    A word counts only while it stands in two voices that everyone may still read.
    """
    counted: dict[UUID, Counter[str]] = {each.ref: Counter() for each in candidates}
    still = Placed.objects.filter(
        candidate__in=counted, voice__words__state=Words.State.RELEASED
    ).exclude(words=[])
    for ref, words in still.values_list("candidate", "words"):
        counted[ref].update(words)
    for each in candidates:
        often = sorted(counted[each.ref].items(), key=lambda one: (-one[1], one[0]))
        each.words = [word for word, times in often if times >= COMMON][:WORDS]
    return list(candidates)


def first_voices(candidates: Iterable[Candidate]) -> dict[UUID, list[Placed]]:
    """Return the first few voices of each candidate. One query."""
    numbered = released(Placed.objects.filter(candidate__in=list(candidates))).annotate(
        at=Window(RowNumber(), partition_by=F("candidate"), order_by=["place", "ref"])
    )
    found: dict[UUID, list[Placed]] = {}
    for placed in numbered.filter(at__lte=FIRST).order_by("place", "ref"):
        if placed.candidate_id:
            found.setdefault(placed.candidate_id, []).append(placed)
    return found


def released(placed: QuerySet[Placed]) -> QuerySet[Placed]:
    """Leave those whose words everyone may still read."""
    shown = placed.filter(voice__words__state=Words.State.RELEASED)
    return shown.select_related("voice__words").only(
        "place", "candidate", "voice__kind", "voice__words__shown", "voice__words__note_shown"
    )


def inside(candidate: Candidate) -> QuerySet[Placed]:
    """Return the released voices of a candidate."""
    return released(Placed.objects.filter(candidate=candidate))


def in_none(run: Run) -> QuerySet[Placed]:
    """Return the released voices that are in no candidate."""
    return released(Placed.objects.filter(run=run, candidate=None))


def candidate_in(project: Project, ref: UUID) -> Candidate:
    """Return an open or put-aside candidate of the project; else 404."""
    found = (
        Candidate.objects.filter(run__project=project, ref=ref)
        .exclude(state=Candidate.State.ACCEPTED)
        .select_related("run")
        .first()
    )
    if found is None:
        raise Http404
    found.run.project = project
    return found


def others(candidate: Candidate) -> list[Candidate]:
    """Return the other open candidates; they and this one know their words in common."""
    still = Candidate.objects.filter(run=candidate.run, state=Candidate.State.OPEN)
    found = still.exclude(ref=candidate.ref).order_by("place", "ref")
    return with_words([candidate, *found])[1:]
