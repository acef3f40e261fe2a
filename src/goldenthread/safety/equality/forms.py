from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit.forms import Form
from goldenthread.projects.models import Project
from goldenthread.safety.consent.forms import Tick
from goldenthread.safety.consent.wordings import EQUALITY
from goldenthread.safety.equality.questions import questions_of

LONG = 6  # answers: beyond them a list that opens


class AboutYou(Form):
    """Every question of a project; each may be left."""

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in questions_of(project):
            choices = [(key, str(says)) for key, says in each.offered]
            field = forms.ChoiceField(label=each.asks, required=False, choices=choices)
            field.widget = forms.RadioSelect(choices=choices)
            if len(choices) > LONG:
                field.choices = [("", _("Leave this out")), *choices]
                field.widget = forms.Select(choices=field.choices)
            self.fields[each.key] = field
        self.fields["agreed"] = Tick(EQUALITY, label=_("May we use these answers?"), required=False)

    @property
    def questions(self) -> list[forms.BoundField]:
        """Return every question: the box for consent stands by itself, after them."""
        return [self[name] for name in self.fields if name != "agreed"]

    @property
    def given(self) -> dict[str, Any]:
        """Return what was answered, and to which statement they agreed."""
        answers = {key: said for key, said in self.cleaned_data.items() if said and key != "agreed"}
        return {"answers": answers, "agreed": self.cleaned_data["agreed"]}


class Choose(Form):
    """Whether a project asks, and what it may cross."""

    ask = forms.ChoiceField(
        label=gettext_lazy("Ask people about themselves after they have spoken?"),
        choices=[
            ("", gettext_lazy("No")),
            ("yes", gettext_lazy("Yes, on a page of its own that everyone may skip")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    first = forms.MultipleChoiceField(
        label=gettext_lazy("A pair of questions to look at together"),
        help_text=gettext_lazy(
            "For example age and carer. Choose two, or none. It cannot be changed later."
        ),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    second = forms.MultipleChoiceField(
        label=gettext_lazy("A second pair"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [(each.key, each.asks) for each in questions_of(project)]
        for name in ("first", "second"):
            field: Any = self.fields[name]
            field.choices = asked

    def clean_first(self) -> list[str]:
        return self._pair("first")

    def clean_second(self) -> list[str]:
        return self._pair("second")

    def _pair(self, name: str) -> list[str]:
        pair: list[str] = self.cleaned_data[name]
        if len(pair) not in {0, 2}:
            raise forms.ValidationError(_("Choose exactly two questions, or none."))
        return pair

    @property
    def chosen(self) -> dict[str, Any]:
        """Return what the service takes."""
        pairs = [self.cleaned_data["first"], self.cleaned_data["second"]]
        return {
            "ask": self.cleaned_data["ask"] == "yes",
            "crossings": [pair for pair in pairs if pair],
        }
