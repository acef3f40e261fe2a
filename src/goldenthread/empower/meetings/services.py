from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.empower.groups.models import Group, Seat
from goldenthread.empower.meetings import events, permissions, promises, queries
from goldenthread.empower.meetings.letters import invite, tell_change
from goldenthread.empower.meetings.models import Coming, Meeting, PromiseCheck, Tally
from goldenthread.kit import clock
from goldenthread.kit.editions import edition_of, refuse_lost
from goldenthread.kit.figures import SMALLEST
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import seal
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.thread.services import hold, record

PLANNED = (
    *("title", "starts_at", "ends_at", "place", "link", "way_in", "expenses", "quiet_space"),
    *("breaks", "support_person", "recorded_how", "agenda"),
)
TOLD_AGAIN = ("starts_at", "ends_at", "place", "link")  # a change of these writes to everyone


@transaction.atomic
def plan_meeting(*, by: Person, group: Group, title: str, now: datetime, **facts: Any) -> Meeting:
    """Begin to plan a meeting of the group. Nobody is told yet."""
    _allow(by, group.project, now=now)
    meeting = Meeting(group=group)
    _take(meeting, {"title": title, **facts})
    meeting.save()
    record(events.MEETING_PLANNED, about=meeting.ref, project=group.project_id, now=now)
    return meeting


@transaction.atomic
def edit_meeting(
    *, by: Person, meeting: Meeting, seen: str = "", now: datetime, **facts: Any
) -> Meeting:
    """Change a meeting. Once announced it keeps its promises, and a new time or place is told.

    :raises Refusal: it is over or cancelled, somebody else changed it meanwhile, or a promise would
        be broken
    """
    meeting = _locked(by, meeting, now=now)
    if meeting.state in (Meeting.State.HELD, Meeting.State.CANCELLED):
        raise Refusal(_("This meeting is over. You can still write its notes."))
    before = [getattr(meeting, name) for name in TOLD_AGAIN]
    _take(meeting, facts, seen=seen)
    if meeting.state == Meeting.State.ANNOUNCED:
        _refuse_missing(meeting)
        meeting.sequence += 1
    meeting.save()
    if meeting.state == Meeting.State.ANNOUNCED:
        if before != [getattr(meeting, name) for name in TOLD_AGAIN]:
            tell_change(meeting, now=now)
        record(events.MEETING_CHANGED, about=meeting.ref, project=meeting.group.project_id, now=now)
    return meeting


@transaction.atomic
def announce(
    *, by: Person, meeting: Meeting, seen: str = "", now: datetime, **facts: Any
) -> Meeting:
    """Announce a meeting, perhaps with last changes, and write to everyone with a seat.

    :raises Refusal: a promise has no answer yet, its time has passed, somebody else changed it
        meanwhile, or it was announced before
    """
    meeting = _locked(by, meeting, now=now)
    if meeting.state != Meeting.State.DRAFT:
        raise Refusal(_("This meeting was announced already."))
    _take(meeting, facts, seen=seen)
    _refuse_missing(meeting)
    if meeting.starts_at is None or meeting.starts_at <= now:
        raise Refusal(_("This time has passed. Choose a later one."), field="starts_at")
    meeting.state = Meeting.State.ANNOUNCED
    meeting.announced_on = clock.today(now)
    meeting.save()
    invite(meeting, by=by, now=now)
    record(events.MEETING_ANNOUNCED, about=meeting.ref, project=meeting.group.project_id, now=now)
    return meeting


@transaction.atomic
def answer_coming(
    *, by: Person, meeting: Meeting, answer: Coming.Answer, needs: str = "", now: datetime
) -> Coming:
    """Say whether one comes, and what one needs; only facilitators read that.

    :raises Refusal: no seat in the group, or the meeting has begun
    """
    if not permissions.may_answer(by, meeting, now=now):
        raise Refusal(
            _("You can answer until the meeting begins, if you have a seat in the group.")
        )
    seat = queries.seat_for(by, meeting.group, clock.today(now))
    sealed = seal(needs.strip()) if needs.strip() else None
    coming, _new = Coming.objects.update_or_create(
        meeting=meeting, seat=seat, defaults={"answer": answer, "needs": sealed}
    )
    return coming


@transaction.atomic
def write_notes(
    *,
    by: Person,
    meeting: Meeting,
    notes: str,
    next_steps: str,
    next_step_on: date | None,
    came: list[UUID] | None = None,
    seen: str = "",
    now: datetime,
) -> Meeting:
    """Publish what was said and what happens next, by when.

    :raises Refusal: the meeting has not begun, was never announced, somebody else wrote meanwhile,
        or something is missing
    """
    meeting = _locked(by, meeting, now=now)
    stands = queries.notes_edition(meeting)
    _refuse_notes(meeting, notes, next_steps, next_step_on, now=now)
    meeting.notes, meeting.next_steps = notes.strip(), next_steps.strip()
    meeting.next_step_on, meeting.notes_on = next_step_on, clock.today(now)
    meeting.state = Meeting.State.HELD
    meeting.save()
    if came is not None:
        _note_who_came(meeting, came)
    refuse_lost(seen=seen, stands=stands, writes=queries.notes_edition(meeting))
    record(events.NOTES_WRITTEN, about=meeting.ref, project=meeting.group.project_id, now=now)
    return meeting


def _refuse_notes(
    meeting: Meeting, notes: str, next_steps: str, next_step_on: date | None, *, now: datetime
) -> None:
    announced = meeting.state in (Meeting.State.ANNOUNCED, Meeting.State.HELD)
    if not announced or meeting.starts_at is None or meeting.starts_at > now:
        raise Refusal(_("Notes come after the meeting. This one has not begun."))
    if not notes.strip():
        raise Refusal(_("Write what was said, in plain words."), field="notes")
    if not next_steps.strip():
        raise Refusal(_("We promise to say what happens next. Write it here."), field="next_steps")
    if next_step_on is None:
        raise Refusal(_("Say by which day people hear more."), field="next_step_on")


def _note_who_came(meeting: Meeting, came: list[UUID]) -> None:
    Coming.objects.filter(meeting=meeting).update(came=False)
    for seat in Seat.objects.filter(group=meeting.group, ref__in=came):
        Coming.objects.update_or_create(
            meeting=meeting,
            seat=seat,
            defaults={"came": True},
            create_defaults={"came": True, "answer": Coming.Answer.YES},
        )


@transaction.atomic
def cancel(*, by: Person, meeting: Meeting, because: str, now: datetime) -> Meeting:
    """Cancel a meeting with a reason; those who were invited are told.

    :raises Refusal: no reason, or it is over
    """
    meeting = _locked(by, meeting, now=now)
    if meeting.state in (Meeting.State.HELD, Meeting.State.CANCELLED):
        raise Refusal(_("This meeting is over already."))
    if not because.strip():
        raise Refusal(_("Say why it is cancelled. People have made plans."), field="because")
    meeting.cancelled_because = because.strip()
    meeting.state = Meeting.State.CANCELLED
    meeting.sequence += 1
    meeting.save()
    if meeting.announced_on is not None:
        tell_change(meeting, now=now)
    record(events.MEETING_CANCELLED, about=meeting.ref, project=meeting.group.project_id, now=now)
    return meeting


@transaction.atomic
def check_promises(
    *, by: Person, meeting: Meeting, answers: Mapping[str, str], now: datetime
) -> PromiseCheck:
    """Keep one contributor's check, under a mark that names nobody.

    :raises Refusal: not a contributor, not over, answered before, or nothing answered
    """
    if not permissions.may_check(by, meeting, now=now):
        raise Refusal(_("Only people with lived experience who have a seat check the promises."))
    given = {key: value for key, value in answers.items() if value}
    if not set(given) <= promises.KEYS or not set(given.values()) <= promises.ANSWER_KEYS:
        raise Refusal(_("Choose one of the answers for each promise."))
    if not given:
        raise Refusal(_("Answer at least one. You can leave out the others."))
    check, new = PromiseCheck.objects.get_or_create(
        meeting=meeting, mark=queries.mark_of(by, meeting.ref), defaults={"answers": given}
    )
    if not new:
        raise Refusal(_("You have answered already. Thank you."))
    hold(events.PROMISES_CHECKED, about=meeting.ref, project=meeting.group.project_id, now=now)
    return check


@transaction.atomic
def freeze_tally(*, group: Group, now: datetime) -> Tally | None:
    """Freeze the totals of a group's checks if ten more have come since the last time."""
    Group.objects.select_for_update(no_key=True).get(ref=group.ref)
    checks = list(
        PromiseCheck.objects.filter(meeting__group=group).values_list("answers", flat=True)
    )
    last = Tally.objects.filter(group=group).order_by("-number").first()
    if len(checks) < (last.checks if last else 0) + SMALLEST:
        return None
    tally = Tally.objects.create(
        group=group,
        number=last.number + 1 if last else 1,
        checks=len(checks),
        totals=promises.totals(checks),
        frozen_on=clock.today(now),
    )
    record(events.TALLY_FROZEN, about=group.ref, project=group.project_id, now=now)
    return tally


@transaction.atomic
def forget_needs(*, now: datetime) -> int:
    """Destroy what people said they need once their meeting is thirty days over."""
    return Coming.objects.filter(queries.needs_to_forget(now)).update(needs=None)


def _allow(by: Person, project: Project, *, now: datetime) -> None:
    if not permissions.may_plan(by, project, now=now):
        raise Refusal(_("Only organisers and co-leads of an open project plan its meetings."))


def _locked(by: Person, meeting: Meeting, *, now: datetime) -> Meeting:
    found = Meeting.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "group__project"
    )
    meeting = found.get(ref=meeting.ref)
    _allow(by, meeting.group.project, now=now)
    return meeting


def plan_edition(meeting: Meeting) -> str:
    """Return which plan somebody has before them."""
    planned = [getattr(meeting, name) for name in PLANNED]
    at = [each.astimezone(UTC) if isinstance(each, datetime) else each for each in planned]
    return edition_of(*at)


def _take(meeting: Meeting, facts: Mapping[str, Any], *, seen: str = "") -> None:
    """Take over what was planned.

    :raises Refusal: no title, it ends before it begins, or somebody else planned meanwhile
    """
    stands = plan_edition(meeting)
    for name, value in facts.items():
        if name not in PLANNED:
            raise TypeError(f"a meeting has no {name}")
        setattr(meeting, name, value)
    if not meeting.title.strip():
        raise Refusal(_("Give the meeting a title."), field="title")
    if meeting.starts_at and meeting.ends_at and meeting.ends_at <= meeting.starts_at:
        raise Refusal(_("The end must be later than the start."), field="ends_at")
    refuse_lost(seen=seen, stands=stands, writes=plan_edition(meeting))


def _refuse_missing(meeting: Meeting) -> None:
    facts = {name: getattr(meeting, name) for name in PLANNED}
    for field, sentence in promises.missing(facts).items():
        raise Refusal(sentence, field=field)
