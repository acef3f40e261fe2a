"""The thread picture of a project: from what was said to who has been told."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.act.decisions.models import AboutTheme, Decision
from goldenthread.act.plans.models import Action
from goldenthread.kit.charts.bands import Column, Flow, Node, Picture
from goldenthread.listen.themes.models import Theme
from goldenthread.projects.models import Project
from goldenthread.safety.release.queries import Figures

MOST_THEMES = 6
SMALL = 6  # the width of what is too small to be counted in public
_TONES = {"yes": "good", "partly": "care", "no": "stop", "open": "quiet"}


@dataclass(frozen=True)
class Facts:
    """What the picture is drawn from."""

    themes: list[Theme]
    outcomes: dict[UUID, tuple[str, UUID]]  # by theme: the newest outcome and its decision
    actions: dict[UUID, list[Action]]  # by decision


def picture_of(project: Project, figures: Figures) -> Picture | None:
    """Draw what came of what people said; none before there are themes. Three queries."""
    facts = _facts(project)
    if not facts.themes:
        return None
    weights = {theme.ref: figures.number(f"theme:{theme.ref}") or SMALL for theme in facts.themes}
    flows: Counter[tuple[str, str]] = Counter()
    for theme in facts.themes:
        _follow(theme, weights[theme.ref], facts, figures, flows)
    columns = [
        Column(_("Said"), [_said(project, figures, sum(weights.values()))]),
        Column(
            _("Topics"),
            [_theme_node(project, theme, weights[theme.ref], figures) for theme in facts.themes],
        ),
        Column(_("Decided"), list(_outcome_nodes(project, facts, flows))),
        Column(_("Done"), list(_action_nodes(project, facts, flows))),
        Column(_("Told"), list(_told_nodes(project, figures, flows))),
    ]
    return Picture(
        title=_("What came of what people said"),
        finding=_finding(facts),
        columns=[column for column in columns if column.nodes],
        flows=[
            Flow(source, target, weight) for (source, target), weight in flows.items() if weight
        ],
        frozen_on=figures.frozen_on,
    )


def _facts(project: Project) -> Facts:
    open_themes = Theme.objects.filter(project=project).exclude(
        state__in=[Theme.State.MERGED, Theme.State.WORKING]
    )
    themes = list(open_themes.order_by("-voice_count", "ref")[:MOST_THEMES])
    about = AboutTheme.objects.filter(
        theme__in=themes, decision__state=Decision.State.PUBLISHED
    ).select_related("decision")
    outcomes = {
        each.theme_id: (str(each.decision.outcome), each.decision_id)
        for each in about.order_by("decision__decided_on", "decision__number")
    }
    actions: dict[UUID, list[Action]] = {}
    for action in Action.objects.filter(
        decision__in={ref for _outcome, ref in outcomes.values()}
    ).order_by("due_on"):
        actions.setdefault(action.decision_id, []).append(action)
    return Facts(themes, outcomes, actions)


def _follow(
    theme: Theme, weight: int, facts: Facts, figures: Figures, flows: Counter[tuple[str, str]]
) -> None:
    """Add what one theme carries from column to column."""
    key = str(theme.ref)
    flows["said", key] += weight
    outcome, decision = facts.outcomes.get(theme.ref, ("open", None))
    flows[key, outcome] += weight
    actions = facts.actions.get(decision, []) if decision else []
    share = weight // len(actions) if actions else 0
    for action in actions:
        flows[outcome, str(action.ref)] += share
        _tell(str(action.ref), share, figures, flows)
    if not actions:
        _tell(outcome, weight, figures, flows)


def _tell(source: str, weight: int, figures: Figures, flows: Counter[tuple[str, str]]) -> None:
    voices, told = figures.number("voices"), figures.number("told") or 0
    reached = round(weight * min(told, voices) / voices) if voices else 0
    flows[source, "told"] += reached
    flows[source, "not-told"] += weight - reached


def _said(project: Project, figures: Figures, weight: int) -> Node:
    href = reverse("voices:board", args=[project.address])
    return Node("said", _("What people said"), weight, figures.about("voices"), href, "listen")


def _theme_node(project: Project, theme: Theme, weight: int, figures: Figures) -> Node:
    href = reverse("themes:theme", args=[project.address, theme.ref])
    return Node(
        str(theme.ref), theme.title, weight, figures.about(f"theme:{theme.ref}"), href, "empower"
    )


def _outcome_nodes(
    project: Project, facts: Facts, flows: Counter[tuple[str, str]]
) -> Iterable[Node]:
    said = {"yes": _("Yes"), "partly": _("Partly"), "no": _("No"), "open": _("Not decided yet")}
    for outcome, label in said.items():
        weight = sum(each for (_source, target), each in flows.items() if target == outcome)
        decided = {ref for each, ref in facts.outcomes.values() if each == outcome}
        if weight:
            href = (
                reverse("decisions:decision", args=[project.address, decided.pop()])
                if len(decided) == 1
                else reverse("decisions:list", args=[project.address])
            )
            topics = sum(1 for (_source, target) in flows if target == outcome)
            note = _("1 topic") if topics == 1 else _("%(count)d topics") % {"count": topics}
            yield Node(outcome, label, weight, note, href, _TONES[outcome])


def _action_nodes(
    project: Project, facts: Facts, flows: Counter[tuple[str, str]]
) -> Iterable[Node]:
    for actions in facts.actions.values():
        for action in actions:
            weight = sum(
                each for (_source, target), each in flows.items() if target == str(action.ref)
            )
            href = reverse("plans:action", args=[project.address, action.ref])
            yield Node(
                str(action.ref), action.what, weight, action.get_state_display(), href, "act"
            )


def _told_nodes(
    project: Project, figures: Figures, flows: Counter[tuple[str, str]]
) -> Iterable[Node]:
    href = reverse("replies:list", args=[project.address])
    for key, label, tone in (
        ("told", _("Told"), "debrief"),
        ("not-told", _("Not told yet"), "quiet"),
    ):
        weight = sum(each for (_source, target), each in flows.items() if target == key)
        if weight:
            note = figures.about("told") if key == "told" and figures.number("told") else ""
            yield Node(key, label, weight, note, href, tone)


def _finding(facts: Facts) -> str:
    decided = len(facts.outcomes)
    numbers = {"decided": decided, "themes": len(facts.themes)}
    if not decided:
        return _("People's words have become %(themes)d topics. None is decided yet.") % numbers
    return _("%(decided)d of %(themes)d topics have an answer so far.") % numbers
