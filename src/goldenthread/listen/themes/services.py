"""Grouping voices into themes. Nothing is lost: what a voice came by stays on its thread."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes import events, lineage, permissions, queries
from goldenthread.listen.themes.models import Correction, Grouping, Theme, Wording
from goldenthread.listen.themes.proofs import seal_of_theme
from goldenthread.listen.voices.models import Voice
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.services import hold_words
from goldenthread.thread.binding import new_salt
from goldenthread.thread.events import Event
from goldenthread.thread.models import How
from goldenthread.thread.services import hold, record, tie

MEANWHILE = gettext_lazy(
    "Someone noted meanwhile what they did with it. Theirs is shown above yours. "
    "Look at both, then save again."
)


@transaction.atomic
def make_theme(
    *,
    by: Person,
    project: Project,
    title: str,
    sentence: str = "",
    voices: Iterable[UUID] = (),
    now: datetime,
) -> Theme:
    """Make a theme, with these voices in it."""
    lineage.allow(by, project, now=now)
    theme = Theme.objects.create(
        project=project,
        title=_titled(title),
        sentence=sentence.strip(),
        made_on=clock.today(now),
        made_by=by,
    )
    lineage.put(theme, lineage.released_in(project, voices))
    record(events.THEME_MADE, about=theme.ref, project=project.ref, now=now)
    return theme


@transaction.atomic
def group(*, by: Person, theme: Theme, voices: Iterable[UUID], now: datetime) -> int:
    """Put released voices in a theme; returns how many are new in it.

    One that was agreed on and not decided yet is asked about and agreed on anew.
    """
    [theme] = lineage.locked(by, [theme], now=now)
    wanted = lineage.released_in(theme.project, voices)
    if not wanted:
        raise Refusal(_("Tick at least one voice first."), field="voices")
    added = lineage.put(theme, wanted)
    if added:
        _ask_anew(theme)
        record(events.THEME_GROUPED, about=theme.ref, project=theme.project_id, now=now)
    return added


@transaction.atomic
def ungroup(*, by: Person, theme: Theme, voices: Iterable[UUID], now: datetime) -> int:
    """Take voices out of a theme; returns how many were in it.

    :raises Refusal: nothing is ticked, or the theme was decided on: its voices must hear the answer
    """
    [theme] = lineage.locked(by, [theme], now=now)
    lineage.refuse_decided(theme)
    chosen = lineage.inside(theme, voices)
    lineage.take_out(theme, chosen, now=now)
    _ask_anew(theme)
    record(events.THEME_UNGROUPED, about=theme.ref, project=theme.project_id, now=now)
    return len(chosen)


@transaction.atomic
def merge(*, by: Person, themes: Iterable[Theme], into: Theme, now: datetime) -> Theme:
    """Merge themes into one. The old ones stay, with their voices, and say what they became.

    :raises Refusal: nothing to merge, or one of them was decided on
    """
    wanted = {theme.ref: theme for theme in [*themes, into]}
    found = {theme.ref: theme for theme in lineage.locked(by, wanted.values(), now=now)}
    target = found.pop(into.ref)
    if not found:
        raise Refusal(_("Tick at least one other theme."), field="themes")
    for old in found.values():
        lineage.refuse_decided(old)
        lineage.carry_over(old, target)
        tie(("theme", old.ref), ("theme", target.ref), how=How.MERGED, project=target.project_id)
        _save(old, state=Theme.State.MERGED, merged_into=target)
        facts = {"into": str(target.ref)}
        record(events.THEME_MERGED, about=old.ref, project=old.project_id, facts=facts, now=now)
    lineage.recount(target)
    _save(target, state=_after_change(target))
    return target


@transaction.atomic
def split(
    *,
    by: Person,
    theme: Theme,
    voices: Iterable[UUID],
    title: str,
    sentence: str = "",
    now: datetime,
) -> Theme:
    """Make a new theme of some of a theme's voices; they go over to it.

    :raises Refusal: nothing is ticked, no title, or the theme was decided on
    """
    [theme] = lineage.locked(by, [theme], now=now)
    lineage.refuse_decided(theme)
    chosen = lineage.inside(theme, voices)
    new = Theme.objects.create(
        project=theme.project,
        title=_titled(title),
        sentence=sentence.strip(),
        made_on=clock.today(now),
        made_by=by,
    )
    lineage.take_out(theme, chosen, now=now)
    lineage.put(new, chosen, came_by=theme)
    tie(("theme", theme.ref), ("theme", new.ref), how=How.SPLIT, project=theme.project_id)
    _save(theme, state=_after_change(theme))
    facts = {"into": str(new.ref)}
    record(events.THEME_SPLIT, about=theme.ref, project=theme.project_id, facts=facts, now=now)
    return new


@transaction.atomic
def retitle(
    *, by: Person, theme: Theme, title: str, sentence: str, version: int, now: datetime
) -> Theme:
    """Put a theme in other words, unless someone else did so meanwhile.

    Once it was shown to those who spoke, its page keeps the words it had before.

    :raises Refusal: it was decided on, or is no longer the one this person read
    """
    [theme] = lineage.locked(by, [theme], now=now)
    if theme.place != Theme.Place.HEARD:
        raise Refusal(_("This theme has been decided on, in these words. They stay."))
    if theme.version != version:
        raise Refusal(
            _(
                "Someone changed this theme while you wrote. Theirs is shown above yours. "
                "Look at both, then save again."
            )
        )
    agreed = theme.state == Theme.State.AGREED
    state = Theme.State.SHOWN_BACK if agreed else theme.state
    title, sentence = _titled(title), sentence.strip()
    if theme.shown_back_on is not None and (title, sentence) != (theme.title, theme.sentence):
        _keep_wording(theme, now=now)
    _save(theme, title=title, sentence=sentence, state=state)
    _seal(events.THEME_REWORDED, theme, now=now)
    return theme


def _keep_wording(theme: Theme, *, now: datetime) -> None:
    Wording.objects.create(
        theme=theme,
        title=theme.title,
        sentence=theme.sentence,
        until=clock.today(now),
        place=theme.wordings.count(),
    )


@transaction.atomic
def show_back(*, by: Person, theme: Theme, now: datetime) -> Theme:
    """Show the theme to those who spoke, and ask whether it says what they meant.

    :raises Refusal: it has no sentence, or no voice
    """
    [theme] = lineage.locked(by, [theme], now=now)
    lineage.refuse_decided(theme)
    if not theme.sentence:
        raise Refusal(_("Write first what this theme says, in a plain sentence."), field="sentence")
    if not Grouping.objects.filter(theme=theme).exists():
        raise Refusal(_("Put at least one voice in this theme first."))
    _save(theme, state=Theme.State.SHOWN_BACK, shown_back_on=clock.today(now))
    _seal(events.THEME_SHOWN_BACK, theme, now=now)
    return theme


@transaction.atomic
def agree(*, by: Person, theme: Theme, now: datetime) -> Theme:
    """Say that a theme is ready to be decided on.

    :raises Refusal: it was not shown back to those who spoke
    """
    [theme] = lineage.locked(by, [theme], now=now)
    if theme.state != Theme.State.SHOWN_BACK:
        raise Refusal(_("Show this theme to the people who spoke before you agree on it."))
    _save(theme, state=Theme.State.AGREED)
    _seal(events.THEME_AGREED, theme, now=now)
    return theme


PLACES = list(Theme.Place)


@transaction.atomic
def move_along(*, theme: Theme, place: Theme.Place, now: datetime) -> Theme:
    """Move a theme forward on the thread, never back. Called by what was recorded about it."""
    del now  # the decision, action or change that moves it has its own day
    theme = Theme.objects.select_for_update(no_key=True, of=("self",)).get(ref=theme.ref)
    if PLACES.index(Theme.Place(place)) > PLACES.index(Theme.Place(theme.place)):
        _save(theme, place=place)
    return theme


def _after_change(theme: Theme) -> str:
    """Return the state of a theme whose voices changed: what was shown is not what it now holds."""
    return theme.state if theme.place != Theme.Place.HEARD else Theme.State.WORKING


def _ask_anew(theme: Theme) -> None:
    """Let other voices than those it was agreed on have their say, until it is decided on."""
    if theme.state == Theme.State.AGREED and theme.place == Theme.Place.HEARD:
        _save(theme, state=Theme.State.SHOWN_BACK)


def _titled(title: str) -> str:
    if not title.strip():
        raise Refusal(_("Give the theme a short title."), field="title")
    return title.strip()


def _seal(event: Event, theme: Theme, *, now: datetime) -> None:
    """Record an act with the seal of what the theme says now."""
    theme.salt = new_salt()
    theme.save(update_fields=["salt"])
    facts = {"seal": seal_of_theme(theme)}
    record(event, about=theme.ref, project=theme.project_id, facts=facts, now=now)


def _save(theme: Theme, **changed: object) -> None:
    for name, value in changed.items():
        setattr(theme, name, value)
    theme.version += 1
    theme.save(update_fields=[*changed, "version"])


@transaction.atomic
def correct(
    *,
    by: Speaker,
    theme: Theme,
    voice: Voice,
    answer: Correction.Answer,
    text: str = "",
    now: datetime,
) -> Correction:
    """Say whether a theme says what one meant. A person answers once, and may change the answer.

    :raises Refusal: the theme is not shown back, none of the speaker's voices is in it,
        or they wrote words before
    """
    theme = (
        Theme.objects.select_for_update(no_key=True, of=("self",))
        .select_related("project")
        .get(ref=theme.ref)
    )
    own = queries.my_voices_in(by, theme)
    if not permissions.may_correct(by, theme, spoke=voice.pk in {each.pk for each in own}):
        raise Refusal(_("You can answer while we ask the people whose words are in this topic."))
    given = queries.my_correction(theme, own) or Correction(theme=theme, voice=voice)
    if text.strip() and not _sent_before(given, text):
        given.words = hold_words(
            project=theme.project, text=text, purpose=Words.Purpose.CORRECTION, now=now
        )
    given.answer, given.on = answer, clock.today(now)
    given.save()
    hold(events.THEME_CORRECTED, about=theme.ref, project=theme.project_id, now=now)
    return given


def _sent_before(given: Correction, text: str) -> bool:
    """Whether we hold these very words already: a form that was sent twice.

    :raises Refusal: we hold others
    """
    if given.words is None:
        return False
    if (given.words.text or "").split() == text.split():
        return True
    raise Refusal(
        _(
            "You have sent us words about this already, and we cannot take more. "
            "Copy these if you want to keep them. Then empty the box to send your answer."
        ),
        field="text",
    )


@transaction.atomic
def deal_with(*, by: Person, correction: Correction, what: str, now: datetime) -> Correction:
    """Say what was done with a correction, unless someone else did so meanwhile.

    :raises Refusal: nothing is said, or other words stand there than this person read
    """
    theme = Theme.objects.select_related("project").get(ref=correction.theme_id)
    lineage.allow(by, theme.project, now=now)
    if not what.strip():
        raise Refusal(
            _("Say what you did with it, also if you left the theme as it is."), field="what"
        )
    held = Correction.objects.select_for_update(no_key=True, of=("self",)).get(ref=correction.ref)
    if held.dealt_with != correction.dealt_with:
        raise Refusal(MEANWHILE, field="what")
    correction.dealt_with = what.strip()
    correction.save(update_fields=["dealt_with"])
    record(events.CORRECTION_DEALT_WITH, about=theme.ref, project=theme.project_id, now=now)
    return correction


@transaction.atomic
def recount(*, project: Project) -> None:
    """Set the counters right after voices were taken back. Called once a day."""
    for theme in (
        Theme.objects.select_for_update(no_key=True).filter(project=project).order_by("ref")
    ):
        lineage.recount(theme)
