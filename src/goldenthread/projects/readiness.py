"""What a project needs before it may listen or close, part by part, in sentences."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goldenthread.kit.text import Text, say_count, say_counted, say_day
from goldenthread.organisations.models import Organisation
from goldenthread.projects import ages, hours, permissions, rota
from goldenthread.projects.gates import (
    Missing,
    may_close_when,
    may_open_when,
    missing_to_open_elsewhere,
    more_parts,
)
from goldenthread.projects.models import Partner, Project, ProjectRole, Stage, Terms
from goldenthread.projects.preparation import Preparation, preparation_of
from goldenthread.projects.queries import Listening, listening_from
from goldenthread.projects.roles import has_role
from goldenthread.projects.wording import NOT_SAID, say_moment

CHECKED_WITHIN = timedelta(days=180)
PREPARERS = gettext_lazy("an organiser")
ADMINISTRATORS = gettext_lazy("an administrator of the organisation")
RUNNERS = gettext_lazy("an administrator or facilitator of the organisation")
SAFEGUARDERS = gettext_lazy("the safeguarder")
READERS = gettext_lazy("the readers")
Name = ProjectRole.Name
OURS = ("basics", "ages", "rota", "stages", "strands", "about-people")


@dataclass(frozen=True)
class Part:
    """One part of preparing: what it is, whether it is ready, and what is missing."""

    key: str
    title: str
    href: str
    note: str = ""
    missing: list[Missing] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)
    optional: bool = False

    @property
    def is_ready(self) -> bool:
        """Nothing is missing in it."""
        return not self.missing


def parts_of(prepared: Preparation, *, now: datetime) -> list[Part]:
    """Return every part of preparing, in the order in which one goes through them."""
    return [
        _basics(prepared),
        _ages(prepared),
        _terms(prepared),
        _people(prepared),
        _rota(prepared, now),
        _stages(prepared),
        _help_lines(prepared),
        _partners(prepared),
        _strands(prepared),
        _labels(prepared),
        *more_parts(prepared),
    ]


@dataclass(frozen=True)
class PreparationPage:
    """What the page shows: the parts, what other rooms miss, and what may be done from here."""

    parts: list[Part]
    terms: Terms | None
    missing: list[Missing]
    elsewhere: list[Missing]
    box: Listening
    may_open: bool
    may_see_closing: bool
    open_href: str
    box_href: str


def preparation_page(project: Project, *, visible_to: Any, now: datetime) -> PreparationPage:
    """Read what the page of preparing shows."""
    prepared = preparation_of(project, now=now)
    parts = reachable(parts_of(prepared, now=now), project, visible_to, now)
    own = [each for part in parts for each in part.missing]
    elsewhere = []
    if project.state == Project.State.DRAFT:
        found = missing_to_open_elsewhere(project, own_gates, now=now)
        elsewhere = [each.shown_to(visible_to, project, now=now) for each in found]
    return PreparationPage(
        parts=parts,
        terms=prepared.terms,
        missing=own + elsewhere,
        elsewhere=elsewhere,
        box=listening_from(
            project,
            prepared.stages.get(Stage.Name.LISTEN),
            prepared.rota,
            safeguarded=bool(prepared.on(prepared.today, Name.SAFEGUARDER)),
            now=now,
        ),
        may_open=permissions.may_open(visible_to, project, now=now),
        may_see_closing=permissions.may_see_closing(visible_to, project, now=now),
        open_href=reverse("projects:open", args=[project.address]),
        box_href=reverse("projects:box", args=[project.address]),
    )


def reachable(parts: list[Part], project: Project, speaker: Any, now: datetime) -> list[Part]:
    """Leave a part, and what is missing in it, without its link for those whose page it is not."""
    may = dict.fromkeys(_ELSEWHERE, permissions.administers_its_organisation)
    may |= dict.fromkeys(OURS, permissions.may_prepare)
    may |= {"terms": permissions.may_write_terms}
    return [
        replace(
            part,
            href=part.href
            if part.key not in may or may[part.key](speaker, project, now=now)
            else "",
            missing=[each.shown_to(speaker, project, now=now) for each in part.missing],
        )
        for part in parts
    ]


@may_open_when
def own_gates(project: Project, *, now: datetime) -> list[Missing]:
    """Terms, a reader and a stand-in, a safeguarder, checked help lines, a Listen window."""
    prepared = preparation_of(project, now=now)
    return [each for part in parts_of(prepared, now=now) for each in part.missing]


@may_close_when
def every_partner_agrees(project: Project, *, now: datetime) -> list[Missing]:
    """None closes it alone."""
    del now
    waiting = Partner.objects.filter(
        project=project, waiting_since=None, agreed_to_close_on=None
    ).select_related("organisation")
    href = reverse("projects:close", args=[project.address])
    who = _("a co-lead, decision-maker or administrator of that organisation")
    says = _("%(organisation)s has not agreed to close.")
    return [
        Missing(says % {"organisation": each.organisation.name}, href=href, who=who)
        for each in waiting.order_by("organisation__name")
    ]


def _basics(prepared: Preparation) -> Part:
    project = prepared.project
    hours = say_counted(project.read_within_hours, "hour", "hours")
    promise = _(
        "Everything is read by the end of the next day on the rota, or after %(hours)s on it if "
        "that is sooner."
    ) % {"hours": hours}
    note = f"{project.get_open_to_display()}. {promise}"
    missing = []
    if project.organisation.kind not in Organisation.Kind.values:
        missing.append(_missing(prepared, "settings", _("The organisation has no kind yet.")))
    if project.organisation.nation not in Organisation.Nation.values:
        missing.append(_missing(prepared, "settings", _("The organisation has no nation yet.")))
    return Part("basics", _("What it is called"), _href(prepared, "basics"), note, missing)


def _ages(prepared: Preparation) -> Part:
    project, there = prepared.project, prepared.on_first_day(*Name.values)
    found = ages.gaps(project, there, childrens_line=prepared.childrens_line)
    missing = [_missing(prepared, part, sentence) for part, sentence in found]
    return Part(
        "ages", _("Who it is for"), _href(prepared, "ages"), f"{ages.say(project)}.", missing
    )


def _terms(prepared: Preparation) -> Part:
    terms = prepared.terms
    missing = [_missing(prepared, "terms", each) for each in _gaps_in(prepared)]
    if terms is None:
        note = _("Nothing is written yet.")
    elif terms.sealed_on:
        said = {"version": terms.version, "day": say_day(terms.sealed_on)}
        note = _("Version %(version)s, sealed on %(day)s.") % said
    else:
        note = _("A draft. People hear by %(day)s.") % {"day": say_day(terms.hear_by)}
    return Part("terms", _("Terms"), _href(prepared, "terms"), note, missing)


def _gaps_in(prepared: Preparation) -> Iterator[str]:
    terms, listen = prepared.terms, prepared.stages.get(Stage.Name.LISTEN)
    if terms is None:
        yield _("The terms are not written yet.")
        return
    if terms.sealed_on:
        return
    for name, not_said in NOT_SAID.items():
        if not getattr(terms, name):
            yield str(not_said)
    if terms.hear_by < prepared.today:
        yield _("The day by which people hear is over. Choose a later one.")
    if listen and terms.debrief_on < listen.closes_on:
        ends = {"day": say_day(listen.closes_on)}
        yield _("The debrief is before listening ends on %(day)s.") % ends


def _people(prepared: Preparation) -> Part:
    safeguarders = prepared.on_first_day(Name.SAFEGUARDER)
    missing, advice = [], []
    if not safeguarders:
        missing.append(_missing(prepared, "people", _("Nobody owns worries about safety yet.")))
    elif all(each.person.expected for each in safeguarders):
        missing.append(_not_here())
    elif len(safeguarders) == 1:
        advice.append(_("Name a second safeguarder, for days when the first is away."))
    if not prepared.on_first_day(Name.FACILITATOR):
        advice.append(_("Nobody is named yet who runs it day to day."))
    if not prepared.on_first_day(Name.DECISION_MAKER):
        advice.append(_("Nobody is named who decides."))
    if not prepared.on_first_day(Name.CO_LEAD):
        advice.append(_("No co-lead with lived experience is named."))
    number = len({each.person_id for each in prepared.on_first_day(*Name.values)})
    note = ngettext("%(n)s person has a role.", "%(n)s people have a role.", number)
    note = capfirst(note % {"n": say_count(number)})
    return Part("people", _("People"), _href(prepared, "people"), note, missing, advice)


def _not_here() -> Missing:
    """An address may be wrong, and a role may be declined: who is told must have been here."""
    sentence = _("The safeguarder has not signed in yet. Ask them to open the mail that we sent.")
    href = reverse("accounts:account")
    return Missing(sentence, href=href, who=SAFEGUARDERS, part="people", may=safeguards)


def _rota(prepared: Preparation, now: datetime) -> Part:
    week = prepared.rota
    on_day = [each for each in week.shifts if each.covers(prepared.first_day)]
    readers = {each.reader for each in on_day if not each.stand_in}
    stand_ins = {each.reader for each in on_day if each.stand_in}
    sentences = []
    if not prepared.on_first_day(Name.READER):
        sentences.append(_("Nobody is a reader yet."))
    if not readers:
        sentences.append(_("No reader is on the rota."))
    if not any(one != other for one in readers for other in stand_ins):
        sentences.append(_("Nobody else stands in when the reader is away."))
    following = hours.next_of(week, now=now)
    note = _("Nobody reads yet.")
    if following:
        note = _("Next reading: %(when)s.") % {"when": say_moment(following)}
    missing = [_missing(prepared, "rota", each) for each in sentences]
    week = replace(week, shifts=tuple(on_day))
    advice = rota.gaps(week) if on_day else []
    staffed_hours = hours.weekly_hours(week)
    if on_day and staffed_hours < prepared.project.read_within_hours:
        staffed = say_counted(staffed_hours, "hour", "hours")
        advice.append(
            _("The rota has only %(hours)s a week. That may be too little for what people send.")
            % {"hours": staffed}
        )
    return Part("rota", _("Rota of the readers"), _href(prepared, "rota"), note, missing, advice)


def _stages(prepared: Preparation) -> Part:
    listen = prepared.stages.get(Stage.Name.LISTEN)
    sentences = []
    if listen is None:
        sentences.append(_("It is not said from when to when you listen."))
    elif prepared.project.state == Project.State.DRAFT and listen.closes_on < prepared.today:
        sentences.append(_("The last day of listening is over."))
    note = ""
    if listen:
        days = {"from": say_day(listen.opens_on), "until": say_day(listen.closes_on)}
        note = _("Listening from %(from)s to %(until)s.") % days
    missing = [_missing(prepared, "stages", each) for each in sentences]
    others = [label for name, label in Stage.Name.choices if name not in prepared.stages]
    advice = []
    if others and listen:
        named = {"stages": ", ".join(map(str, others))}
        advice.append(_("Without dates so far: %(stages)s.") % named)
    return Part("stages", _("Stages"), _href(prepared, "stages"), note, missing, advice)


def _help_lines(prepared: Preparation) -> Part:
    checked_on = prepared.help_checked_on
    sentences, note = [], ""
    if checked_on is None:
        sentences.append(_("No help line is named that people can call."))
    elif prepared.today - checked_on > CHECKED_WITHIN and prepared.help_is_new:
        sentences.append(_("Some help lines are not checked yet by you. Call each of them."))
    elif prepared.today - checked_on > CHECKED_WITHIN:
        said = _("A help line was last checked on %(day)s. Call it again.")
        sentences.append(said % {"day": say_day(checked_on)})
    else:
        note = _("All were checked on %(day)s or later.") % {"day": say_day(checked_on)}
    missing = [_missing(prepared, "help-lines", each) for each in sentences]
    return Part("help-lines", _("Help lines"), _href(prepared, "help-lines"), note, missing)


def _partners(prepared: Preparation) -> Part:
    joined = [each for each in prepared.partners if each.waiting_since is None]
    names = ", ".join(each.organisation.name for each in joined)
    advice = [
        _("%(organisation)s has not answered yet.") % {"organisation": each.organisation.name}
        for each in prepared.partners
        if each.waiting_since
    ]
    controller = next((each for each in joined if each.controller), None)
    missing = []
    if controller is None:
        missing.append(
            _missing(prepared, "partners", _("It is not said who answers for the data."))
        )
    href = _href(prepared, "partners")
    return Part("partners", _("Organisations"), href, f"{names}.", missing, advice)


def _strands(prepared: Preparation) -> Part:
    note = _("A short link and a poster to hang up; more of them for different groups.")
    href = _href(prepared, "strands")
    return Part("strands", _("Links and posters"), href, note, optional=True)


def _labels(prepared: Preparation) -> Part:
    note = _("Up to two broad words that people may send along with what they say.")
    href = _href(prepared, "labels")
    return Part("labels", _("Labels"), href, note, optional=True)


def _holds(name: Name, speaker: Any, project: Project, *, now: datetime) -> bool:
    return has_role(speaker, project, name, now=now)


_SUPPLIED_BY: dict[str, Text] = {
    "settings": ADMINISTRATORS,
    "help-lines": ADMINISTRATORS,
    "labels": ADMINISTRATORS,
    "people": RUNNERS,
    "terms": gettext_lazy("an organiser or the decision-maker"),
}
safeguards = partial(_holds, Name.SAFEGUARDER)
reads = partial(_holds, Name.READER)
_SUPPLIERS: tuple[tuple[Text, Callable[..., bool]], ...] = (
    (ADMINISTRATORS, permissions.administers_its_organisation),
    (RUNNERS, permissions.may_give_roles),
    (PREPARERS, permissions.may_prepare),
    (SAFEGUARDERS, safeguards),
    (READERS, reads),
)
_ELSEWHERE: dict[str, str] = {
    "settings": "organisations:settings",
    "help-lines": "organisations:help_lines",
    "labels": "organisations:labels",
}


def may_supply(person: Any, missing: Missing, project: Project, *, now: datetime) -> bool:
    """Return whether somebody is among those who can supply what is missing."""
    suppliers = {str(who): may for who, may in _SUPPLIERS}  # as they are called here and now
    may: Callable[..., bool] = suppliers.get(missing.who, permissions.may_follow_preparation)
    return may(person, project, now=now)


def _missing(prepared: Preparation, part: str, sentence: str) -> Missing:
    who = _SUPPLIED_BY.get(part, PREPARERS)
    return Missing(sentence, href=_href(prepared, part), who=who, part=part)


def _href(prepared: Preparation, part: str) -> str:
    if part == "terms":
        return reverse("projects:write_terms", args=[prepared.project.address])
    if part in _ELSEWHERE:
        return reverse(_ELSEWHERE[part], args=[prepared.project.organisation.address])
    return reverse(f"projects:{part}", args=[prepared.project.address])
