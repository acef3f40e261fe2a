"""Taking results out: rounded ones at any time; single answers once, after the end, on record."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.conversations import events, outgoing, permissions, queries
from goldenthread.listen.conversations.models import Conversation, Drawing
from goldenthread.listen.conversations.services.freezing import votes_of
from goldenthread.listen.conversations.telling import FOR_A_MAP
from goldenthread.people.accounts.models import Person
from goldenthread.thread.services import record


@transaction.atomic
def take_out_results(*, by: Person, conversation: Conversation, now: datetime) -> bytes:
    """Return the newest map as a table: what its pages show, and nothing else.

    :raises Refusal: the speaker does not facilitate here, or nothing was counted yet
    """
    drawing = _drawing(by, conversation, now)
    record(events.STATEMENTS_EXPORTED, about=drawing.ref, project=conversation.project_id, now=now)
    return outgoing.results(drawing, queries.by_ref(conversation, drawing.shown["order"]))


@transaction.atomic
def take_out_answers(
    *, by: Person, conversation: Conversation, understood: bool, now: datetime
) -> bytes:
    """Return single answers without names, as Polis writes them: once, when none come any more.

    Of two files, the newer would show alone who answered between them.

    :raises Refusal: people were not told beforehand, it is not closed, fewer than thirty answered,
        children are asked, they were taken out before, or the warning was not read
    """
    drawing = _drawing(by, conversation, now)
    rows = Conversation.objects.select_for_update(no_key=True, of=("self",))
    conversation = rows.select_related("project").get(ref=conversation.ref)
    if sentence := why_not(conversation, drawing):
        raise Refusal(sentence)
    if not understood:
        raise Refusal(_("Tick that you have read this first."), field="understood")
    votes = votes_of(conversation)
    if len(votes.participants) < FOR_A_MAP:
        raise Refusal(_("Single answers can be taken out once 30 people have answered."))
    drawing.answers_out_on = clock.today(now)
    drawing.save(update_fields=["answers_out_on"])
    record(events.ANSWERS_EXPORTED, about=drawing.ref, project=conversation.project_id, now=now)
    return outgoing.single_answers(
        votes,
        queries.by_ref(conversation, votes.statements),
        question=conversation.question,
        frozen_on=drawing.frozen_on,
    )


def why_not(conversation: Conversation, drawing: Drawing | None) -> str:
    """Say why single answers cannot be taken out; nothing if they can."""
    if not conversation.answers_leave:
        return _("People were told that single answers stay here. So they do.")
    if conversation.project.for_under_18:
        return _("Where children are asked, single answers stay here.")
    if drawing is None or drawing.bases["people"] < FOR_A_MAP:
        return _("Single answers can be taken out once 30 people have answered.")
    if conversation.state != Conversation.State.CLOSED:
        return _("Single answers can be taken out once, after the conversation is closed.")
    if queries.are_answers_out(conversation):
        return _("Single answers were taken out once. They cannot be taken out again.")
    return ""


def _drawing(by: Person, conversation: Conversation, now: datetime) -> Drawing:
    if not permissions.may_take_out(by, conversation.project, now=now):
        raise Refusal(_("Only a facilitator can take results out."))
    rows = Drawing.objects.select_for_update(no_key=True, of=["self"]).filter(
        conversation=conversation
    )
    drawing = rows.order_by("-number").first()
    if drawing is None:
        raise Refusal(_("Nothing has been counted yet."))
    return drawing
