"""Opening and closing a survey, once or in waves, and the codes for people who are invited."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.surveys import locks, permissions
from goldenthread.listen.surveys.events import CODES_MADE, SURVEY_CLOSED, SURVEY_OPENED
from goldenthread.listen.surveys.holder import code_mark, new_code
from goldenthread.listen.surveys.models import Mark, Survey, Wave
from goldenthread.listen.surveys.readiness import missing_in
from goldenthread.listen.surveys.services.mixing import settle
from goldenthread.listen.voices.services import close_door, open_door
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, Strand
from goldenthread.thread.services import record

MOST_CODES: Final = 1000
WAY: Final = "surveys"


@transaction.atomic
def open_survey(*, by: Person, survey: Survey, until: date | None = None, now: datetime) -> Wave:
    """Open a survey, the first time or again as the next wave; its questions stay from now on.

    :raises Refusal: something is missing, the last wave is still open, or the speaker may not
    """
    rows = Survey.objects.select_for_update(no_key=True, of=("self",)).select_related("project")
    survey = rows.get(ref=survey.ref)
    project = survey.project
    if not permissions.may_open(by, project, now=now):
        raise Refusal(_("Only an organiser can open a survey."))
    if project.state != Project.State.OPEN:
        raise Refusal(_("The project is not open. Its terms stand first, then people are asked."))
    if survey.state == Survey.State.OPEN:
        raise Refusal(_("This survey is open already."))
    if missing := missing_in(survey):
        raise Refusal(missing[0].sentence)
    if until is not None and until < clock.today(now):
        raise Refusal(_("Choose a day that is still to come."), field="until")
    number = survey.waves.count() + 1
    wave = Wave.objects.create(
        survey=survey,
        number=number,
        opened_on=clock.today(now),
        until=until,
        batch=locks.new_key(),
    )
    survey.state = Survey.State.OPEN
    survey.save(update_fields=["state"])
    _show(survey)
    facts: dict[str, str | int]
    facts = {"wave": number, "questions": survey.questions.count(), "open_to": survey.open_to}
    record(SURVEY_OPENED, about=survey.ref, project=project.ref, facts=facts, now=now)
    return wave


def _show(survey: Survey) -> None:
    path = reverse("surveys:start", args=[survey.project.address, survey.ref])
    # Without a day: whoever comes after the last one is told so.
    open_door(ref=survey.ref, project=survey.project, way=WAY, title=survey.title, path=path)


@transaction.atomic
def close_survey(*, by: Person, survey: Survey, now: datetime) -> None:
    """Close the wave that is open: nobody can answer any more.

    :raises Refusal: none is open, or the speaker may not
    """
    if not permissions.may_open(by, survey.project, now=now):
        raise Refusal(_("Only an organiser can close a survey."))
    wave = Wave.objects.filter(survey=survey, closed_on=None).first()
    if wave is None:
        raise Refusal(_("This survey is not open."))
    _close(wave, now)


@transaction.atomic
def close_due(*, now: datetime) -> int:
    """Close every wave whose last day is over, or whose project is; how many."""
    waves = Wave.objects.select_related("survey__project").filter(closed_on=None)
    due = [wave for wave in waves if not permissions.is_asking(wave, now=now)]
    for wave in due:
        _close(wave, now)
    return len(due)


def _close(wave: Wave, now: datetime) -> None:
    rows = Survey.objects.select_for_update(no_key=True, of=("self",)).select_related("project")
    survey = rows.get(ref=wave.survey_id)
    settle(wave)
    wave.refresh_from_db()
    wave.closed_on = clock.today(now)
    wave.save(update_fields=["closed_on"])
    survey.state = Survey.State.CLOSED
    survey.save(update_fields=["state"])
    results = reverse("surveys:results", args=[survey.project.address, survey.ref])
    close_door(ref=survey.ref, leads_to=results)
    wave.unfinished.all().delete()
    facts = {"wave": wave.number}
    record(SURVEY_CLOSED, about=survey.ref, project=survey.project_id, facts=facts, now=now)


@transaction.atomic
def make_codes(
    *, by: Person, survey: Survey, count: int, strand: Strand | None = None, now: datetime
) -> list[str]:
    """Make codes for people who are invited; they are shown once, and we keep only marks.

    :raises Refusal: the survey is not open for invited people, or too many are asked for
    """
    if not permissions.may_open(by, survey.project, now=now):
        raise Refusal(_("Only an organiser can make codes."))
    if survey.open_to != Survey.OpenTo.INVITED:
        raise Refusal(_("This survey needs no codes."))
    wave = survey.waves.filter(closed_on=None).first()
    if wave is None:
        raise Refusal(_("Open the survey first. Then you can make codes."))
    if not 1 <= count <= MOST_CODES:
        raise Refusal(_("You can make 1 to 1,000 codes at a time."), field="count")
    codes = [new_code() for _each in range(count)]
    Mark.objects.bulk_create(
        Mark(wave=wave, of=Mark.Of.CODE, mark=code_mark(code), strand=strand) for code in codes
    )
    facts = {"count": count}
    record(CODES_MADE, about=survey.ref, project=survey.project_id, facts=facts, now=now)
    return codes
