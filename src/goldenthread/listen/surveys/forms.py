"""What we ask of people who write a survey."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.listen.surveys.languages import LANGUAGES, NAMES
from goldenthread.listen.surveys.library import OTHER, options_from, rows_from, templates
from goldenthread.listen.surveys.models import Question, Survey
from goldenthread.listen.surveys.outline import CHOSEN, branches_before
from goldenthread.projects.models import Strand

Kind = Question.Kind
BLANK: Final = "blank"


def _tongues() -> list[tuple[str, str]]:
    named = [(key, f"{gettext(name)} – {LANGUAGES[key]}") for key, name in NAMES.items()]
    return [("", gettext("None")), *named]


FIRST_SCALE: Final = _(
    "Not at all true\nMostly not true\nPartly true\nMostly true\nCompletely true"
)
FIELDS: Final = {
    Kind.SECTION: ("text", "help"),
    Kind.CHOICE: ("text", "help", "options", "other", "required", "sensitive"),
    Kind.MANY: ("text", "help", "options", "other", "required", "sensitive"),
    Kind.SCALE: ("text", "help", "options", "area", "reversed", "required", "sensitive"),
    Kind.MATRIX: ("text", "rows", "options", "area", "reversed", "required", "sensitive"),
    Kind.RANK: ("text", "help", "options", "required"),
    Kind.NUMBER: ("text", "help", "least", "most", "required", "sensitive"),
    Kind.DATE: ("text", "help", "required", "sensitive"),
    Kind.SHORT: ("text", "help", "required"),
    Kind.LONG: ("text", "help", "required"),
}
LINES: Final = ("options", "rows")  # written one a line
MOST_LINES: Final = 30
MOST_SLIPS: Final = 200
LONGEST_LINE: Final = 200


class Begin(Form):
    """A new survey: its title, and what it begins with."""

    title = forms.CharField(
        label=_("Title"),
        help_text=_("People see it. You can change it until it opens."),
        max_length=120,
        required=False,
    )
    template = forms.ChoiceField(
        label=_("Begin with"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what to begin with.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["template"]
        found = templates()
        field.choices = [(BLANK, _("An empty survey"))] + [(t.name, t.title) for t in found]
        field.choice_hints = {each.name: each.sentence for each in found}

    def clean(self) -> dict[str, Any]:
        """An empty survey needs a title; a template has one."""
        cleaned = super().clean() or {}
        if cleaned.get("template") == BLANK and not cleaned.get("title"):
            self.add_error("title", _("Give it a title."))
        return cleaned


class About(Form):
    """Title, introduction, who may answer, and the second language."""

    careful = ("title", "intro", "intro_2")
    title = forms.CharField(
        label=_("Title"), max_length=120, error_messages={"required": _("Give it a title.")}
    )
    intro = forms.CharField(
        label=_("What people read first"),
        help_text=_("What it is for, how long it takes, and what comes of it."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    open_to = forms.ChoiceField(
        label=_("Who may answer?"), choices=Survey.OpenTo.choices, widget=forms.RadioSelect
    )
    second = forms.ChoiceField(
        label=_("A second language"),
        help_text=_("Then each question has a place for its text in that language."),
        choices=_tongues,
        required=False,
    )
    title_2 = forms.CharField(
        label=_("Title in the second language"), max_length=120, required=False
    )
    intro_2 = forms.CharField(
        label=_("What people read first, in the second language"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    HINTS: Final = {
        Survey.OpenTo.OPEN: _("On the project page, by a link or a poster. Without an account."),
        Survey.OpenTo.INVITED: _("You make slips or a list of codes. Each code works once."),
        Survey.OpenTo.MEMBERS: _("Each member answers once. We do not keep who answered how."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["open_to"]
        field.choice_hints = self.HINTS

    @property
    def given(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        texts = {"title": data["title_2"], "intro": data["intro_2"]} if data["second"] else {}
        kept = {name: data[name] for name in ("title", "intro", "open_to", "second")}
        return kept | {"texts": {name: text for name, text in texts.items() if text}}


def initial_of(survey: Survey) -> dict[str, Any]:
    """Return what stands in the form about a survey."""
    names = ("title", "intro", "open_to", "second")
    second = {"title_2": survey.texts.get("title", ""), "intro_2": survey.texts.get("intro", "")}
    return {name: getattr(survey, name) for name in names} | second


class Open(Form):
    """Until when people can answer."""

    until = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave it empty, and it stays open until you close it."),
        required=False,
        widget=forms.DateInput(),
    )


class MakeCodes(Form):
    """How many codes, and for whom."""

    count = forms.IntegerField(
        label=_("How many codes?"),
        help_text=_("One for each person on your list, and a few more."),
        min_value=1,
        max_value=1000,
    )
    strand = forms.ChoiceField(label=_("For whom?"), required=False)
    how = forms.ChoiceField(
        label=_("What do you want?"),
        choices=[
            ("slips", _("Slips to print and cut")),
            ("list", _("A list for letters or e-mails (CSV)")),
        ],
        initial="slips",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, strands: Sequence[Strand], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.strands = {each.short: each for each in strands}
        field: Any = self.fields["strand"]
        field.choices = [("", _("Anyone")), *((key, it.name) for key, it in self.strands.items())]
        if not strands:
            del self.fields["strand"]

    def clean(self) -> dict[str, Any]:
        """Slips take time to draw: so many at once, and then more."""
        cleaned = super().clean() or {}
        if cleaned.get("how") == "slips" and cleaned.get("count", 0) > MOST_SLIPS:
            self.add_error("count", _("Make 200 slips at a time, or take a list."))
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        return {"count": data["count"], "strand": self.strands.get(data.get("strand", ""))}


class Write(Form):
    """One question, as its kind needs it."""

    careful = ("text", "help", "options", "rows", "options_2", "rows_2")
    text = forms.CharField(
        label=_("The question"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the question.")},
    )
    help = forms.CharField(label=_("A hint below it"), max_length=500, required=False)
    rows = forms.CharField(
        label=_("Lines"),
        help_text=_("One on each line. Each gets an answer of its own."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write at least one line.")},
    )
    options = forms.CharField(
        label=_("Answers"),
        help_text=_("One on each line."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write at least two answers.")},
    )
    other = forms.CharField(
        label=_("One more answer, with a box for words"),
        help_text=_("For example: Something else. What people write is read as all words are."),
        max_length=60,
        required=False,
    )
    least = forms.IntegerField(label=_("Lowest number"), required=False)
    most = forms.IntegerField(label=_("Highest number"), required=False)
    area = forms.CharField(
        label=_("Area it counts for"),
        help_text=_("For example: Workload. Questions of one area are scored together."),
        max_length=60,
        required=False,
    )
    reversed = forms.BooleanField(
        label=_("The first answer is the best one"),
        help_text=_("For example: “I skip breaks”. The score is turned round."),
        required=False,
    )
    required = forms.BooleanField(label=_("People must answer it to go on"), required=False)
    sensitive = forms.BooleanField(
        label=_("It is about something personal"),
        help_text=_("Groups are then shown only where twenty people or more have answered."),
        required=False,
    )
    when = forms.MultipleChoiceField(
        label=_("Ask it only after one of these answers"),
        help_text=_("Tick answers of one earlier question. Tick none, and everyone is asked."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text_2 = forms.CharField(label=_("The question"), max_length=300, required=False)
    help_2 = forms.CharField(label=_("The hint"), max_length=500, required=False)
    rows_2 = forms.CharField(
        label=_("Lines, in the same order"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    options_2 = forms.CharField(
        label=_("Answers, in the same order"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    other_2 = forms.CharField(label=_("The answer with a box"), max_length=60, required=False)

    def __init__(
        self,
        *args: Any,
        survey: Survey,
        kind: str,
        earlier: Sequence[Question],
        question: Question | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.survey, self.kind, self.question = survey, Kind(kind), question
        self.earlier = {str(each.ref): each for each in earlier}
        wanted = FIELDS[self.kind]
        in_second = {f"{name}_2" for name in wanted} if survey.second else set()
        for name in list(self.fields):
            if name not in {*wanted, *in_second, "when"}:
                del self.fields[name]
        self._offer_branches()
        self._name_by_kind()
        if not self.is_bound:
            self.initial.update(_initial_of(question) if question else self._first())

    def _first(self) -> dict[str, Any]:
        scaled = self.kind in {Kind.SCALE, Kind.MATRIX}
        return {"options": FIRST_SCALE} if scaled else {}

    def _offer_branches(self) -> None:
        field: Any = self.fields["when"]
        field.choices = [
            (f"{ref}:{option['key']}", f"{question.text} – {option['text']}")
            for ref, question in self.earlier.items()
            for option in question.options
        ]
        if not field.choices:
            del self.fields["when"]

    def _name_by_kind(self) -> None:
        fields: Any = self.fields
        if self.kind == Kind.SECTION:
            fields["text"].label = _("Heading of the part")
            fields["text"].error_messages["required"] = _("Write the heading.")
            fields["help"].label = _("A sentence below it")
        if self.kind in {Kind.SCALE, Kind.MATRIX}:
            fields["options"].label = _("Points of the scale")
            fields["options"].help_text = _("One on each line, from the lowest to the highest.")
        if self.kind == Kind.RANK:
            fields["options"].label = _("What is put in order")

    def clean_options(self) -> list[str]:
        """Read the answers, one a line."""
        found = _lines(self.cleaned_data["options"])
        if len(found) + bool(self.data.get("other", "").strip()) < 2:  # noqa: PLR2004
            raise forms.ValidationError(_("Write at least two answers, each on a line."))
        return found

    def clean_rows(self) -> list[str]:
        """Read the lines of a matrix."""
        return _lines(self.cleaned_data["rows"])

    def clean_when(self) -> list[str]:
        """Take answers of one question."""
        chosen: list[str] = self.cleaned_data["when"]
        if len({each.partition(":")[0] for each in chosen}) > 1:
            raise forms.ValidationError(_("Tick answers of one question only."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """The lowest number is not above the highest."""
        cleaned = super().clean() or {}
        least, most = cleaned.get("least"), cleaned.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("The highest number is below the lowest."))
        return cleaned

    @property
    def asked(self) -> dict[str, Any]:
        """What the service takes."""
        data, before = self.cleaned_data, self.question
        plain = ("text", "help", "least", "most", "area", "reversed", "required", "sensitive")
        found: dict[str, Any] = {name: data[name] for name in plain if name in data}
        if self.kind in CHOSEN:
            old = before.options if before else []
            found["options"] = options_from(
                self.kind, data["options"], other=data.get("other", ""), before=old
            )
        if self.kind == Kind.MATRIX:
            found["rows"] = rows_from(data["rows"], before.rows if before else [])
        chosen = data.get("when", [])
        refs = {UUID(each.partition(":")[0]) for each in chosen}
        found["shown_if"] = self.earlier[str(refs.pop())] if refs else None
        found["shown_keys"] = [each.partition(":")[2] for each in chosen]
        if self.survey.second:
            found["texts"] = self._second(found)
        return found | ({} if before else {"kind": self.kind})

    def _second(self, found: dict[str, Any]) -> dict[str, Any]:
        data = self.cleaned_data
        texts: dict[str, Any] = {"text": data.get("text_2", ""), "help": data.get("help_2", "")}
        for name in LINES:
            written = [line.strip() for line in data.get(f"{name}_2", "").splitlines()]
            keys = [each["key"] for each in found.get(name, []) if each["key"] != OTHER]
            texts[name] = {key: text for key, text in zip(keys, written, strict=False) if text}
        if data.get("other_2"):
            texts["options"][OTHER] = data["other_2"]
        return {name: text for name, text in texts.items() if text}


def _lines(text: str) -> list[str]:
    found = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(found) > MOST_LINES:
        raise forms.ValidationError(_("Thirty lines at most. Fewer are easier to answer."))
    if any(len(line) > LONGEST_LINE for line in found):
        raise forms.ValidationError(_("A line has 200 letters at most."))
    return found


def _initial_of(question: Question) -> dict[str, Any]:
    """Return what stands in the form of a question."""
    names = ("text", "help", "least", "most", "area", "reversed", "required", "sensitive")
    found: dict[str, Any] = {name: getattr(question, name) for name in names}
    texts = question.texts
    for name in LINES:
        pieces = [each for each in getattr(question, name) if each["key"] != OTHER]
        found[name] = "\n".join(each["text"] for each in pieces)
        second = texts.get(name, {})
        found[f"{name}_2"] = "\n".join(second.get(each["key"], "") for each in pieces).rstrip("\n")
    others = [each["text"] for each in question.options if each["key"] == OTHER]
    found["other"] = others[0] if others else ""
    found["other_2"] = texts.get("options", {}).get(OTHER, "")
    found |= {"text_2": texts.get("text", ""), "help_2": texts.get("help", "")}
    found["when"] = [f"{question.shown_if_id}:{key}" for key in question.shown_keys]
    return found


def earlier_than(questions: Sequence[Question], question: Question | None) -> list[Question]:
    """Return the questions by whose answers this one may be shown."""
    place = question.position if question else len(questions) + 10_000
    return branches_before(questions, place)
