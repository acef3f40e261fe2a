"""Writing briefs and handing them over; deciding from them, also in someone's name."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.act.briefs import events, letters, permissions, queries
from goldenthread.act.briefs.models import Brief, BriefOption, BriefQuote, BriefTheme, Delegation
from goldenthread.act.briefs.proofs import seal_of_brief
from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.services import publish_decision, write_decision
from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.text import sentences_of
from goldenthread.listen.themes.models import Theme
from goldenthread.organisations.models import Membership
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.thread.binding import new_salt
from goldenthread.thread.services import record

FEWEST_OPTIONS: Final = 2  # one of them leaves things as they are
SOON: Final = timedelta(days=3)
LONGEST: Final = timedelta(days=366)
NOT_YOURS: Final = gettext_lazy(
    "Only the organisers of this project ask for decisions, until it closes."
)
NOT_THEIRS: Final = gettext_lazy(
    "Only the decision-maker who is asked decides here, or a delegate of theirs."
)
GIVEN: Final = gettext_lazy("This brief was handed over. Take it back first, to change it.")


@transaction.atomic
def write_brief(
    *,
    by: Person,
    project: Project,
    title: str,
    ask: str,
    asked_of: Person,
    decide_by: date,
    themes: Sequence[Theme],
    options: Sequence[Mapping[str, Any]],
    quoted: Sequence[str] = (),
    brief: Brief | None = None,
    now: datetime,
) -> Brief:
    """Write a brief as a draft, or write `brief` (a draft) anew.

    :raises Refusal: something is missing or cannot be so; `field` names what
    """
    if not permissions.may_prepare_brief(by, project, now=now):
        raise Refusal(NOT_YOURS)
    Project.objects.select_for_update(of=("self",), no_key=True).get(ref=project.ref)
    draft = _draft(project, brief)
    _check_words(ask, options)
    _check_day(decide_by, now)
    draft.written_by = draft.written_by or by
    if by.ref not in draft.writers:
        draft.also_wrote = [*draft.also_wrote, by.ref]
    _check_people(draft, asked_of, now)
    _check_themes(project, themes)
    draft.title, draft.ask, draft.decide_by = title.strip(), ask.strip(), decide_by
    draft.asked_of = asked_of
    draft.save()
    _keep(draft, themes, options, quoted)
    return draft


@transaction.atomic
def give_brief(*, by: Person, brief: Brief, now: datetime) -> Brief:
    """Hand a brief to its decision-maker, and to who stands in for them. It stands from then on.

    :raises Refusal: it was handed over already, or something in it does not hold any more
    """
    if not permissions.may_prepare_brief(by, brief.project, now=now):
        raise Refusal(NOT_YOURS)
    draft = _locked(brief)
    if draft.state != Brief.State.DRAFT:
        raise Refusal(GIVEN)
    if draft.asked_of is None:
        raise Refusal(_("Say first whom you ask."))
    _check_day(draft.decide_by, now)
    _check_people(draft, draft.asked_of, now)
    themes = queries.themes_asked(draft)
    _check_themes(draft.project, themes)
    draft.state, draft.given_on, draft.salt = Brief.State.GIVEN, clock.today(now), new_salt()
    draft.save(update_fields=["state", "given_on", "salt"])
    letters.tell(draft, now=now)
    facts: dict[str, str | int] = {
        "options": draft.options.count(),
        "themes": len(themes),
        "decide_by": draft.decide_by.isoformat(),
        "seal": seal_of_brief(draft),
    }
    record(events.BRIEF_GIVEN, about=draft.ref, project=draft.project_id, facts=facts, now=now)
    return draft


@transaction.atomic
def take_back(*, by: Person, brief: Brief, now: datetime) -> Brief:
    """Take a brief back that nobody has decided on, to write it anew.

    :raises Refusal: it does not wait for a decision
    """
    if not permissions.may_prepare_brief(by, brief.project, now=now):
        raise Refusal(NOT_YOURS)
    given = _locked(brief)
    if given.state != Brief.State.GIVEN:
        raise Refusal(_("This brief does not wait for a decision."))
    given.state, given.given_on = Brief.State.DRAFT, None
    given.save(update_fields=["state", "given_on"])
    record(events.BRIEF_TAKEN_BACK, about=given.ref, project=given.project_id, now=now)
    return given


@transaction.atomic
def drop_brief(*, by: Person, brief: Brief, now: datetime) -> None:
    """Throw a draft away.

    :raises Refusal: it was handed over
    """
    if not permissions.may_prepare_brief(by, brief.project, now=now):
        raise Refusal(NOT_YOURS)
    draft = _locked(brief)
    if draft.state != Brief.State.DRAFT:
        raise Refusal(GIVEN)
    draft.delete()


@transaction.atomic
def decide(
    *,
    by: Person,
    brief: Brief,
    option: BriefOption,
    outcome: str,
    why: str,
    lived: bool = False,
    now: datetime,
) -> Decision:
    """Decide from a brief, as the one who is asked or in their name. It is published at once.

    :raises Refusal: not theirs to decide, decided already, or no reason given
    """
    given = _locked(brief)
    if given.state == Brief.State.DECIDED:
        raise Refusal(_("This was decided already."))
    if not permissions.may_decide_brief(by, given, now=now):
        raise Refusal(NOT_THEIRS)
    for_whom = None if permissions.is_asked(by, given, now=now) else given.asked_of
    said = {"outcome": outcome, "why": why, "how_many_lived": int(lived)}
    said["decided_by"] = decided_by(by, for_whom)
    decision = _published(by, given, option, said, now)
    given.state, given.decision = Brief.State.DECIDED, decision
    given.save(update_fields=["state", "decision"])
    late = max(0, (clock.today(now) - given.decide_by).days)
    facts: dict[str, str | int] = {"decision": str(decision.ref), "days_late": late}
    kind = events.BRIEF_DECIDED if for_whom is None else events.BRIEF_DECIDED_FOR
    record(kind, about=given.ref, project=given.project_id, facts=facts, now=now)
    return decision


def decided_by(by: Person, for_whom: Person | None) -> str:
    """Say who decided, and in whose name, as it stands on every page about the decision."""
    if for_whom is None:
        return _("%(name)s, decision-maker") % {"name": by.name}
    words = {"name": by.name, "other": for_whom.name}
    return _("%(name)s, in the name of %(other)s, decision-maker") % words


@transaction.atomic
def name_delegate(
    *,
    by: Person,
    project: Project,
    email: str,
    ends_on: date,
    brief: Brief | None = None,
    now: datetime,
) -> Delegation:
    """Let a member decide in one's name, on one brief or on all of the project, until a day.

    :raises Refusal: not theirs to name, no such member, or the day does not fit
    """
    if not permissions.may_delegate(by, project, now=now):
        raise Refusal(_("Only a decision-maker of this project names delegates, until it closes."))
    Project.objects.select_for_update(of=("self",), no_key=True).get(ref=project.ref)
    delegate, today = _member(project, email), clock.today(now)
    if delegate == by:
        raise Refusal(_("You decide yourself already."), field="email")
    if not today <= ends_on <= today + LONGEST:
        raise Refusal(_("Choose a day within a year from today."), field="ends_on")
    known = permissions.in_force(now).filter(decision_maker=by, delegate=delegate, project=project)
    if known.filter(brief=brief).exists():
        raise Refusal(_("They decide in your name already. End that first."), field="email")
    made = Delegation.objects.create(
        project=project,
        brief=brief,
        decision_maker=by,
        delegate=delegate,
        starts_on=today,
        ends_on=ends_on,
    )
    letters.tell_delegate(made)
    facts = {"until": ends_on.isoformat(), "briefs": "one" if brief else "all"}
    record(events.DELEGATE_NAMED, about=made.ref, project=project.ref, facts=facts, now=now)
    return made


@transaction.atomic
def end_delegation(*, by: Person, delegation: Delegation, now: datetime) -> None:
    """Withdraw a delegate, or step down as one. It counts no more from now on.

    :raises Refusal: neither of the two, or it is over
    """
    if not permissions.may_withdraw(by, delegation, now=now):
        raise Refusal(_("Only who named a delegate ends this, or the delegate."))
    kept = Delegation.objects.select_for_update(no_key=True, of=("self",)).get(ref=delegation.ref)
    if not queries.counts(kept, now=now):
        raise Refusal(_("This is over already."))
    kept.withdrawn_on = clock.today(now)
    kept.save(update_fields=["withdrawn_on"])
    record(events.DELEGATE_ENDED, about=kept.ref, project=kept.project_id, now=now)


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Write again where a decision is due within three days, or late; how many briefs.

    Each is written of once before its day and once after: the keys of the letters see to that.
    """
    today = clock.today(now)
    due = Brief.objects.filter(state=Brief.State.GIVEN, decide_by__lte=today + SOON)
    rows = due.exclude(project__state=Project.State.CLOSED)
    found = list(rows.select_related("project__organisation").order_by("decide_by", "ref"))
    for brief in found:
        late = queries.is_overdue(brief, today=today)
        letters.tell(brief, text="brief-late" if late else "brief-due", now=now)
    return len(found)


def _published(
    by: Person, brief: Brief, option: BriefOption, said: Mapping[str, Any], now: datetime
) -> Decision:
    options, themes = list(brief.options.order_by("position")), queries.themes_asked(brief)
    if option not in options:
        raise Refusal(_("This option is not on the brief."))

    def may(*_what: object, now: datetime) -> bool:
        return permissions.may_decide_brief(by, brief, now=now)

    decision = write_decision(
        by=by,
        project=brief.project,
        title=brief.title,
        question=brief.ask,
        themes=themes,
        options=[(each.text, each == option) for each in options],
        how_many=1,
        what_people_said=_in_short(themes),
        decided_on=clock.today(now),
        may=may,
        now=now,
        **said,
    )
    return publish_decision(by=by, decision=decision, may=may, now=now)


def _in_short(themes: Sequence[Theme]) -> str:
    return "\n\n".join(f"{each.title}: {each.sentence}".strip(": ") for each in themes)


def _locked(brief: Brief) -> Brief:
    found = Brief.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "project__organisation", "asked_of"
    )
    return found.get(ref=brief.ref)


def _draft(project: Project, brief: Brief | None) -> Brief:
    if brief is None:
        last = Brief.objects.filter(project=project).aggregate(last=Max("number"))["last"]
        return Brief(project=project, number=(last or 0) + 1)
    draft = Brief.objects.select_for_update(no_key=True, of=("self",)).get(
        ref=brief.ref, project=project
    )
    if draft.state != Brief.State.DRAFT:
        raise Refusal(GIVEN)
    return draft


def _member(project: Project, email: str) -> Person:
    belongs = Membership.objects.filter(
        person__email__iexact=email.strip(),
        person__is_active=True,
        suspended_on=None,
        organisation__partnerships__project=project,
        organisation__partnerships__waiting_since=None,
    )
    membership = belongs.select_related("person").first()
    if membership is None:
        raise Refusal(
            _("No member of the organisations of this project uses that e-mail."), field="email"
        )
    return membership.person


def _check_words(ask: str, options: Sequence[Mapping[str, Any]]) -> None:
    if len(sentences_of(ask)) != 1:
        raise Refusal(_("Ask in one sentence."), field="ask")
    if len(options) < FEWEST_OPTIONS or not any(each["as_it_is"] for each in options):
        message = _("Give one option at least besides leaving things as they are.")
        raise Refusal(message, field="text_0")


def _check_day(decide_by: date, now: datetime) -> None:
    if decide_by <= clock.today(now):
        raise Refusal(_("Choose a day that lies ahead."), field="decide_by")


def _check_people(draft: Brief, asked_of: Person, now: datetime) -> None:
    if not queries.decision_makers(draft.project, now=now).filter(pk=asked_of.pk).exists():
        raise Refusal(_("Ask someone who decides in this project today."), field="asked_of")
    if asked_of.ref in draft.writers:
        message = _("%(name)s wrote in this brief. Ask someone else: nobody decides on their own.")
        raise Refusal(message % {"name": asked_of.name}, field="asked_of")


def _check_themes(project: Project, themes: Sequence[Theme]) -> None:
    if not 1 <= len(themes) <= queries.MOST_THEMES:
        raise Refusal(_("Choose one topic, and three at most."), field="themes")
    for theme in themes:
        if theme.project_id != project.ref or theme.state != Theme.State.AGREED:
            words = _("“%(title)s” is not agreed yet, so it cannot be decided on.")
            raise Refusal(words % {"title": theme.title}, field="themes")


def _keep(
    draft: Brief,
    themes: Sequence[Theme],
    options: Sequence[Mapping[str, Any]],
    quoted: Sequence[str],
) -> None:
    draft.options.all().delete()
    draft.about.all().delete()
    draft.quoted.all().delete()
    BriefOption.objects.bulk_create(
        BriefOption(brief=draft, position=place, **option) for place, option in enumerate(options)
    )
    BriefTheme.objects.bulk_create(BriefTheme(brief=draft, theme=theme) for theme in themes)
    chosen = queries.quotable(draft.project, themes).filter(pk__in=quoted)
    if len(found := list(chosen.values_list("pk", flat=True))) > queries.MOST_QUOTES:
        raise Refusal(_("Quote two people at most: it has to fit on one page."), field="quoted")
    BriefQuote.objects.bulk_create(BriefQuote(brief=draft, words_id=ref) for ref in found)
