"""One question as fields of a form: how it is asked, and what is made of what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

from goldenthread.listen.surveys.models import Question
from goldenthread.listen.surveys.outline import said_in

Kind = Question.Kind
LONGEST: Final = 4000
LONGEST_SHORT: Final = 200
RTL: Final = {"ar", "fa", "he", "ps", "ur", "ckb"}
PLACES: Final = ("1st", "2nd", "3rd")
Wrong = tuple[str, str]  # the field it stands beside, and the sentence


@dataclass(frozen=True)
class Ask:
    """A question with its number, in the language in which it is read."""

    question: Question
    number: int
    lang: str = ""  # of the second language; empty: the first

    @property
    def name(self) -> str:
        """The name of its first field."""
        return f"q{self.question.ref.hex}"

    @property
    def words_name(self) -> str:
        """The name of the box beside "something else"."""
        return f"{self.name}-words"

    @property
    def texts(self) -> Mapping[str, Any]:
        """Its texts in the second language, if that is read."""
        return self.question.texts if self.lang else {}

    @property
    def box_name(self) -> str:
        """The name of its box for words, if it has one."""
        if self.question.is_words:
            return self.name
        return self.words_name if self.other else ""

    @property
    def text(self) -> str:
        """The question itself."""
        return said_in(self.texts, "text", self.question.text)

    @property
    def help(self) -> str:
        """The hint below it."""
        return said_in(self.texts, "help", self.question.help)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What can be chosen."""
        return self._said(self.question.options, "options")

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The lines of a matrix, or the things to be put in order."""
        if self.question.kind == Kind.RANK:
            return self.choices
        return self._said(self.question.rows, "rows")

    def _said(self, pieces: list[dict[str, Any]], name: str) -> list[tuple[str, str]]:
        texts = self.texts.get(name) or {}
        return [(each["key"], said_in(texts, each["key"], each["text"])) for each in pieces]

    @property
    def is_grouped(self) -> bool:
        """Whether it has several fields under one legend."""
        return self.question.kind in {Kind.MATRIX, Kind.RANK}

    @property
    def takes_words(self) -> bool:
        """Whether it has a box for words."""
        return self.question.is_words or bool(self.other)

    @property
    def other(self) -> str:
        """The key of the answer beside which a box for words stands."""
        found = (each["key"] for each in self.question.options if each.get("words"))
        return next(found, "")

    @property
    def legend(self) -> str:
        """Its number and its text, in the language it is read in."""
        return format_html("{}. {}", self.number, self.in_language(self.text))

    @property
    def hint(self) -> str:
        """Its hint, and that it has to be answered if it has."""
        own = self.in_language(self.help) if self.help else ""
        if not self.question.required:
            return own
        return (
            format_html("{} {}", own, _("Please answer this one."))
            if own
            else _("Please answer this one.")
        )

    def in_language(self, text: str) -> str:
        """Say in the markup which language a text is in, where it is the second."""
        if not self.lang:
            return text
        way = "rtl" if self.lang in RTL else "ltr"
        return format_html('<bdi lang="{}" dir="{}">{}</bdi>', self.lang, way, text)


def fields_of(ask: Ask) -> dict[str, forms.Field]:
    """Return the fields of a question by their names; none is required by itself."""
    given: dict[str, Any] = {"required": False, "label": ask.legend, "help_text": ask.hint}
    if ask.is_grouped:
        return _grouped(ask)
    fields = {ask.name: _plain(ask, given)}
    if ask.other:
        fields[ask.words_name] = forms.CharField(
            label=_("Which? (question %(n)s)") % {"n": ask.number},
            help_text=_("Only if you chose the last one."),
            required=False,
            max_length=LONGEST_SHORT,
        )
    return fields


def _shown(ask: Ask, choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(key, ask.in_language(text)) for key, text in choices]


def _plain(ask: Ask, given: dict[str, Any]) -> forms.Field:
    kind, n = ask.question.kind, {"n": ask.number}
    choices = _shown(ask, ask.choices)
    gone = {"invalid_choice": _("Choose one of the answers to question %(n)s.") % n}
    if kind in {Kind.CHOICE, Kind.SCALE}:
        radios = forms.RadioSelect
        return forms.ChoiceField(choices=choices, widget=radios, error_messages=gone, **given)
    if kind == Kind.MANY:
        boxes = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(
            choices=choices, widget=boxes, error_messages=gone, **given
        )
    if kind == Kind.NUMBER:
        return _number(ask, given)
    if kind == Kind.DATE:
        wrong = {"invalid": _("Write a day in question %(n)s, like 3/11/2026.") % n}
        widget = forms.DateInput()
        return forms.DateField(widget=widget, error_messages=wrong, **given)
    if kind == Kind.SHORT:
        return forms.CharField(max_length=LONGEST_SHORT, **given)
    box = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(max_length=LONGEST, widget=box, **given)


def _number(ask: Ask, given: dict[str, Any]) -> forms.Field:
    question = ask.question
    within = {"n": ask.number, "least": question.least, "most": question.most}
    sentence = _("Write a whole number in question %(n)s.") % within
    if question.least is not None and question.most is not None:
        sentence = _("Write a whole number from %(least)s to %(most)s in question %(n)s.") % within
    wrong = dict.fromkeys(("invalid", "min_value", "max_value"), sentence)
    if not given["help_text"]:
        given["help_text"] = _("A whole number.")
    least = -10_000_000 if question.least is None else question.least
    most = 10_000_000 if question.most is None else question.most
    return forms.IntegerField(min_value=least, max_value=most, error_messages=wrong, **given)


def _grouped(ask: Ask) -> dict[str, forms.Field]:
    gone = {"invalid_choice": _("Choose one of the answers to question %(n)s.") % {"n": ask.number}}
    fields: dict[str, forms.Field] = {}
    for key, text in ask.lines:
        label = ask.in_language(text)
        if ask.question.kind == Kind.MATRIX:
            points = _shown(ask, ask.choices)
            widget: Any = forms.RadioSelect
        else:
            points = [
                ("", _("No place")),
                *((str(n), place(n)) for n in range(1, 1 + len(ask.lines))),
            ]
            widget = forms.Select
        fields[f"{ask.name}-{key}"] = forms.ChoiceField(
            label=label, choices=points, widget=widget, required=False, error_messages=gone
        )
    return fields


def place(number: int) -> str:
    """Say a place: 1st, 2nd, 3rd, 4th."""
    if 11 <= number % 100 <= 13 or not 1 <= number % 10 <= len(PLACES):  # noqa: PLR2004
        return _("%(n)sth") % {"n": number}
    return f"{number}{PLACES[number % 10 - 1][1:]}"


def value_of(ask: Ask, cleaned: Mapping[str, Any]) -> Any:
    """Return what was answered, as `Answers.given` keeps it; none if nothing was."""
    kind = ask.question.kind
    if ask.question.is_words:
        return None
    if kind == Kind.MATRIX:
        lines = {key: cleaned.get(f"{ask.name}-{key}") for key, _text in ask.lines}
        return {key: int(point) for key, point in lines.items() if point} or None
    if kind == Kind.RANK:
        return _ranked(ask, cleaned) or None
    found = cleaned.get(ask.name)
    if found in (None, "", []):
        return None
    if isinstance(found, date):
        return found.isoformat()
    return int(found) if kind == Kind.SCALE else found


def _ranked(ask: Ask, cleaned: Mapping[str, Any]) -> list[str]:
    placed = [(int(cleaned.get(f"{ask.name}-{key}") or 0), key) for key, _text in ask.lines]
    return [key for number, key in sorted(placed) if number]


def written_in(ask: Ask, cleaned: Mapping[str, Any], value: Any) -> str:
    """Return the words somebody wrote to this question."""
    if ask.question.is_words:
        return str(cleaned.get(ask.name) or "").strip()
    chosen = value if isinstance(value, list) else [value]
    return str(cleaned.get(ask.words_name) or "").strip() if ask.other in chosen else ""


def wrongs_of(ask: Ask, cleaned: Mapping[str, Any], *, must: bool) -> list[Wrong]:
    """Say what has to be put right beyond single fields, each beside the field it is about."""
    kind, n = ask.question.kind, {"n": ask.number}
    if kind == Kind.RANK:
        return _wrongs_of_rank(ask, cleaned, must=must)
    if kind == Kind.MATRIX:
        names = [f"{ask.name}-{key}" for key, _text in ask.lines]
        said = _("Choose an answer on each line of question %(n)s.") % n
        return [(name, said) for name in names if not cleaned.get(name)][:1] if must else []
    if ask.name not in cleaned:  # it has an error of its own
        return []
    wrongs = []
    if must and cleaned[ask.name] in (None, "", []):
        wrongs.append((ask.name, _sentence_for(kind) % n))
    if (cleaned.get(ask.words_name) or "").strip() and not written_in(
        ask, cleaned, value_of(ask, cleaned)
    ):
        said = _("You wrote something in question %(n)s. Choose the last answer too, or empty it.")
        wrongs.append((ask.words_name, said % n))
    return wrongs


def _sentence_for(kind: str) -> str:
    sentences = {
        Kind.MANY: _("Choose at least one answer to question %(n)s."),
        Kind.NUMBER: _("Write a number in question %(n)s."),
        Kind.DATE: _("Choose a day in question %(n)s."),
        Kind.SHORT: _("Write a few words in question %(n)s."),
        Kind.LONG: _("Write a few words in question %(n)s."),
    }
    return sentences.get(Kind(kind), _("Choose an answer to question %(n)s."))


def _wrongs_of_rank(ask: Ask, cleaned: Mapping[str, Any], *, must: bool) -> list[Wrong]:
    n, seen = {"n": ask.number}, set[int]()
    first = f"{ask.name}-{ask.lines[0][0]}" if ask.lines else ask.name
    for key, _text in ask.lines:
        name = f"{ask.name}-{key}"
        number = int(cleaned.get(name) or 0)
        if number and number in seen:
            said = _("Question %(n)s has %(place)s twice. Give each place once.")
            return [(name, said % {**n, "place": place(number)})]
        seen |= {number} - {0}
    if must and not seen:
        return [(first, _("Give at least 1st in question %(n)s.") % n)]
    if seen != set(range(1, 1 + len(seen))):
        said = _("Question %(n)s leaves a place out. Begin with 1st, then 2nd, and so on.")
        return [(first, said % n)]
    return []
