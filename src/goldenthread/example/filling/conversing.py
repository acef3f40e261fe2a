"""A conversation: seeds, statements from people, and stances by the million."""

from typing import Any

from django.db import connection

from goldenthread.example.filling.ground import Ground
from goldenthread.listen.conversations import services
from goldenthread.listen.conversations.models import Conversation, Statement
from goldenthread.listen.voices.models import Voice

STATEMENTS, FROM_PEOPLE = 200, 140
EACH = 50  # statements that one person answers
FEWEST = 60  # people, so that there is a map
CAMPS = 3

_PEOPLE = """
insert into conversations_participant (ref, conversation_id, mark, "group")
select gen_random_uuid(), %(conversation)s, sha256((%(salt)s || n)::bytea), ''
from generate_series(1, %(people)s) n
"""
# Each person is of one camp, by their mark, and mostly thinks as their camp does.
_STANCES = """
insert into conversations_stance (ref, participant_id, statement_id, value)
select gen_random_uuid(), p.ref, s.ref, case
    when random() < 0.1 then 0
    when random() < 0.15 then (floor(random() * 3) - 1)::int
    when hashtext(s.ref::text || get_byte(p.mark, 0) %% %(camps)s) > 0 then 1 else -1 end
from conversations_participant p, lateral (
    select ref from conversations_statement
    where conversation_id = p.conversation_id and p.ref is not null order by random() limit %(each)s
) s
where p.conversation_id = %(conversation)s
"""


def converse(ground: Ground) -> None:
    """Ask, let people add statements and answer, and freeze a map."""
    given: dict[str, Any] = {"by": ground.fred, "now": ground.calendar.at(-7)}
    asked = services.prepare(
        project=ground.project,
        question="What helps while people wait?",
        about="We look at the map together and decide what we try first.",
        **given,
    )
    added = Voice.objects.filter(project=ground.project, kind=Voice.Kind.STATEMENT)
    refs = list(added.order_by("pk").values_list("pk", flat=True)[:FROM_PEOPLE])
    state(asked, STATEMENTS - len(refs))
    Statement.objects.bulk_create(Statement(conversation=asked, voice_id=ref) for ref in refs)
    Voice.objects.filter(pk__in=refs).update(answers=asked.ref)
    asked = services.open_conversation(conversation=asked, **given)
    vote(asked, people=max(FEWEST, ground.voices // EACH))
    services.freeze(conversation=asked, now=ground.now)
    services.recount(now=ground.now)


def state(asked: Conversation, number: int) -> None:
    """Write so many seeds."""
    Statement.objects.bulk_create(
        Statement(conversation=asked, seed=f"Statement {n} of many.", place=n)
        for n in range(1, number + 1)
    )


def vote(asked: Conversation, *, people: int) -> None:
    """Let so many people answer some statements each, in the database alone."""
    given: dict[str, Any] = {"conversation": asked.ref, "salt": asked.ref.hex, "people": people}
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, given)
        cursor.execute(_STANCES, given | {"each": EACH, "camps": CAMPS})
        cursor.execute(
            "analyze conversations_statement, conversations_participant, conversations_stance"
        )
