"""What a world holds of stories and quick questions."""

from datetime import timedelta
from typing import Any

from goldenthread.listen.questions.models import Question
from goldenthread.listen.stories.models import Story, StoryBox
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW


def told_and_asked(project: Project, text: str) -> dict[str, Any]:
    """Make one released story, and one question that is open."""
    told = released_voice(project, text, kind="story")
    asked = {"good_asked": "Good?", "better_asked": "Better?"}
    Story.objects.create(voice=told, first=Story.Prompt.GOOD, **asked)
    prompts = {"good_prompt": "Good?", "better_prompt": "Better?"}
    StoryBox.objects.create(project=project, opened_on=NOW.date(), **prompts)
    question = Question.objects.create(
        project=project,
        text="Shall the open evening be on a weekday?",
        happens_next="We choose the day by it.",
        asked_on=NOW.date(),
        closes_at=NOW + timedelta(days=7),
    )
    return {"story": told.pk, "question": question.ref}
