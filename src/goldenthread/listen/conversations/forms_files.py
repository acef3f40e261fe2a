"""Forms for bringing a conversation in, and for taking its results out."""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from typing import Any, Final

from cryptography.fernet import InvalidToken
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext

from goldenthread.kit.forms import Form
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import seal, unseal
from goldenthread.listen.conversations import incoming
from goldenthread.listen.conversations.incoming import Brought

LARGEST: Final = 3 * 1024 * 1024  # letters, packed and sealed
SIGNS: Final = [
    ("", "As found in the files"),
    ("1", "1 is agree, -1 is disagree"),
    ("-1", "-1 is agree, 1 is disagree"),
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
        label="The files",
        help_text="The zip file, or comments.csv with votes.csv or participants-votes.csv. "
        "Up to 5 MB.",
        error_messages={
            "required": "Choose the files first.",
            "empty": "A file is empty. Please choose another one.",
        },
    )

    def given(self) -> dict[str, bytes]:
        """Return what is in the files, by name."""
        return {each.name: each.read() for each in self.cleaned_data["export"]}


class CheckExport(Form):
    """What was found, and the question. The files travel in the form, sealed: we keep none."""

    sheet = forms.CharField(widget=forms.HiddenInput)
    question = forms.CharField(
        label="Which question do these statements answer?",
        max_length=200,
        error_messages={"required": "Write the question."},
    )
    sign = forms.ChoiceField(label="What stands for agree?", choices=SIGNS, required=False)

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
        label="I have read this. I need single answers, and I keep them safe.",
        required=False,
    )


def _sealed(given: Mapping[str, bytes]) -> str:
    inside = json.dumps({name: base64.b85encode(data).decode() for name, data in given.items()})
    packed = seal(base64.b85encode(zlib.compress(inside.encode())).decode()).decode()
    if len(packed) > LARGEST:
        raise Refusal("These files are too large for this page. Ask the operator to do it.")
    return packed


def _opened(sealed: str) -> dict[str, bytes]:
    try:
        inside = json.loads(zlib.decompress(base64.b85decode(unseal(sealed.encode()))))
    except (InvalidToken, ValueError, binascii.Error, zlib.error):
        raise Refusal(gettext("Please choose the file again. Nothing was brought in.")) from None
    return {name: base64.b85decode(data) for name, data in inside.items()}
