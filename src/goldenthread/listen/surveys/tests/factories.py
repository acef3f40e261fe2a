"""Surveys for tests: one with a question of every kind, open, and people who answer it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import QueryDict

from goldenthread.kit import clock
from goldenthread.listen.surveys import services
from goldenthread.listen.surveys.holder import Holder, new_code
from goldenthread.listen.surveys.library import options_from
from goldenthread.listen.surveys.models import Question, Survey, Wave
from goldenthread.listen.voices import formkeys
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

AGREE = ["Not true", "Partly true", "True"]


@dataclass
class Made:
    """A survey, with its questions by name, in a project with its people."""

    around: Listening
    survey: Survey
    asked: dict[str, Question]

    @property
    def wave(self) -> Wave:
        """The newest wave."""
        found: Wave = self.survey.waves.latest("number")
        return found

    @property
    def base(self) -> str:
        """Where people answer."""
        return f"/p/{self.around.project.address}/survey/{self.survey.ref}/"

    @property
    def desk(self) -> str:
        """Where facilitators build."""
        return f"/p/{self.around.project.address}/surveys/{self.survey.ref}/"

    def name(self, which: str, more: str = "") -> str:
        """The name of a field."""
        return f"q{self.asked[which].ref.hex}{more}"

    def given(self, **answers: Any) -> dict[str, Any]:
        """Answers, by the names of questions, as they are kept."""
        return {str(self.asked[which].ref): value for which, value in answers.items()}


def a_survey(*, around: Listening | None = None, **given: Any) -> Made:
    """Make a survey that is being written, without questions."""
    around = around or listening_project()
    survey = services.begin_survey(
        by=around.tom, project=around.project, title="How it is", now=NOW
    )
    if given:
        Survey.objects.filter(ref=survey.ref).update(**given)
        survey.refresh_from_db()
    return Made(around, survey, {})


def ask(made: Made, which: str, kind: str, text: str = "", **given: Any) -> Question:
    """Add a question; `options` and `rows` as texts."""
    if "options" in given:
        given["options"] = options_from(kind, given["options"], other=given.pop("other", ""))
    if "rows" in given:
        given["rows"] = [{"key": f"r{n}", "text": each} for n, each in enumerate(given["rows"], 1)]
    if shown_if := given.pop("after", None):
        before, keys = shown_if
        given |= {"shown_if": made.asked[before], "shown_keys": keys}
    made.asked[which] = services.add_question(
        by=made.around.tom, survey=made.survey, kind=kind, text=text or which, now=NOW, **given
    )
    return made.asked[which]


def every_kind(**given: Any) -> Made:
    """Make a survey of two parts with a question of every kind, not open yet."""
    made = a_survey(**given)
    ask(made, "used", "choice", "Have you used it?", options=["Yes", "No"], required=True)
    ask(made, "how", "scale", "It was easy.", options=AGREE, after=("used", ["a1"]))
    ask(made, "what", "many", "What helped?", options=["Time", "Calm"], other="Something else")
    ask(made, "lines", "matrix", "How often?", options=AGREE, rows=["Money", "Travel"])
    ask(made, "two", "section", "The second part")
    ask(made, "order", "rank", "Which first?", options=["Red", "Green", "Blue"])
    ask(made, "weeks", "number", "How many weeks?", least=0, most=52)
    ask(made, "day", "date", "Since when?")
    ask(made, "few", "short", "In a few words?")
    ask(made, "long", "long", "What should change?")
    return made


def opened(made: Made, **given: Any) -> Made:
    """Open it."""
    services.open_survey(by=made.around.tom, survey=made.survey, now=NOW, **given)
    made.survey.refresh_from_db()
    return made


def send(made: Made, given: dict[str, Any], **known: Any) -> Any:
    """Send answers as a guest, or as whoever is named."""
    by = known.pop("by", Guest())
    holder = known.pop("holder", None)
    if holder is None:
        is_person = by.is_member and made.survey.open_to != Survey.OpenTo.INVITED
        holder = Holder(person=by) if is_person else Holder(secret=new_code())
    filled = services.Filled(given, known.pop("words", ()), known.pop("strand", None))
    kept = {"form_key": formkeys.draw(), "now": NOW, **known}
    return services.send(by=by, wave=made.wave, holder=holder, filled=filled, **kept)


def key_of(made: Made) -> str:
    """The hidden field of the last page, begun a minute ago."""
    begun = clock.now() - timedelta(minutes=1)
    return formkeys.begin(made.around.project.ref, now=begun)


def posted(**fields: Any) -> QueryDict:
    """What a browser sends."""
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def refs_of_two(project: Project, name: str) -> dict[str, Any]:
    """Make a survey that is open and one that is being written; return what addresses name."""
    of_both = {"project": project, "open_to": Survey.OpenTo.INVITED}
    survey = Survey.objects.create(title=f"Survey-{name}", state="open", **of_both)
    Wave.objects.create(survey=survey, number=1, opened_on=NOW.date())
    draft = Survey.objects.create(title=f"Draft-{name}", **of_both)
    for each in (survey, draft):
        asked = Question.objects.create(survey=each, position=0, kind="number", text="How long?")
    return {
        "survey": survey.ref,
        "survey_part": 1,
        "draft": draft.ref,
        "survey_question": asked.ref,
        "question_kind": "number",
    }
