"""Looking at a concern, taking its steps, telling others or not, handing it over, closing it."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.safety.concerns import events, queries
from goldenthread.safety.concerns.casesheet import sheet_of
from goldenthread.safety.concerns.listen import NEXT, STEPS
from goldenthread.safety.concerns.models import (
    Concern,
    ConcernNote,
    ConcernView,
    ListenStep,
    Telling,
)
from goldenthread.safety.concerns.services.lines import (
    add_note,
    open_concern,
    require_owner,
    written,
)
from goldenthread.safety.concerns.sheet import Sheet
from goldenthread.safety.concerns.wording import say_step
from goldenthread.safety.reading import services as reading
from goldenthread.thread.services import record


@transaction.atomic
def look(*, by: Person, concern: Concern, now: datetime) -> None:
    """Note that someone looks at a concern: every look is kept.

    :raises Refusal: not theirs to look after
    """
    require_owner(by, concern, now=now)
    ConcernView.objects.create(concern=concern, viewer=by, on=now)
    record(events.CONCERN_READ, about=concern.ref, project=concern.project_id, now=now)


@transaction.atomic
def note(*, by: Person, concern: Concern, text: str, now: datetime) -> ConcernNote:
    """Add a line about what was done.

    :raises Refusal: not theirs to look after, closed, or nothing written
    """
    current = open_concern(by, concern, now=now)
    added = add_note(current, written(text, field="text"), by=by, on=clock.today(now))
    record(events.CONCERN_NOTED, about=current.ref, project=current.project_id, now=now)
    return added


@transaction.atomic
def write_to_author(*, by: Person, concern: Concern, text: str, now: datetime) -> None:
    """Leave a line for the author behind their receipt or in their account.

    :raises Refusal: not theirs to look after, closed, or nothing written
    """
    current = open_concern(by, concern, now=now)
    reading.write_to_author(by=by, words=current.words, text=text, now=now)
    record(events.CONCERN_NOTED, about=current.ref, project=current.project_id, now=now)


@transaction.atomic
def mark_step(
    *,
    by: Person,
    concern: Concern,
    step: str,
    done: bool,
    text: str,
    who: str = "",
    due_on: date | None = None,
    now: datetime,
) -> ListenStep:
    """Say whether a LISTEN step was done; what was written of it before stays in the history.

    :raises Refusal: not theirs to look after, closed, or a note, a person or a day is missing
    """
    current = open_concern(by, concern, now=now)
    if not done or step == NEXT:
        text = written(text, field="text")
    if done and step == NEXT and not (who.strip() and due_on):
        raise Refusal(_("Say who does it, and by when."), field="who")
    before = current.steps.filter(step=step).first()
    if before:
        add_note(current, say_step(before), by=before.by, on=before.on)
    marked = {"done": done, "text": text.strip(), "who": who.strip(), "due_on": due_on}
    kept, _new = ListenStep.objects.update_or_create(
        concern=current, step=step, defaults={**marked, "by": by, "on": clock.today(now)}
    )
    facts = {"step": step, "done": "yes" if done else "no"}
    record(events.STEP_MARKED, about=current.ref, project=current.project_id, facts=facts, now=now)
    return kept


@transaction.atomic
def tell_others(
    *,
    by: Person,
    concern: Concern,
    whom: str,
    who: str = "",
    told: bool,
    because: str,
    now: datetime,
) -> Telling:
    """Keep who was told or was not, and why.

    :raises Refusal: not theirs to look after, closed, or no reason given
    """
    current = open_concern(by, concern, now=now)
    last = current.tellings.aggregate(last=Max("place"))["last"]
    telling = Telling.objects.create(
        concern=current,
        whom=whom,
        who=who.strip(),
        told=told,
        because=written(because, field="because"),
        by=by,
        on=clock.today(now),
        place=0 if last is None else last + 1,
    )
    facts = {"whom": str(whom), "told": "yes" if told else "no"}
    record(events.OTHERS_TOLD, about=current.ref, project=current.project_id, facts=facts, now=now)
    return telling


@transaction.atomic
def hand_over(*, by: Person, concern: Concern, to: Person, text: str, now: datetime) -> Concern:
    """Put a case into other hands, with what they need to know.

    :raises Refusal: not theirs to look after, closed, nothing written, or nobody who may see it
    """
    current = open_concern(by, concern, now=now)
    if to not in queries.all_who_look_after(current, now=now):
        raise Refusal(_("Only someone who looks after concerns here can take it."), field="to")
    current.owner = to
    current.save(update_fields=["owner"])
    add_note(current, written(text, field="text"), by=by, on=clock.today(now))
    record(events.HANDED_OVER, about=current.ref, project=current.project_id, now=now)
    return current


@transaction.atomic
def export(*, by: Person, concern: Concern, kind: str, now: datetime) -> Sheet:
    """Take a case out for another case system: that it was read and taken out is kept.

    :raises Refusal: not theirs to look after
    """
    look(by=by, concern=concern, now=now)
    sheet = sheet_of(concern, by=by, today=clock.today(now))
    facts = {"as": kind}
    record(
        events.CONCERN_EXPORTED,
        about=concern.ref,
        project=concern.project_id,
        facts=facts,
        now=now,
    )
    return sheet


@transaction.atomic
def close(
    *,
    by: Person,
    concern: Concern,
    outcome: str,
    checked: str,
    what_was_done: str,
    because: str = "",
    now: datetime,
) -> Concern:
    """Close a concern: what came of it, and why others were told or were not.

    :raises Refusal: not theirs to look after, closed already, a LISTEN step is not marked, or
        something is not said
    """
    current = open_concern(by, concern, now=now)
    told = [each.told for each in current.tellings.all()]
    if not told:
        because = written(because, field="because")
    missing = set(STEPS) - {each.step for each in current.steps.all()}
    if missing:
        raise Refusal(_("Say of every LISTEN step first whether it was done."))
    current.what_was_done = written(what_was_done, field="what_was_done")
    current.outcome, current.checked = outcome, checked
    current.told_others, current.told_because = any(told), because.strip()
    current.closed_on, current.closed_by = clock.today(now), by
    current.save()
    facts = {"told_others": "yes" if any(told) else "no", "outcome": str(outcome)}
    record(
        events.CONCERN_CLOSED, about=current.ref, project=current.project_id, facts=facts, now=now
    )
    return current
