"""Asking about one's own data, and answering within the time that the law gives."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock
from goldenthread.kit.erasure import drop
from goldenthread.kit.figures import in_fives
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import seal, unseal
from goldenthread.kit.text import say_day
from goldenthread.organisations import services as organisations
from goldenthread.organisations.models import Membership, Organisation, Role
from goldenthread.organisations.permissions import must_administer
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.services import write_letter
from goldenthread.people.receipts.queries import receipt_at
from goldenthread.projects import services as projects
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.reasons import ASKED_ERASED
from goldenthread.safety.requests import deadlines, events, permissions, queries
from goldenthread.safety.requests.models import DataProtection, DataRequest
from goldenthread.thread.events import Event
from goldenthread.thread.services import hold, record
from goldenthread.thread.services.recording import Facts

Kind = DataRequest.Kind
NOTHING_ASKED = gettext_lazy("There is no question for you here any more.")


@transaction.atomic
def ask(*, by: Any, organisation: Organisation, kind: str, text: str, now: datetime) -> DataRequest:
    """Take a request from someone with an account or an open receipt.

    :raises Refusal: nobody could be answered
    """
    if not permissions.may_ask(by):
        raise Refusal(_("Open your receipt or sign in first. Then we can answer you."))
    made = _take(organisation, kind, text, received_on=clock.today(now))
    made.person = by if by.is_member else None
    made.receipt = None if by.is_member else receipt_at(by.receipt)
    made.save()
    hold(events.ASKED, about=made.ref, facts={"kind": kind}, now=now)
    _write_to_contact(made, key=f"data-request:{made.ref}")
    return made


@transaction.atomic
def log_letter(
    *,
    by: Person,
    organisation: Organisation,
    kind: str,
    who: str,
    text: str,
    received_on: date,
    now: datetime,
) -> DataRequest:
    """Note a request that came by letter, by phone or in person: the clock runs from that day.

    :raises Refusal: not theirs to do, or a day that has not come
    """
    _must_answer(by, organisation, now=now)
    if received_on > clock.today(now):
        raise Refusal(_("That day has not come yet."), field="received_on")
    made = _take(organisation, kind, text, received_on=received_on)
    made.who, made.by_letter = seal(who), True
    made.save()
    record(events.ASKED, about=made.ref, facts={"kind": kind}, now=now)
    return made


@transaction.atomic
def acknowledge(*, by: Person, request: DataRequest, now: datetime) -> DataRequest:
    """Tell the person that it arrived and by when it will be answered."""
    current = _open(request, by=by, now=now)
    if current.acknowledged_on is None:
        current.acknowledged_on = clock.today(now)
        _keep(current, events.ACKNOWLEDGED, now=now)
    return current


@transaction.atomic
def pause(*, by: Person, request: DataRequest, waits_for: str, now: datetime) -> DataRequest:
    """Stop the clock until the person has said who they are, or what they mean.

    :raises Refusal: it stands still already
    """
    current = _open(request, by=by, now=now)
    if current.paused_on is not None:
        raise Refusal(_("The clock stands still already."))
    current.paused_on, current.paused_for = clock.today(now), waits_for
    _keep(current, events.PAUSED, now=now, **{"for": waits_for})
    if current.person is not None:
        key, link = f"data-question:{current.ref}:{clock.today(now)}", "/account/requests/"
        names = {"organisation": current.organisation.name}
        write_letter(key=key, text="data-question", link=link, names=names, person=current.person)
    return current


@transaction.atomic
def reply(*, by: Any, request: DataRequest, text: str, now: datetime) -> DataRequest:
    """Take what the person who asked adds: the clock runs again, and whoever answers hears of it.

    :raises Refusal: nothing is asked of them, or there is a receipt in it
    """
    if queries.my_request(by, request.ref) is None:
        raise Refusal(NOTHING_ASKED)
    current = _locked(request)
    if current.answered_on is not None or current.paused_on is None:
        raise Refusal(NOTHING_ASKED)
    reading.refuse_receipts(text, field="text")
    before = unseal(current.text) if current.text else ""
    line = f"{say_day(clock.today(now))}: {text.strip()}"
    current.text = seal(f"{before}\n\n{line}".strip())
    _run_again(current, now=now)
    current.due_on = _due(current)
    current.save()
    hold(events.RESUMED, about=current.ref, now=now)
    _write_to_contact(current, key=f"data-reply:{current.ref}:{clock.today(now)}")
    return current


@transaction.atomic
def resume(*, by: Person, request: DataRequest, now: datetime) -> DataRequest:
    """Let the clock run again: the days it stood still are added.

    :raises Refusal: it runs
    """
    current = _open(request, by=by, now=now)
    if current.paused_on is None:
        raise Refusal(_("The clock is running."))
    _run_again(current, now=now)
    _keep(current, events.RESUMED, now=now)
    return current


@transaction.atomic
def extend(*, by: Person, request: DataRequest, because: str, now: datetime) -> DataRequest:
    """Take two further months, which the person is told with the reason in the first month.

    :raises Refusal: taken already, a complaint, or the first month is over
    """
    current = _open(request, by=by, now=now)
    if current.extended_on is not None or current.kind == Kind.COMPLAINT:
        raise Refusal(_("This cannot take longer than it has already."))
    if current.due_on < clock.today(now):
        raise Refusal(_("More time can be taken in the first month only. Please answer now."))
    current.extended_on, current.extended_because = clock.today(now), seal(because)
    _keep(current, events.EXTENDED, now=now)
    return current


@transaction.atomic
def carry_out(*, by: Person, request: DataRequest, now: datetime) -> int:
    """Erase what the person asked us to: their words here, and that they belong here.

    The same services erase as when words are taken back. Returns how many words went.

    :raises Refusal: no erasure was asked, it came by letter, it was carried out already, or a role
        would be left to nobody
    """
    current = _open(request, by=by, now=now)
    if current.kind != Kind.ERASURE or current.carried_out_on is not None:
        raise Refusal(_("There is nothing to carry out here."))
    found, leaving = _words_of(current), _membership_of(current)
    if leaving is not None:
        _refuse_to_leave_alone(leaving, now=now)  # before anything is noted as destroyed
    gone = reading.destroy(refs=found, because=ASKED_ERASED, now=now)
    if leaving is not None:  # their account elsewhere is theirs to close
        drop(Membership, [leaving.ref])
        record(events.LEFT, about=leaving.ref, now=now)
    current.carried_out_on = clock.today(now)
    _keep(current, events.CARRIED_OUT, now=now, words=in_fives(gone) or 0)
    return gone


@transaction.atomic
def hold_back(*, by: Person, request: DataRequest, now: datetime) -> int:
    """Hold back what the person said here: it is kept, and neither read nor shown meanwhile.

    :raises Refusal: neither asked, it came by letter, or it was carried out already
    """
    current = _open(request, by=by, now=now)
    if current.kind not in DataRequest.HOLDS or current.carried_out_on is not None:
        raise Refusal(_("There is nothing to carry out here."))
    number = reading.hold_back(refs=_words_of(current), now=now)
    current.carried_out_on = clock.today(now)
    _keep(current, events.HELD_BACK, now=now, words=in_fives(number) or 0)
    return number


@transaction.atomic
def use_again(*, by: Person, request: DataRequest, now: datetime) -> int:
    """End that words are held back; a reader looks at them before anyone sees them.

    :raises Refusal: not theirs to do, or nothing is held back
    """
    _must_answer(by, request.organisation, now=now)
    current = DataRequest.objects.select_for_update(no_key=True, of=("self",)).get(ref=request.ref)
    found = queries.held_back_for(current)
    if not found:
        raise Refusal(_("Nothing is held back here."))
    number = reading.use_again(refs=found, now=now)
    facts: Facts = {"words": in_fives(number) or 0}
    record(events.USED_AGAIN, about=current.ref, facts=facts, now=now)
    return number


def _words_of(request: DataRequest) -> list[UUID]:
    """Return what the person said in projects of the organisation.

    :raises Refusal: nobody knows who it is
    """
    if request.person_id is None and request.receipt_id is None:
        raise Refusal(_("A letter names no account and no receipt. Ask the person for theirs."))
    return queries.words_in_reach(request)


@transaction.atomic
def answer(
    *, by: Person, request: DataRequest, outcome: str, text: str, now: datetime
) -> DataRequest:
    """Answer the person: in their account, behind their receipt, or by the letter staff write.

    :raises Refusal: not theirs to do, answered already, or not carried out
    """
    current = _open(request, by=by, now=now)
    if outcome == DataRequest.Outcome.DONE:
        _refuse_undone(current)
    current.paused_on, current.paused_for = None, ""
    current.answered_on, current.outcome = clock.today(now), outcome
    current.answer, current.answered_by = seal(text), by
    _keep(current, events.ANSWERED, now=now, kind=current.kind, outcome=outcome)
    if current.person is not None:
        names = {"organisation": current.organisation.name}
        key, link = f"data-answer:{current.ref}", "/account/requests/"
        write_letter(key=key, text="data-answer", link=link, names=names, person=current.person)
    return current


@transaction.atomic
def describe_controller(
    *, by: Person, organisation: Organisation, now: datetime, **said: Any
) -> DataProtection:
    """Say who answers for the data of an organisation, and on which basis it holds them."""
    must_administer(by, organisation, now=now)
    kept, _new = DataProtection.objects.update_or_create(organisation=organisation, defaults=said)
    record(events.SETTINGS_CHANGED, about=organisation.ref, now=now)
    return kept


def _refuse_undone(request: DataRequest) -> None:
    """What is to be carried out is carried out before anyone says that it is done."""
    reachable = request.person_id or request.receipt_id
    if not reachable or request.carried_out_on is not None:
        return
    if request.kind == Kind.ERASURE:
        raise Refusal(_("Erase it first. Then you can say that it is done."), field="outcome")
    if request.kind == Kind.RESTRICTION:
        message = _("Hold their words back first. Then you can say that it is done.")
        raise Refusal(message, field="outcome")


def _take(organisation: Organisation, kind: str, text: str, *, received_on: date) -> DataRequest:
    made = DataRequest(
        organisation=organisation, kind=kind, text=seal(text), received_on=received_on
    )
    made.due_on = _due(made)
    return made


def _due(request: DataRequest) -> date:
    nation, paused = request.organisation.nation, request.paused_days
    if request.kind == Kind.COMPLAINT:
        told = request.acknowledged_on is not None
        return deadlines.complaint_due(
            request.received_on, nation=nation, acknowledged=told, paused_days=paused
        )
    extended = request.extended_on is not None
    return deadlines.due(request.received_on, nation=nation, extended=extended, paused_days=paused)


def _run_again(request: DataRequest, *, now: datetime) -> None:
    if request.paused_on is not None:
        request.paused_days += (clock.today(now) - request.paused_on).days
    request.paused_on, request.paused_for = None, ""


def _keep(request: DataRequest, event: Event, *, now: datetime, **facts: str | int) -> None:
    request.due_on = _due(request)
    request.save()
    given: Facts = facts
    record(event, about=request.ref, facts=given, now=now)


def _open(request: DataRequest, *, by: Person, now: datetime) -> DataRequest:
    """Return the request under its lock."""
    _must_answer(by, request.organisation, now=now)
    current = _locked(request)
    if current.answered_on is not None:
        said = _("This was answered on %(day)s.") % {"day": say_day(current.answered_on)}
        raise Refusal(said)
    return current


def _locked(request: DataRequest) -> DataRequest:
    rows = DataRequest.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("organisation", "person").get(ref=request.ref)


def _must_answer(by: Person, organisation: Organisation, *, now: datetime) -> None:
    if not permissions.may_answer(by, organisation, now=now):
        raise Refusal(_("Only the people who answer for the organisation’s data can do this."))


def _membership_of(request: DataRequest) -> Membership | None:
    if request.person_id is None:
        return None
    rows = Membership.objects.select_related("organisation").filter(person=request.person_id)
    return rows.filter(organisation=request.organisation_id).first()


def _refuse_to_leave_alone(leaving: Membership, *, now: datetime) -> None:
    """Nothing waits for nobody, because somebody who looked after it was erased.

    :raises Refusal: they alone administer the organisation, or do what an open project needs
    """
    administers = current_roles(today=clock.today(now)).filter(
        membership=leaving, name=Role.Name.ADMINISTRATOR
    )
    if administers.exists():
        organisations.keep_an_administrator(leaving=leaving, now=now)
    projects.keep_open_projects_safe(leaving=leaving, now=now)


def _write_to_contact(request: DataRequest, *, key: str) -> None:
    contact = queries.data_protection_of(request.organisation).contact
    if contact is not None:
        names = {"organisation": request.organisation.name}
        link = f"/o/{request.organisation.address}/requests/"
        write_letter(
            key=key,
            text="data-request",
            link=link,
            names=names,
            person=contact,
        )
