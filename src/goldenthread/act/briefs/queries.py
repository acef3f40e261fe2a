"""Reading briefs: what is asked, what people said about it, and out of what it is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject, Length
from django.utils.translation import gettext as _

from goldenthread.act.briefs.models import Brief, BriefOption, Delegation
from goldenthread.act.briefs.permissions import (
    Name,
    asked_one_decides,
    delegations_for,
    has_passed_on,
    in_force,
    may_decide_brief,
    may_see_asked,
    may_see_brief,
    may_see_drafts,
)
from goldenthread.act.decisions.queries import as_it_became, themes_to_decide
from goldenthread.kit import clock
from goldenthread.listen.summaries.queries import shown_about
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.themes.shown import how_many
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.roles import held
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.consent.queries import may_be_quoted, quotes
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release.queries import Figures

MOST_THEMES: Final = 3
MOST_SENTENCES: Final = 3
MOST_QUOTES: Final = 2
LONGEST_QUOTE: Final = 240  # letters: two of them fit on the page
OFFERED: Final = 20  # quotes to choose from


@dataclass(frozen=True)
class Topic:
    """What one theme says, and how many said it, as far as figures are out."""

    title: str
    sentence: str
    voices: str


@dataclass(frozen=True)
class Seen:
    """A brief as one person sees it: who stands in for whom it asks, and whether they decide."""

    brief: Brief
    standing: Sequence[Delegation]
    may_decide: bool


@dataclass(frozen=True)
class Said:
    """What people said: drawn from what is shown, never typed."""

    topics: Sequence[Topic]
    sentences: Sequence[str]
    quotes: Sequence[str]


_OPTIONS = ArraySubquery(
    BriefOption.objects.filter(brief=OuterRef("pk"))
    .order_by("position")
    .values(
        option=JSONObject(
            **{name: name for name in ("ref", "text", "cost", "risk", "outcome", "as_it_is")}
        )
    )
)


def briefs_of(project: Project, speaker: Speaker, *, now: datetime) -> QuerySet[Brief]:
    """Return what was asked and what came of it; those who write briefs see drafts too."""
    found = Brief.objects.filter(project=project).select_related("asked_of", "decision")
    if may_see_drafts(speaker, project, now=now):
        return found
    return found.exclude(state=Brief.State.DRAFT)


def brief_for(speaker: Speaker, project: Project, ref: UUID, *, now: datetime) -> Seen | None:
    """Return one brief with the options `on_the_table`, if the speaker may see it. Two queries."""
    found = Brief.objects.select_related("asked_of", "decision").annotate(
        on_the_table=_OPTIONS, asked_decides=asked_one_decides(now)
    )
    brief = found.filter(project=project, ref=ref).first()
    if brief is None:
        return None
    brief.project = project
    given = brief.state == Brief.State.GIVEN
    standing = list(delegations_for(brief, now=now)) if given else []
    if not may_see_brief(speaker, brief, among=standing, now=now):
        return None
    return Seen(brief, standing, may_decide_brief(speaker, brief, among=standing, now=now))


def opened_to(
    speaker: Speaker, project: Project, briefs: Sequence[Brief], *, now: datetime
) -> set[UUID]:
    """Return which of these briefs, none of them a stranger's draft, the speaker may read.

    One query at most, however many there are.
    """
    if may_see_asked(speaker, project, now=now):
        return {each.ref for each in briefs}
    own: list[Delegation] = []
    if isinstance(speaker, Person):
        own = list(in_force(now).filter(delegate=speaker, project=project))
    return {
        each.ref
        for each in briefs
        if each.state == Brief.State.DECIDED or any(_covers(one, each) for one in own)
    }


def _covers(delegation: Delegation, brief: Brief) -> bool:
    return (
        delegation.decision_maker_id == brief.asked_of_id
        and delegation.brief_id in {None, brief.ref}
        and delegation.delegate_id not in brief.writers
    )


def is_overdue(brief: Brief, *, today: date) -> bool:
    """Whether it should have been decided by now."""
    return brief.state == Brief.State.GIVEN and brief.decide_by < today


def option_in(brief: Brief, ref: UUID) -> BriefOption | None:
    """Return one option of a brief."""
    return BriefOption.objects.filter(brief=brief, ref=ref).first()


def themes_asked(brief: Brief) -> list[Theme]:
    """Return the themes a brief asks about; one that was merged since stands as what it became."""
    rows = Theme.objects.filter(asked__brief=brief).select_related("merged_into")
    living = [as_it_became(each) for each in rows.order_by("title", "ref")]
    return list({each.ref: each for each in living}.values())


def said_in(brief: Brief, figures: Figures) -> Said:
    """Gather what people said: topics, shown sentences of the summary, quotes. Three queries."""
    themes = themes_asked(brief)
    return Said(
        topics=[Topic(each.title, each.sentence, how_many(each, figures)) for each in themes],
        sentences=[each.text for each in shown_about(brief.project, themes)[:MOST_SENTENCES]],
        quotes=quoted_in(brief),
    )


def quoted_in(brief: Brief) -> list[str]:
    """Return the words a brief quotes that may be quoted still, as they may be."""
    rows = may_be_quoted(brief.project).filter(pk__in=brief.quoted.values("words"))
    return [each.text for each in quotes(rows.order_by("ref")) if len(each.text) <= LONGEST_QUOTE]


def quotable(project: Project, themes: Any) -> QuerySet[Words]:
    """Return words in these themes that may be quoted and are short enough for the page."""
    rows = may_be_quoted(project).annotate(letters=Length("shown"))
    held_in = rows.filter(
        letters__lte=LONGEST_QUOTE, note_shown="", voice__groupings__theme__in=themes
    )
    return held_in.order_by("-released_on", "ref").distinct()


def quotes_to_choose(project: Project) -> list[tuple[str, str]]:
    """Return short quotes from themes that may be decided on, as a form offers them."""
    rows = quotable(project, themes_to_decide(project))[:OFFERED]
    return [(str(each.words.pk), each.text) for each in quotes(rows)]


def decision_makers(project: Project, *, now: datetime) -> QuerySet[Person]:
    """Return who decides in a project today."""
    roles = held(now).filter(project=project, name=Name.DECISION_MAKER)
    return Person.objects.filter(pk__in=roles.values("person")).order_by("name", "ref")


def waiting_for(person: Any, project: Project) -> QuerySet[Brief]:
    """Return the briefs of a project that this person is asked to decide."""
    waiting = Brief.objects.filter(project=project, state=Brief.State.GIVEN)
    return waiting.filter(asked_of=person.pk).order_by("decide_by", "ref")


def delegation_in(project: Project, ref: UUID) -> Delegation | None:
    """Return the delegation of that key in a project."""
    rows = Delegation.objects.filter(project=project, ref=ref)
    return rows.select_related("decision_maker", "delegate").first()


def delegations_of(speaker: Speaker, project: Project) -> list[Delegation]:
    """Return whom the speaker named, and for whom they stand in; what is over stands last."""
    if not isinstance(speaker, Person):
        return []
    own = Q(decision_maker=speaker) | Q(delegate=speaker)
    rows = Delegation.objects.filter(own, project=project)
    return list(rows.select_related("decision_maker", "delegate", "brief").order_by("-ends_on"))


def delegates_of(project: Project, *, now: datetime) -> list[Delegation]:
    """Return who stands in for whom in a project today."""
    rows = in_force(now).filter(project=project)
    people = rows.select_related("decision_maker", "delegate", "brief")
    return list(people.order_by("delegate__name", "ref"))


def who_decides(brief: Brief, delegations: Sequence[Delegation], *, now: datetime) -> str:
    """Say who is asked, and who may decide in their name; or that it has passed to others."""
    name = (brief.asked_of.name if brief.asked_of else "") or _("Someone who was asked")
    if brief.state == Brief.State.GIVEN and has_passed_on(brief, now=now):
        words = _("%(name)s decides here no more. Any decision-maker of this project can.")
        return words % {"name": name}
    names = ", ".join(dict.fromkeys(each.delegate.name or _("a member") for each in delegations))
    if not names:
        return _("%(name)s decides.") % {"name": name}
    return _("%(name)s decides, or in their name: %(others)s.") % {"name": name, "others": names}


def counts(delegation: Delegation, *, now: datetime) -> bool:
    """Whether a delegation is neither over nor withdrawn."""
    return delegation.withdrawn_on is None and delegation.ends_on >= clock.today(now)
