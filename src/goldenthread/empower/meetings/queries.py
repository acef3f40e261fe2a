from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.empower.groups.beside import Section, shows
from goldenthread.empower.groups.models import Group, Seat
from goldenthread.empower.groups.permissions import held_on, in_standing
from goldenthread.empower.groups.queries import seat_of, seats_of
from goldenthread.empower.meetings import permissions, promises
from goldenthread.empower.meetings.models import Coming, Meeting, PromiseCheck, Tally
from goldenthread.kit import clock
from goldenthread.kit.editions import edition_of
from goldenthread.kit.figures import in_fives
from goldenthread.kit.sealing import keyed, unseal
from goldenthread.people.accounts.models import Person
from goldenthread.projects.ahead import Ahead, dates
from goldenthread.projects.models import Project
from goldenthread.projects.roles import held_by
from goldenthread.projects.speaker import Speaker
from goldenthread.projects.work import Does, Tone, Work, lists
from goldenthread.thread.models import SignedHead
from goldenthread.thread.published import head_before

State = Meeting.State
NEEDS_KEPT = timedelta(days=30)
A_WEEK = timedelta(days=7)
TO_CHECK = timedelta(days=28)


def meeting_visible_to(speaker: Speaker, project: Project, ref: UUID, *, now: datetime) -> Meeting:
    """Return a meeting of the project if the speaker may see it; else 404."""
    meetings = Meeting.objects.select_related("group").filter(group__project=project)
    found = meetings.filter(ref=ref).first()
    if found is not None:
        found.group.project = project
    if found is None or not permissions.may_see(speaker, found, now=now):
        raise Http404
    return found


def meetings_of(group: Group, *, drafts: bool) -> QuerySet[Meeting]:
    """Return the meetings of a group, the latest first; drafts only for those who plan."""
    found = Meeting.objects.filter(group=group)
    if not drafts:
        found = found.filter(announced_on__isnull=False)
    return found.order_by("-starts_at", "title", "ref")


def seal_of(meeting: Meeting) -> SignedHead | None:
    """Return the seal to read out: the last before the day of the meeting, also ever after."""
    if meeting.starts_at is None or meeting.state not in {State.ANNOUNCED, State.HELD}:
        return None
    return head_before(clock.today(meeting.starts_at))


def seat_for(person: Person, group: Group, today: date) -> Seat | None:
    """Return the seat of a person in the group on a day."""
    return seat_of(person, group, today=today)


def my_answer(speaker: Speaker, meeting: Meeting) -> Coming | None:
    """Return what the speaker said about coming."""
    if not isinstance(speaker, Person):
        return None
    return Coming.objects.filter(meeting=meeting, seat__person=speaker).first()


def needs_in(coming: Coming | None) -> str:
    """Open what someone said they need. Only for themselves and for facilitators."""
    return unseal(coming.needs) if coming is not None and coming.needs else ""


@dataclass(frozen=True)
class Invited:
    """Someone with a seat, what they answered, and what they need."""

    seat: Seat
    name: str
    answer: str
    needs: str
    came: bool | None


def invited_to(meeting: Meeting, *, with_needs: bool) -> list[Invited]:
    """Return everyone with a seat on the day of the meeting, with their answers."""
    day = clock.today(meeting.starts_at or clock.now())
    answers = {one.seat_id: one for one in Coming.objects.filter(meeting=meeting)}
    return [
        _invited(seat, answers.get(seat.ref), with_needs=with_needs)
        for seat in seats_of(meeting.group, day)
    ]


def _invited(seat: Seat, coming: Coming | None, *, with_needs: bool) -> Invited:
    name = (seat.person.name if seat.person else "") or seat.name
    return Invited(
        seat=seat,
        name=name,
        answer=str(coming.get_answer_display()) if coming else "",
        needs=needs_in(coming) if with_needs else "",
        came=coming.came if coming else None,
    )


def notes_edition(meeting: Meeting) -> str:
    """Return which notes somebody has before them, and which list of who came. One query."""
    came = Coming.objects.filter(meeting=meeting, came=True).order_by("seat")
    said = (meeting.notes, meeting.next_steps, meeting.next_step_on)
    return edition_of(*said, list(came.values_list("seat", flat=True)))


def needs_to_forget(now: datetime) -> Q:
    """Return which needs are no longer needed: those of meetings thirty days past."""
    return Q(meeting__starts_at__lt=now - NEEDS_KEPT, needs__isnull=False)


def mark_of(person: Person, meeting_ref: UUID) -> bytes:
    """Return the mark under which a person's check of a meeting is kept: it names nobody."""
    return keyed("promise-check", meeting_ref, person.ref)


def has_checked(person: Person, meeting: Meeting) -> bool:
    """Return whether this person has checked the promises of the meeting."""
    return PromiseCheck.objects.filter(mark=mark_of(person, meeting.ref)).exists()


def latest_tally(group: Group) -> Tally | None:
    """Return the totals that were frozen last."""
    return Tally.objects.filter(group=group).order_by("-number").first()


def tally_headers() -> list[str]:
    """Return what stands above the columns of `tally_rows`."""
    return [_("Promise"), *(str(says) for _answer, says in promises.COUNTED)]


def tally_rows(tally: Tally) -> list[list[Any]]:
    """Return the totals as a table: promise, kept, partly, not kept."""
    return [
        [
            str(promise.says),
            *(_say(tally.totals[promise.key][key]) for key, _says in promises.COUNTED),
        ]
        for promise in promises.PROMISES
    ]


def tally_checks(tally: Tally) -> str:
    """Say how many checks the totals rest on."""
    return _say(tally.checks)


def _say(count: int | None) -> str:
    number = in_fives(count or 0)
    return _("fewer than 10") if number is None else _("about %(number)s") % {"number": number}


def groups_with_checks() -> QuerySet[Group]:
    """Return the groups whose meetings have been checked by anyone."""
    checks = PromiseCheck.objects.filter(meeting__group=OuterRef("pk"))
    return Group.objects.filter(Exists(checks))


def announced_ahead(now: datetime) -> QuerySet[Meeting]:
    """Return the meetings to which people are invited, and which have not begun."""
    ahead = Meeting.objects.filter(state=State.ANNOUNCED, starts_at__gt=now)
    return ahead.select_related("group__project__organisation").order_by("starts_at", "ref")


def contributors_to_ask(now: datetime) -> Iterable[tuple[Meeting, list[Seat]]]:
    """Return the meetings that ended in the last days, with the seats that check the promises."""
    ended = Meeting.objects.filter(
        state__in=[State.ANNOUNCED, State.HELD], ends_at__lte=now, ends_at__gt=now - A_WEEK
    )
    for meeting in ended.select_related("group__project"):
        day = clock.today(meeting.starts_at or now)
        seats = seats_of(meeting.group, day).filter(
            Q(lived_experience=True) | Q(carer=True), in_standing()
        )
        yield meeting, list(seats)


@shows
def meetings_on_the_page(
    group: Group, *, speaker: Speaker, organises: bool, now: datetime
) -> Section:
    """Show the meetings of a group on its page, and how the promises were kept."""
    del speaker, now
    tally = latest_tally(group)
    holds = {
        "group": group,
        "meetings": meetings_of(group, drafts=organises)[:30],
        "organises": organises,
        "tally": tally,
        "checks": tally_checks(tally) if tally else "",
        "rows": tally_rows(tally) if tally else [],
        "headers": tally_headers(),
    }
    return Section("meetings/of_group.html", holds)


def _announced(
    person: Person, projects: list[Project], *, now: datetime
) -> Iterable[QuerySet[Meeting]]:
    organised = {
        role.project_id
        for role in held_by(person, now=now)
        if role.name in permissions.ORGANISERS and role.project in projects
    }
    yield Meeting.objects.filter(
        group__project__in=organised, state=State.ANNOUNCED, starts_at__lt=now + A_WEEK
    )


def notes_are_late(meeting: Meeting, *, now: datetime) -> bool:
    """Return whether a meeting has been over for a week, and nobody has written its notes."""
    ended = meeting.ends_at or meeting.starts_at
    return meeting.state == State.ANNOUNCED and ended is not None and ended + A_WEEK <= now


@lists(Does.MEET, when=_announced)
def to_run(person: Person, projects: list[Project], *, now: datetime) -> Iterable[Work]:
    """Notes to write, and agendas to give, for those who organise."""
    (announced,) = _announced(person, projects, now=now)
    for meeting in announced.select_related("group__project").order_by("starts_at"):
        ended = meeting.ends_at or meeting.starts_at
        if ended is not None and ended <= now:
            tone: Tone = "overdue" if notes_are_late(meeting, now=now) else "due"
            text = _("%(title)s: write the notes") % {"title": meeting.title}
            yield Work(text, _href(meeting, "notes"), tone)
        elif not meeting.agenda:
            text = _("%(title)s: the agenda is late") % {"title": meeting.title}
            yield Work(text, _href(meeting, "edit"), "overdue")


def _unanswered(
    person: Person, projects: list[Project], *, now: datetime
) -> Iterable[QuerySet[Meeting]]:
    del projects
    yield _with_a_seat(person).filter(state=State.ANNOUNCED, starts_at__gt=now)


@lists(Does.MEET, when=_unanswered)
def to_say_if_coming(person: Person, projects: list[Project], *, now: datetime) -> Iterable[Work]:
    """Invitations that are not answered yet."""
    del projects
    answered = Coming.objects.filter(meeting=OuterRef("pk"), seat__person=person)
    ahead = _of_seats(person, now).filter(state=State.ANNOUNCED, starts_at__gt=now)
    for meeting in ahead.filter(~Exists(answered)).order_by("starts_at")[:20]:
        yield Work(
            _("Say if you are coming: %(title)s") % {"title": meeting.title},
            _href(meeting, "coming"),
        )


def _over(person: Person, projects: list[Project], *, now: datetime) -> Iterable[QuerySet[Meeting]]:
    del projects
    yield _with_a_seat(person).filter(_lately_over(now))


@lists(Does.MEET, when=_over)
def to_check(person: Person, projects: list[Project], *, now: datetime) -> Iterable[Work]:
    """Meetings of which the person has not said yet how they were."""
    del projects
    ended = _of_seats(person, now, contributors=True).filter(_lately_over(now))
    marks = {mark_of(person, meeting.ref): meeting for meeting in ended.order_by("starts_at")[:20]}
    given = PromiseCheck.objects.filter(mark__in=list(marks)).values_list("mark", flat=True)
    done = {bytes(mark) for mark in given}
    for mark, meeting in marks.items():
        if mark not in done:
            yield Work(
                _("How was the meeting? %(title)s") % {"title": meeting.title},
                _href(meeting, "check"),
                "quiet",
            )


def _lately_over(now: datetime) -> Q:
    lately = Q(ends_at__lte=now, ends_at__gt=now - TO_CHECK)
    return Q(state__in=[State.ANNOUNCED, State.HELD]) & lately


def _with_a_seat(person: Person) -> QuerySet[Meeting]:
    """Meetings of groups in which they have a seat, whether or not it counts today."""
    return Meeting.objects.filter(group__seats__person=person)


def _of_seats(person: Person, now: datetime, *, contributors: bool = False) -> QuerySet[Meeting]:
    held = Seat.objects.filter(held_on(clock.today(now)), in_standing())
    seats = held.filter(person=person, group=OuterRef("group"))
    if contributors:
        seats = seats.filter(Q(lived_experience=True) | Q(carer=True))
    return Meeting.objects.select_related("group__project").filter(Exists(seats))


def _href(meeting: Meeting, page: str) -> str:
    return reverse(f"meetings:{page}", args=[meeting.group.project.address, meeting.ref])


@dates
def meetings_ahead(person: Person, projects: list[Project], *, now: datetime) -> Iterable[Ahead]:
    """Say when the groups of these projects meet, and by when they promised to say more."""
    del person
    rows = Meeting.objects.filter(group__project__in=projects).select_related("group__project")
    coming = Q(state=State.ANNOUNCED, starts_at__gte=now)
    for meeting in rows.filter(coming | Q(next_step_on__gte=clock.today(now))):
        href = _href(meeting, "meeting")
        if meeting.starts_at is not None and meeting.starts_at >= now:
            said = _("Meeting: %(title)s.") % {"title": meeting.title}
            yield Ahead(clock.today(meeting.starts_at), said, href)
        if meeting.next_step_on is not None:
            said = _("People of “%(title)s” were promised to hear what happens next.")
            yield Ahead(meeting.next_step_on, said % {"title": meeting.title}, href)
