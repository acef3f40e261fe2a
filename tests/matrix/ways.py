"""The ways to listen beside the box: a room, a round of hands, a conversation, surveys."""

from datetime import date
from typing import Any

from goldenthread.listen.conversations.tests.factories import conversation_in
from goldenthread.listen.rooms.models import Room, Round
from goldenthread.listen.surveys.models import Question, Survey, Wave
from goldenthread.listen.surveys.tests.answering import scored
from goldenthread.projects.models import Project


def ways_in(project: Project, name: str, *, today: date) -> dict[str, Any]:
    """Begin each of them in a project; return what their addresses are filled with."""
    code = f"R{project.organisation_id.hex[:5].upper()}"
    room = Room.objects.create(project=project, kind="class", title="Room", on=today, code=code)
    answers = [{"text": each, "picture": ""} for each in ("Yes", "No")]
    hands = Round.objects.create(project=project, question="Later?", answers=answers, on=today)
    return {
        "room_code": room.code,
        "class_round": hands.ref,
        "form_shape": "easy-read",
        "conversation": conversation_in(project, seeds=1, question=f"Conversation-{name}").ref,
        **_surveys(project, name, today),
    }


def _surveys(project: Project, name: str, today: date) -> dict[str, Any]:
    """A survey that is open, and one that is being written."""
    title = f"Survey-{name}"
    survey = Survey.objects.create(project=project, title=title, state="open", open_to="invited")
    Wave.objects.create(survey=survey, number=1, opened_on=today)
    draft = Survey.objects.create(project=project, title=f"Draft-{name}")
    for each in (survey, draft):
        asked = Question.objects.create(survey=each, position=0, kind="number", text="How long?")
    return {
        "survey": survey.ref,
        "survey_part": 1,
        "draft": draft.ref,
        "survey_question": asked.ref,
        "question_kind": "number",
        "area": scored(project, survey.ref),
    }
