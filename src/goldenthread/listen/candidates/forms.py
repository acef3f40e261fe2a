from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.listen.candidates.models import Candidate
from goldenthread.listen.themes.forms import Saying, Ticking

FEW, MANY = 2, 30


def called(candidate: Candidate) -> str:
    """Return what a candidate is called in a list: its title, or its words."""
    return candidate.title or ", ".join(candidate.words[:4])


class Ask(Form):
    """For how many candidates to look."""

    number = forms.IntegerField(
        min_value=FEW,
        max_value=MANY,
        initial=12,
        label=_("How many candidates"),
        help_text=_("Between 2 and 30. Begin with 12; you can merge and split them."),
    )


class Accept(Saying):
    """The title that people give a theme, and what people say in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="accept_%s", **kwargs)


class Name(Form):
    """A working title."""

    title = forms.CharField(
        max_length=80, required=False, label=_("Working title"), help_text=_("For organisers only.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="name_%s", **kwargs)


class Merge(Form):
    """Into which other candidate it goes."""

    into = forms.TypedChoiceField(
        coerce=UUID,
        empty_value=None,
        label=_("Merge into"),
        error_messages={"required": _("Choose another candidate.")},
    )

    def __init__(self, others: Iterable[Candidate], data: Any = None) -> None:
        super().__init__(data, auto_id="merge_%s")
        field = self.fields["into"]
        if isinstance(field, forms.ChoiceField):
            offered = [(str(each.ref), called(each)) for each in others]
            field.choices = [("", _("Choose a candidate")), *offered]


class Split(Form):
    """For how many smaller groups to look."""

    number = forms.IntegerField(min_value=FEW, max_value=8, initial=2, label=_("Split into"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="split_%s", **kwargs)


class TakeOut(Ticking):
    """Voices that do not belong."""
