"""What people make of voices: candidates, codings, sentences of a summary."""

from datetime import date
from typing import Any

from goldenthread.listen.candidates.models import Candidate, Placed, Run
from goldenthread.listen.coding.models import Code, Coder, Coding, Round, Unit
from goldenthread.listen.summaries.models import Rest, Sentence
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.tests.factories import Listening


def sorted_voices(
    around: Listening, name: str, theme: Theme, heard: Voice, *, today: date
) -> dict[str, Any]:
    """Make candidate themes, a round of coding that is talked through, and a summary."""
    project = around.project
    run = Run.objects.create(project=project, asked_on=today, number=2)
    candidate = Candidate.objects.create(run=run, title=f"Common-{name}", place=0)
    words = [f"common-{name}"]
    Placed.objects.create(run=run, voice=heard, candidate=candidate, place=0, words=words)
    Code.objects.create(theme=theme, definition=f"Code-{name}")
    round_ = Round.objects.create(
        project=project,
        themes=[theme.ref],
        started_on=today,
        state=Round.State.TALKING,
        finished_on=today,
    )
    unit = Unit.objects.create(round=round_, voice=heard, place=0)
    for person, chosen in ((around.mina, [theme.ref]), (around.cara, [])):
        coder = Coder.objects.create(round=round_, person=person, done_on=today)
        Coding.objects.create(unit=unit, coder=coder, themes=chosen)
    sentence = Sentence.objects.create(
        project=project, text=f"Sentence-{name}", place=0, shown_on=today, salt=b"s" * 32
    )
    Rest.objects.create(sentence=sentence, voice=heard)
    return {
        "candidate": candidate.ref,
        "round_": round_.ref,
        "unit": unit.ref,
        "sentence": sentence.ref,
    }
