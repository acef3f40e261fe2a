"""What a reader fills in."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.safety.reading import masks, reasons
from goldenthread.safety.reading.models import Words

MOST_MASKS = 20
TICKED = re.compile(r"[0-9a-f-]{36}:\d{1,9}")
LABELS = [("", _("Choose a label")), *((key, _(says)) for key, says in masks.LABELS.items())]


class Version(Form):
    """Which version of the words the reader has read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class Release(Version):
    """Passages to mask, each with its label; as many rows as are filled, and one more."""

    careful = ("explanation",)
    explanation = forms.CharField(
        label=_("Tell the author why you masked something"),
        help_text=_("The author sees this. Do not repeat what you masked."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        self.words = words
        kwargs["initial"] = {**_as_rows(words), "version": words.version}
        super().__init__(*args, **kwargs)
        for row in range(self._rows()):
            self.fields[f"passage_{row}"] = forms.CharField(
                label=_("Words to mask"), max_length=4000, required=False
            )
            self.fields[f"label_{row}"] = forms.ChoiceField(
                label=_("Show instead"), choices=LABELS, required=False
            )

    def _rows(self) -> int:
        given = self.data if self.is_bound else self.initial
        filled = [row for row in range(MOST_MASKS) if given.get(f"passage_{row}")]
        return min(MOST_MASKS, max(filled, default=-1) + 2)

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The passages with their labels, as the page shows them."""
        return [(self[f"passage_{row}"], self[f"label_{row}"]) for row in range(self._rows())]

    def clean(self) -> dict[str, Any]:
        """Find each passage in the words; `masks` then holds where they stand."""
        cleaned = self.cleaned_data
        found: list[list[Any]] = []
        for row in range(self._rows()):
            passage, label = cleaned.get(f"passage_{row}", ""), cleaned.get(f"label_{row}", "")
            if passage.strip():
                found += self._found(row, passage, label)
            elif label:
                self.add_error(f"passage_{row}", _("Please copy the words to mask into this box."))
        cleaned["masks"] = masks.merge(found)
        return cleaned

    def _found(self, row: int, passage: str, label: str) -> list[list[Any]]:
        if not label:
            self.add_error(f"label_{row}", _("Please choose what to show instead."))
        places = masks.find(self.words.parts, passage, label)
        if not places:
            message = _("These words are not in the text. Please copy them exactly.")
            self.add_error(f"passage_{row}", message)
        return places


def _as_rows(words: Words) -> dict[str, str]:
    """Rows for masks that stand already: after an objection another reader sees them."""
    rows: dict[str, str] = {}
    parts = words.parts
    passages: dict[str, str] = {}
    for mask in words.masks:
        passages[parts[masks.part_of(mask)][mask[0] : mask[1]]] = mask[2]
    for row, (passage, label) in enumerate(passages.items()):
        rows |= {f"passage_{row}": passage, f"label_{row}": label}
    return rows


class Ask(Version):
    """A question to the author."""

    careful = ("text",)
    text = forms.CharField(
        label=_("Your question"),
        help_text=_("Ask one thing, kindly. Do not repeat their words: others may see the screen."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please write what you would like to ask.")},
    )


class DoNotPublish(Version):
    """Why words stay unpublished."""

    careful = ("explanation",)
    because = forms.ChoiceField(
        label=_("What is the reason?"),
        help_text=_("This is the whole list, and it is public."),
        choices=list(reasons.NOT_PUBLISHED.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason from the list.")},
    )
    explanation = forms.CharField(
        label=_("Tell the author why, in your own words"),
        help_text=_("Say what they could change, or where they can go instead."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please tell the author why, in your own words.")},
    )


class Remove(Form):
    """Why released words are to be taken down."""

    because = forms.ChoiceField(
        label=_("What is the reason?"),
        help_text=_("It will stand in the place of the words, for everyone to see."),
        choices=list(reasons.REMOVED.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason from the list.")},
    )


class Ticked(forms.MultipleChoiceField):
    """Words with the version that was read: "ref:version"."""

    def valid_value(self, value: Any) -> bool:
        """Any such pair will do; the service sees whether they still wait."""
        return bool(TICKED.fullmatch(str(value)))


class Several(Form):
    """Which of the words on this page are released as they are."""

    ticked = Ticked(error_messages={"required": _("Please tick at least one.")})

    def versions(self) -> dict[UUID, int]:
        """The words that were ticked, with the version that was read."""
        pairs = (pair.split(":") for pair in self.cleaned_data["ticked"])
        return {UUID(ref): int(version) for ref, version in pairs}


class HandOver(Form):
    """A note for the next reader."""

    careful = ("text",)
    text = forms.CharField(
        label=_("A note for the next reader"),
        help_text=_("Like: three ask about the same letter. Never the words that people sent."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
