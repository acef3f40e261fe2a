"""Writing the codebook, and rounds in which coders sort alone, compare, and agree."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.coding import comparing, events, permissions, queries
from goldenthread.listen.coding.models import Code, Coder, Coding, Round, Unit
from goldenthread.listen.themes import lineage
from goldenthread.listen.themes import services as themes
from goldenthread.listen.themes.models import Grouping, Theme
from goldenthread.listen.themes.queries import voices_in
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_see_board
from goldenthread.thread.services import record

FEWEST_VOICES, FEWEST_CODERS, FEWEST_CODES = 10, 2, 2
BLIND = gettext_lazy("Wait until everyone is done. Until then nobody sees what others chose.")

MEANWHILE = gettext_lazy(
    "Someone changed this while you wrote. Theirs is shown above yours. "
    "Look at both, then save again."
)


@transaction.atomic
def write_code(
    *,
    by: Person,
    theme: Theme,
    definition: str,
    belongs: str = "",
    leaves_out: str = "",
    example: UUID | None = None,
    version: int = 0,
    now: datetime,
) -> Code:
    """Say what belongs to a theme, and what does not; `version` is the one that was read, 0 none.

    :raises Refusal: no definition, an example that is not a released voice of the theme, or
        someone changed it meanwhile
    """
    [theme] = lineage.locked(by, [theme], now=now)
    if not definition.strip():
        raise Refusal(_("Say in a sentence what this theme is about."), field="definition")
    if example and not voices_in(theme).filter(pk=example).exists():
        raise Refusal(_("Choose an example among the voices of this theme."), field="example")
    code = queries.code_of(theme) or Code(theme=theme, version=0)
    if code.version != version:
        raise Refusal(MEANWHILE)
    code.definition, code.belongs = definition.strip(), belongs.strip()
    code.leaves_out, code.example_id = leaves_out.strip(), example
    code.version += 1
    code.save()
    record(events.CODE_WRITTEN, about=theme.ref, project=theme.project_id, now=now)
    return code


@transaction.atomic
def start_round(
    *,
    by: Person,
    project: Project,
    number: int,
    people: Iterable[UUID],
    emails: Iterable[str] = (),
    now: datetime,
) -> Round:
    """Draw a sample and name who sorts it.

    :raises Refusal: a round is under way, too few codes, voices or coders, or one may not read
    """
    lineage.allow(by, project, now=now)
    Project.objects.select_for_update(of=("self",), no_key=True).get(ref=project.ref)
    if Round.objects.filter(project=project).exclude(state=Round.State.SETTLED).exists():
        raise Refusal(_("A round is under way. Settle it, or stop it, before you start another."))
    codes = queries.coded_themes(project)
    if len(codes) < FEWEST_CODES:
        raise Refusal(_("Write what belongs to at least two themes first."))
    coders = _coders(project, people, emails, now=now)
    voices = queries.sample(project, number)
    if len(voices) < FEWEST_VOICES:
        raise Refusal(_("There are fewer than ten voices to sort."), field="number")
    round_ = Round.objects.create(
        project=project, themes=codes, started_on=clock.today(now), started_by=by
    )
    Coder.objects.bulk_create([Coder(round=round_, person=person) for person in coders])
    Unit.objects.bulk_create(
        [Unit(round=round_, voice_id=voice, place=at) for at, voice in enumerate(voices)]
    )
    facts = {"voices": len(voices), "coders": len(coders)}
    record(events.ROUND_STARTED, about=round_.ref, project=project.ref, facts=facts, now=now)
    return round_


def _coders(
    project: Project, people: Iterable[UUID], emails: Iterable[str], *, now: datetime
) -> list[Person]:
    found = {each.ref: each for each in queries.people_with_role(project, people, now=now)}
    for email in emails:
        person = queries.member_by_email(project, email)
        if person is None:
            says = _("No member has the address %(email)s.") % {"email": email}
            raise Refusal(says, field="emails")
        found[person.ref] = person
    for person in found.values():
        if not may_see_board(person, project, now=now):
            says = _("%(name)s may not read what people said in this project.")
            raise Refusal(says % {"name": person.name}, field="emails")
    if len(found) < FEWEST_CODERS:
        raise Refusal(_("Name at least two people: one alone cannot differ."), field="people")
    return list(found.values())


@transaction.atomic
def code(*, by: Person, coder: Coder, unit: Unit, chosen: Iterable[UUID], now: datetime) -> Coding:
    """Choose themes for a voice, or none. It may be changed until one is done.

    :raises Refusal: not the speaker's own to choose, or they are done
    """
    coder = _held(by, coder, now=now)
    known = set(coder.round.themes)
    picked = [ref for ref in dict.fromkeys(chosen) if ref in known]
    coding, _ = Coding.objects.update_or_create(coder=coder, unit=unit, defaults={"themes": picked})
    return coding


@transaction.atomic
def be_done(*, by: Person, coder: Coder, now: datetime) -> Round:
    """Say that one is done. When everyone is, what they chose is compared.

    :raises Refusal: a voice has no answer yet
    """
    coder = _held(by, coder, now=now)
    if queries.next_for(coder).unit is not None:
        raise Refusal(_("Some voices have no answer yet."))
    coder.done_on = clock.today(now)
    coder.save(update_fields=["done_on"])
    round_ = coder.round
    if not round_.coders.filter(done_on=None).exists():
        _compare(round_, now=now)
    return round_


def _compare(round_: Round, *, now: datetime) -> None:
    codings = queries.all_codings(round_)
    found = comparing.together(codings)
    round_.by_theme = comparing.theme_by_theme(codings, round_.themes)
    round_.alpha, round_.low, round_.high = found.alpha, found.low, found.high
    round_.state, round_.finished_on = Round.State.TALKING, clock.today(now)
    round_.save()
    told = "none" if found.alpha is None else f"{found.alpha:.3f}"
    facts = {"alpha": told}
    record(events.ROUND_FINISHED, about=round_.ref, project=round_.project_id, facts=facts, now=now)


def _held(by: Person, coder: Coder, *, now: datetime) -> Coder:
    """Hold the round still, and return the coder as they now stand."""
    Round.objects.select_for_update(no_key=True, of=("self",)).get(ref=coder.round_id)
    found = Coder.objects.select_related("round__project").get(ref=coder.ref)
    if not permissions.may_code(by, found, now=now):
        raise Refusal(_("You have said that you are done, or this round is over."))
    return found


@transaction.atomic
def agree_on(
    *, by: Person, round_: Round, unit: Unit, chosen: Iterable[UUID], note: str, now: datetime
) -> Unit:
    """Note what was agreed for a voice on which coders differed, unless someone did meanwhile.

    :raises Refusal: coders are still at work, no note says why, or it is another agreement by now
    """
    round_ = _to_talk(by, round_, now=now)
    held = queries.differing_unit(round_, unit.ref)[0].unit
    if held.edition != unit.edition:
        raise Refusal(MEANWHILE)
    if not note.strip():
        raise Refusal(_("Say in a few words what you agreed, and why."), field="note")
    known = set(round_.themes)
    unit.agreed = [ref for ref in dict.fromkeys(chosen) if ref in known]
    unit.note, unit.agreed_on = note.strip(), clock.today(now)
    unit.save(update_fields=["agreed", "note", "agreed_on"])
    return unit


@transaction.atomic
def settle(*, by: Person, round_: Round, apply: bool, now: datetime) -> Round:
    """Close a round that was talked through; put its result into the themes if that is wanted.

    :raises Refusal: a voice on which coders differed was not talked through
    """
    round_ = _to_talk(by, round_, now=now)
    differing = queries.differing(round_)
    if any(codings[0].unit.agreed_on is None for codings in differing):
        raise Refusal(_("Talk through every voice on which you differ first."))
    if apply:
        _apply(by, round_, now=now)
    round_.state, round_.settled_on = Round.State.SETTLED, clock.today(now)
    round_.applied = apply
    round_.save()
    facts = {"talked": len(differing)}
    record(events.ROUND_SETTLED, about=round_.ref, project=round_.project_id, facts=facts, now=now)
    return round_


def _apply(by: Person, round_: Round, *, now: datetime) -> None:
    """Put voices into the themes agreed on, and take them out of those not chosen."""
    final = {}
    for coding in queries.codings_of(round_):
        talked = coding.unit.agreed_on is not None
        final[coding.unit.voice_id] = set(coding.unit.agreed if talked else coding.themes)
    open_themes = Theme.objects.filter(ref__in=round_.themes, place=Theme.Place.HEARD).exclude(
        state=Theme.State.MERGED
    )
    for theme in open_themes.order_by("ref"):
        inside = set(
            Grouping.objects.filter(theme=theme, voice__in=final).values_list("voice", flat=True)
        )
        wanted = {voice for voice, chosen in final.items() if theme.ref in chosen}
        if new := wanted - inside:
            themes.group(by=by, theme=theme, voices=new, now=now)
        if gone := inside - wanted:
            themes.ungroup(by=by, theme=theme, voices=gone, now=now)


@transaction.atomic
def stop_round(*, by: Person, round_: Round, now: datetime) -> None:
    """Throw away a round that was not settled, with all that was chosen in it.

    :raises Refusal: it was settled
    """
    round_ = _of_organiser(by, round_, now=now)
    if round_.state == Round.State.SETTLED:
        raise Refusal(_("This round is settled, and stays."))
    record(events.ROUND_STOPPED, about=round_.ref, project=round_.project_id, now=now)
    round_.delete()


def _to_talk(by: Person, round_: Round, *, now: datetime) -> Round:
    found = _of_organiser(by, round_, now=now)
    if found.state == Round.State.CODING:
        raise Refusal(BLIND)
    if found.state == Round.State.SETTLED:
        raise Refusal(_("This round is settled, and stays."))
    return found


def _of_organiser(by: Person, round_: Round, *, now: datetime) -> Round:
    found = Round.objects.select_for_update(no_key=True, of=("self",)).select_related("project")
    held = found.get(ref=round_.ref)
    lineage.allow(by, held.project, now=now)
    return held
