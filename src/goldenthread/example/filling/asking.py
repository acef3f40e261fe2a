"""Quick questions: one that is open, and many that ended and were answered."""

from typing import Any
from uuid import UUID

from goldenthread.example.filling.ground import Ground
from goldenthread.listen.questions import locks, services
from goldenthread.listen.questions.counting import told
from goldenthread.listen.questions.models import Choice, Option, Question

FEWEST, EVERY = 30, 5000  # questions that ended; one more for so many voices
CHOSE = 40  # the fewest that chose
WORDS = ("Letters", "Calls", "Both")


def ask(ground: Ground) -> list[tuple[str, UUID, str]]:
    """Ask them, and let people choose; return what is answered in words."""
    given: dict[str, Any] = {"by": ground.fred, "now": ground.now}
    still = services.ask(
        project=ground.project,
        text="What should come first?",
        happens_next="We do it next week.",
        options=WORDS,
        how_long="7d",
        **given,
    )
    _choose(ground, still)
    ended = _ended(ground, FEWEST + ground.voices // EVERY)
    return [("question", each.ref, each.text) for each in [still, *ended]]


def _choose(ground: Ground, question: Question) -> None:
    """Lock what people chose, as the service does."""
    refs = [option.ref for option in question.options.all()]
    Choice.objects.bulk_create(
        (
            Choice(
                question=question,
                mark=ground.drawn.randbytes(32),
                sealed=locks.lock(question.ref, ground.drawn.choice(refs)),
            )
            for _each in range(max(CHOSE, ground.voices // 20))
        ),
        batch_size=1000,
    )


def _ended(ground: Ground, number: int) -> list[Question]:
    """Make questions that ended and were answered, one after another."""
    made = Question.objects.bulk_create(
        Question(
            project=ground.project,
            text=f"What about plan {n}?",
            happens_next="We tell you.",
            asked_on=ground.calendar.day(-7),
            asked_by=ground.fred,
            closes_at=ground.calendar.at(-6),
            state=Question.State.ANSWERED,
            ended_on=ground.calendar.day(-6),
            counted=told([20 + n % 30, 30, 25]),
            answer="We do what most of you chose.",
            answer_next="It begins on Monday.",
            answer_by="Fred Bench",
            answered_on=ground.calendar.day(-5),
        )
        for n in range(number)
    )
    Option.objects.bulk_create(
        Option(question=question, text=text, position=at)
        for question in made
        for at, text in enumerate(WORDS)
    )
    return made
