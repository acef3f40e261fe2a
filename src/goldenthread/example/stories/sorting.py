"""Two people sort a sample alone and talk it through; a summary; candidates elsewhere."""

from typing import Any

from goldenthread.example.stories.stage import Calendar, Cast, Script, script_of
from goldenthread.listen.candidates import services as candidates
from goldenthread.listen.coding import queries, services
from goldenthread.listen.coding.models import Coder, Round
from goldenthread.listen.summaries import services as summaries
from goldenthread.listen.themes.models import Grouping, Theme
from goldenthread.listen.themes.queries import voices_in
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project

OTHERWISE = 6  # every so many voices Mina chose another theme than Cara
CANDIDATES = 3


def tell(calendar: Calendar, cast: Cast) -> None:
    """Write the codebook, sort, settle, and write the summary."""
    script, waiting = script_of("sorting"), script_of("waiting")
    project = Project.objects.get(address=waiting["address"])
    themes = {
        key: Theme.objects.get(project=project, title=words["title"], merged_into=None)
        for key, words in waiting["themes"].items()
    }
    for key, code in script["codes"].items():
        example = voices_in(themes[key]).get(words__shown__startswith=code["example"])
        services.write_code(
            by=cast["cara"],
            theme=themes[key],
            now=calendar.at(-234),
            **code | {"example": example.pk},
        )
    _sort(calendar, cast, project, script["round"])
    _sum_up(calendar, cast, project, themes, script)


def _sort(calendar: Calendar, cast: Cast, project: Project, script: Script) -> None:
    round_ = services.start_round(
        by=cast["tom"],
        project=project,
        number=script["number"],
        people=[cast["cara"].ref],
        emails=[cast["mina"].email],
        now=calendar.at(-233),
    )
    for name, days, every in (("cara", -232, 0), ("mina", -231, OTHERWISE)):
        _code(round_, cast[name], every=every, now=calendar.at(days))
    round_.refresh_from_db()
    for at, codings in enumerate(queries.differing(round_)):
        services.agree_on(
            by=cast["tom"],
            round_=round_,
            unit=codings[0].unit,
            chosen=codings[0].themes,
            note=script["notes"][at % len(script["notes"])],
            now=calendar.at(-229),
        )
    services.settle(by=cast["tom"], round_=round_, apply=False, now=calendar.at(-229))


def _code(round_: Round, person: Person, *, every: int, now: Any) -> None:
    coder = Coder.objects.select_related("round__project").get(round=round_, person=person)
    for at, unit in enumerate(queries.units_of(round_)):
        inside = Grouping.objects.filter(voice=unit.voice_id, theme__in=round_.themes)
        chosen = list(inside.values_list("theme", flat=True))
        if every and at % every == 1:
            chosen = [ref for ref in round_.themes if ref not in chosen][:1]
        services.code(by=person, coder=coder, unit=unit, chosen=chosen, now=now)
    services.be_done(by=person, coder=coder, now=now)


def _sum_up(
    calendar: Calendar, cast: Cast, project: Project, themes: dict[str, Theme], script: Script
) -> None:
    for row in script["summary"]:
        beneath = voices_in(themes[row["theme"]])
        voices = [beneath.get(words__shown__startswith=text).pk for text in row["said"]]
        sentence = summaries.write(
            by=cast["cara"],
            project=project,
            text=row["text"],
            voices=voices,
            themes=[] if row.get("alone") else [themes[row["theme"]].ref],
            now=calendar.at(-224),
        )
        summaries.show(by=cast["cara"], sentence=sentence, now=calendar.at(-224))


def suggest(calendar: Calendar, forum: Cast) -> None:
    """Let the forum look at what is in no theme: the candidates wait for people."""
    project = Project.objects.get(address=script_of("crisis")["address"])
    candidates.ask(by=forum["fay"], project=project, number=CANDIDATES, now=calendar.at(-6))
