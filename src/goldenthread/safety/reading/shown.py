"""What the pages of the reading room show, put together from queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.forms import Form
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goldenthread.kit import clock
from goldenthread.kit.paging import Page
from goldenthread.kit.shapes import Crumb, FilterGroup, FilterOption
from goldenthread.kit.text import say_count, say_day, say_week
from goldenthread.people.accounts.models import Person
from goldenthread.projects import hours
from goldenthread.projects.models import Project
from goldenthread.projects.rota import hours_promised, shifts_of
from goldenthread.projects.wording import say_moment
from goldenthread.safety.readers.queries import has_practised, is_new
from goldenthread.safety.reading import masks, permissions, queries, reasons, registry
from goldenthread.safety.reading.author import is_taken_back
from goldenthread.safety.reading.forms import Release
from goldenthread.safety.reading.models import Removal, Suggestion, Words
from goldenthread.safety.reading.queries import Service
from goldenthread.safety.reading.services.taking import is_claimed, is_hidden, is_waiting
from goldenthread.safety.reading.stubs import stub_of

Context = dict[str, Any]
Parts = list[tuple[str, str]]  # label and text
TABS = (
    ("reading:queue", gettext_lazy("To read")),
    ("reading:asked", gettext_lazy("Waiting for an answer")),
    ("reading:brought_in", gettext_lazy("From a file")),
    ("reading:done", gettext_lazy("Read lately")),
)


@dataclass(frozen=True)
class Row:
    """One line of a list: what it is, never what it says."""

    ref: UUID
    title: str
    href: str
    when: str
    note: str
    tags: list[tuple[str, str]]
    words: Words


def queue(
    project: Project, listed: Page[Words], *, tab: str, reader: Person, now: datetime
) -> Context:
    """What every list of the room shows: where we stand with our promise, the rows, the tabs."""
    service = queries.service_of(project, now=now)
    return {
        "project": project,
        "organisation": project.organisation,
        "crumbs": crumbs(project),
        "service": service,
        "promise": _promise(project, service),
        "lateness": _lateness(service),
        "how_many": say_count(len(listed)).capitalize(),
        "listed": listed,
        "rows": [_row(project, words, reader, now) for words in listed],
        "tabs": tabs(project, service, tab),
        "practised": has_practised(reader),
        "is_new": is_new(reader),
    }


def crumbs(project: Project, *more: Crumb) -> list[Crumb]:
    """The way here: organisation, project, reading."""
    return [
        Crumb(project.organisation.name, _link("pages:organisation", project.organisation.address)),
        Crumb(project.title, _link("pages:project", project.address)),
        *(more or [Crumb(_("Reading"))]),
    ]


def tabs(project: Project, service: Service, current: str) -> list[FilterGroup]:
    """The lists of the room, and which of them is shown."""
    counts = {
        "reading:queue": service.to_read,
        "reading:asked": service.asked_back,
        "reading:brought_in": service.brought_in,
    }
    options = [
        FilterOption(
            f"{text} ({counts[name]})" if name in counts else str(text),
            reverse(name, args=[project.address]),
            current=name == current,
        )
        for name, text in TABS
    ]
    return [FilterGroup(_("Lists"), options)]


def _promise(project: Project, service: Service) -> str:
    if service.oldest_on is None:
        return _("Nothing waits to be read.")
    n = service.to_read
    counted = ngettext("%(n)s waits to be read.", "%(n)s wait to be read.", n)
    since = _("The oldest waits since %(day)s.") % {"day": say_day(service.oldest_on)}
    promised = _(
        "We promised: what is read first within %(first)s staffed hours, the rest within "
        "%(hours)s, and all by the end of the next day on which somebody reads."
    )
    within = {
        "first": hours_promised(project, first=True),
        "hours": hours_promised(project),
    }
    return " ".join([counted % {"n": say_count(n).capitalize()}, since, promised % within])


def _lateness(service: Service) -> str:
    n = service.overdue
    said = ngettext(
        "%(n)s has waited longer than we promised.", "%(n)s have waited longer than we promised.", n
    )
    return said % {"n": say_count(n).capitalize()} if n else ""


def _row(project: Project, words: Words, reader: Person, now: datetime) -> Row:
    return Row(
        ref=words.ref,
        title=name_of(words),
        href=reverse("reading:item", args=[project.address, words.ref]),
        when=when(words, now=now),
        note="" if is_taken_back(words) else words.content_note,
        tags=tags(words, reader=reader, now=now),
        words=words,
    )


def name_of(words: Words) -> str:
    """What staff call it: its purpose and the beginning of its reference."""
    return f"{words.get_purpose_display()} {str(words.ref)[:4].upper()}"


def when(words: Words, *, now: datetime) -> str:
    """This week or earlier: nobody needs to know more of when someone wrote."""
    this_week = clock.week_of(words.received_on) == clock.week_of(now)
    week = say_week(words.received_on)
    return _("This week") if this_week else week[:1].upper() + week[1:]


def tags(words: Words, *, reader: Person, now: datetime) -> Parts:
    """Short words about where it stands, with their tone."""
    waits = is_waiting(words)
    overdue = waits and not words.asking and not words.imported and words.due_at < now
    mine = words.claimed_by_id == reader.pk
    opened = (_("Open with you"), "good") if mine else (_("Another reader has it"), "quiet")
    known = [
        (overdue, (_("Overdue"), "stop")),
        (waits and words.lane == Words.Lane.FIRST, (_("Read first"), "care")),
        (words.restricted, (_("Held back: its author asked"), "care")),
        (is_hidden(words), (_("Hidden for now"), "care")),
        (words.objected, (_("The author does not agree"), "care")),
        (words.second_reader, (_("Second reader"), "quiet")),
        (waits and is_claimed(words, now=now), opened),
        (not waits, _decided(words)),
    ]
    return [tag for there, tag in known if there]


def _decided(words: Words) -> tuple[str, str]:
    tone = {Words.State.RELEASED: "good", Words.State.HELD: "quiet"}
    return words.get_state_display(), tone.get(Words.State(words.state), "stop")


def item(
    project: Project,
    words: Words,
    form: Release,
    *,
    reader: Person,
    now: datetime,
    preview: bool = False,
) -> tuple[str, Context]:
    """Which template shows these words to this reader, and with what."""
    context: Context = around(project, words) | {
        "when": when(words, now=now),
        "tags": tags(words, reader=reader, now=now),
        "exchanges": queries.exchanges_of(words),
        "asking": is_waiting(words) and words.asking,
    }
    if not is_waiting(words):
        stub = stub_of(words)
        return "reading/decided.html", context | {"seen": as_shown(words), "stub": stub}
    if not is_open_to(words, reader, now=now):
        taken = is_claimed(words, now=now)
        own = words.second_reader and words.read_by_id == reader.pk
        beyond = permissions.is_too_new(reader, words, now=now)
        return "reading/closed.html", context | {"taken": taken, "own": own, "beyond": beyond}
    marked = getattr(form, "cleaned_data", {}).get("masks", []) if form.is_bound else words.masks
    seen = parts_as_seen(words, marked) if preview and form.is_valid() else []
    return "reading/item.html", context | {
        "form": form,
        "preview": seen,
        "links": registry.links_for(words, now=now),
        "asked": registry.asked_of(words),
        "parts": named(words.parts),
        "suggested": queries.suggested_for(words) if words.second_reader else None,
    }


def around(project: Project, words: Words) -> Context:
    """What every page about these words needs."""
    return {
        "project": project,
        "organisation": project.organisation,
        "crumbs": crumbs(project, to_queue(project), Crumb(name_of(words))),
        "words": words,
        "name": name_of(words),
    }


def to_queue(project: Project) -> Crumb:
    """The way back to the list."""
    return Crumb(_("Reading"), reverse("reading:queue", args=[project.address]))


def is_open_to(words: Words, reader: Person, *, now: datetime) -> bool:
    """Return whether this reader has the words open."""
    return is_claimed(words, now=now) and words.claimed_by_id == reader.pk


def parts_as_seen(words: Words, marked: list[Any]) -> Parts:
    """What people will see of each part, with these masks."""
    parts = words.parts.items()
    return named({part: masks.apply(text, marked, part) for part, text in parts})


def as_shown(words: Words) -> Parts:
    """What people see of released words, or saw until they were hidden."""
    if words.state != Words.State.RELEASED and not is_hidden(words):
        return []
    seen = (words.shown or "", words.helped_shown or "", words.note_shown)
    return named(dict(zip(words.parts, seen, strict=True)))


def suggestions(found: list[Suggestion]) -> list[dict[str, Any]]:
    """What a new reader suggested and a second reader did, kindly."""
    return [{"name": name_of(each.words), "says": _beside(each), "it": each} for each in found]


def _beside(each: Suggestion) -> str:
    said = {"mine": each.get_deed_display(), "theirs": each.get_second_deed_display()}
    if each.alike is None or each.second_by is None:
        return _("You suggest: %(mine)s. A second reader will look.") % said
    said["who"] = each.second_by.name
    if each.alike:
        return _("You suggested: %(mine)s. %(who)s did the same.") % said
    if each.deed == each.second_deed:
        return (
            _("You suggested: %(mine)s. %(who)s masked other details. Ask each other why.") % said
        )
    return _("You suggested: %(mine)s. %(who)s chose: %(theirs)s. Ask each other why.") % said


def who_follows(project: Project, *, now: datetime) -> str:
    """When somebody reads next after this stretch."""
    later = hours.on_next(shifts_of(project), now=now)
    return say_moment(later[0][1]) if later else ""


def named(parts: Mapping[str, str]) -> Parts:
    """Each part that was written, by the name that readers know."""
    names = {
        "text": _("What they said"),
        "would_have_helped": _("What would have helped"),
        "content_note": _("Their note about it"),
    }
    return [(names[part], text) for part, text in parts.items() if text]


def parts_of(form: Form) -> Parts:
    """What someone filled in, by the form's own labels."""
    return [
        (str(bound.label), str(bound.data)) for bound in form if not bound.is_hidden and bound.data
    ]


def about_to_send(theirs: Words, *, form: Release) -> Parts:
    """What a reader was about to send: of the words themselves only what they may still see.

    Taken back, held back or not shown they stay closed, and what another masked stays masked.
    """
    given = form.cleaned_data
    line = [(str(form["explanation"].label), given["explanation"])] if given["explanation"] else []
    if not is_waiting(theirs) and theirs.state != Words.State.RELEASED:
        return line
    return parts_as_seen(theirs, masks.merge([*given["masks"], *theirs.masks])) + line


def clash(project: Project, theirs: Words, mine: Parts, *, message: str) -> Context:
    """Both versions, side by side."""
    lines = [(each.get_kind_display(), each.text) for each in queries.exchanges_of(theirs)]
    return around(project, theirs) | {
        "message": message,
        "state": theirs.get_state_display(),
        "theirs": as_shown(theirs) + [(kind, text) for kind, text in lines if text],
        "mine": mine,
    }


def removal(
    project: Project, words: Words, asked: Removal | None, *, speaker: Any, now: datetime
) -> Context:
    """Released words, what was asked about them, and what stands in their place."""
    around_it: Context = around(project, words) | {
        "crumbs": crumbs(project, Crumb(_("Take it down"))),
        "seen": as_shown(words),
        "stub": "" if is_hidden(words) else stub_of(words),
        "hidden": is_hidden(words),
        "removal": asked,
        "shared": permissions.is_shared(project),
    }
    if asked is None:
        return around_it
    given: Context = {"asked_by": asked.asked_by, "now": now}
    return around_it | {
        "because": reasons.said(asked.because),
        "may_refuse": permissions.may_leave_it_up(speaker, project, **given),
        "may_agree": permissions.may_hold_the_second_key(speaker, project, **given),
    }


def _link(name: str, address: str) -> str:
    """The address of a page of a higher room, where this installation has it."""
    try:
        return reverse(name, args=[address])
    except NoReverseMatch:
        return ""
