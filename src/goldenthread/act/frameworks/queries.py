"""Frameworks of a project, and the map: which themes stand where, and what is empty yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from goldenthread.act.frameworks.models import Chosen, Framework, Item, Part, Place
from goldenthread.act.frameworks.outlines import Outline, shipped
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.themes.queries import themes_for, themes_of
from goldenthread.organisations.models import Organisation
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Speaker


@dataclass(frozen=True)
class Mapped:
    """One item, and the themes that stand on it."""

    item: Item
    themes: list[Theme] = field(default_factory=list)


@dataclass(frozen=True)
class MappedPart:
    """One part, item by item."""

    part: Part
    items: list[Mapped]

    @property
    def empty(self) -> int:
        """How many of its items have nothing yet."""
        return sum(not each.themes for each in self.items)


def chosen_by(project: Project) -> list[Chosen]:
    """Return the frameworks that a project has chosen, in the order it chose them. One query."""
    found = Chosen.objects.filter(project=project).select_related("framework")
    counted = found.annotate(items=Count("framework__parts__items"))
    return list(counted.order_by("on", "framework__title", "ref"))


def chosen_in(project: Project, ref: UUID) -> Chosen | None:
    """Return a framework that the project has chosen."""
    found = Chosen.objects.filter(project=project, framework=ref)
    return found.select_related("framework").first()


def offered_to(project: Project, chosen: Iterable[Chosen]) -> tuple[list[Outline], list[Framework]]:
    """Return what a project can still choose: what comes with the program, and its own lists."""
    taken = list(chosen)
    keys = {
        f"{each.framework.slug}@{each.framework.version}"
        for each in taken
        if each.framework.organisation_id is None
    }
    own = own_of(project.organisation).exclude(ref__in=[each.framework_id for each in taken])
    return [each for key, each in shipped().items() if key not in keys], list(own)


def own_of(organisation: Organisation) -> QuerySet[Framework]:
    """Return the lists of an organisation's own."""
    found = Framework.objects.filter(organisation=organisation)
    return found.annotate(items=Count("parts__items")).order_by("title", "version", "ref")


def parts_of(framework: Framework) -> list[Part]:
    """Return its parts with their items, in order. Two queries."""
    items = Prefetch("items", Item.objects.order_by("position"))
    return list(framework.parts.order_by("position").prefetch_related(items))


def map_of(framework: Framework, project: Project, speaker: Speaker) -> list[MappedPart]:
    """Return the map as the speaker may see it: themes being grouped are for those who group them.

    A theme that was merged stands as what it became. Four queries.
    """
    by_item = _by_item(framework, project, themes_for(speaker, project))
    return [
        MappedPart(part, [Mapped(item, by_item.get(item.ref, [])) for item in part.items.all()])
        for part in parts_of(framework)
    ]


def _by_item(
    framework: Framework, project: Project, visible: QuerySet[Theme]
) -> dict[UUID, list[Theme]]:
    seen = {theme.ref: theme for theme in visible}
    became = _merges(project)
    found: dict[UUID, dict[UUID, Theme]] = {}
    for place in _places(framework, project):
        ref = _as_it_became(place.theme_id, became)
        if ref in seen:
            found.setdefault(place.item_id, {})[ref] = seen[ref]
    return {item: list(themes.values()) for item, themes in found.items()}


def _places(framework: Framework, project: Project) -> QuerySet[Place]:
    rows = Place.objects.filter(theme__project=project, item__part__framework=framework)
    return rows.order_by("on", "ref")


def _merges(project: Project) -> dict[UUID, UUID]:
    """Return into which theme each merged one went."""
    merged = Theme.objects.filter(project=project, state=Theme.State.MERGED)
    return {ref: into for ref, into in merged.values_list("ref", "merged_into") if into}


def _as_it_became(ref: UUID, became: Mapping[UUID, UUID]) -> UUID:
    while ref in became:
        ref = became[ref]
    return ref


@dataclass(frozen=True)
class Placed:
    """A theme, and the items of one framework it stands on."""

    theme: Theme
    items: list[Item]


def placed_on(framework: Framework, project: Project) -> list[Placed]:
    """Return the themes of a project that were not merged, each with its items. Three queries."""
    became, found = _merges(project), dict[UUID, dict[UUID, Item]]()
    rows = _places(framework, project).select_related("item__part")
    for place in rows.order_by("item__part__position", "item__position", "ref"):
        ref = _as_it_became(place.theme_id, became)
        found.setdefault(ref, {})[place.item_id] = place.item
    return [Placed(each, list(found.get(each.ref, {}).values())) for each in themes_of(project)]


def places_of(theme: Theme, framework: Framework) -> list[Place]:
    """Return where a theme stands on a framework, also through those that were merged into it."""
    became = _merges(theme.project)
    rows = _places(framework, theme.project)
    return [each for each in rows if _as_it_became(each.theme_id, became) == theme.ref]


def items_under(theme: Theme, framework: Framework) -> list[UUID]:
    """Return the items of a framework on which a theme stands, each once."""
    return list(dict.fromkeys(each.item_id for each in places_of(theme, framework)))


def theme_to_place(project: Project, ref: UUID) -> Theme | None:
    """Return a theme of the project that was not merged away."""
    return themes_of(project).filter(ref=ref).first()


def has_places(framework: Framework, project: Project) -> bool:
    """Whether any theme of the project stands on it."""
    return _places(framework, project).exists()
