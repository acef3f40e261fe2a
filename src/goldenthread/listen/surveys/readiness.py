"""What is missing in a survey before people can be asked."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from goldenthread.listen.surveys.models import Question, Survey
from goldenthread.listen.surveys.outline import faults_of, outline_of


@dataclass(frozen=True)
class Missing:
    """One sentence, and the question it is about, if it is about one."""

    sentence: str
    question: Question | None = None


def missing_in(survey: Survey) -> list[Missing]:
    """Return every sentence that stands between a survey and opening it. One query."""
    rows = list(survey.questions.order_by("position"))
    outline = outline_of(rows)
    if not outline.questions:
        return [Missing(_("It has no question yet."))]
    return [_missing(question, fault) for question, fault in faults_of(rows)]


def _missing(question: Question, fault: str) -> Missing:
    sentences = {
        "few-options": _("“%(text)s” has fewer than two answers to choose from."),
        "no-rows": _("“%(text)s” has no lines yet."),
        "empty-part": _("The part “%(text)s” has no question in it."),
        "points-forward": _("“%(text)s” is shown by an answer to a question that comes later."),
        "answer-gone": _("“%(text)s” is shown by an answer that is no longer there."),
    }
    return Missing(sentences[fault] % {"text": question.text}, question)
