"""What an author may see of what was done with their words: sentences, labels, never the words."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from goldenthread.kit.text import say_week
from goldenthread.safety.reading import reasons
from goldenthread.safety.reading.models import Exchange, Words

State = Words.State
Kind = Exchange.Kind
UNDO = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One line of the exchange. What the author wrote themselves is told, not repeated."""

    who: str
    text: str
    on: date


@dataclass(frozen=True)
class AuthorView:
    """How things stand with one's words."""

    title: str
    knot: str  # done, now or open: for the thread
    sentence: str
    masked: list[str]  # which kinds of detail were taken out
    exchanges: list[Line]
    question_open: bool
    may_object: bool
    may_take_back: bool
    may_keep_until: date | None  # while taken back: until when the author may change their mind
    unseen: bool  # a line to the author that they had not seen before


def is_taken_back(words: Words) -> bool:
    """Return whether their author took words back, or asked us to take them down."""
    return words.state == State.WITHDRAWN or words.withdrawn_on is not None


def view_of(words: Words, *, exchanges: list[Exchange]) -> AuthorView:
    """Put together what the author sees, from the words' state and the lines so far."""
    title, knot, sentence = _state(words)
    return AuthorView(
        title=title,
        knot=knot,
        sentence=sentence,
        masked=sorted({_(str(mask[2])) for mask in words.masks}),
        exchanges=[_line(each) for each in exchanges],
        question_open=words.asking and words.state in (State.HELD, State.RELEASED),
        may_object=may_object(words, exchanges),
        may_take_back=may_take_back(words),
        may_keep_until=_keep_until(words),
        unseen=any(each.by_id is not None and not each.seen for each in exchanges),
    )


def _state(words: Words) -> tuple[str, str, str]:
    if words.state == State.HELD:
        return _held(words)
    if words.state == State.RELEASED:
        return _released(words)
    if words.state == State.UNPUBLISHED:
        because = reasons.said(words.unpublished_because)
        sentence = _("A reader decided not to show your words. The reason: %(because)s")
        return _("Your words are not shown"), "done", sentence % {"because": because}
    if words.state == State.REMOVED:
        return _("Your words were removed"), "done", _removed(words)
    if words.salt is None:
        return _("Your words are gone"), "done", _("You took them back. We do not have them now.")
    return _("You took your words back"), "done", _("Nobody sees them now.")


def _removed(words: Words) -> str:
    sentence = _("We took your words down. The reason: %(because)s")
    sentence %= {"because": reasons.said(words.unpublished_because)}
    return sentence if words.salt is not None else f"{sentence} {_('We do not have them now.')}"


def _held(words: Words) -> tuple[str, str, str]:
    if words.restricted:
        sentence = _("You asked us to. Nobody reads them here or shows them until that ends.")
        return _("We hold your words back"), "open", sentence
    if words.hidden:
        sentence = _("They are hidden for now. Someone asked us to look at them again.")
        return _("A reader looks at your words again"), "open", sentence
    if words.asking:
        return _("A reader asks you something"), "open", _("You can answer here, or leave it.")
    if words.objected:
        return _("Another reader looks at it"), "open", _("You said that you do not agree.")
    if words.second_reader:
        sentence = _("The first reader asked another person to look too.")
        return _("A second person will read it"), "open", sentence
    return _("A person will read it"), "open", _("Nobody else sees it before that.")


def _released(words: Words) -> tuple[str, str, str]:
    if words.asking:
        return _("A reader asks you something"), "open", _("You can answer here, or leave it.")
    if words.objected:
        sentence = _("You said that you do not agree. Until then it stays as it is.")
        return _("Another reader looks at it"), "open", sentence
    if words.masks:
        sentence = _("Your words are shown. A reader took out some details to keep people safe.")
        return _("A person read it"), "done", sentence
    return _("A person read it"), "done", _("Your words are shown. Nothing was changed.")


def _line(exchange: Exchange) -> Line:
    week = say_week(exchange.on)
    who = {
        Kind.ASKED: _("A reader asked:"),
        Kind.EXPLAINED: _("A reader explained:"),
        Kind.CARED: _("Someone who looks after people here writes:"),
        Kind.ANSWERED: _("You answered in %(week)s.") % {"week": week},
        Kind.OBJECTED: _("You said in %(week)s that you do not agree.") % {"week": week},
    }[Kind(exchange.kind)]
    own = exchange.kind in (Kind.ANSWERED, Kind.OBJECTED)
    return Line(who=who, text="" if own else exchange.text or "", on=exchange.on)


def may_take_back(words: Words) -> bool:
    """The author may take back what is there, also what the organisation has removed."""
    return words.salt is not None and not is_taken_back(words)


def may_keep(words: Words) -> bool:
    """The author may bring back what they took back, not what they asked us to take down."""
    if words.salt is None or words.withdrawn_on is None:
        return False
    removed = words.state == State.REMOVED
    return not (removed and words.unpublished_because == reasons.AUTHOR_ASKED)


def may_object(words: Words, exchanges: list[Exchange]) -> bool:
    """The author may object once to masks, or to not being published, while words are there."""
    if words.salt is None:
        return False
    masked = words.state == State.RELEASED and bool(words.masks)
    decided = masked or words.state == State.UNPUBLISHED
    return decided and not any(each.kind == Kind.OBJECTED for each in exchanges)


def _keep_until(words: Words) -> date | None:
    since = words.withdrawn_on if may_keep(words) else None
    return since + UNDO - timedelta(days=1) if since else None
