"""What the pages about who is missing show, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock
from goldenthread.kit.shapes import Crumb
from goldenthread.kit.text import say_day, say_month
from goldenthread.listen.outreach import queries
from goldenthread.listen.outreach.bands import SMALLEST, Band
from goldenthread.listen.outreach.comparing import bands_in, tables_of
from goldenthread.listen.outreach.models import OutreachAction, Population
from goldenthread.organisations.models import Organisation
from goldenthread.projects.models import Project
from goldenthread.safety.equality.queries import asked_by
from goldenthread.safety.equality.questions import Question, questions_for
from goldenthread.safety.release.queries import Figures
from goldenthread.safety.release.queries import figures_of as told_by

WORDS: Final = {  # what is said, its sign, its tone
    Band.BELOW: (gettext_lazy("Well below their share"), "▼", "care"),
    Band.ABOUT: (gettext_lazy("About their share"), "●", "good"),
    Band.ABOVE: (gettext_lazy("Well above their share"), "▲", "listen"),
    Band.FEW: (gettext_lazy("Too few to say"), "○", "quiet"),
}
PLACES: Final = {
    "silent": (gettext_lazy("Few or no new voices for three months"), "▼", "care"),
    "heard": (gettext_lazy("More voices than three months ago"), "●", "good"),
}
TONES: Final = {"planned": "quiet", "doing": "act", "done": "good", "dropped": "stop"}


@dataclass(frozen=True)
class Sign:
    """A word about a thing, with a sign before it; the colour only repeats both."""

    text: str
    sign: str
    tone: str


@dataclass(frozen=True)
class Heard:
    """One group: how much of it was heard, beside its share of the people."""

    key: str
    name: str
    band: Band
    share: str

    @property
    def says(self) -> Sign:
        """Say the band."""
        text, sign, tone = WORDS[self.band]
        return Sign(str(text), sign, tone)


@dataclass(frozen=True)
class Compared:
    """One question: every group that something is said of, and those of which nothing is."""

    asks: str
    groups: list[Heard]
    hidden: list[str]
    source: str
    as_of: date

    @property
    def finding(self) -> str:
        """Say in a sentence who is missing."""
        below = self.named(Band.BELOW)
        if below:
            return _("Heard well below their share: %(names)s.") % {"names": "; ".join(below)}
        if self.named(Band.ABOUT) or self.named(Band.ABOVE):
            return _("No group is well below its share, as far as this can be said.")
        return _("Too few have answered to say who is missing.")

    @property
    def more(self) -> str:
        """Say who was heard at their share or above it."""
        names = self.named(Band.ABOUT) + self.named(Band.ABOVE)
        if not names:
            return ""
        return _("At their share or above it: %(names)s.") % {"names": "; ".join(names)}

    def named(self, band: Band) -> list[str]:
        """Return the answers that the groups of a band gave."""
        return [f"“{each.name}”" for each in self.groups if each.band == band]


def crumbs(project: Project, *more: tuple[str, str]) -> list[Crumb]:
    """Return the way here."""
    home = reverse("pages:organisation", args=[project.organisation.address])
    here = reverse("pages:project", args=[project.address])
    steps = [Crumb(project.organisation.name, home), Crumb(project.title, here)]
    return [*steps, *(Crumb(text, href) for text, href in more)]


def missing(project: Project, *, now: datetime) -> dict[str, Any]:
    """Gather who was heard and who was not: from the newest release, and nothing else."""
    today = clock.today(now)
    release, then = queries.now_and_then(project, today=today)
    asked = asked_by(project) is not None
    populations = queries.populations_of(project.organisation) if asked else {}
    sheets = tables_of(release) if release and asked else {}
    known = {each.key: each for each in questions_for(project.organisation)}
    compared = [
        _compared(
            known[key], populations[key], bands_in(sheet, queries.people_of(populations[key]))
        )
        for key, sheet in sheets.items()
        if key in known and key in populations
    ]
    return {
        "project": project,
        "asked": asked,
        "frozen_on": release.frozen_on if release else None,
        "compared": compared,
        "without_numbers": [known[key].asks for key in sheets if key not in populations],
        **_places(project, told_by(release), then, today),
    }


def _compared(question: Question, population: Population, found: dict[str, Band]) -> Compared:
    people = queries.people_of(population)
    everyone, names = sum(people.values()), dict(question.answers)
    groups = [
        Heard(
            key=f"group:{question.key}:{answer}",
            name=names[answer],
            band=band,
            share=say_share(people[answer], everyone),
        )
        for answer, band in found.items()
        if band != Band.HIDDEN and answer in names
    ]
    order = [Band.BELOW, Band.ABOUT, Band.ABOVE, Band.FEW]
    return Compared(
        asks=question.asks,
        groups=sorted(groups, key=lambda each: order.index(each.band)),
        hidden=[names[key] for key, band in found.items() if band == Band.HIDDEN],
        source=population.source,
        as_of=population.as_of,
    )


def say_share(people: int, everyone: int) -> str:
    """Say which share of the people a group is: in whole hundredths, of few people not at all."""
    if people < SMALLEST:
        return _("very few people")
    share = round(100 * people / everyone)
    return _("%(n)s of 100 people") % {"n": share} if share else _("fewer than 1 of 100 people")


def _places(
    project: Project, figures: Figures, then: Figures | None, today: date
) -> dict[str, Any]:
    places = queries.places_of(project, figures, then, today=today)
    asking, strands, labels = places.asking, places.strands, places.labels
    return {
        "strands": [_place(each, figures, asking=asking) for each in strands],
        "labels": [_place(each, figures, asking=asking) for each in labels],
        "silent": [each.name for each in [*strands, *labels] if each.state == "silent" and asking],
        "season": say_month(queries.season_begins(today)),
        "asking": asking,
        "compares": then is not None,
        "grew": asking and any(each.state == "heard" for each in [*strands, *labels]),
    }


def _place(place: queries.Place, figures: Figures, *, asking: bool) -> dict[str, Any]:
    said = PLACES.get(place.state) if asking else None
    return {
        "key": place.key,
        "name": place.name,
        "voices": figures.about(place.key, _("voices")),
        "says": Sign(str(said[0]), said[1], said[2]) if said else None,
        "missing": asking and place.state in {"silent", "few"},
    }


def actions(rows: Iterable[OutreachAction], *, today: date) -> list[dict[str, Any]]:
    """Say of each action how it stands and by when; its owner stands beside for organisers."""
    return [
        {
            "action": each,
            "overdue": queries.is_overdue(each, today=today),
            "state": str(each.get_state_display()),
            "tone": TONES[each.state],
            "when": (
                _("By %(day)s") % {"day": say_day(each.due_on)}
                if each.ended_on is None
                else _("Ended on %(day)s") % {"day": say_day(each.ended_on)}
            ),
            "owner": each.owner.name if each.owner else _("nobody: its owner has left"),
        }
        for each in rows
    ]


def plan_href(project: Project) -> str:
    """Return where a plan is made; whom it is for is written behind it."""
    return reverse("outreach:new", args=[project.address]) + "?" + urlencode({"for": ""})


def entered(organisation: Organisation) -> list[dict[str, Any]]:
    """List every question, with what was entered for it."""
    known = queries.populations_of(organisation)
    return [
        {
            "question": each,
            "population": known.get(each.key),
            "href": reverse("outreach:population", args=[organisation.address, each.key]),
        }
        for each in questions_for(organisation)
    ]


def last_numbers(versions: list[Population]) -> dict[str, int]:
    """Return the newest numbers, to be put right in the boxes of the form."""
    newest = queries.people_of(versions[0]) if versions else {}
    return {f"people-{answer}": people for answer, people in newest.items()}


def version(population: Population, question: Question) -> dict[str, Any]:
    """Show one population as it was entered."""
    people = queries.people_of(population)
    return {
        "population": population,
        "rows": [[text, people.get(key, 0)] for key, text in question.answers],
    }


def preview(numbers: dict[str, dict[str, int]], organisation: Organisation) -> list[dict[str, Any]]:
    """Show what a file would enter, question by question."""
    return [
        {
            "asks": each.asks,
            "rows": [[text, numbers[each.key][key]] for key, text in each.answers],
        }
        for each in questions_for(organisation)
        if each.key in numbers
    ]
