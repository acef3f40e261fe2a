"""Counting the answers and freezing what may be shown; weights for what is asked next."""

from datetime import datetime

import numpy as np
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.figures import SMALLEST
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.conversations import events, permissions, queries, telling
from goldenthread.listen.conversations.mapping import Votes
from goldenthread.listen.conversations.mapping.next import Counter
from goldenthread.listen.conversations.models import (
    Conversation,
    Drawing,
    Participant,
    Stance,
    Statement,
)
from goldenthread.people.accounts.models import Person
from goldenthread.thread.services import record

SLICE = 5000

# Only where people answer today; and a statement only when ten more have answered it, so that what
# is asked next tells nothing of a single answer.
_RECOUNT = """
update conversations_statement s
set agrees = found.agrees, disagrees = found.disagrees, passes = found.passes
from (
    select e.statement_id, count(*) as seen, count(*) filter (where e.value = 1) as agrees,
        count(*) filter (where e.value = -1) as disagrees,
        count(*) filter (where e.value = 0) as passes
    from conversations_stance e
        join conversations_statement t on t.ref = e.statement_id
        join conversations_conversation c on c.ref = t.conversation_id
        join projects_project j on j.ref = c.project_id
    where c.state = 'open' and j.state = 'open' and exists (
        select from projects_stage g where g.project_id = j.ref and g.name = 'listen'
            and %(today)s between g.opens_on and g.closes_on
    )
    group by e.statement_id
) found
where found.statement_id = s.ref
    and abs(found.seen - s.agrees - s.disagrees - s.passes) >= %(step)s
returning s.ref
"""


@transaction.atomic
def freeze(*, conversation: Conversation, by: Person | None = None, now: datetime) -> Drawing:
    """Count the answers and freeze what may be shown; `by` is nobody when the daily round does it.

    :raises Refusal: the speaker may not, or fewer than ten people are new
    """
    rows = Conversation.objects.select_for_update(no_key=True, of=("self",))
    found = rows.select_related("project").get(ref=conversation.ref)
    if by is not None and not permissions.may_arrange(by, found.project, now=now):
        raise Refusal(_("Only organisers and co-leads of an open project can do this."))
    last = queries.newest_of(found)
    votes = votes_of(found)
    before = last.bases["people"] if last else 0
    if len(votes.participants) - before < SMALLEST:
        raise Refusal(_("We count when ten more people have answered. Please wait a little."))
    number = last.number + 1 if last else 1
    counted = telling.count(
        votes,
        number=number,
        last=last.shown if last else {},
        bases=last.bases if last else {},
        groups=_groups_last_time(found),
    )
    drawing = Drawing.objects.create(
        conversation=found,
        number=number,
        frozen_on=clock.today(now),
        shown=counted.shown,
        bases=counted.bases,
    )
    _place(found, counted.letters)
    _separate(found, counted.separation)
    facts = {"number": number}
    record(events.MAP_FROZEN, about=found.ref, project=found.project_id, facts=facts, now=now)
    return drawing


def votes_of(conversation: Conversation) -> Votes:
    """Return every answer to what stands."""
    still = list(queries.standing(conversation).select_related(None).values_list("ref", flat=True))
    people: dict[object, int] = {}
    statements = {ref: at for at, ref in enumerate(still)}
    who, what, values = [], [], []
    rows = Stance.objects.filter(statement__in=still).order_by()
    told = rows.values_list("participant_id", "statement_id", "value")
    for participant, statement, value in told.iterator(chunk_size=SLICE):
        who.append(people.setdefault(participant, len(people)))
        what.append(statements[statement])
        values.append(value)
    return Votes.of_arrays(
        [str(ref) for ref in people],
        [str(ref) for ref in still],
        who=np.array(who, dtype=np.int64),
        what=np.array(what, dtype=np.int64),
        votes=np.array(values, dtype=np.int64),
    )


def _groups_last_time(conversation: Conversation) -> dict[str, int]:
    placed = conversation.participants.exclude(group="").values_list("ref", "group")
    return {str(ref): ord(letter) - ord("A") for ref, letter in placed.iterator(chunk_size=SLICE)}


def _place(conversation: Conversation, letters: dict[str, str]) -> None:
    """Note for each person in which group of the newest map they are; only they are told."""
    conversation.participants.exclude(group="").update(group="")
    by_letter: dict[str, list[str]] = {}
    for ref, letter in letters.items():
        by_letter.setdefault(letter, []).append(ref)
    for letter, refs in by_letter.items():
        for at in range(0, len(refs), SLICE):
            Participant.objects.filter(ref__in=refs[at : at + SLICE]).update(group=letter)


def _separate(conversation: Conversation, separation: dict[str, float]) -> None:
    """Note how far one answer to each statement moves somebody: what sets people apart is asked."""
    rows = list(conversation.statements.filter(ref__in=separation))
    for each in rows:
        each.separation = separation[str(each.ref)]
        _weigh(each)
    Statement.objects.bulk_update(rows, ["separation", "weight"], batch_size=500)


def freeze_all_due(*, now: datetime) -> int:
    """Freeze every conversation in which ten more people have answered; how many."""
    answered = Exists(Stance.objects.filter(participant__conversation=OuterRef("pk")))
    frozen = 0
    for each in Conversation.objects.exclude(state="draft").filter(answered).order_by("ref"):
        last = queries.newest_of(each)
        known = last.bases["people"] if last else 0
        if each.participants.count() - known < SMALLEST:
            continue
        try:
            freeze(conversation=each, now=now)
            frozen += 1
        except Refusal:  # some answered only what stands no more
            continue
    return frozen


@transaction.atomic
def recount(*, now: datetime) -> int:
    """Refresh the counters and weights of what ten more have answered; how many statements."""
    with connection.cursor() as cursor:
        cursor.execute(_RECOUNT, {"today": clock.today(now), "step": SMALLEST})
        changed = [ref for (ref,) in cursor.fetchall()]
    rows = list(Statement.objects.filter(ref__in=changed).order_by("ref"))
    for each in rows:
        _weigh(each)
    Statement.objects.bulk_update(rows, ["weight"], batch_size=500)
    return len(rows)


def _weigh(statement: Statement) -> None:
    seen = statement.agrees, statement.disagrees, statement.passes
    statement.weight = Counter("", *seen, statement.separation).weight()
