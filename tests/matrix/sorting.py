"""What the rooms that sort voices add to a world."""

from datetime import date
from typing import Any

from goldenthread.listen.candidates.models import Candidate, Placed, Run
from goldenthread.listen.coding.models import Code, Coder, Coding, Round, Unit
from goldenthread.listen.summaries.models import Rest, Sentence
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.tests.factories import Listening

TODAY = date(2026, 3, 10)


def sorted_in(name: str, around: Listening, theme: Theme, heard: Voice) -> dict[str, Any]:
    """Make one of everything with which voices are sorted; return their references."""
    project = around.project
    run = Run.objects.create(project=project, asked_on=TODAY, number=2)
    candidate = Candidate.objects.create(run=run, words=[f"Common-{name}"], place=0)
    Placed.objects.create(run=run, voice=heard, candidate=candidate, place=0)
    Code.objects.create(theme=theme, definition=f"Code-{name}")
    round_ = Round.objects.create(
        project=project,
        themes=[theme.ref],
        started_on=TODAY,
        state=Round.State.TALKING,
        finished_on=TODAY,
    )
    unit = Unit.objects.create(round=round_, voice=heard, place=0)
    for person, chosen in ((around.mina, [theme.ref]), (around.cara, [])):
        coder = Coder.objects.create(round=round_, person=person, done_on=TODAY)
        Coding.objects.create(unit=unit, coder=coder, themes=chosen)
    sentence = Sentence.objects.create(
        project=project, text=f"Sentence-{name}", place=0, shown_on=TODAY, salt=b"s" * 32
    )
    Rest.objects.create(sentence=sentence, voice=heard)
    return {
        "candidate": candidate.ref,
        "round_": round_.ref,
        "unit": unit.ref,
        "sentence": sentence.ref,
    }
