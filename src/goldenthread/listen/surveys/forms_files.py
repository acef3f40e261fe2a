"""Forms for bringing a survey in: choose the file, say what its columns are."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.carrying import carried_file, carry_file
from goldenthread.kit.forms import Form
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.surveys.files import (
    BadFile,
    Column,
    Kind,
    NoOrder,
    Proposed,
    decide,
    open_table,
    propose,
)
from goldenthread.listen.surveys.services.bringing import ASKED, MOST_QUESTIONS, Meant, Read, read

KINDS: Final = (
    (Kind.OUT, _("Leave it out")),
    (Kind.CHOICE, _("Choose one")),
    (Kind.MANY, _("Choose all that fit")),
    (Kind.SCALE, _("A scale")),
    (Kind.NUMBER, _("A number")),
    (Kind.DATE, _("A day")),
    (Kind.LONG, _("In their own words: for the readers")),
)
SHOWN_VALUES: Final = 12


class ChooseFile(Form):
    """A file from another survey tool."""

    file = forms.FileField(
        label=_("Your file"),
        help_text=_(
            "CSV or XLSX, up to 5 MB and 100,000 people. The first line names the columns."
        ),
        error_messages={
            "required": _("Choose a file first. It can have up to 5 MB."),
            "empty": _("This file is empty. Please choose another one."),
        },
    )


class AboutSurvey(Form):
    """What the survey was. The file travels in the form, sealed: we keep it nowhere."""

    careful = ("title",)
    sheet = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(
        max_length=120,
        label=_("What the survey is called"),
        error_messages={"required": _("Give the survey a title.")},
    )
    asked_on = forms.DateField(
        label=_("When people were asked"),
        help_text=_("The first day is enough."),
        widget=forms.DateInput,
        error_messages={
            "required": _("Say when people were asked."),
            "invalid": _("Write a day, such as 3 March 2026."),
        },
    )


class WhatIsIt(Form):
    """One column: what was asked, what it holds, what its answers say about the whole."""

    careful = ("asked",)
    asked = forms.CharField(
        label=_("What was asked"),
        max_length=ASKED,
        error_messages={"required": _("Write what people were asked.")},
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS)
    named = forms.CharField(
        label=_("What the answers mean"),
        help_text=_("One a line, the lowest first, such as: 1 = Very unhappy"),
        required=False,
        widget=forms.Textarea,
    )
    area = forms.CharField(
        label=_("Which area it belongs to"),
        help_text=_("Such as Workload. Scales of one area are put together."),
        max_length=60,
        required=False,
    )
    reversed = forms.BooleanField(label=_("The lowest step is the best"), required=False)
    sensitive = forms.BooleanField(
        label=_("It is sensitive: health, faith, who people love, money"),
        help_text=_("Then nothing is shown below twenty people."),
        required=False,
    )

    def __init__(self, data: Any, column: Column, proposed: Proposed) -> None:
        self.column, self._proposed = column, proposed
        at = column.at[0]
        self.samples = proposed.samples.get(at, ())
        self.filled = proposed.filled.get(at, 0)
        initial = {
            "asked": column.label[:ASKED],
            "kind": column.kind.value,
            "named": self._initial_names(),
        }
        super().__init__(data, prefix=f"c{at}", initial=initial)
        if column.kind == Kind.OUT:
            for name in ("asked", "area", "reversed", "sensitive", "named"):
                del self.fields[name]
        elif not self._may_be_named():
            del self.fields["named"]

    def _may_be_named(self) -> bool:
        values = self._proposed.values.get(self.column.at[0], ())
        return len(self.column.at) == 1 and 1 < len(values) <= SHOWN_VALUES

    def _initial_names(self) -> str:
        if not self.column.coded:
            return ""
        return "\n".join(f"{value} = " for value, _label in self.column.options)

    @cached_property
    def decided(self) -> Column | None:
        """The column as it is to be taken; none if it cannot be that, which the form then says."""
        if not self.is_bound:
            return self.column
        if not self.is_valid():
            return None
        kind = Kind(self.cleaned_data["kind"])
        try:
            named = _pairs(self.cleaned_data.get("named", ""))
            as_it_is = kind == self.column.kind and not named and self.column.options
            found = self.column if as_it_is else decide(self._proposed, self.column, kind, named)
        except BadFile as bad:
            says = "named" if isinstance(bad, NoOrder) and "named" in self.fields else "kind"
            self.add_error(says, str(bad))
            return None
        return replace(found, label=self.cleaned_data.get("asked", found.label))

    @property
    def meant(self) -> Meant | None:
        """The column with all that was said of it."""
        if self.decided is None:
            return None
        said = self.cleaned_data if self.is_bound else {}
        return Meant(
            self.decided,
            area=said.get("area", ""),
            reversed=said.get("reversed", False),
            sensitive=said.get("sensitive", False),
        )


def _pairs(text: str) -> list[tuple[str, str]]:
    """Read lines such as "1 = Very good"; a code without a meaning means itself."""
    pairs = []
    for line in filter(str.strip, text.splitlines()):
        value, _equals, label = line.partition("=")
        pairs.append((value.strip(), label.strip() or value.strip()))
    return pairs


class Matching:
    """A file between choosing and bringing in: what is known of it, and what people said."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, raw: bytes = b"", name: str = ""):
        self.raw = raw or carried_file(str((data or {}).get("sheet", "")))
        try:
            self.table = open_table(self.raw)
            self.proposed = propose(self.table)
        except BadFile as bad:
            raise Refusal(str(bad), field="file") from None
        initial = {"sheet": carry_file(raw), "title": _title(name)} if raw else {}
        self.about = AboutSurvey(data, initial=initial)
        self.columns = [WhatIsIt(data, each, self.proposed) for each in self.proposed.columns]

    @property
    def asked(self) -> list[WhatIsIt]:
        """The columns with answers."""
        return [each for each in self.columns if each.column.kind != Kind.OUT]

    @property
    def left_out(self) -> list[WhatIsIt]:
        """The columns that are left out unless somebody says otherwise."""
        return [each for each in self.columns if each.column.kind == Kind.OUT]

    @cached_property
    def meant(self) -> list[Meant] | None:
        """Every column as it was decided; none while one of them cannot be."""
        found = [each.meant for each in self.columns]
        return None if None in found else [each for each in found if each is not None]

    @cached_property
    def read(self) -> Read | None:
        """What the file gives with these columns."""
        kept = [each.column for each in self.meant or () if each.column.kind != Kind.OUT]
        if not kept or len(kept) > MOST_QUESTIONS:
            return None
        return read(self.table, self.proposed, kept)

    @property
    def is_ready(self) -> bool:
        """Whether it can be brought in as it is."""
        return bool(self.read and self.read.taken.people and not self.read.taken.faults)


def _title(name: str) -> str:
    """Return the name of a file as a title, without what tools add to it."""
    stem = re.sub(r"\.(csv|xlsx|txt|tsv)$", "", name, flags=re.IGNORECASE)
    stem = re.sub(
        r"\s*\((?:\d+-\d+|\d+|responses)\)|\s+-\s+Form Responses \d+", "", stem, flags=re.IGNORECASE
    )
    return stem.replace("_", " ").strip()[:120]
