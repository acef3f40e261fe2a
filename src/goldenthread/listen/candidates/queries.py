from collections import Counter
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from goldenthread.listen.candidates.models import Candidate, Placed, Run
from goldenthread.listen.themes.queries import ungrouped
from goldenthread.listen.voices.searching import BY_DAY
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words

MOST = 5000  # voices that are looked at together, newest first
WORDS = 8  # in common, of each candidate
COMMON = 2  # voices that a word must stand in to be in common
FIRST = 3  # voices of each candidate on the page of all
STILL = Q(voice__words__state=Words.State.RELEASED)


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
    """Return every candidate with its words in common; the open first. Two queries.

    How many released voices it has, and the first few of them, stand beside.
    """
    rows = Candidate.objects.filter(run=run).select_related("theme").order_by("place", "ref")
    found, inside = list(rows), _inside(Placed.objects.filter(run=run, candidate__isnull=False))
    for each in found:
        placed = inside.get(each.ref, [])
        each.held, each.first = len(placed), [ref for ref, _words in placed[:FIRST]]
        each.words = _in_common(words for _ref, words in placed)
    return sorted(found, key=lambda each: each.state != Candidate.State.OPEN)


def with_words(candidates: Collection[Candidate]) -> list[Candidate]:
    """Put beside each candidate its words in common, those of most voices first. One query."""
    worded = Placed.objects.filter(candidate__in=list(candidates)).exclude(words=[])
    inside = _inside(worded)
    for each in candidates:
        each.words = _in_common(words for _ref, words in inside.get(each.ref, []))
    return list(candidates)


def _inside(placed: QuerySet[Placed]) -> dict[UUID | None, list[tuple[UUID, list[str]]]]:
    """Return of each candidate which released voices are in it, with their words. One query."""
    found: dict[UUID | None, list[tuple[UUID, list[str]]]] = {}
    still = placed.filter(STILL).order_by("place", "ref")
    for candidate, ref, words in still.values_list("candidate", "ref", "words"):
        found.setdefault(candidate, []).append((ref, words))
    return found


def _in_common(words: Iterable[list[str]]) -> list[str]:
    """Return the words that stand in most voices: in two at least that everyone may still read."""
    counted = Counter(word for each in words for word in each)
    often = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return [word for word, times in often if times >= COMMON][:WORDS]


def first_voices(candidates: Iterable[Candidate]) -> dict[UUID, list[Placed]]:
    """Return the first few voices of the candidates of a run. One query."""
    refs = [ref for each in candidates for ref in each.first]
    found: dict[UUID, list[Placed]] = {}
    for placed in released(Placed.objects.filter(ref__in=refs)).order_by("place", "ref"):
        if placed.candidate_id:
            found.setdefault(placed.candidate_id, []).append(placed)
    return found


def released(placed: QuerySet[Placed]) -> QuerySet[Placed]:
    """Leave those whose words everyone may still read."""
    return (
        placed.filter(STILL)
        .select_related("voice__words")
        .only(
            "place", "candidate", "voice__kind", "voice__words__shown", "voice__words__note_shown"
        )
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
