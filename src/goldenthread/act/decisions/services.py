"""Writing decisions down, and publishing them. A published decision is never edited."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from goldenthread.act.decisions.events import DECISION_PUBLISHED
from goldenthread.act.decisions.models import AboutTheme, Decision, Option
from goldenthread.act.decisions.permissions import may_publish_decision, may_write_decision
from goldenthread.act.decisions.proofs import seal_of_decision
from goldenthread.act.decisions.queries import edition, listening_began
from goldenthread.empower.groups.models import Group
from goldenthread.empower.groups.queries import composition
from goldenthread.empower.meetings.models import Meeting
from goldenthread.kit import clock
from goldenthread.kit.editions import LOOK_AGAIN, refuse_lost
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.themes.services import move_along
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.thread.binding import new_salt
from goldenthread.thread.models import How
from goldenthread.thread.services import record, tie_all

FEWEST_OPTIONS: Final = 2
Choice = tuple[str, bool]  # an option's words, and whether it was chosen
May = Callable[..., bool]


@transaction.atomic
def write_decision(
    *,
    by: Person,
    project: Project,
    title: str,
    question: str,
    themes: Sequence[Theme],
    options: Sequence[Choice],
    group: Group | None = None,
    decided_by: str = "",
    how_many: int | None = None,
    how_many_lived: int | None = None,
    meeting: Meeting | None = None,
    what_people_said: str,
    outcome: str,
    why: str,
    decided_on: date,
    decision: Decision | None = None,
    seen: str = "",
    may: May = may_write_decision,
    now: datetime,
) -> Decision:
    """Write a decision down as a draft, or write `decision` (a draft) anew.

    A higher room in which others decide, as from a brief, says by its own `may` who.
    :raises Refusal: somebody else wrote meanwhile, or something is missing; `field` names what
    """
    if not may(by, project, now=now):
        raise Refusal(_("Only those who run this project can decide in it, until it closes."))
    Project.objects.select_for_update(no_key=True).get(ref=project.ref)
    draft = _draft(project, decision)
    deciders = _deciders(group, decided_by, how_many, how_many_lived, decided_on)
    _check_place(project, group, meeting)
    _check_said(options, why, decided_on, now)
    _check_agreed(project, themes)
    draft.title, draft.question, draft.outcome, draft.why = title, question, outcome, why.strip()
    draft.group, draft.decided_by, draft.how_many, draft.how_many_lived = deciders
    draft.meeting, draft.decided_on, draft.written_by = meeting, decided_on, by
    draft.what_people_said = what_people_said
    return _keep(draft, themes, options, seen=seen)


@transaction.atomic
def publish_decision(
    *,
    by: Person,
    decision: Decision,
    seen: str = "",
    may: May = may_publish_decision,
    now: datetime,
) -> Decision:
    """Publish a decision: from now on it stands as it is, and its themes count as decided.

    :raises Refusal: it is published already, changed since they looked, or about what is not agreed
    """
    if not may(by, decision, now=now):
        raise Refusal(_("A decision-maker has to publish this, before the project closes."))
    decision = Decision.objects.select_for_update(no_key=True).get(ref=decision.ref)
    if decision.state == Decision.State.PUBLISHED:
        raise Refusal(_("This decision is published already. It stands as it is."))
    refuse_lost(seen=seen, stands=edition(decision), says=LOOK_AGAIN)
    themes = list(Theme.objects.select_for_update(no_key=True).filter(decided__decision=decision))
    _check_agreed(decision.project, themes)
    decision.state = Decision.State.PUBLISHED
    decision.published_on, decision.salt = clock.today(now), new_salt()
    decision.save(update_fields=["state", "published_on", "salt"])
    target = ("decision", decision.ref)
    pairs = [(("theme", theme.ref), target) for theme in themes]
    tie_all(pairs, how=How.DECIDED, project=decision.project_id)
    for theme in themes:
        move_along(theme=theme, place=Theme.Place.DECIDED, now=now)
    record(
        DECISION_PUBLISHED,
        about=decision.ref,
        project=decision.project_id,
        facts={
            "outcome": str(decision.outcome),
            "themes": len(themes),
            "seal": seal_of_decision(decision),
        },
        now=now,
    )
    return decision


@transaction.atomic
def drop_draft(*, by: Person, decision: Decision, now: datetime) -> None:
    """Throw a draft away; a published decision stays.

    :raises Refusal: it is published
    """
    if not may_write_decision(by, decision.project, now=now):
        raise Refusal(_("Only those who run this project can decide in it, until it closes."))
    draft = Decision.objects.select_for_update(no_key=True).get(ref=decision.ref)
    if draft.state == Decision.State.PUBLISHED:
        raise Refusal(_("This decision is published already. It stands as it is."))
    draft.delete()


def _draft(project: Project, decision: Decision | None) -> Decision:
    if decision is None:
        last = Decision.objects.filter(project=project).aggregate(last=Max("number"))["last"]
        return Decision(project=project, number=(last or 0) + 1)
    draft = Decision.objects.select_for_update(no_key=True).get(ref=decision.ref, project=project)
    if draft.state == Decision.State.PUBLISHED:
        raise Refusal(
            _("A published decision is never edited. Write a new one that says what it replaces.")
        )
    return draft


def _deciders(
    group: Group | None, decided_by: str, many: int | None, lived: int | None, decided_on: date
) -> tuple[Group | None, str, int, int]:
    """Return who decided, how many they were, and how many of them hold lived experience."""
    if group is not None:
        seats = composition(group, decided_on)
        many = seats[0] if many is None else many
        lived = min(seats[1], many) if lived is None else lived
    elif not decided_by.strip():
        raise Refusal(_("Say who decided: choose a group or write who."), field="decided_by")
    if not many:
        raise Refusal(_("Say how many people decided."), field="how_many")
    if lived is None:
        raise Refusal(_("Say how many of them have lived experience."), field="how_many_lived")
    if lived > many:
        raise Refusal(_("This cannot be more than all who decided."), field="how_many_lived")
    return group, "" if group else decided_by.strip(), many, lived


def _check_place(project: Project, group: Group | None, meeting: Meeting | None) -> None:
    if group and group.project_id != project.ref:
        raise Refusal(_("This group does not belong to this project."), field="group")
    if meeting and meeting.group.project_id != project.ref:
        raise Refusal(_("This meeting does not belong to this project."), field="meeting")


def _check_said(options: Sequence[Choice], why: str, decided_on: date, now: datetime) -> None:
    if not why.strip():
        raise Refusal(_("Say why. People are owed the reason, for a no as well."), field="why")
    if len([words for words, _chosen in options if words.strip()]) < FEWEST_OPTIONS:
        message = _("Give two options at least: what else could it have been?")
        raise Refusal(message, field="option_1")
    if decided_on > clock.today(now):
        raise Refusal(_("The day cannot lie ahead. When was it decided?"), field="decided_on")


def _check_agreed(project: Project, themes: Sequence[Theme]) -> None:
    if not themes:
        raise Refusal(_("Choose the topic that this decides."), field="themes")
    for theme in themes:
        if theme.project_id != project.ref or theme.state != Theme.State.AGREED:
            raise Refusal(
                _("“%(title)s” is not agreed yet, so it cannot be decided on.")
                % {"title": theme.title},
                field="themes",
            )


def _before(first: date | None, decided_on: date) -> bool:
    return first is None or decided_on < first


def _keep(
    draft: Decision, themes: Sequence[Theme], options: Sequence[Choice], *, seen: str
) -> Decision:
    stands = edition(Decision.objects.filter(ref=draft.ref).first())
    began, decided_on = listening_began(draft.project), draft.decided_on
    draft.before_listening = _before(began, decided_on)
    draft.before_showing_back = any(_before(each.shown_back_on, decided_on) for each in themes)
    draft.save()
    draft.options.all().delete()
    draft.about.all().delete()
    kept = [(words.strip(), chosen) for words, chosen in options if words.strip()]
    Option.objects.bulk_create(
        Option(decision=draft, text=words, chosen=chosen, position=place)
        for place, (words, chosen) in enumerate(kept)
    )
    AboutTheme.objects.bulk_create(AboutTheme(decision=draft, theme=theme) for theme in themes)
    refuse_lost(seen=seen, stands=stands, writes=edition(draft))
    return draft
