"""What staff make of voices: candidates of themes, a coding round, a summary."""

from typing import Any

from goldenthread.example.filling.ground import Ground
from goldenthread.listen.candidates.models import Candidate, Placed, Run
from goldenthread.listen.candidates.queries import to_sort
from goldenthread.listen.coding import services as coding
from goldenthread.listen.coding.models import Code, Coder, Coding, Unit
from goldenthread.listen.summaries import services as summaries
from goldenthread.listen.themes.models import Grouping

CANDIDATES, IN_NONE = 12, 5  # one of five is in none
SAMPLE, CODED = 200, 40  # voices of the round, and how many of them a coder has sorted
SENTENCES, UNDER_EACH = 12, 5
COMMON = ("wait", "letter", "told", "weeks")


def sort(ground: Ground) -> None:
    """Do all three."""
    _suggest(ground)
    if ground.voices >= coding.FEWEST_VOICES:
        _code(ground)
    _sum_up(ground)


def _suggest(ground: Ground) -> None:
    """Put voices that are in no theme beside each other."""
    run = Run.objects.create(
        project=ground.project, asked_on=ground.today, asked_by=ground.fred, number=CANDIDATES
    )
    candidates = Candidate.objects.bulk_create(
        Candidate(run=run, stability=0.7, place=at) for at in range(CANDIDATES)
    )
    Placed.objects.bulk_create(
        (
            Placed(
                run=run,
                voice_id=ref,
                candidate=candidates[at % CANDIDATES] if at % IN_NONE else None,
                place=at,
                words=[word for word in COMMON if word in text] if at % IN_NONE else [],
            )
            for at, (ref, text, _asked) in enumerate(to_sort(ground.project))
        ),
        batch_size=1000,
    )


def _code(ground: Ground) -> None:
    """Write the codebook; begin a round in which one coder is done and one is not."""
    Code.objects.bulk_create(
        Code(theme=theme, definition=f"What {theme.title} is about.", belongs="Waiting.")
        for theme in ground.themes
    )
    round_ = coding.start_round(
        by=ground.fred,
        project=ground.project,
        number=SAMPLE,
        people=[ground.fred.ref, ground.cast["dora"].ref],
        now=ground.calendar.at(-1),
    )
    units = list(Unit.objects.filter(round=round_).order_by("place"))
    coders = {each.person_id: each for each in Coder.objects.filter(round=round_)}
    for person, sorted_ones in ((ground.fred, units[:CODED]), (ground.cast["dora"], units)):
        Coding.objects.bulk_create(
            Coding(
                unit=unit,
                coder=coders[person.pk],
                themes=[ground.drawn.choice(ground.themes).ref],
            )
            for unit in sorted_ones
        )
    Coder.objects.filter(pk=coders[ground.cast["dora"].pk].pk).update(done_on=ground.today)


def _sum_up(ground: Ground) -> None:
    """Write sentences, each on some voices and a topic, and show them."""
    given: dict[str, Any] = {"by": ground.fred, "now": ground.calendar.at(-1)}
    for theme in [each for each in ground.themes if each.voice_count][:SENTENCES]:
        inside = Grouping.objects.filter(theme=theme).order_by("voice")
        sentence = summaries.write(
            project=ground.project,
            text=f"People spoke of how long it takes, as in {theme.title}.",
            voices=list(inside.values_list("voice", flat=True)[:UNDER_EACH]),
            themes=[theme.ref],
            **given,
        )
        summaries.show(sentence=sentence, **given)
