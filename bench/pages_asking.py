"""Surveys: what people fill in, and what is shown of it."""

from typing import Any

from django.urls import reverse
from page import Page, begun, get, staff

from goldenthread.listen.surveys.models import Question, Survey
from goldenthread.projects.models import Project

Kind = Question.Kind


def asking(project: Project) -> list[Page]:
    """Return the pages of surveys."""
    survey = Survey.objects.get(project=project)
    args = [project.address, survey.ref]
    at = {name: reverse(f"surveys:{name}", args=args) for name in PLACES}
    filling = Filling(survey)
    part = reverse("surveys:part", args=[*args, 1])
    return [
        get("survey", at["start"], "How waiting is", 1),
        Page(
            "survey, a part",
            lambda client, _n: client.get(part),
            part,
            counted="<fieldset",
            rows=5,
            before=filling.begin,
        ),
        Page(
            "survey, sending a part",
            lambda client, _n: filling.fill(client, 1),
            answers=302,
            before=filling.begin,
        ),
        Page(
            "survey, looking once more",
            lambda client, _n: client.get(at["check"]),
            at["check"],
            counted="<dt",
            rows=5,
            before=filling.all,
        ),
        Page("survey, sending it", filling.send, answers=302, before=filling.all),
        get("survey, results", at["results"], "<tr", 20),
        get("survey, strengths and gaps", at["gaps"], 'class="area ', 4),
        get("survey, what changed", at["compare"], "<tr", 5),
        staff(get("surveys, desk", reverse("surveys:list", args=args[:1]), "How waiting is", 1)),
        staff(get("survey, desk", at["survey"], "How waiting is", 1)),
    ]


PLACES = ("start", "check", "results", "gaps", "compare", "survey")


class Filling:
    """A guest who fills in a survey."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.questions = list(survey.questions.order_by("position"))

    def begin(self, client: Any, _number: int) -> None:
        """Begin in a browser that has nothing of it yet."""
        client.cookies.clear()
        client.post(self._at("start"), {"act": "begin"})

    def fill(self, client: Any, part: int) -> Any:
        """Send one part."""
        sent = {"act": "next"}
        for question in self.questions:
            sent |= _ticked(question)
        return client.post(self._at("part", part), sent)

    def all(self, client: Any, number: int) -> None:
        """Fill in both parts."""
        self.begin(client, number)
        for part in (1, 2):
            self.fill(client, part)

    def send(self, client: Any, _number: int) -> Any:
        """Send it."""
        sent = {"form_key": begun(self.survey.project_id), "receipt": "keep"}
        return client.post(self._at("check"), sent)

    def _at(self, name: str, *more: Any) -> str:
        return reverse(
            f"surveys:{name}", args=[self.survey.project.address, self.survey.ref, *more]
        )


def _ticked(question: Question) -> dict[str, Any]:
    """Return one question as a form sends it."""
    name = f"q{question.ref.hex}"
    if question.kind == Kind.MATRIX:
        return {f"{name}-{row['key']}": "2" for row in question.rows}
    if question.kind == Kind.RANK:
        return {f"{name}-{key}": str(place) for place, key in enumerate(question.keys, 1)}
    said: dict[str, Any] = {
        Kind.CHOICE: "a1",
        Kind.MANY: ["a1", "a2"],
        Kind.SCALE: "3",
        Kind.NUMBER: "12",
        Kind.DATE: "1/3/2026",
        Kind.SHORT: "Long.",
        Kind.LONG: "A letter each month would have helped.",
    }
    return {name: said[question.kind]} if question.kind in said else {}
