"""What a reader does with words: release, mask, ask back, pass on, or not publish."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.safety.reading import events, masks, reasons
from goldenthread.safety.reading.models import Exchange, Suggestion, Words
from goldenthread.safety.reading.services import learning
from goldenthread.safety.reading.services.holding import seal_of_shown
from goldenthread.safety.reading.services.taking import Clash, put_down, say, take
from goldenthread.safety.young.quotes import names_in, names_of
from goldenthread.thread.services import record


@transaction.atomic
def release(
    *,
    by: Person,
    words: Words,
    masks: Iterable[masks.Mask] = (),
    explanation: str = "",
    version: int,
    now: datetime,
) -> Words:
    """Show words, with details masked where that keeps people safe; the author sees why.

    :raises Refusal: no reader, a mask that does not fit, or another person must decide
    :raises Clash: someone changed them first
    """
    current = take(words, by=by, version=version, now=now)
    before, marked = current.state, list(masks)
    _cover(current, marked)
    deed = learning.deed_of(marked)
    if learning.is_looked_at(by, current):
        current.refresh_from_db(fields=["masks", "shown", "helped_shown", "note_shown"])
        return learning.suggest(current, by=by, deed=deed, marked=marked, now=now)
    learning.compare(current, by=by, deed=deed, marked=marked)
    _refuse_one_reader_alone(current)
    _refuse_telling_names(current)
    current.state, current.hidden = Words.State.RELEASED, False
    current.released_on = current.released_on or clock.today(now)
    current.second_reader = current.asking = current.objected = False
    put_down(current, by=by)
    if explanation:
        say(current, Exchange.Kind.EXPLAINED, explanation, by=by, now=now)
    _tell_release(current, again=before == Words.State.RELEASED, now=now)
    return current


def _refuse_one_reader_alone(words: Words) -> None:
    """What children said is looked at by two people before anyone sees it.

    :raises Refusal: no second reader was asked for, and it was never released
    """
    if words.project.for_under_18 and not words.second_reader and words.released_on is None:
        raise Refusal(_("Under-18s speak here. Please pass it on: a second reader releases it."))


def _refuse_telling_names(words: Words) -> None:
    """What children said is never shown with the name of their school or service.

    :raises Refusal: such a name stands in what would be shown
    """
    if not words.project.for_under_18:
        return
    shown = " ".join(filter(None, (words.shown, words.helped_shown, words.note_shown)))
    if found := names_in(shown, names_of(words.project)):
        message = _("Please mask what points to %(name)s. Under-18s speak here.")
        raise Refusal(message % {"name": found[0]})


def _cover(words: Words, given: Iterable[masks.Mask]) -> None:
    parts = words.parts
    chosen = list(given)
    if not masks.fits(chosen, parts):
        raise Refusal(_("One of the masks does not fit the words. Please mark it again."))
    words.masks = masks.merge(chosen)
    words.shown, words.helped_shown, words.note_shown = (
        masks.apply(text, words.masks, part) for part, text in parts.items()
    )


def _tell_release(words: Words, *, again: bool, now: datetime) -> None:
    tell = partial(record, about=words.ref, project=words.project_id, now=now)
    if words.masks:
        tell(events.WORDS_MASKED, facts={"masks": len(words.masks)})
    seal = seal_of_shown(words)
    if again:
        tell(events.WORDS_KEPT, facts={"seal": seal})
    else:
        tell(events.WORDS_RELEASED, facts={"purpose": words.purpose, "seal": seal})


@transaction.atomic
def release_many(
    *, by: Person, project: Project, versions: Mapping[UUID, int], now: datetime
) -> list[Words]:
    """Release several as they are, each of which the reader has read on one page.

    Those that changed meanwhile are left alone and not returned; where children speak, those that
    one person has read go on to a second reader.

    :raises Refusal: no reader, or one of them waits for another person
    """
    done = []
    waiting = Words.objects.select_related("project").filter(project=project, ref__in=versions)
    for words in waiting.order_by("ref"):
        try:
            if project.for_under_18 and not words.second_reader:
                pass_on(by=by, words=words, version=versions[words.ref], now=now)
                continue
            done.append(release(by=by, words=words, version=versions[words.ref], now=now))
        except Clash:
            continue
    return done


@transaction.atomic
def ask_back(*, by: Person, words: Words, text: str, version: int, now: datetime) -> Words:
    """Ask the author something; the words wait, and are not late meanwhile.

    :raises Refusal: no reader, nothing asked, or they were shown and people wait to see them again
    :raises Clash: someone changed them first
    """
    current = take(words, by=by, version=version, now=now)
    if current.hidden:
        raise Refusal(_("This was shown, and is hidden now. Please show it again first."))
    if not text.strip():
        raise Refusal(_("Please write what you would like to ask."), field="text")
    current.asking = True
    say(current, Exchange.Kind.ASKED, text.strip(), by=by, now=now)
    put_down(current, by=None)
    record(events.AUTHOR_ASKED, about=current.ref, project=current.project_id, now=now)
    return current


@transaction.atomic
def pass_on(*, by: Person, words: Words, version: int, now: datetime) -> Words:
    """Ask for a second reader: another person must decide.

    :raises Refusal: no reader, or another person must decide already
    :raises Clash: someone changed them first
    """
    current = take(words, by=by, version=version, now=now)
    current.second_reader = True
    put_down(current, by=by)
    record(events.SECOND_READER_ASKED, about=current.ref, project=current.project_id, now=now)
    return current


@transaction.atomic
def do_not_publish(
    *, by: Person, words: Words, because: str, explanation: str, version: int, now: datetime
) -> Words:
    """Leave words unpublished for a reason of the public list; the author sees which, and why.

    What was shown once is never left out here: it is removed, with a second key and a stub.

    :raises Refusal: no reader, no such reason, no explanation, they were shown once, or another
        person must decide
    :raises Clash: someone changed them first
    """
    current = take(words, by=by, version=version, now=now)
    _refuse_what_was_shown(current)
    if because not in reasons.NOT_PUBLISHED:
        raise Refusal(_("Please choose a reason from the list."), field="because")
    if not explanation.strip():
        raise Refusal(_("Please tell the author why, in your own words."), field="explanation")
    deed = Suggestion.Deed.NOT_PUBLISH
    if learning.is_looked_at(by, current):
        return learning.suggest(current, by=by, deed=deed, now=now)
    learning.compare(current, by=by, deed=deed)
    current.state = Words.State.UNPUBLISHED
    current.unpublished_because = because
    current.shown = current.helped_shown = None
    current.note_shown, current.masks = "", []
    current.second_reader = current.asking = current.objected = False
    put_down(current, by=by)
    say(current, Exchange.Kind.EXPLAINED, explanation.strip(), by=by, now=now)
    record(
        events.WORDS_UNPUBLISHED,
        about=current.ref,
        project=current.project_id,
        facts={"because": because},
        now=now,
    )
    return current


def _refuse_what_was_shown(words: Words) -> None:
    """Words that people have seen are taken down by two people, and leave a stub.

    :raises Refusal: they were shown once
    """
    if words.released_on is not None:
        raise Refusal(
            _("People have seen these words. Ask a co-lead to agree to take them down instead.")
        )
