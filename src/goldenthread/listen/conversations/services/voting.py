"""Answering: agree, disagree or pass, once a statement, and changing one's mind."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.conversations import permissions, queries
from goldenthread.projects.speaker import Speaker

# The first answer of somebody makes the row that stands for them; of two at once, one does.
_BEGIN = """
insert into conversations_participant (ref, conversation_id, mark, "group")
values (gen_random_uuid(), %(conversation)s, %(mark)s, '') on conflict (mark) do nothing
"""
# One statement for all: whether it is asked this moment, by whom, and what they say. The conditions
# are those of `permissions.may_vote`, `queries.standing` and `queries.is_voting`.
_ANSWER = """
insert into conversations_stance (ref, participant_id, statement_id, value)
select gen_random_uuid(), p.ref, s.ref, %(value)s
from conversations_statement s
    join conversations_conversation c on c.ref = s.conversation_id
    join projects_project j on j.ref = c.project_id
    join conversations_participant p on p.conversation_id = c.ref and p.mark = %(mark)s
    left join reading_words w on w.ref = s.voice_id
where s.ref = %(statement)s and c.ref = %(conversation)s and s.dropped_on is null
    and j.address = %(project)s and (j.open_to <> 'members' or %(belongs)s)
    and c.state = 'open' and j.state = 'open'
    and (s.voice_id is null or (w.state = 'released' and j.board = 'shared'))
    and exists (
        select from projects_stage g where g.project_id = j.ref and g.name = 'listen'
            and %(today)s between g.opens_on and g.closes_on
    )
on conflict (participant_id, statement_id) do update set value = excluded.value
"""


def answer(
    *,
    by: Speaker,
    project: str,
    conversation: UUID,
    statement: UUID,
    mark: bytes,
    value: int,
    now: datetime,
) -> None:
    """Note what somebody thinks of a statement; said again, the last counts. Nothing is counted.

    Where everybody may vote, whoever has answered before costs one statement and nothing else.

    :raises Refusal: nothing is asked here now, or not this
    """
    given: dict[str, Any] = {
        "project": project,
        "conversation": conversation,
        "statement": statement,
        "mark": mark,
        "value": value,
        "today": clock.today(now),
    }
    if _noted(given, belongs=False):
        return
    found = queries.voted_on(by, project, conversation, now=now)
    if found is None or not permissions.may_vote(by, found, now=now):
        raise Refusal(_("Nobody can answer here now."))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_BEGIN, given)
        if not _noted(given, belongs=True):
            raise Refusal(_("This statement is not asked any more. Here is the next one."))


def _noted(given: dict[str, Any], *, belongs: bool) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_ANSWER, given | {"belongs": belongs})
        return bool(cursor.rowcount)
