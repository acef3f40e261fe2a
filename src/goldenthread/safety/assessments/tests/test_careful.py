"""What everyone reads of an assessment is looked through; lists of what could go wrong are not."""

import pytest

from goldenthread.safety.assessments.forms import Write
from goldenthread.safety.assessments.questions import Kind, kinds

HURTS = "He committed suicide."


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.key)
def test_public_answers_are_looked_through(kind: Kind) -> None:
    written = {each.key: HURTS for each in kind.questions if not each.choices}
    told = {each.key for each in kind.questions if each.public}
    assert set(Write(written, kind=kind).errors) & set(written) == told & set(written)


def test_some_are_public_and_some_are_not() -> None:
    questions = [each for kind in kinds().values() for each in kind.questions if not each.choices]
    assert {each.public for each in questions} == {True, False}
