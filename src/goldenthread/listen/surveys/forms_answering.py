"""The pages of a survey as forms: one a part, and the last look before sending."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit.forms import Form
from goldenthread.listen.surveys import asking, holder
from goldenthread.listen.surveys.asking import Ask
from goldenthread.listen.surveys.models import Question
from goldenthread.listen.surveys.outline import Outline, Part
from goldenthread.listen.voices.forms import (
    KEEP,
    KNOWN_AS,
    RECEIPT_HINTS,
    RECEIPTS,
    SAME,
    SAME_RECEIPT,
    Keyed,
)
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.services import Said
from goldenthread.projects.ages import offered_ways


@dataclass(frozen=True)
class Shown:
    """A question as a page draws it."""

    ask: Ask
    bounds: tuple[BoundField, ...]
    words: BoundField | None
    only_if: str = ""  # a sentence, where an answer on the same page decides
    depends: str = ""  # the field that decides

    @property
    def keys(self) -> str:
        """The answers after which it is asked, for the script that hides it."""
        return " ".join(self.ask.question.shown_keys)


class Filling(Form):
    """One part of a survey. What was ticked in other parts comes along as `before`."""

    def __init__(
        self,
        *args: Any,
        part: Part,
        outline: Outline,
        before: Mapping[str, Any],
        lang: str = "",
        box_open: bool = True,
        whole: bool = False,  # every question, as in the preview
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.part, self.outline, self.before = part, outline, dict(before)
        self.given: dict[str, Any] = {}
        self.whole = whole
        asks = [Ask(question, outline.numbers[question.ref], lang) for question in part.questions]
        self.withheld = set[str]() if box_open else {ask.box_name for ask in asks}
        self.asks = [
            ask
            for ask in asks
            if self._is_shown(ask.question) and (box_open or not ask.question.is_words)
        ]
        for ask in self.asks:
            for name, field in asking.fields_of(ask).items():
                if name not in self.withheld:
                    self.fields[name] = field

    def _is_shown(self, question: Question) -> bool:
        """Whether it stands on the page: it is reached, or an answer on the same page decides."""
        reached = self.outline.is_reached(question, self.before)
        return self.whole or reached or self._here(question)

    def _here(self, question: Question) -> bool:
        return question.shown_if_id in {each.ref for each in self.part.questions}

    def clean(self) -> dict[str, Any]:
        """Look at each question that is reached; what the others hold is left out."""
        cleaned = super().clean() or {}
        found: dict[str, Any] = dict(self.before)
        for ask in self.asks:
            if not self.outline.is_reached(ask.question, found):
                self._let_go(ask)
                continue
            for name, sentence in asking.wrongs_of(ask, cleaned, must=ask.question.required):
                self.add_error(name, sentence)
            value = asking.value_of(ask, cleaned)
            if value is not None:
                found[str(ask.question.ref)] = self.given[str(ask.question.ref)] = value
        return cleaned

    def _let_go(self, ask: Ask) -> None:
        for name in [name for name in self.fields if name.startswith(ask.name)]:
            self.errors.pop(name, None)

    @property
    def words(self) -> list[Said]:
        """What somebody wrote here, each with the question it answers."""
        said: list[Said] = []
        for ask in self.asks:
            value = self.given.get(str(ask.question.ref))
            reached = self.outline.is_reached(ask.question, self.before | self.given)
            text = asking.written_in(ask, self.cleaned_data, value) if reached else ""
            if text:
                question = ask.question
                said.append({"text": text, "asked": question.text, "answers": question.ref})
        return said

    @property
    def names(self) -> set[str]:
        """The fields, and boxes for words that stood on the page before nobody could write."""
        return {*self.fields, *(name for name in self.withheld if name in self.data)}

    @property
    def written(self) -> dict[str, list[str]]:
        """What stands in the fields, as it is, to be kept."""
        data: Any = self.data
        return {name: data.getlist(name) for name in self.names if any(data.getlist(name))}

    @cached_property
    def shown(self) -> list[Shown]:
        """The questions of this page."""
        return [self._shown(ask) for ask in self.asks]

    def _shown(self, ask: Ask) -> Shown:
        names = [name for name in self.fields if name.startswith(ask.name)]
        words = self[ask.words_name] if ask.words_name in names else None
        bounds = tuple(self[name] for name in names if name != ask.words_name)
        decides = ask.question.shown_if_id if self._here(ask.question) else None
        depends = f"q{decides.hex}" if decides else ""
        return Shown(ask, bounds, words, self._only_if(ask), depends)

    def _only_if(self, ask: Ask) -> str:
        question = ask.question
        if question.shown_if_id is None or not (self.whole or self._here(question)):
            return ""
        asked = self.outline.by_ref[question.shown_if_id]
        of = Ask(asked, self.outline.numbers[asked.ref], ask.lang)
        chosen = [text for key, text in of.choices if key in question.shown_keys]
        said = _("Only if you chose “%(answer)s” in question %(n)s.")
        return said % {"answer": _("” or “").join(chosen), "n": of.number}

    @property
    def takes_words(self) -> bool:
        """Whether a box for words stands on this page."""
        return any(ask.takes_words for ask in self.asks)


class Send(Keyed):
    """The last page: whether one wants to come back to one's words."""

    receipt = forms.ChoiceField(
        label=gettext_lazy("Do you want to come back to what you wrote?"),
        choices=RECEIPTS,
        initial=KEEP,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether you want a receipt.")},
    )
    known_as = forms.ChoiceField(
        label=gettext_lazy("Who may know that you wrote it?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who may know.")},
    )
    given_name = forms.CharField(
        label=gettext_lazy("Your name, or how we can reach you"), max_length=120, required=False
    )

    def __init__(
        self, *args: Any, has_words: bool, is_member: bool, has_receipt: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["receipt"].choice_hints = RECEIPT_HINTS
        if has_receipt:
            fields["receipt"].choices = [SAME_RECEIPT, *RECEIPTS]
        ways = offered_ways(self.project)
        fields["known_as"].choices = [each for each in KNOWN_AS if each[0] in ways]
        unlinked = Voice.KnownAs.UNLINKED in ways
        asked = ("receipt", "known_as", "given_name") if has_words else ()
        for name in ("receipt", "known_as", "given_name"):
            named = name != "receipt" and unlinked
            if name not in asked or named or (name == "given_name" and is_member):
                del fields[name]

    @property
    def receipts(self) -> dict[str, bool]:
        """Whether a new receipt is wanted, or the one that is open."""
        chosen = self.cleaned_data.get("receipt", "")
        return {"keep_receipt": chosen == KEEP, "add_to_mine": chosen == SAME}

    def signed(self, words: Iterable[Said]) -> list[Said]:
        """Say beside the words who may know whose they are: nobody, if that is offered."""
        own: Said = {"kind": Voice.Kind.ANSWER}
        own["known_as"] = self.cleaned_data.get("known_as") or Voice.KnownAs.UNLINKED
        own["given_name"] = self.cleaned_data.get("given_name", "")
        return [{**said, **own} for said in words]


class EnterCode(Form):
    """The code on a slip, or the one to come back with."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy("Twelve letters and numbers, like K7M3-9QXP-2RT5."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type in the code from your slip.")},
    )

    def clean_code(self) -> str:
        """Forgive spaces, dashes and letters that look like numbers."""
        code = holder.read(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("A code has twelve letters and numbers. Look again."))
        return code
