"""A project with stories switched on, and stories that were told there."""

from typing import Any

from goldenthread.listen.stories import services
from goldenthread.listen.stories.models import Story, StoryBox
from goldenthread.listen.voices import formkeys
from goldenthread.listen.voices.tests.factories import form_data
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading.models import Words

GOOD, BETTER = "The nurse sat down.", "Nobody rang back."


def switched_on(house: Listening, **given: Any) -> StoryBox:
    """Switch stories on as a facilitator does."""
    asked = {"good_prompt": "What was good?", "better_prompt": "What could be better?", **given}
    return services.switch_on(by=house.tom, project=house.project, now=NOW, **asked)


def told(box: StoryBox, **given: Any) -> Any:
    """Tell a story as a guest, or as `by`."""
    said = {"by": Guest(), "good": GOOD, "better": BETTER, "whose": "mine", **given}
    return services.tell(box=box, form_key=formkeys.draw(), now=NOW, **said)


def released_story(box: StoryBox, **given: Any) -> Story:
    """Tell a story, and let it be released as it is."""
    voice = told(box, **given).voice
    words = Words.objects.get(pk=voice.pk)
    Words.objects.filter(pk=voice.pk).update(
        state=Words.State.RELEASED,
        released_on=NOW.date(),
        shown=words.text,
        helped_shown=words.would_have_helped,
        note_shown=words.content_note,
    )
    return Story.objects.select_related("voice__words").get(voice=voice)


def sent(project: Project, **given: Any) -> dict[str, Any]:
    """What a browser sends from the page to tell a story."""
    data = form_data(project, good=GOOD, better=BETTER, whose="mine", may_speak="", **given)
    return {name: value for name, value in data.items() if name not in {"text", "kind"}}
