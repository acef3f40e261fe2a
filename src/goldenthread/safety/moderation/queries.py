"""What waits for a decision, what stands behind a receipt, and what needs whom."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.organisations.models import Organisation
from goldenthread.organisations.queries import administered_by
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import held_by
from goldenthread.projects.work import Does, Work, lists
from goldenthread.safety.moderation.models import Appeal, Complaint, Report
from goldenthread.safety.reading import reasons
from goldenthread.safety.reading.models import Words

State, Outcome = Words.State, Report.Outcome
HEARS = {ProjectRole.Name.READER, ProjectRole.Name.CO_LEAD}


def reports(project: Project, *, decided: bool) -> QuerySet[Report]:
    """Reports of a project, to be paged: those that wait, or those decided on."""
    found = Report.objects.filter(project=project, decided_on__isnull=not decided)
    return found.select_related("decided_by").defer("note")


def report_in(project: Project, ref: UUID) -> Report | None:
    """Return one report with the words it is about."""
    rows = Report.objects.select_related("project", "words__project", "decided_by")
    return rows.filter(project=project, ref=ref).first()


def same_thing(report: Report) -> list[Report]:
    """Return every report about the same thing that waits, the first one first."""
    rows = Report.objects.filter(
        project=report.project, kind=report.kind, about=report.about, decided_on=None
    )
    return list(rows.order_by("received_on", "ref"))


def appeals(project: Project) -> QuerySet[Appeal]:
    """Appeals of a project that wait, to be paged."""
    rows = Appeal.objects.filter(words__project=project, decided_on=None)
    return rows.select_related("words").defer("text", "words__text", "words__search")


def appeal_in(project: Project, ref: UUID) -> Appeal | None:
    """Return one appeal with its words."""
    rows = Appeal.objects.select_related("words__project", "words__removal", "decided_by")
    return rows.filter(words__project=project, ref=ref).first()


def complaints(organisation: Organisation, *, answered: bool) -> QuerySet[Complaint]:
    """Complaints to an organisation, to be paged."""
    rows = Complaint.objects.filter(organisation=organisation, answered_on__isnull=not answered)
    return rows.defer("text", "answer")


def complaint_to(organisation: Organisation, ref: UUID) -> Complaint | None:
    """Return one complaint to an organisation."""
    rows = Complaint.objects.select_related("organisation", "answered_by")
    return rows.filter(organisation=organisation, ref=ref).first()


@dataclass(frozen=True)
class Heard:
    """What became of one report or complaint, for whoever holds its receipt."""

    title: str
    sentence: str
    answer: str = ""
    done: bool = False


def behind(receipt: UUID | None) -> list[Heard]:
    """Tell what became of the reports and complaints behind a receipt; never what was written."""
    if receipt is None:
        return []
    reported = Report.objects.filter(receipt=receipt).select_related("words").order_by("ref")
    complained = Complaint.objects.filter(receipt=receipt).order_by("ref")
    return [_of_report(each) for each in reported] + [_of_complaint(each) for each in complained]


def _of_report(report: Report) -> Heard:
    title = _("You reported something")
    if report.decided_on is None:
        day = {"day": say_day(report.due_at)}
        return Heard(title, _("A reader looks at it by %(day)s.") % day)
    return Heard(title, _became(report), done=True)


def _became(report: Report) -> str:
    stays = _("A reader looked at it. It stays, for no reason of our list is against it.")
    if report.words is None:
        right = _("We looked at it. The people who wrote it put it right.")
        return right if report.outcome == Outcome.PUT_RIGHT else stays
    if report.words.state == State.REMOVED:
        because = reasons.said(report.words.unpublished_because)
        return _("We took it down. The reason: %(because)s") % {"because": because}
    if report.words.state in (State.HELD, State.UNPUBLISHED, State.WITHDRAWN):
        return _("We looked at it. It is not shown now.")
    if report.outcome == Outcome.REMOVAL:
        return _("A reader asked to take it down. A second person looks at that.")
    again = _("We hid it and looked again. It is shown now without what should not be there.")
    return stays if report.outcome == Outcome.KEPT else again


def _of_complaint(complaint: Complaint) -> Heard:
    title = _("You complained")
    if complaint.answered_on is not None:
        sentence = _("You have an answer.")
        return Heard(title, sentence, answer=complaint.answer or "", done=True)
    if complaint.acknowledged_on is not None:
        day = {"day": say_day(complaint.acknowledged_on)}
        return Heard(title, _("A person read it on %(day)s and looks into it.") % day)
    day = {"day": say_day(complaint.acknowledge_by)}
    return Heard(title, _("Someone tells you here by %(day)s that they look into it.") % day)


def _as(
    names: Container[str], person: Person, projects: Iterable[Project], now: datetime
) -> dict[UUID, Project]:
    known = {each.ref for each in projects}
    held = [role for role in held_by(person, now=now) if role.name in names]
    return {role.project_id: role.project for role in held if role.project_id in known}


def _reported(
    person: Person, projects: Iterable[Project], *, now: datetime
) -> Iterator[QuerySet[Report]]:
    reads = _as({ProjectRole.Name.READER}, person, projects, now)
    yield Report.objects.filter(project__in=reads, decided_on=None)


@lists(Does.READ, when=_reported)
def reports_that_wait(person: Person, projects: Iterable[Project], *, now: datetime) -> list[Work]:
    """What was reported, for readers."""
    reads = {each.ref: each for each in projects}
    (reported,) = _reported(person, reads.values(), now=now)
    rows = (
        reported.values("project_id")
        .annotate(n=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now)))
        .order_by("project_id")
    )
    text = _("Something was reported: %(title)s")
    return [
        Work(
            text % {"title": reads[row["project_id"]].title},
            reverse("moderation:reports", args=[reads[row["project_id"]].address]),
            "overdue" if row["late"] else "due",
            row["n"],
        )
        for row in rows
    ]


def _appealed(
    person: Person, projects: Iterable[Project], *, now: datetime
) -> Iterator[QuerySet[Appeal]]:
    hears = _as(HEARS, person, projects, now)
    rows = Appeal.objects.filter(words__project__in=hears, decided_on=None)
    yield rows.exclude(words__removal__asked_by=person).exclude(words__removal__agreed_by=person)


@lists(Does.DECIDE, when=_appealed)
def appeals_that_wait(person: Person, projects: Iterable[Project], *, now: datetime) -> list[Work]:
    """Appeals, for readers and co-leads who had no part in the removal."""
    hears, today = {each.ref: each for each in projects}, clock.today(now)
    (rows,) = _appealed(person, hears.values(), now=now)
    text = _("An author appeals, to be decided by %(day)s: %(title)s")
    return [
        Work(
            text % {"day": say_day(due), "title": hears[project].title},
            reverse("moderation:appeal", args=[hears[project].address, ref]),
            "overdue" if due < today else "due",
        )
        for ref, project, due in rows.order_by("due_on", "ref").values_list(
            "ref", "words__project_id", "due_on"
        )
    ]


def _complained(
    person: Person, projects: Iterable[Project], *, now: datetime
) -> Iterator[QuerySet[Complaint]]:
    del projects
    mine = [each.ref for each in administered_by(person, now=now)]
    yield Complaint.objects.filter(organisation__in=mine, answered_on=None)


@lists(Does.ANSWER, when=_complained)
def complaints_that_wait(
    person: Person, projects: Iterable[Project], *, now: datetime
) -> list[Work]:
    """Complaints to organisations that the person administers."""
    named, today = {each.ref: each for each in administered_by(person, now=now)}, clock.today(now)
    (waiting,) = _complained(person, projects, now=now)
    late = Count("pk", filter=Q(acknowledged_on=None, acknowledge_by__lt=today))
    rows = waiting.values("organisation_id").annotate(n=Count("pk"), late=late)
    return [
        _complaints(named[row["organisation_id"]], row["n"], late=bool(row["late"]))
        for row in rows.order_by("organisation_id")
    ]


def _complaints(organisation: Organisation, n: int, *, late: bool) -> Work:
    text = ngettext("%(n)s complaint waits: %(name)s", "%(n)s complaints wait: %(name)s", n)
    href = reverse("moderation:complaints", args=[organisation.address])
    said = text % {"n": n, "name": organisation.name}
    return Work(said, href, "overdue" if late else "due", n)
