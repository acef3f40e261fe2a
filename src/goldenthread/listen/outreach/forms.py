"""What administrators type about who there is, and organisers about how they reach people."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import ByName, Form
from goldenthread.listen.outreach.models import OutreachAction
from goldenthread.listen.outreach.populations import LARGEST
from goldenthread.listen.voices import sheets
from goldenthread.safety.equality.questions import Question

A_DAY = _("Write a day, for example 3/5/2026.")
A_NUMBER = _("Write a whole number, or 0.")


class _FromWhere(Form):
    source = forms.CharField(
        label=_("Where are these numbers from?"),
        help_text=_("For example: student records, or the census of 2021. Everyone can read it."),
        max_length=200,
        error_messages={"required": _("Say where these numbers are from.")},
    )
    as_of = forms.DateField(
        label=_("Of which day are they?"),
        widget=forms.DateInput,
        error_messages={"required": _("Say of which day they are."), "invalid": A_DAY},
    )


class EnterPopulation(_FromWhere):
    """How many people of each group there are, for one question."""

    field_order: Any = ()

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        for key, text in question.answers:
            self.fields[f"people-{key}"] = forms.IntegerField(
                label=text,
                min_value=0,
                max_value=LARGEST,
                widget=forms.NumberInput,
                error_messages={"required": A_NUMBER, "invalid": A_NUMBER, "min_value": A_NUMBER},
            )

    @property
    def groups(self) -> list[forms.BoundField]:
        """Return the boxes for numbers, in the order of the answers."""
        return [self[f"people-{key}"] for key, _text in self.question.answers]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        numbers = [each for name, each in given.items() if name.startswith("people-")]
        if len(numbers) == len(self.question.answers) and not sum(numbers):
            first = f"people-{self.question.answers[0][0]}"
            self.add_error(first, _("There is nobody in these numbers. Please look again."))
        return given

    @property
    def given(self) -> dict[str, Any]:
        """Return what the service takes."""
        data = self.cleaned_data
        people = {key: data[f"people-{key}"] for key, _text in self.question.answers}
        rest = {name: data[name] for name in ("source", "as_of")}
        return {"numbers": {self.question.key: people}, **rest}


class UploadPopulation(_FromWhere):
    """The same for many questions at once, from a file."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("A CSV file with the columns question, category and people."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": _("Choose the file first."),
            "empty": _("This file is empty. Choose another one."),
        },
    )

    def sheet(self) -> sheets.Sheet:
        """Take the file apart; it is read in memory and kept nowhere.

        :raises Refusal: it is no table
        """
        return sheets.read(sheets.decode(self.cleaned_data["file"].read(sheets.LARGEST + 1)))


class PlanOutreach(Form):
    """What will be done, for whom, by whom, by when."""

    careful = ("what",)
    what = forms.CharField(
        label=_("What will you do?"),
        help_text=_("Start with a verb: Ask the carers’ group if we may come to their coffee"),
        max_length=200,
        error_messages={"required": _("Say what will be done.")},
    )
    for_key = forms.ChoiceField(label=_("Whom is it for?"), required=False)
    owner = ByName(
        label=_("Who does it?"),
        help_text=_("It stands in “What needs you” of this person. Their name is not public."),
        queryset=None,
        empty_label=_("Choose someone"),
        error_messages={"required": _("Say who does it.")},
    )
    due_on = forms.DateField(
        label=_("By when?"),
        widget=forms.DateInput,
        error_messages={"required": _("Say by when it will be done."), "invalid": A_DAY},
    )

    def __init__(
        self, *args: Any, people: Any, names: Iterable[tuple[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["owner"].queryset = people
        fields["for_key"].choices = [("", _("Everyone, or others")), *names]


class ChangeOutreach(PlanOutreach):
    """A plan in other words, and whether it has begun."""

    state = forms.ChoiceField(
        label=_("How far is it?"),
        choices=[
            (OutreachAction.State.PLANNED, _("Not begun")),
            (OutreachAction.State.DOING, _("Being done")),
        ],
        widget=forms.RadioSelect,
    )


class EndOutreach(Form):
    """What came of it."""

    careful = ("came_of_it",)
    state = forms.ChoiceField(
        label=_("How did it end?"),
        choices=[
            (OutreachAction.State.DONE, _("It is done")),
            (OutreachAction.State.DROPPED, _("It was dropped")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose if it is done or dropped.")},
    )
    came_of_it = forms.CharField(
        label=_("What came of it?"),
        help_text=_("One or two sentences. Everyone can read them, so name nobody."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        error_messages={"required": _("Say what came of it, also if it was nothing.")},
    )
