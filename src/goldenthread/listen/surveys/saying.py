"""An answer in words, for the last look before sending."""

from datetime import date
from typing import Any

from goldenthread.kit.text import say_day
from goldenthread.listen.surveys.asking import Ask, place
from goldenthread.listen.surveys.models import Question

Kind = Question.Kind


def say_answer(ask: Ask, value: Any, words: str = "") -> str:
    """Say what somebody answered; nothing if they left it out."""
    said = _said(ask, value)
    return "\n".join(part for part in (said, words) if part)


def _said(ask: Ask, value: Any) -> str:
    if value is None:
        return ""
    texts, kind = dict(ask.choices), ask.question.kind
    if kind == Kind.MATRIX:
        lines = dict(ask.lines)
        return "\n".join(f"{lines[key]}: {texts[str(point)]}" for key, point in value.items())
    if kind == Kind.RANK:
        return "\n".join(f"{place(n)}: {texts[key]}" for n, key in enumerate(value, 1))
    if kind == Kind.MANY:
        return "\n".join(texts[key] for key in value)
    if kind == Kind.DATE:
        return say_day(date.fromisoformat(value))
    return texts.get(str(value), str(value))
