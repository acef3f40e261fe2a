from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.safety.assessments.questions import LONGEST, Kind, Question


class Write(Form):
    """Every question of one assessment; gaps may be left and filled in another day."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        self.kind = kind
        super().__init__(*args, **kwargs)
        self.careful = tuple(each.key for each in kind.questions if each.public)
        for each in kind.questions:
            self.fields[each.key] = _field(each)

    @property
    def answers(self) -> dict[str, str]:
        """What was written, by question."""
        return {each.key: str(self.cleaned_data[each.key]) for each in self.kind.questions}

    def by_part(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Yield the fields under the heading of each part."""
        for part in self.kind.parts:
            yield part.title, [self[each.key] for each in part.questions]


def _field(question: Question) -> forms.Field:
    if question.choices:
        return forms.ChoiceField(
            label=question.label,
            help_text=question.hint,
            required=False,
            choices=[(each, each) for each in question.choices],
            widget=forms.RadioSelect,
        )
    return forms.CharField(
        label=question.label,
        help_text=question.hint,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )


class Sign(Form):
    """Sign what others have filled in."""

    seen = forms.CharField(widget=forms.HiddenInput)
    read = forms.BooleanField(
        label=_("I have read all of it, and I agree"),
        error_messages={"required": _("Tick this once you have read all of it.")},
    )
    review_on = forms.DateField(
        label=_("Look at it again by"), help_text=_("Twelve months from now at the latest.")
    )
