"""What would happen if a file were brought in, before anything does."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.listen.surveys.files import Kind, Proposed
from goldenthread.listen.surveys.services.bringing import Meant, Read

SHOWN_OPTIONS = 4


@dataclass(frozen=True)
class Preview:
    """The sentences and tables under the columns."""

    sentences: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    faults: tuple[tuple[str, str], ...]
    more_faults: str
    button: str  # empty while it cannot be brought in

    @property
    def headers(self) -> list[str]:
        return [_("Question"), _("Kind"), _("Answered"), _("First answers")]

    @property
    def fault_headers(self) -> list[str]:
        return [_("Where"), _("What is wrong")]


def of(proposed: Proposed, meant: Sequence[Meant] | None, found: Read | None) -> Preview | None:
    """Return the preview; none while a column cannot be what somebody said it is."""
    if meant is None:
        return None
    kept = [each for each in meant if each.column.kind != Kind.OUT]
    rows = tuple(_row(proposed, each) for each in kept)
    faults = tuple((each.where, each.says) for each in found.taken.faults) if found else ()
    more = found.taken.more_faults if found else 0
    says = ngettext("And %(n)s more.", "And %(n)s more.", more) % {"n": f"{more:,}"} if more else ""
    ready = found is not None and found.taken.people > 0 and not faults
    button = _("Bring in this survey") if ready else ""
    return Preview(tuple(_sentences(proposed, meant, found)), rows, faults, says, button)


def _row(proposed: Proposed, each: Meant) -> tuple[str, ...]:
    column, at = each.column, each.column.at[0]
    labels = list(dict.fromkeys(label for _value, label in column.options))
    shown = labels[:SHOWN_OPTIONS] or list(proposed.samples.get(at, ()))
    more = len(labels) - len(shown) if labels else 0
    first = "; ".join(shown) + (f"; {_('and %(n)s more') % {'n': more}}" if more > 0 else "")
    return column.label, kind_says(column.kind), f"{proposed.filled.get(at, 0):,}", first


def kind_says(kind: Kind) -> str:
    """Return what people call a kind of question."""
    return {
        Kind.OUT: _("Left out"),
        Kind.CHOICE: _("Choose one"),
        Kind.MANY: _("Choose all that fit"),
        Kind.SCALE: _("A scale"),
        Kind.NUMBER: _("A number"),
        Kind.DATE: _("A day"),
        Kind.LONG: _("In their own words"),
    }[kind]


def _sentences(proposed: Proposed, meant: Sequence[Meant], found: Read | None) -> list[str]:
    if found is None:
        return [_("Nothing is chosen to be brought in.")]
    people, words = found.taken.people, len(found.words)
    said = [
        ngettext("%(n)s person answered.", "%(n)s people answered.", people) % {"n": f"{people:,}"}
    ]
    if words:
        said.append(
            ngettext(
                "%(n)s answer in words goes to the readers, apart from the ticks.",
                "%(n)s answers in words go to the readers, apart from the ticks.",
                words,
            )
            % {"n": f"{words:,}"}
        )
    out = {each.column.at[0]: each.column for each in meant if each.column.kind == Kind.OUT}
    personal = [each.label for each in proposed.columns if each.at[0] in out and each.personal]
    if personal:
        said.append(
            _("Left out, as it points to people: %(what)s.") % {"what": ", ".join(personal)}
        )
    if previews := found.taken.previews:
        said.append(
            ngettext("%(n)s test answer is left out.", "%(n)s test answers are left out.", previews)
            % {"n": f"{previews:,}"}
        )
    return said
