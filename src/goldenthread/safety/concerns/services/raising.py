"""Raising a concern: it is in someone's hands at once, and they get a mail without words."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.services import write_letter
from goldenthread.safety.concerns import events, permissions, queries
from goldenthread.safety.concerns.listen import STEPS
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.concerns.services.lines import add_note, written
from goldenthread.safety.reading.models import Words
from goldenthread.thread.services import record


@transaction.atomic
def raise_concern(
    *, by: Person, words: Words, why: str, names: str = Concern.Names.NOBODY, now: datetime
) -> Concern:
    """Tell the safeguarding owner; the words stay in reading. Closed before, it opens again.

    :raises Refusal: no reader, no reason given, or they know already
    """
    if not permissions.may_raise(by, words.project, now=now):
        raise Refusal(_("Only a reader of this project can do this."))
    why = written(why, field="why")
    Words.objects.select_for_update(no_key=True).get(ref=words.ref)
    concern = Concern.objects.filter(words=words).first()
    if concern is None:
        concern = Concern(project=words.project, words=words)
    elif concern.closed_on is None:
        raise Refusal(_("The safeguarding owner knows of this already."))
    else:
        _put_away(concern, now=now)
    _begin(concern, why, names, by=by, now=now)
    _write_to_owners(concern, now=now)
    record(events.CONCERN_RAISED, about=concern.ref, project=concern.project_id, now=now)
    return concern


def _begin(concern: Concern, why: str, names: str, *, by: Person, now: datetime) -> None:
    """Put it into the hands of whoever is there."""
    concern.why, concern.names, concern.raised_by = why, names, by
    concern.raised_on, concern.raised_at = clock.today(now), now
    there = queries.looking_after(concern, now=now)
    concern.owner = there[0] if there else None
    concern.save()


def _put_away(concern: Concern, *, now: datetime) -> None:
    """What was said and done before stays, as lines of its history."""
    steps = {each.step: each.text or "" for each in concern.steps.all()}
    lines = [concern.why, *(f"{STEPS[step][0]}: {text}" for step, text in steps.items())]
    for line in (*lines, concern.what_was_done, concern.told_because):
        if line:
            add_note(concern, line, by=concern.closed_by, now=now)
    concern.steps.all().delete()
    concern.what_was_done = concern.told_because = None
    concern.closed_on = concern.closed_by = None
    concern.outcome = concern.checked = ""
    concern.told_others = False


def _write_to_owners(concern: Concern, *, now: datetime) -> None:
    """Write to whoever is there, without a word of what was said."""
    project = concern.project
    for person in queries.looking_after(concern, now=now):
        write_letter(
            key=f"concern:{concern.ref}:{person.ref}:{now.isoformat()}",
            text="concern",
            link=reverse("concerns:concern", args=[project.address, concern.ref]),
            names={"project": project.title, "organisation": project.organisation.name},
            person=person,
        )
