from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.listen.coding.models import Code, Coder, Coding, Round, Unit
from goldenthread.listen.coding.permissions import may_read_codebook, still_codes
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.themes.permissions import ORGANISERS
from goldenthread.listen.themes.queries import released, themes_of, voices_in
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.searching import BY_DAY
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.roles import held, held_by, still_belongs
from goldenthread.projects.speaker import Speaker
from goldenthread.projects.work import Does, Work, lists
from goldenthread.safety.reading.models import Words

EXAMPLES = 40  # voices of a theme to choose an example from
READ = Q(voice__words__state=Words.State.RELEASED)


def book_of(project: Project) -> list[Theme]:
    """Return the themes of a project, each with its code if it has one (`theme.code`)."""
    examples = Code.objects.select_related("example__words")
    themes = themes_of(project).prefetch_related(Prefetch("code", queryset=examples))
    return list(themes)


def coded_themes(project: Project) -> list[UUID]:
    """Return the themes that have a definition, in the order of the codebook."""
    return list(themes_of(project).filter(code__isnull=False).values_list("ref", flat=True))


def code_of(theme: Theme) -> Code | None:
    """Return what the codebook says of a theme."""
    return Code.objects.filter(theme=theme).first()


def examples_for(theme: Theme) -> list[Voice]:
    """Return voices of a theme that may stand as its example."""
    return list(voices_in(theme).order_by(*BY_DAY)[:EXAMPLES])


def sample(project: Project, number: int) -> list[UUID]:
    """Draw so many released voices at random.

    Their references were drawn by chance and say nothing of the words. So the voices that follow
    a reference drawn now, in a circle, are as fair a sample as any, and none but these is read.
    """
    start = uuid4()
    voices = released(project).order_by("pk").values_list("pk", flat=True)
    after = list(voices.filter(pk__gte=start)[:number])
    return after + list(voices.filter(pk__lt=start)[: number - len(after)])


def possible_coders(project: Project, *, now: datetime) -> list[Person]:
    """Return everyone who holds a role in the project, each once, by name."""
    roles = held(now).filter(project=project).select_related("person")
    found = roles.order_by("person__name", "ref")
    return list({role.person_id: role.person for role in found}.values())


def people_with_role(project: Project, refs: Iterable[UUID], *, now: datetime) -> list[Person]:
    """Return those of the people who hold a role in the project."""
    roles = held(now).filter(project=project, person=OuterRef("pk"))
    return list(Person.objects.filter(Exists(roles), ref__in=set(refs)))


def member_by_email(project: Project, email: str) -> Person | None:
    """Return the active member of the project's organisations with that address."""
    standing = still_belongs(OuterRef("pk"), project.ref)
    return Person.objects.filter(standing, email__iexact=email, is_active=True).first()


def rounds_of(project: Project) -> list[Round]:
    """Return the rounds of a project, the newest first."""
    return list(Round.objects.filter(project=project).order_by("-started_on", "ref"))


def codes_in(speaker: Speaker, project: Project) -> bool:
    """Return whether the speaker is a coder of a round of the project."""
    if not isinstance(speaker, Person):
        return False
    return Coder.objects.filter(round__project=project, person=speaker).exists()


def book_for(speaker: Speaker, project: Project) -> list[Theme]:
    """Return the codebook to those who group or code; else 404."""
    codes = codes_in(speaker, project)
    if not may_read_codebook(speaker, project, codes=codes, now=clock.now()):
        raise Http404
    return book_of(project)


def round_for(speaker: Speaker, project: Project, ref: UUID) -> Round:
    """Return a round to those who group in its project, or code in it; else 404."""
    person = speaker.ref if isinstance(speaker, Person) else None
    mine = Coder.objects.filter(round=OuterRef("pk"), person=person)
    rounds = Round.objects.filter(project=project, ref=ref)
    found: Any = rounds.annotate(codes=Exists(mine)).first()
    if found is None or not may_read_codebook(speaker, project, codes=found.codes, now=clock.now()):
        raise Http404
    found.project = project
    return cast("Round", found)


def coder_in(speaker: Speaker, project: Project, ref: UUID) -> Coder:
    """Return the speaker as a coder of the round; else 404."""
    if not isinstance(speaker, Person):
        raise Http404
    mine = Coder.objects.filter(round=ref, round__project=project, person=speaker)
    found = mine.select_related("round").first()
    if found is None:
        raise Http404
    found.round.project = project
    return found


def as_coder(speaker: Speaker, round_: Round) -> Coder | None:
    """Return the speaker as a coder of the round, if they are one."""
    if not isinstance(speaker, Person):
        return None
    found = Coder.objects.filter(round=round_, person=speaker).first()
    if found is not None:
        found.round = round_
    return found


@dataclass(frozen=True)
class Progress:
    """How far a coder has come."""

    name: str
    coded: int
    of: int
    done: bool


def progress(round_: Round) -> list[Progress]:
    """Say how far each coder has come; never what they chose."""
    number = units_of(round_).count()
    coded = Count("codings", filter=Q(codings__unit__voice__words__state=Words.State.RELEASED))
    coders = round_.coders.select_related("person").annotate(coded=coded)
    return [
        Progress(each.person.name, each.coded, number, each.done_on is not None)
        for each in coders.order_by("person__name", "ref")
    ]


def units_of(round_: Round) -> QuerySet[Unit]:
    """Return the voices of the sample that may still be read, in its order."""
    units = Unit.objects.filter(READ, round=round_).select_related("voice__words")
    return units.order_by("place", "ref")


@dataclass(frozen=True)
class Next:
    """The voice a coder has before them, what they chose for it before, and how far they are."""

    unit: Unit | None
    chosen: list[UUID] | None
    at: int
    of: int
    before: Unit | None


def next_for(coder: Coder, wanted: UUID | None = None) -> Next:
    """Return the voice that is asked for, or the first one the coder has not coded. Two queries.

    Nobody else's choices are fetched.
    """
    own = dict(Coding.objects.filter(coder=coder).values_list("unit", "themes"))
    units = list(units_of(coder.round))
    found = next((unit for unit in units if unit.ref == wanted), None)
    unit = found or next((unit for unit in units if unit.ref not in own), None)
    at = units.index(unit) if unit else len(units)
    return Next(
        unit=unit,
        chosen=own.get(unit.ref) if unit else None,
        at=at + 1,
        of=len(units),
        before=units[at - 1] if at else None,
    )


def codings_of(round_: Round) -> list[Coding]:
    """Return what all coders chose, once all are done; before that, nothing."""
    if round_.state == Round.State.CODING:
        return []
    return all_codings(round_)


def all_codings(round_: Round) -> list[Coding]:
    """Return what all coders chose for voices that may still be read: for comparing alone."""
    found = Coding.objects.filter(
        unit__round=round_, unit__voice__words__state=Words.State.RELEASED
    ).select_related("unit__voice__words", "coder__person")
    return list(found.order_by("unit__place", "coder__person__name", "ref"))


def titles(round_: Round) -> dict[UUID, str]:
    """Return the themes of a round by name, in the order of its codebook."""
    found = dict(Theme.objects.filter(ref__in=round_.themes).values_list("ref", "title"))
    return {ref: found[ref] for ref in round_.themes if ref in found}


def codes_of(round_: Round) -> list[Code]:
    """Return what the codebook says of the themes of a round, in its order."""
    found = Code.objects.filter(theme__in=round_.themes).select_related("theme")
    return sorted(found, key=lambda code: round_.themes.index(code.theme_id))


def differing(round_: Round) -> list[list[Coding]]:
    """Return, voice by voice, what was chosen where coders differed."""
    return differing_in(codings_of(round_))


def differing_in(codings: Iterable[Coding]) -> list[list[Coding]]:
    """Return those of the choices, voice by voice, on which coders differed."""
    by_unit: dict[UUID, list[Coding]] = {}
    for coding in codings:
        by_unit.setdefault(coding.unit_id, []).append(coding)
    return [each for each in by_unit.values() if len({chose(one) for one in each}) > 1]


def chose(coding: Coding) -> frozenset[UUID]:
    """Return what was chosen, whatever the order."""
    return frozenset(coding.themes)


def differing_unit(round_: Round, ref: UUID) -> list[Coding]:
    """Return what was chosen for a voice on which coders differed; else 404."""
    for codings in differing(round_):
        if codings[0].unit_id == ref:
            return codings
    raise Http404


def _rounds(person: Person, projects: list[Project], *, now: datetime) -> Iterator[QuerySet[Any]]:
    """Samples they are to sort, whether or not they still may; rounds they are to talk through."""
    yield Coder.objects.filter(person=person, done_on=None)
    yield Round.objects.filter(_talked_through(person, projects, now))


def _talked_through(person: Person, projects: list[Project], now: datetime) -> Q:
    runs = {role.project_id for role in held_by(person, now=now) if role.name in ORGANISERS}
    under_way = {each.ref for each in projects if each.state != Project.State.CLOSED}
    return Q(project__in=runs & under_way, state=Round.State.TALKING)


@lists(Does.GROUP, when=_rounds)
def coding_that_waits(person: Person, projects: list[Project], *, now: datetime) -> list[Work]:
    """What waits for a coder, or for those who talk a round through. One query."""
    mine = Coder.objects.filter(still_codes(person, now=now), round=OuterRef("pk"))
    rounds = Round.objects.filter(Q(Exists(mine)) | _talked_through(person, projects, now))
    found = []
    for each in rounds.select_related("project").order_by("started_on", "ref")[:20]:
        codes = each.state == Round.State.CODING
        page = "coding:code" if codes else "coding:round"
        text = (
            _("%(title)s: sort a sample of what people said")
            if codes
            else _("%(title)s: talk a coding round through")
        )
        href = reverse(page, args=[each.project.address, each.ref])
        found.append(Work(text % {"title": each.project.title}, href))
    return found
