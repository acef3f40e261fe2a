"""Forms for bringing a conversation in, and for taking its results out."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.carrying import carried_file, carry_file
from goldenthread.kit.forms import Form
from goldenthread.listen.conversations import incoming
from goldenthread.listen.conversations.incoming import Brought

TOO_LARGE: Final = _("These files are too large for this page. Ask the operator to do it.")
SIGNS: Final = [
    ("", _("As found in the files")),
    ("1", _("1 is agree, -1 is disagree")),
    ("-1", _("-1 is agree, 1 is disagree")),
]


class Several(forms.FileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """Several files, each looked at as one is."""

    widget = Several(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Check each; none at all is one thing to put right."""
        given = data if isinstance(data, list) else [data]
        return [super(SeveralFiles, self).clean(each, initial) for each in given or [None]]


class ChooseExport(Form):
    """The files of an export."""

    export = SeveralFiles(
        label=_("The files"),
        help_text=_(
            "The zip file, or comments.csv with votes.csv or participants-votes.csv. Up to 5 MB."
        ),
        error_messages={
            "required": _("Choose the files first."),
            "empty": _("A file is empty. Please choose another one."),
        },
    )

    def given(self) -> dict[str, bytes]:
        """Return what is in the files, by name."""
        return {each.name: each.read() for each in self.cleaned_data["export"]}


class CheckExport(Form):
    """What was found, and the question. The files travel in the form, sealed: we keep none."""

    sheet = forms.CharField(widget=forms.HiddenInput)
    question = forms.CharField(
        label=_("Which question do these statements answer?"),
        max_length=200,
        error_messages={"required": _("Write the question.")},
    )
    sign = forms.ChoiceField(label=_("What stands for agree?"), choices=SIGNS, required=False)

    def __init__(self, data: Any = None, *, given: Mapping[str, bytes] | None = None) -> None:
        super().__init__(data)
        self.given = given if given is not None else _opened(str(data.get("sheet", "")))
        if given is not None:
            self.initial = {"sheet": _sealed(given), "question": self.brought.topic}

    @cached_property
    def brought(self) -> Brought:
        """What the files give."""
        chosen = str(self.data.get("sign", "")) if self.is_bound else ""
        return incoming.take(self.given, sign=int(chosen) if chosen in {"1", "-1"} else None)


class TakeOut(Form):
    """The warning that is read before single answers are taken out."""

    understood = forms.BooleanField(
        label=_("I have read this. I need single answers, and I keep them safe."),
        required=False,
    )


def _sealed(given: Mapping[str, bytes]) -> str:
    inside = {name: data.decode("latin-1") for name, data in given.items()}  # any byte is a letter
    return carry_file(json.dumps(inside).encode(), too_large=TOO_LARGE)


def _opened(sealed: str) -> dict[str, bytes]:
    inside = json.loads(carried_file(sealed))
    return {name: data.encode("latin-1") for name, data in inside.items()}
