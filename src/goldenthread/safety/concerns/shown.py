"""What the pages about concerns show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Textarea
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit.forms import Form
from goldenthread.kit.paging import Page
from goldenthread.kit.shapes import Crumb, FilterGroup, FilterOption
from goldenthread.organisations.models import Organisation
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.safety.concerns import permissions, queries, registry
from goldenthread.safety.concerns.listen import STEPS
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.reading import shown as reading
from goldenthread.safety.reading.author import is_taken_back
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.queries import exchanges_of
from goldenthread.safety.young.routes import route_of

Context = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One line of the list of concerns."""

    name: str
    href: str
    concern: Concern
    late: bool
    hands: Person | None


def raising(project: Project, words: Words, *, now: datetime) -> Context:
    """The page on which a reader says what worries them, and who hears of it."""
    return reading.around(project, words) | {"hears": _who_hears(project, now=now)}


def after_raising(concern: Concern, *, now: datetime) -> tuple[int, str]:
    """What a reader is told then: how it is, also when nobody looks after it."""
    if queries.looking_after(concern, now=now):
        return messages.SUCCESS, _("They know now, and get a mail. You can go on reading.")
    alone = _("Nobody is there to look after it now.")
    if queries.name_givers(concern, now=now):
        told = _("An administrator gets a mail without any words, to name someone.")
    else:
        told = _("Nobody was told. Please tell someone outside yourself.")
    return messages.WARNING, f"{alone} {told} " + _("If someone is in danger now, call 999.")


def _who_hears(project: Project, *, now: datetime) -> list[str]:
    """Say who gets a mail: in a school it depends on whom the words name."""
    looking = queries.Looking.after(project, now=now)
    owners = _("The safeguarding owner and the deputy get a mail without any words.")
    if not looking.everyone:
        owners = _("Nobody is there for it now. Administrators get a mail, to name someone.")
    if project.organisation.kind != Organisation.Kind.SCHOOL:
        return [owners]
    hear = looking.hears.alone
    by_head = _("If it names someone who works here, the head alone gets the mail.")
    above = _("If it names the head, whoever stands above the head alone gets the mail.")
    told = [
        _("If it names nobody who works here:") + " " + owners,
        by_head if Concern.Names.STAFF in hear else "",
        above if Concern.Names.HEAD in hear else "",
    ]
    if len(hear) < len(permissions.GOES_TO):
        by_owners = _("For all others no post is filled here, so the safeguarding owners hear.")
        later = _("For all others no post is filled here, so they wait for someone to be named.")
        told.append(by_owners if looking.everyone else later)
    if Concern.Names.HEAD not in hear:
        told.append(_("What names the head is never shown to the head."))
    told.append(_("If a reader said before that the words name someone, it goes that way."))
    return [each for each in told if each]


def listed(
    project: Project,
    found: Page[Concern],
    *,
    closed: bool,
    there: queries.Looking,
    now: datetime,
) -> Context:
    """The open concerns, oldest first, or the closed ones."""
    late = queries.overdue(project, found, now=now)
    here = reverse("concerns:list", args=[project.address])
    options = [
        FilterOption(_("Open"), here, not closed),
        FilterOption(_("Closed"), f"{here}?closed=1", closed),
    ]
    return {
        "project": project,
        "organisation": project.organisation,
        "crumbs": reading.crumbs(project, Crumb(_("Concerns"))),
        "tabs": [FilterGroup(_("Concerns"), options)],
        "listed": found,
        "rows": [_row(project, each, there, late=each.ref in late) for each in found],
        "closed": closed,
        "late": len(late),
        "absent": [each for each in there.everyone if each not in there.there],
        "listen": STEPS.values(),
    }


def around(project: Project, found: Concern, *more: Crumb) -> Context:
    """What stands on every page about one concern."""
    to_list = Crumb(_("Concerns"), reverse("concerns:list", args=[project.address]))
    href = reverse("concerns:concern", args=[project.address, found.ref]) if more else ""
    return {
        "project": project,
        "organisation": project.organisation,
        "crumbs": reading.crumbs(project, to_list, Crumb(name_of(found), href), *more),
        "concern": found,
        "name": name_of(found),
    }


def concern(project: Project, found: Concern, *, by: Person, now: datetime) -> Context:
    """Everything about one concern."""
    there = queries.Looking.after(project, now=now)
    return around(project, found) | {
        "hands": there.hands(found),
        "late": bool(queries.overdue(project, [found], now=now)),
        "parts": [] if is_taken_back(found.words) else reading.parts_as_seen(found.words, []),
        "state": found.words.get_state_display(),
        "exchanges": exchanges_of(found.words),
        "steps": queries.steps_of(found),
        "tellings": queries.tellings_of(found),
        "notes": queries.notes_of(found),
        "looks": queries.looks_at(found),
        "ways": registry.reach_of(found.words, by=by, now=now),
        "route": route_of(project.organisation) if found.names else None,
        "alone": found.names in there.hears.alone,
    }


def typed(form: Form | None) -> list[tuple[str, str]]:
    """What somebody had written into a form, under its labels, when it cannot be sent any more."""
    return [
        (str(field.label), field.value())
        for field in form or ()
        if isinstance(field.field.widget, Textarea) and field.value()
    ]


def going_away(project: Project, form: Form, *, now: datetime) -> Context:
    """The page on which a safeguarder says that they are away."""
    to_list = Crumb(_("Concerns"), reverse("concerns:list", args=[project.address]))
    return {
        "project": project,
        "organisation": project.organisation,
        "crumbs": reading.crumbs(project, to_list, Crumb(_("Away"))),
        "form": form,
        "away": queries.away_days(project, now=now),
    }


def _row(project: Project, found: Concern, there: queries.Looking, *, late: bool) -> Row:
    href = reverse("concerns:concern", args=[project.address, found.ref])
    return Row(name_of(found), href, found, late, there.hands(found))


def name_of(found: Concern) -> str:
    """What safeguarders call it: the beginning of its reference."""
    return _("Concern %(name)s") % {"name": str(found.ref)[:4].upper()}
