"""What can be asked about surveys. Who answered, and how, is asked by nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.figures import SMALLEST
from goldenthread.listen.surveys import permissions
from goldenthread.listen.surveys.holder import (
    Holder,
    code_mark,
    form_mark,
    member_mark,
    unfinished_mark,
)
from goldenthread.listen.surveys.models import Answers, Mark, Question, Survey, Unfinished, Wave
from goldenthread.listen.surveys.outline import Outline, outline_of
from goldenthread.listen.voices import formkeys
from goldenthread.listen.voices.models import Voice
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, Strand
from goldenthread.projects.work import Does, Work, lists

State = Survey.State


@dataclass(frozen=True)
class Listed:
    """A survey in the list of its project."""

    survey: Survey
    questions: int
    wave: Wave | None  # the newest
    says: str
    tone: str


def listed(project: Project) -> list[Listed]:
    """Return the surveys of a project, by title. Two queries."""
    asked = Count("questions", filter=~Q(questions__kind=Question.Kind.SECTION))
    newest = Wave.objects.filter(survey=OuterRef("ref")).order_by("-number").values("ref")[:1]
    rows = Survey.objects.filter(project=project).annotate(asked=asked, newest=Subquery(newest))
    surveys = list(rows.order_by("title", "ref"))
    waves = Wave.objects.in_bulk([row.newest for row in surveys if row.newest])
    return [_listed(row, waves.get(row.newest)) for row in surveys]


def _listed(survey: Survey, wave: Wave | None) -> Listed:
    tones = {State.DRAFT: "care", State.OPEN: "good", State.CLOSED: "quiet"}
    says = str(State(survey.state).label)
    if wave is not None and wave.number > 1:
        says = _("%(state)s, wave %(number)s") % {"state": says, "number": wave.number}
    questions: int = getattr(survey, "asked", 0)
    return Listed(survey, questions, wave, says, tones[State(survey.state)])


def survey_in(project: Project, ref: UUID) -> Survey | None:
    """Return a survey of the project."""
    found = Survey.objects.select_related("project__organisation").filter(project=project, ref=ref)
    return found.first()


def question_in(survey: Survey, ref: UUID) -> Question | None:
    """Return a question, or a heading, of the survey."""
    return survey.questions.filter(ref=ref).first()


def questions_of(survey: Survey) -> list[Question]:
    """Return the questions and headings of a survey in their order. One query."""
    return list(survey.questions.order_by("position"))


def outline(survey: Survey) -> Outline:
    """Lay out a survey in its parts. One query."""
    return outline_of(questions_of(survey))


def waves_of(survey: Survey) -> list[Wave]:
    """Return the waves of a survey, newest first. One query."""
    return list(survey.waves.order_by("-number"))


def asking_wave(survey: Survey, *, now: datetime) -> Wave | None:
    """Return the wave that takes answers now, if there is one."""
    wave = survey.waves.select_related("survey__project__organisation").filter(closed_on=None)
    found = wave.first()
    return found if found is not None and permissions.is_asking(found, now=now) else None


def answered_about(wave: Wave) -> int | None:
    """Return how many answers are open, in full tens; none below ten. For those who ask alone.

    Only those that were mixed, ten or more at once: it never moves with a single answer.
    """
    mixed = Answers.objects.filter(wave=wave, given__isnull=False).count()
    return mixed // SMALLEST * SMALLEST or None


def codes_made(wave: Wave) -> int:
    """Count the codes that were given out: a deed of ours, told exactly."""
    return Mark.objects.filter(wave=wave, of=Mark.Of.CODE).count()


def wave_of_code(code: str) -> Wave | None:
    """Return the wave that a code opens: one we gave out, or one to come back with.

    One that was used opens nothing, as one that never was.
    """
    waves = Wave.objects.select_related("survey__project__organisation").filter(closed_on=None)
    given = Q(marks__mark=code_mark(code), marks__of=Mark.Of.CODE, marks__used=False)
    return waves.filter(given | Q(unfinished__mark=unfinished_mark(code))).first()


def is_invited(wave: Wave, code: str) -> bool:
    """Whether we gave this code out for this wave, and nobody has answered with it."""
    marks = Mark.objects.filter(wave=wave, of=Mark.Of.CODE, mark=code_mark(code))
    return marks.filter(used=False).exists()


def has_answered(wave: Wave, holder: Holder) -> bool:
    """Whether this member has answered already. Of a code that is told to nobody."""
    if holder.person is None:
        return False
    return Mark.objects.filter(wave=wave, mark=member_mark(wave, holder.person)).exists()


def unfinished(wave: Wave, holder: Holder) -> dict[str, object] | None:
    """Return what somebody has begun; none if there is nothing."""
    if holder.person is None and not holder.secret:
        return None
    found = Unfinished.objects.filter(**holder.found_by(wave)).first()
    return holder.unseal(bytes(found.sealed)) if found is not None else None


@dataclass(frozen=True)
class SentBefore:
    """A form that was sent before, and the receipt for its words, which only its key yields."""

    code: str
    softer: bool
    has_words: bool
    voice: Voice | None = None  # the first that was said in it


def sent_before(wave: Wave, form_key: UUID) -> SentBefore | None:
    """Return what became of a form if it was sent before."""
    if not Mark.objects.filter(wave=wave, mark=form_mark(form_key)).exists():
        return None
    voices = Voice.objects.select_related("receipt", "words")
    voice = voices.filter(form_key=formkeys.mark_of(form_key)).first()
    if voice is None:
        return SentBefore("", softer=False, has_words=False)
    code = str(formkeys.code_of(form_key, voice.receipt.drawer)) if voice.receipt else ""
    softer = voice.words.lane == voice.words.Lane.FIRST
    return SentBefore(code, softer=softer, has_words=True, voice=voice)


def strand_of(project: Project, short: str) -> Strand | None:
    """Return the strand by whose link somebody came."""
    return Strand.objects.filter(project=project, short=short).first() if short else None


def _begun(
    person: Person, projects: Iterable[Project], *, now: datetime
) -> Iterable[QuerySet[Unfinished]]:
    del projects  # one may answer in any project, with or without a role there
    begun = Unfinished.objects.filter(person=person, wave__closed_on=None)
    within = Q(wave__until=None) | Q(wave__until__gte=clock.today(now))
    yield begun.filter(within)


@lists(Does.FINISH, when=_begun)
def surveys_begun(person: Person, projects: Iterable[Project], *, now: datetime) -> Iterable[Work]:
    """Surveys that a member has begun, which can still be sent. One query."""
    (begun,) = _begun(person, projects, now=now)
    rows = begun.select_related("wave__survey__project")
    for each in rows.order_by("-on", "ref")[:5]:
        survey = each.wave.survey
        yield Work(
            text=_("You began to answer: %(survey)s") % {"survey": survey.title},
            href=reverse("surveys:start", args=[survey.project.address, survey.ref]),
            tone="quiet",
        )
