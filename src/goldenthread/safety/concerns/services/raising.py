"""Raising a concern: it is in someone's hands at once, and they get a mail without words."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.services import write_letter
from goldenthread.safety.concerns import events, permissions, queries
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.concerns.services.lines import add_note, written
from goldenthread.safety.concerns.wording import say_ending, say_step, say_worry
from goldenthread.safety.reading.models import Words
from goldenthread.thread.services import record

BY_WHO_SEES: Final = list(Concern.Names.values)  # whom a case names: each is seen by fewer


@transaction.atomic
def raise_concern(
    *, by: Person, words: Words, why: str, names: str = Concern.Names.NOBODY, now: datetime
) -> Concern:
    """Tell the safeguarding owner; the words stay in reading. Told again, it is the same case.

    An open one gets another line, a closed one opens again. Whom these words were said to name
    before, they name still: a case never goes back to someone whom a reader left out.

    :raises Refusal: no reader, or no reason given
    """
    if not permissions.may_raise(by, words.project, now=now):
        raise Refusal(_("Only a reader of this project can do this."))
    why = written(why, field="why")
    found = _case_of(words)
    concern = found or Concern(project=words.project, words=words)
    if found is not None and found.closed_on is None:
        _add(concern, why, by=by, now=now)
    else:
        _begin(concern, why, by=by, now=now)
    _give(concern, names, now=now)
    _write_to_owners(concern, now=now)
    return concern


def _case_of(words: Words) -> Concern | None:
    """Take hold of the case of these words; while there is none, nobody else begins one."""
    cases = Concern.objects.select_for_update(no_key=True).filter(words=words)
    if (found := cases.first()) is None:
        Words.objects.select_for_update(no_key=True).get(ref=words.ref)
        found = cases.first()
    return found


def _begin(concern: Concern, why: str, *, by: Person, now: datetime) -> None:
    """Say what worries the reader, in a new case or in one that was closed."""
    _put_away(concern)
    concern.why, concern.raised_by, concern.owner = why, by, None
    concern.raised_on, concern.raised_at = clock.today(now), now
    concern.save()
    record(events.CONCERN_RAISED, about=concern.ref, project=concern.project_id, now=now)


def _put_away(concern: Concern) -> None:
    """What was said and done before stays, as lines: each of its day, and by who wrote it."""
    if concern.closed_on is None:
        return
    lines = [
        (say_worry(concern.why or ""), concern.raised_by, concern.raised_on),
        *((say_step(each), each.by, each.on) for each in queries.marked_steps(concern)),
        (" ".join(say_ending(concern)), concern.closed_by, concern.closed_on),
    ]
    for text, by, on in lines:
        add_note(concern, text, by=by, on=on)
    concern.steps.all().delete()
    concern.what_was_done = concern.told_because = None
    concern.closed_on = concern.closed_by = None
    concern.outcome = concern.checked = ""
    concern.told_others = False


def _add(concern: Concern, why: str, *, by: Person, now: datetime) -> None:
    """Keep what another reader sees; whoever has looked is to look again, in time."""
    add_note(concern, say_worry(why), by=by, on=clock.today(now))
    if concern.views.filter(on__gte=concern.raised_at).exists():
        concern.raised_at = now
        concern.save(update_fields=["raised_at"])
    record(events.CONCERN_ADDED_TO, about=concern.ref, project=concern.project_id, now=now)


def _give(concern: Concern, names: str, *, now: datetime) -> None:
    """Put it into the hands of whoever is there for what it names now."""
    named = max(concern.names, names, key=BY_WHO_SEES.index)
    if named != concern.names:
        concern.names, concern.owner = named, None
        record(events.CONCERN_NAMES, about=concern.ref, project=concern.project_id, now=now)
    if concern.owner is None:
        there = queries.looking_after(concern, now=now)
        concern.owner = there[0] if there else None
    concern.save(update_fields=["names", "owner"])


def _write_to_owners(concern: Concern, *, now: datetime) -> None:
    """Write to whoever is there, without a word of what was said; else to who names someone."""
    project, there = concern.project, queries.looking_after(concern, now=now)
    own = reverse("concerns:concern", args=[project.address, concern.ref])
    for person in there or queries.name_givers(concern, now=now):
        write_letter(
            key=f"concern:{concern.ref}:{person.ref}:{now.isoformat()}",
            text="concern" if there else "concern-unowned",
            link=own if there else reverse("projects:people", args=[project.address]),
            names={"project": project.title, "organisation": project.organisation.name},
            person=person,
        )
