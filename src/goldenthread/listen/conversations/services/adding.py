"""Adding a statement of one's own: a voice like any other, read before anybody votes on it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.conversations import permissions
from goldenthread.listen.conversations.models import Conversation, Statement
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.services import Spoken, speak
from goldenthread.projects.speaker import Speaker
from goldenthread.thread.models import How
from goldenthread.thread.services import tie


@transaction.atomic
def add_statement(
    *,
    by: Speaker,
    conversation: Conversation,
    form_key: UUID,
    picture: str = "",
    now: datetime,
    **said: Any,
) -> Spoken:
    """Hold a statement until a reader has read it; the same form sent twice counts once.

    Its thread begins at the conversation.

    :raises Refusal: nobody may add here now, or something has to be put right
    """
    if not permissions.may_add(by, conversation, now=now):
        raise Refusal(_("You cannot add a statement here now."))
    said |= {"kind": Voice.Kind.STATEMENT, "asked": conversation.question}
    spoken = speak(
        by=by,
        project=conversation.project,
        form_key=form_key,
        now=now,
        answers=conversation.ref,
        **said,
    )
    _made, new = Statement.objects.get_or_create(
        voice=spoken.voice, defaults={"conversation": conversation, "picture": picture}
    )
    if new:
        ends = ("conversation", conversation.ref), ("voice", spoken.voice.ref)
        tie(*ends, how=How.GROUPED, project=conversation.project_id)
    return spoken
