"""Who may do what in a conversation, as sentences."""

from datetime import datetime

from goldenthread.listen.conversations.models import Conversation
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.permissions import may_see
from goldenthread.projects.roles import has_role
from goldenthread.projects.speaker import Speaker

Name = ProjectRole.Name
State = Conversation.State


def may_arrange(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators and co-leads prepare conversations and name groups, until the project closes."""
    open_still = project.state != Project.State.CLOSED
    return open_still and has_role(speaker, project, Name.FACILITATOR, Name.CO_LEAD, now=now)


def may_bring_in(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """A facilitator brings a conversation in from a file."""
    return has_role(speaker, project, Name.FACILITATOR, now=now)


def may_take_out(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """A facilitator takes results out as a file."""
    return has_role(speaker, project, Name.FACILITATOR, now=now)


def may_look(speaker: Speaker, conversation: Conversation, *, now: datetime) -> bool:
    """Whoever may see the project sees its conversations once they have been opened."""
    shown = conversation.state != State.DRAFT
    return shown and may_see(speaker, conversation.project, now=now)


def may_vote(speaker: Speaker, conversation: Conversation, *, now: datetime) -> bool:
    """Whoever may see the project answers while the conversation and the project are open."""
    both = conversation.state == State.OPEN and conversation.project.state == Project.State.OPEN
    return both and may_see(speaker, conversation.project, now=now)


def may_add(speaker: Speaker, conversation: Conversation, *, now: datetime) -> bool:
    """Whoever answers may add, where organisers let them and all may read what people say here."""
    shared = conversation.project.board == Project.Board.SHARED
    return conversation.adding and shared and may_vote(speaker, conversation, now=now)
