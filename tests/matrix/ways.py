"""The ways to listen beside the box: a room, a round of hands, a conversation, surveys."""

from datetime import date
from typing import Any

from goldenthread.listen.conversations.tests.factories import conversation_in
from goldenthread.listen.rooms.models import Room, Round
from goldenthread.listen.surveys.tests.answering import scored
from goldenthread.listen.surveys.tests.factories import refs_of_two
from goldenthread.projects.models import Project


def ways_in(project: Project, name: str, *, today: date) -> dict[str, Any]:
    """Begin each of them in a project; return what their addresses are filled with."""
    code = f"R{project.organisation_id.hex[:5].upper()}"
    room = Room.objects.create(project=project, kind="class", title="Room", on=today, code=code)
    answers = [{"text": each, "picture": ""} for each in ("Yes", "No")]
    hands = Round.objects.create(project=project, question="Later?", answers=answers, on=today)
    surveys = refs_of_two(project, name)
    return {
        "room_code": room.code,
        "class_round": hands.ref,
        "form_shape": "easy-read",
        "conversation": conversation_in(project, seeds=1, question=f"Conversation-{name}").ref,
        **surveys,
        "area": scored(project, surveys["survey"]),
    }
