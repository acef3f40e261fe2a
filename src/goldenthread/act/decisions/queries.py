"""Reading decisions: what was decided, by whom, out of what, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from goldenthread.act.decisions.models import Decision, Option
from goldenthread.act.decisions.permissions import may_see_decision, may_see_drafts
from goldenthread.empower.groups.models import Group
from goldenthread.empower.meetings.models import Meeting
from goldenthread.kit.editions import NEW, edition_of
from goldenthread.kit.text import say_count, say_day
from goldenthread.listen.themes.models import Theme
from goldenthread.projects.access import may_see
from goldenthread.projects.models import Project, Stage
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release import registry
from goldenthread.safety.release.queries import Figures
from goldenthread.thread.registry import Described, describes

WRITTEN = (
    *("title", "question", "what_people_said", "outcome", "why", "group_id", "meeting_id"),
    *("decided_by", "how_many", "how_many_lived", "decided_on"),
)
TONES = {"yes": "good", "partly": "care", "no": "stop"}


@dataclass(frozen=True)
class Tally:
    """How many decisions were yes, partly and no: deeds, so exact."""

    yes: int
    partly: int
    no: int

    @property
    def all(self) -> int:
        return self.yes + self.partly + self.no


def decisions_of(project: Project, speaker: Speaker, *, now: datetime) -> QuerySet[Decision]:
    """Return the decisions the speaker may see; those who write see drafts too."""
    found = Decision.objects.filter(project=project).prefetch_related("about__theme")
    if may_see_drafts(speaker, project, now=now):
        return found
    return found.filter(state=Decision.State.PUBLISHED)


_ON_THE_TABLE = ArraySubquery(
    Option.objects.filter(decision=OuterRef("pk"))
    .order_by("position")
    .values(option=JSONObject(text="text", chosen="chosen"))
)


def decision_for(
    speaker: Speaker, project: Project, ref: UUID, *, now: datetime
) -> Decision | None:
    """Return one decision with the options `on_the_table`, if the speaker may see it."""
    decision = (
        Decision.objects.filter(project=project, ref=ref)
        .select_related("group", "meeting", "project__organisation")
        .annotate(on_the_table=_ON_THE_TABLE)
        .first()
    )
    if decision is None or not may_see_decision(speaker, decision, now=now):
        return None
    return decision


def edition(decision: Decision | None) -> str:
    """Return which words of a draft somebody has before them. Two queries."""
    if decision is None:
        return NEW
    said = [getattr(decision, name) for name in WRITTEN]
    options = decision.options.order_by("position").values_list("text", "chosen")
    themes = decision.about.order_by("theme").values_list("theme", flat=True)
    return edition_of(*said, list(options), list(themes))


def tally(project: Project) -> Tally:
    """Count the published decisions by their outcome. One query."""
    published = Decision.objects.filter(project=project, state=Decision.State.PUBLISHED)
    counts = published.aggregate(
        **{name: Count("ref", filter=Q(outcome=name)) for name in ("yes", "partly", "no")}
    )
    return Tally(**counts)


def themes_to_decide(project: Project) -> QuerySet[Theme]:
    """Return the themes that may be decided on: agreed, and not merged away."""
    return Theme.objects.filter(project=project, state=Theme.State.AGREED).order_by("title", "ref")


def groups_that_decide(project: Project) -> QuerySet[Group]:
    """Return the groups of the project, by name."""
    return Group.objects.filter(project=project).order_by("name", "ref")


def meetings_held(project: Project) -> QuerySet[Meeting]:
    """Return the meetings of the project's groups at which something may have been decided."""
    dropped = [Meeting.State.DRAFT, Meeting.State.CANCELLED]
    held = Meeting.objects.filter(group__project=project).exclude(state__in=dropped)
    return held.order_by("-starts_at", "ref")


def listening_began(project: Project) -> date | None:
    """Return the first day on which people could speak."""
    if project.opened_on is None:
        return None
    opens_on = (
        Stage.objects.filter(project=project, name=Stage.Name.LISTEN)
        .values_list("opens_on", flat=True)
        .first()
    )
    return max(project.opened_on, opens_on or project.opened_on)


def living_themes(decision: Decision) -> list[Theme]:
    """Return the themes the decision is about; a theme merged since stands as what it became."""
    themes = list(
        Theme.objects.filter(decided__decision=decision).select_related("merged_into").distinct()
    )
    return list({each.ref: each for each in map(as_it_became, themes)}.values())


def as_it_became(theme: Theme) -> Theme:
    """Return the theme that this one was merged into, or itself."""
    while theme.merged_into is not None:
        theme = theme.merged_into
    return theme


@registry.figures
def voices_beneath_decisions(project: Project) -> dict[str, int]:
    """Count, when figures are frozen, on how many voices each published decision rests."""
    published = Decision.objects.filter(project=project, state=Decision.State.PUBLISHED)
    voice = "about__theme__groupings__voice"
    released = Q(**{f"{voice}__words__state": Words.State.RELEASED})
    rests = Count(voice, filter=released, distinct=True)
    return {f"decision:{each.ref}": each.rests for each in published.annotate(rests=rests)}


def rests_on(decision: Decision, figures: Figures) -> str:
    """Say on how many voices a decision rests, from a release; nothing before there is one."""
    name = f"decision:{decision.ref}"
    if name not in figures.shown:
        return ""
    return _("Rests on %(number)s.") % {"number": figures.about(name, _("voices"))}


@registry.tells
def decisions_told(project: Project, figures: Figures) -> registry.Section:
    """Say on how many voices each decision rests, in a release. One query."""
    published = Decision.objects.filter(project=project, state=Decision.State.PUBLISHED)
    told = [(each.title, rests_on(each, figures)) for each in published.order_by("number")]
    lines = [f"{title}. {said}" for title, said in told if said]
    return registry.Section(_("What was decided"), lines)


def who_decided(decision: Decision) -> str:
    """Say who decided and how many of them know it from their own life, in one sentence."""
    name = decision.group.name if decision.group else decision.decided_by
    words = {
        "who": name,
        "many": say_count(decision.how_many),
        "lived": say_count(decision.how_many_lived) if decision.how_many_lived else _("none"),
    }
    if decision.how_many == 1:
        known = (
            _("with lived experience") if decision.how_many_lived else _("without lived experience")
        )
        return _("%(who)s: one person, %(known)s") % {"who": name, "known": known}
    return _("%(who)s: %(many)s people, %(lived)s of them with lived experience") % words


@describes("decision")
def describe_decisions(refs: list[UUID], *, visible_to: Speaker) -> Mapping[UUID, Described]:
    """Describe published decisions: outcome and title. Two queries at most."""
    found = Decision.objects.filter(ref__in=refs, state=Decision.State.PUBLISHED).select_related(
        "project"
    )
    sees = sees_once(visible_to)
    return {
        each.ref: Described(
            title=_outcome_sentence(each),
            href=f"/p/{each.project.address}/decisions/{each.ref}/",
            note=who_decided_shortly(each),
            on=say_day(each.decided_on),
        )
        for each in found
        if sees(each.project)
    }


def sees_once(speaker: Speaker) -> Callable[[Project], bool]:
    """Return a question that asks once a project whether the speaker may see it."""
    known: dict[UUID, bool] = {}

    def sees(project: Project) -> bool:
        if project.ref not in known:
            known[project.ref] = may_see(speaker, project)
        return known[project.ref]

    return sees


def _outcome_sentence(decision: Decision) -> str:
    words = {"title": decision.title}
    return {
        "yes": _("Decided, yes: %(title)s"),
        "partly": _("Decided, partly: %(title)s"),
        "no": _("Decided, no: %(title)s"),
    }[decision.outcome] % words


def who_decided_shortly(decision: Decision) -> str:
    """Say how many decided, and how many of them know it from their own life."""
    words = {
        "many": say_count(decision.how_many),
        "lived": say_count(decision.how_many_lived) if decision.how_many_lived else _("none"),
    }
    if decision.how_many == 1:
        return _("Decided by one person.")
    return _("Decided by %(many)s people, %(lived)s of them with lived experience.") % words
