from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.act.briefs.models import Brief, BriefOption
from goldenthread.act.decisions.models import Decision
from goldenthread.kit.forms import ByName, Form
from goldenthread.listen.themes.models import Theme
from goldenthread.people.accounts.models import Person

PLACES: Final = 3  # for options, besides leaving things as they are
PARTS: Final = ("text", "cost", "risk", "outcome")
AS_IT_IS: Final = _("Leave things as they are")


class _ByTitle(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # none at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class _OneByTitle(forms.ModelChoiceField):  # type: ignore[type-arg]  # none at run time
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class WriteBrief(Form):
    """What a decision-maker is asked. The lengths keep it on one page."""

    careful = (
        *("title", "ask", "cost_as_it_is", "risk_as_it_is"),
        *(f"{part}_{place}" for place in range(PLACES) for part in ("text", "cost", "risk")),
    )
    title = forms.CharField(
        label=_("What is it about, in a few words?"),
        help_text=_("For example: A message every week while you wait"),
        max_length=80,
        error_messages={"required": _("Give the brief a short title.")},
    )
    ask = forms.CharField(
        label=_("What do you ask for, in one sentence?"),
        help_text=_("For example: Please decide how we keep in touch with people who wait."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=200,
        error_messages={"required": _("Write what you ask for.")},
    )
    asked_of = ByName(
        label=_("Whom do you ask?"),
        queryset=Person.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose who decides.")},
    )
    decide_by = forms.DateField(
        label=_("Decide by"),
        error_messages={
            "required": _("Say by which day you need the decision."),
            "invalid": _("Write a day, for example 3/5/2026."),
        },
    )
    themes = _ByTitle(
        label=_("Which topics is it about?"),
        help_text=_("Three at most. What people said comes from them, and is not typed here."),
        queryset=Theme.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the topic that this is about.")},
    )
    quoted = forms.MultipleChoiceField(
        label=_("Whom do you quote?"),
        help_text=_("Two at most, from these topics. Only words that may be quoted stand here."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, themes: Any, people: Any, quotes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._narrow("themes", themes)
        self._narrow("asked_of", people)
        quoted: Any = self.fields["quoted"]
        quoted.choices = quotes
        for place in range(PLACES):
            self._add(str(place), place)
        self._add("as_it_is", PLACES)

    def _narrow(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows

    def _add(self, name: str, place: int) -> None:
        """Add the boxes of one option; that of leaving things as they are has no text."""
        needed = name == "as_it_is" or place == 0
        if name != "as_it_is":
            self.fields[f"text_{name}"] = forms.CharField(
                label=_("What would be done?"),
                max_length=120,
                required=needed,
                error_messages={"required": _("Give one option at least.")},
            )
        self.fields[f"cost_{name}"] = forms.CharField(
            label=_("What does it cost?"),
            help_text=_("Money, time, people. “Nothing” is an answer."),
            max_length=100,
            required=needed,
            error_messages={"required": _("Say what it costs.")},
        )
        self.fields[f"risk_{name}"] = forms.CharField(
            label=_("What could go wrong?"),
            max_length=140,
            required=needed,
            error_messages={"required": _("Say what could go wrong.")},
        )
        self.fields[f"outcome_{name}"] = forms.ChoiceField(
            label=_("Would people get what they asked for?"),
            choices=[("", _("Choose one")), *Decision.Outcome.choices],
            required=needed,
            initial="no" if name == "as_it_is" else "",
            error_messages={"required": _("Choose yes, partly or no.")},
        )

    def clean(self) -> dict[str, Any]:
        """An option that is begun is said in full: its cost, its risk, and what it brings."""
        given = super().clean() or {}
        for place in range(1, PLACES):
            parts = {part: given.get(f"{part}_{place}") for part in PARTS}
            if any(parts.values()):
                for part, value in parts.items():
                    name = f"{part}_{place}"
                    if not value and name not in self.errors:
                        self.add_error(name, _("An option needs all four. Or leave it empty."))
        return given

    def option_rows(self) -> Iterator[tuple[Any, list[Any]]]:
        """Pair the heading of each option with its boxes."""
        for place in range(PLACES):
            boxes = [self[f"{part}_{place}"] for part in PARTS]
            yield _("Option %(number)s") % {"number": place + 1}, boxes
        yield AS_IT_IS, [self[f"{part}_as_it_is"] for part in PARTS[1:]]

    def brief(self) -> dict[str, Any]:
        """Return what was written, as the service takes it."""
        kept = ("title", "ask", "asked_of", "decide_by", "quoted")
        given = {name: self.cleaned_data[name] for name in kept}
        return {**given, "themes": list(self.cleaned_data["themes"]), "options": self._options()}

    def _options(self) -> list[dict[str, Any]]:
        given = self.cleaned_data
        options = [
            {part: given[f"{part}_{place}"] for part in PARTS} | {"as_it_is": False}
            for place in range(PLACES)
            if given[f"text_{place}"]
        ]
        last = {part: given[f"{part}_as_it_is"] for part in PARTS[1:]}
        return [*options, {**last, "text": str(AS_IT_IS), "as_it_is": True}]


def written(brief: Brief) -> dict[str, Any]:
    """Return a draft as the form shows it."""
    shown: dict[str, Any] = {
        "title": brief.title,
        "ask": brief.ask,
        "asked_of": brief.asked_of_id,
        "decide_by": brief.decide_by,
        "themes": [each.theme_id for each in brief.about.all()],
        "quoted": [str(each.words_id) for each in brief.quoted.all()],
    }
    for option in BriefOption.objects.filter(brief=brief).order_by("position"):
        name = "as_it_is" if option.as_it_is else str(option.position)
        shown |= {f"{part}_{name}": getattr(option, part) for part in PARTS}
    return shown


class Decide(Form):
    """The last look before a decision is out."""

    careful = ("why",)
    outcome = forms.ChoiceField(
        label=_("Do people get what they asked for?"),
        choices=Decision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes, partly or no.")},
    )
    why = forms.CharField(
        label=_("Why?"),
        help_text=_("Everyone will read it: the people who spoke first of all."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1500,
        error_messages={"required": _("Say why. People are owed the reason, for a no as well.")},
    )
    lived = forms.BooleanField(
        label=_("I know this from my own life, and the decision may say so"), required=False
    )


class NameDelegate(Form):
    """Who decides in one's name, on what, and until when."""

    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Of a member of an organisation of this project.")
    )
    brief = _OneByTitle(
        label=_("On what?"),
        queryset=Brief.objects.none(),
        required=False,
        empty_label=_("Everything asked of me"),
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        error_messages={
            "required": _("Choose the last day."),
            "invalid": _("Write a day, for example 3/5/2026."),
        },
    )

    def __init__(self, *args: Any, briefs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["brief"]
        field.queryset = briefs
