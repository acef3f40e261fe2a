"""What organisers do: a question, seeds, opening and closing, names of groups."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.conversations import events, permissions, queries
from goldenthread.listen.conversations.models import (
    Conversation,
    Drawing,
    GroupName,
    Statement,
)
from goldenthread.listen.voices.services import close_door, open_door
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.thread.services import record

WAY = "conversations"
FEWEST_SEEDS = 3  # people need something to answer before anybody has added anything
MOST_SEEDS = 60
State = Conversation.State


def allow(by: Person, project: Project, *, now: datetime) -> None:
    """Go on only for those who arrange conversations here.

    :raises Refusal: they do not, or the project is closed
    """
    if not permissions.may_arrange(by, project, now=now):
        raise Refusal(_("Only organisers and co-leads of an open project can do this."))


def _locked() -> QuerySet[Conversation]:
    """Hold it still for a change; people go on answering meanwhile."""
    rows = Conversation.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("project")


def held_still(by: Person, conversation: Conversation, *, now: datetime) -> Conversation:
    """Lock a conversation for a change.

    :raises Refusal: the speaker may not arrange it
    """
    found = _locked().get(ref=conversation.ref)
    allow(by, found.project, now=now)
    return found


@transaction.atomic
def prepare(
    *,
    by: Person,
    project: Project,
    question: str,
    about: str = "",
    adding: bool = True,
    answers_leave: bool = False,
    now: datetime,
) -> Conversation:
    """Begin to prepare a conversation; nobody else sees it yet."""
    allow(by, project, now=now)
    return Conversation.objects.create(
        project=project,
        question=question.strip(),
        about=about.strip(),
        adding=adding,
        answers_leave=answers_leave,
        made_on=clock.today(now),
        made_by=by,
    )


@transaction.atomic
def reword(
    *,
    by: Person,
    conversation: Conversation,
    question: str,
    about: str,
    answers_leave: bool,
    now: datetime,
) -> Conversation:
    """Say otherwise what is asked and what happens with it, while nobody has answered.

    :raises Refusal: it was opened: people answered these words
    """
    found = held_still(by, conversation, now=now)
    if found.state != State.DRAFT:
        raise Refusal(_("People have seen this question. It stays as it is."))
    found.question, found.about = question.strip(), about.strip()
    found.answers_leave = answers_leave
    found.save(update_fields=["question", "about", "answers_leave"])
    return found


@transaction.atomic
def seed(
    *, by: Person, conversation: Conversation, text: str, picture: str = "", now: datetime
) -> Statement:
    """Write a statement of the staff's own, at the end of the list.

    :raises Refusal: the conversation is closed, it is there already, or there are too many
    """
    found = held_still(by, conversation, now=now)
    if found.state == State.CLOSED:
        raise Refusal(_("This conversation is closed."))
    words = " ".join(text.split())
    seeds = queries.seeds_of(found)
    if seeds.filter(seed__iexact=words).exists():
        raise Refusal(_("This statement is there already."), field="text")
    if seeds.count() >= MOST_SEEDS:
        raise Refusal(
            _("There are many statements already. Let people add the rest."), field="text"
        )
    last = seeds.aggregate(last=Max("place"))["last"] or 0
    made = Statement.objects.create(conversation=found, seed=words, picture=picture, place=last + 1)
    record(events.STATEMENT_SEEDED, about=made.ref, project=found.project_id, now=now)
    return made


@transaction.atomic
def drop_seed(*, by: Person, conversation: Conversation, statement: UUID, now: datetime) -> None:
    """Take a seed out: of a draft for good; later it is asked no more, and what was answered stays.

    :raises Refusal: it is not a seed of this conversation
    """
    found = held_still(by, conversation, now=now)
    dropped = queries.seeds_of(found).filter(ref=statement).first()
    if dropped is None:
        raise Refusal(_("This statement is not here any more."))
    if found.state == State.DRAFT:
        dropped.delete()
    else:
        dropped.dropped_on = clock.today(now)
        dropped.save(update_fields=["dropped_on"])
    record(events.STATEMENT_DROPPED, about=statement, project=found.project_id, now=now)


@transaction.atomic
def move_seed(*, by: Person, conversation: Conversation, statement: UUID, now: datetime) -> None:
    """Move a seed up by one place.

    :raises Refusal: it is not a seed of this conversation
    """
    found = held_still(by, conversation, now=now)
    seeds = list(queries.seeds_of(found))
    at = next((n for n, each in enumerate(seeds) if each.ref == statement), None)
    if at is None:
        raise Refusal(_("This statement is not here any more."))
    if at:
        seeds[at - 1], seeds[at] = seeds[at], seeds[at - 1]
    for place, each in enumerate(seeds, start=1):
        each.place = place
    Statement.objects.bulk_update(seeds, ["place"])


@transaction.atomic
def open_conversation(*, by: Person, conversation: Conversation, now: datetime) -> Conversation:
    """Let people answer: from now on it stands on the project page.

    :raises Refusal: too few statements, the project does not listen, or single answers are out
    """
    found = held_still(by, conversation, now=now)
    if found.state == State.OPEN:
        return found
    _must_listen(found.project, now=now)
    if queries.are_answers_out(found):
        raise Refusal(_("Single answers were taken out. So this conversation stays closed."))
    number = queries.standing(found).count()
    if number < FEWEST_SEEDS:
        raise Refusal(_("Write at least three statements first, so that people can begin."))
    found.state, found.closed_on = State.OPEN, None
    found.opened_on = found.opened_on or clock.today(now)
    found.save(update_fields=["state", "opened_on", "closed_on"])
    open_door(
        ref=found.ref,
        project=found.project,
        way=WAY,
        title=found.question[:120],
        path=reverse("conversations:conversation", args=[found.project.address, found.ref]),
    )
    facts = {"statements": number}
    record(
        events.CONVERSATION_OPENED, about=found.ref, project=found.project_id, facts=facts, now=now
    )
    return found


def _must_listen(project: Project, *, now: datetime) -> None:
    """Go on only while people may speak.

    :raises Refusal: the project does not listen today
    """
    if project.state != Project.State.OPEN or not queries.days_of(project, now=now).exists():
        raise Refusal(_("People can answer only while the project listens. It does not now."))


@transaction.atomic
def close_conversation(*, by: Person, conversation: Conversation, now: datetime) -> Conversation:
    """Take no more answers; what was counted stays to be seen.

    :raises Refusal: it is not open
    """
    found = held_still(by, conversation, now=now)
    if found.state != State.OPEN:
        raise Refusal(_("This conversation is not open."))
    _close(found, now)
    return found


def close_due(*, now: datetime) -> int:
    """Close what nobody closed when its project stopped listening for good; how many."""
    due = [each.ref for each in queries.left_open(now)]
    for ref in due:
        with transaction.atomic():
            for found in _locked().filter(ref=ref, state=State.OPEN):
                _close(found, now)
    return len(due)


def _close(found: Conversation, now: datetime) -> None:
    """Shut the door: from now on it leads to what people think."""
    found.state, found.closed_on = State.CLOSED, clock.today(now)
    found.save(update_fields=["state", "closed_on"])
    map_href = reverse("conversations:map", args=[found.project.address, found.ref])
    close_door(ref=found.ref, leads_to=map_href)
    record(events.CONVERSATION_CLOSED, about=found.ref, project=found.project_id, now=now)


@transaction.atomic
def let_add(*, by: Person, conversation: Conversation, adding: bool, now: datetime) -> None:
    """Say whether people may add statements of their own."""
    found = held_still(by, conversation, now=now)
    if found.adding == adding:
        return
    found.adding = adding
    found.save(update_fields=["adding"])
    facts = {"adding": int(adding)}
    record(events.ADDING_CHANGED, about=found.ref, project=found.project_id, facts=facts, now=now)


@transaction.atomic
def name_group(*, by: Person, drawing: Drawing, letter: str, name: str, now: datetime) -> None:
    """Give a group that the map shows a name; an empty one takes the name away.

    :raises Refusal: the speaker may not, or the map shows no such group
    """
    found = held_still(by, drawing.conversation, now=now)
    if letter not in {each["letter"] for each in drawing.shown.get("groups", ())}:
        raise Refusal(_("There is no such group on this map."))
    if name.strip():
        given = {"name": name.strip(), "on": clock.today(now), "by": by}
        GroupName.objects.update_or_create(drawing=drawing, letter=letter, defaults=given)
    else:
        GroupName.objects.filter(drawing=drawing, letter=letter).delete()
    record(events.GROUP_NAMED, about=drawing.ref, project=found.project_id, now=now)
