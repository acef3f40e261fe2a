"""Answering: agree, disagree or pass, once a statement, and changing one's mind."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.conversations import permissions, queries
from goldenthread.listen.conversations.models import Conversation, Participant, Stance
from goldenthread.projects.speaker import Speaker

# The first answer of somebody makes the row that stands for them; of two at once, one does.
_BEGIN = """
insert into conversations_participant (ref, conversation_id, mark, "group")
values (gen_random_uuid(), %s, %s, '') on conflict (mark) do nothing
"""


@transaction.atomic
def answer(
    *,
    by: Speaker,
    conversation: Conversation,
    statement: UUID,
    mark: bytes,
    value: int,
    now: datetime,
) -> None:
    """Note what somebody thinks of a statement; said again, the last counts. Nothing is counted.

    :raises Refusal: nothing is asked here now, or not this
    """
    if not permissions.may_vote(by, conversation, now=now):
        raise Refusal(_("Nobody can answer here now."))
    asked = queries.open_statement(statement, conversation=conversation, now=now)
    if asked is None:
        raise Refusal(_("This statement is not asked any more. Here is the next one."))
    own = queries.participant_at(conversation, mark) or _begin(conversation, mark)
    stance = Stance(participant=own, statement=asked, value=value)
    Stance.objects.bulk_create(
        [stance],
        update_conflicts=True,
        unique_fields=["participant", "statement"],
        update_fields=["value"],
    )


def _begin(conversation: Conversation, mark: bytes) -> Participant:
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [conversation.ref, mark])
    return Participant.objects.get(conversation=conversation, mark=mark)
