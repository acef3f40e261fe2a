"""What is done again after a restore: words taken back, taken down or destroyed meanwhile."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Case, Value, When

from goldenthread.kit import clock
from goldenthread.safety.reading import events
from goldenthread.safety.reading.locks import lock_of
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.queries import SEEN
from goldenthread.safety.reading.reasons import ASKED_ERASED
from goldenthread.safety.reading.services.erasing import destroy
from goldenthread.safety.reading.services.hiding import put_away
from goldenthread.safety.reading.services.removing import AUTHOR_ASKED
from goldenthread.safety.reading.services.restricting import hold_back
from goldenthread.thread.journal import Act
from goldenthread.thread.published import last_entries
from goldenthread.thread.replaying import replays, undoes
from goldenthread.thread.services import hold, record

PROVEN, UNPROVEN = events.WORDS_WITHDRAWN, events.WORDS_WITHDRAWN_UNPROVEN
undoes(events.WITHDRAWAL_UNDONE.name, of=PROVEN.name)
undoes(events.WITHDRAWAL_UNDONE.name, of=UNPROVEN.name)
undoes(events.WORDS_USED_AGAIN.name, of=events.WORDS_HELD_BACK.name)
undoes(events.WORDS_PUT_BACK.name, of=events.WORDS_REMOVED.name)
TAKEN_BACK = Case(  # what was removed before stays removed
    When(state=Words.State.REMOVED, then=Value(Words.State.REMOVED)),
    default=Value(Words.State.WITHDRAWN),
)


@replays(events.WORDS_REMOVED.name)
def removed(acts: Sequence[Act], *, now: datetime) -> int:
    """Take them down again, with the reason."""
    done = 0
    for act in acts:
        because = str(act.facts["because"])
        new: dict[str, object] = {"state": Words.State.REMOVED, "hidden": False}
        new["unpublished_because"] = because
        if because == AUTHOR_ASKED:
            new["withdrawn_on"] = min(act.on, clock.today(now))
        shown = Words.objects.filter(SEEN, ref=act.about)
        if shown.update(**new):
            facts = dict.fromkeys(events.WORDS_REMOVED.facts, "") | act.facts  # older acts say less
            record(events.WORDS_REMOVED, about=act.about, project=act.project, facts=facts, now=now)
            done += 1
    return done


@replays(events.WORDS_HIDDEN.name)
def hidden(acts: Sequence[Act], *, now: datetime) -> int:
    """Hide them again, whatever a reader decided afterwards: what they masked is lost, too.

    What the record of this database knows of is left as it is.
    """
    known = last_entries([act.about for act in acts], events.WORDS_HIDDEN.name)
    lost = [act.about for act in acts if known.get(act.about, ("",))[0] < _day(act, now)]
    rows = Words.objects.select_for_update(no_key=True, of=("self",))
    rows = rows.select_related("project__organisation").order_by("ref")
    found = list(rows.filter(ref__in=lost, state=Words.State.RELEASED))
    for words in found:
        put_away(words, second_reader=words.project.for_under_18, by=None, now=now)
    return len(found)


def _day(act: Act, now: datetime) -> str:
    return min(act.on, clock.today(now)).isoformat()


@replays(PROVEN.name)
@replays(UNPROVEN.name)
def withdrawn(acts: Sequence[Act], *, now: datetime) -> int:
    """Hide them again; the author's seven days run from the day on which they took them back.

    Without the proof that opens their lock it is not said again that their author did.
    """
    done = 0
    for act in acts:
        there = Words.objects.filter(ref=act.about, salt__isnull=False, withdrawn_on=None)
        there = there.exclude(state=Words.State.WITHDRAWN)
        day = min(act.on, clock.today(now))
        if there.update(state=TAKEN_BACK, withdrawn_on=day, claimed_by=None):
            lock = Words.objects.values_list("lock", flat=True).get(ref=act.about)
            proof = str(act.facts.get("proof", ""))
            opens = bool(lock) and lock_of(proof) == lock
            event, facts = (PROVEN, {"proof": proof}) if opens else (UNPROVEN, {})
            hold(event, about=act.about, project=act.project, facts=facts, now=now)
            done += 1
    return done


@replays(events.WORDS_HELD_BACK.name)
def held_back(acts: Sequence[Act], *, now: datetime) -> int:
    """Hold them back again."""
    return hold_back(refs=[act.about for act in acts], now=now)


@replays(events.WORDS_DESTROYED.name)
def destroyed(acts: Sequence[Act], *, now: datetime) -> int:
    """Destroy them again, and all that belongs to them; why it was is said by the other acts."""
    return destroy(refs=[act.about for act in acts], because=ASKED_ERASED, now=now)
