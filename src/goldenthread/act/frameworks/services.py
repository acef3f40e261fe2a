"""Choosing frameworks, writing lists of one's own, and placing themes on them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.act.frameworks import events, queries
from goldenthread.act.frameworks.models import Chosen, Framework, Item, Part, Place
from goldenthread.act.frameworks.outlines import MOST, Outline, Section, shipped, slug_of
from goldenthread.act.frameworks.permissions import may_map
from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes.models import Theme
from goldenthread.organisations.models import Organisation
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.thread.events import Event
from goldenthread.thread.services import record

MOST_ITEMS = 3  # on which one theme may stand in one framework


@transaction.atomic
def choose_framework(*, by: Person, project: Project, key: str, now: datetime) -> Framework:
    """Choose a framework: one that comes with the program (slug@version), or one's own (its ref).

    :raises Refusal: there is none of that key
    """
    _allow(by, project, now)
    framework = _of_key(project, key, now)
    _made, fresh = Chosen.objects.get_or_create(
        project=project, framework=framework, defaults={"on": clock.today(now), "by": by}
    )
    if fresh:
        record(events.FRAMEWORK_CHOSEN, about=framework.ref, project=project.ref, now=now)
    return framework


def _of_key(project: Project, key: str, now: datetime) -> Framework:
    if outline := shipped().get(key):
        return keep_shipped(outline, now=now)
    own = {str(each.ref): each for each in queries.own_of(project.organisation)}
    if key not in own:
        raise Refusal(_("Choose one from the list."))
    return own[key]


@transaction.atomic
def keep_shipped(outline: Outline, *, now: datetime) -> Framework:
    """Keep a framework that comes with the program; one that is kept already stays as it is.

    A file that says something else is another version.
    """
    facts = {
        name: getattr(outline, name) for name in ("title", "source", "licence_note", "counted")
    }
    framework, fresh = Framework.objects.get_or_create(
        organisation=None,
        slug=outline.slug,
        version=outline.version,
        defaults={**facts, "made_on": clock.today(now)},
    )
    if fresh:
        _fill(framework, outline.parts)
    return framework


def _fill(framework: Framework, sections: Iterable[Section]) -> None:
    sections = list(sections)
    parts = Part.objects.bulk_create(
        Part(framework=framework, name=each.name, position=at) for at, each in enumerate(sections)
    )
    Item.objects.bulk_create(
        Item(
            part=part,
            number=each.number,
            name=each.name,
            gist=each.gist,
            principles=each.principles,
            position=at,
        )
        for part, section in zip(parts, sections, strict=True)
        for at, each in enumerate(section.items)
    )


@transaction.atomic
def leave_framework(*, by: Person, project: Project, framework: Framework, now: datetime) -> None:
    """Map no themes on a framework any more, while none stands on it.

    :raises Refusal: a theme stands on it
    """
    _allow(by, project, now)
    if queries.has_places(framework, project):
        raise Refusal(_("Themes stand on it. Take them off first."))
    gone, _by_model = Chosen.objects.filter(project=project, framework=framework).delete()
    if gone:
        record(events.FRAMEWORK_LEFT, about=framework.ref, project=project.ref, now=now)


@transaction.atomic
def write_own(
    *, by: Person, project: Project, title: str, parts: Iterable[Section], now: datetime
) -> Framework:
    """Keep a list of the organisation's own, and choose it; the same title makes a new version.

    :raises Refusal: it has no title or no items, or too many
    """
    _allow(by, project, now)
    sections = list(parts)
    size = sum(len(each.items) for each in sections)
    if not title.strip():
        raise Refusal(_("Give the list a title."), field="title")
    if not 0 < size <= MOST:
        raise Refusal(_("A list has between 1 and %(most)s items.") % {"most": MOST})
    organisation = Organisation.objects.select_for_update(no_key=True).get(
        ref=project.organisation_id
    )
    slug = slug_of(title)
    before = Framework.objects.filter(organisation=organisation, slug=slug).count()
    framework = Framework.objects.create(
        organisation=organisation,
        slug=slug,
        version=str(before + 1),
        title=title.strip(),
        source=organisation.name,
        made_on=clock.today(now),
    )
    _fill(framework, sections)
    facts = {"items": size}
    record(events.FRAMEWORK_MADE, about=framework.ref, project=project.ref, facts=facts, now=now)
    return choose_framework(by=by, project=project, key=str(framework.ref), now=now)


@transaction.atomic
def place_theme(
    *, by: Person, theme: Theme, framework: Framework, items: Iterable[UUID], now: datetime
) -> list[Item]:
    """Place a theme on these items of a framework, and on no other of it: at most three.

    :raises Refusal: the framework is not chosen, the theme was merged, or there are too many
    """
    _allow(by, theme.project, now)
    wanted = list(dict.fromkeys(items))
    if len(wanted) > MOST_ITEMS:
        raise Refusal(_("Place a theme on three items at most."))
    if queries.chosen_in(theme.project, framework.ref) is None:
        raise Refusal(_("Choose this framework for the project first."))
    theme = (
        Theme.objects.select_for_update(no_key=True, of=("self",))
        .select_related("project")
        .get(ref=theme.ref)
    )
    if theme.state == Theme.State.MERGED:
        raise Refusal(_("This theme has gone into another one. Place that one."))
    found = {each.ref: each for each in Item.objects.filter(part__framework=framework)}
    if not set(wanted) <= set(found):
        raise Refusal(_("Choose from the list."))
    _place(by, theme, framework, wanted, now)
    return [found[ref] for ref in wanted]


def _place(
    by: Person, theme: Theme, framework: Framework, wanted: list[UUID], now: datetime
) -> None:
    places = queries.places_of(theme, framework)
    before = dict.fromkeys(each.item_id for each in places)
    for item in [each for each in before if each not in wanted]:
        gone = [each.ref for each in places if each.item_id == item]
        Place.objects.filter(ref__in=gone).delete()
        _note(events.THEME_TAKEN_OFF, theme, item, now)
    for item in [each for each in wanted if each not in before]:
        Place.objects.create(theme=theme, item_id=item, on=clock.today(now), by=by)
        _note(events.THEME_PLACED, theme, item, now)


def _note(event: Event, theme: Theme, item: UUID, now: datetime) -> None:
    facts = {"item": str(item)}
    record(event, about=theme.ref, project=theme.project_id, facts=facts, now=now)


def _allow(by: Person, project: Project, now: datetime) -> None:
    if not may_map(by, project, now=now):
        raise Refusal(_("Only organisers and co-leads of an open project can do this."))
