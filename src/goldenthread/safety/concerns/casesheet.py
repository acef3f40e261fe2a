"""What stands on the sheet of a case."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from goldenthread.kit.text import say_day
from goldenthread.people.accounts.models import Person
from goldenthread.safety.concerns import queries
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.concerns.sheet import Part, Sheet
from goldenthread.safety.concerns.wording import say_ending, say_step
from goldenthread.safety.reading.author import is_taken_back

NOTES = 20  # lines on the sheet


def sheet_of(concern: Concern, *, by: Person, today: date) -> Sheet:
    """Gather a case for the case system of the school or service."""
    project = concern.project
    about = _("%(organisation)s, “%(project)s”. Taken out by %(who)s on %(day)s.") % {
        "organisation": project.organisation.name,
        "project": project.title,
        "who": by.name,
        "day": say_day(today),
    }
    return Sheet(
        title=_("Concern %(name)s") % {"name": str(concern.ref)[:4].upper()},
        about=about,
        parts=tuple(_parts(concern)),
        language=project.organisation.language,
        made_on=today.isoformat(),
    )


def _parts(concern: Concern) -> Iterator[Part]:
    raised = _("Raised by %(who)s, %(day)s.")
    yield Part(
        _("What worries the reader"),
        (concern.why or "", _signed(raised, concern.raised_by, concern.raised_on)),
    )
    if concern.names:
        yield Part(_("Whom it names"), (concern.get_names_display(),))
    yield Part(_("What the person wrote"), tuple(_words(concern)))
    yield Part(_("LISTEN"), tuple(_step(each) for each in queries.steps_of(concern)))
    yield Part(_("Who was told, and why or why not"), tuple(_tellings(concern)))
    yield Part(_("What has been done"), tuple(_notes(concern)))
    if concern.closed_on:
        yield Part(_("How it ended"), tuple(_ending(concern)))


def _words(concern: Concern) -> Iterable[str]:
    if is_taken_back(concern.words):
        return [_("Their author took them back.")]
    return filter(None, concern.words.parts.values())


def _step(step: queries.Step) -> str:
    if step.marked is None:
        return _("%(step)s: not marked yet.") % {"step": step.title}
    line = _plain(say_step(step.marked))
    return _signed(f"{line} (%(who)s, %(day)s)", step.marked.by, step.marked.on)


def _tellings(concern: Concern) -> Iterator[str]:
    for each in queries.tellings_of(concern):
        told = _("told") if each.told else _("not told")
        whom = ", ".join(filter(None, [str(each.get_whom_display()), each.who]))
        line = f"{whom}: {told}. {each.because or ''}"
        yield _signed(f"{_plain(line)} (%(who)s, %(day)s)", each.by, each.on)


def _notes(concern: Concern) -> Iterable[str]:
    """The newest lines: all of them would be more than one page."""
    notes = queries.notes_of(concern)
    if len(notes) > NOTES:
        yield _("Earlier lines, in the case: %(number)s.") % {"number": len(notes) - NOTES}
    for each in notes[-NOTES:]:
        yield _signed(f"{_plain(each.text or '')} (%(who)s, %(day)s)", each.by, each.on)


def _ending(concern: Concern) -> Iterator[str]:
    yield from say_ending(concern)
    if concern.closed_on:
        yield _signed(_("Closed by %(who)s, %(day)s."), concern.closed_by, concern.closed_on)


def _plain(text: str) -> str:
    """Leave what people wrote alone when it is put into a sentence with places to fill."""
    return text.replace("%", "%%")


def _signed(sentence: str, who: Person | None, day: date) -> str:
    name = who.name if who else _("someone who has left")
    return sentence % {"who": name, "day": say_day(day)}
