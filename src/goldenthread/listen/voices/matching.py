"""Forms for bringing a file in: choose it, match its columns."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.carrying import carried_file, carry_file
from goldenthread.kit.forms import Form
from goldenthread.listen.voices import queries, sheets
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.sheets import Columns, Taken
from goldenthread.projects.models import Project


class ChooseFile(Form):
    """A file with voices."""

    file = forms.FileField(
        label=_("Your file"),
        help_text=_("CSV, up to 2 MB and 20,000 lines. The first line names the columns."),
        error_messages={
            "required": _("Choose a file first."),
            "empty": _("This file is empty. Please choose another one."),
        },
    )


class MatchColumns(Form):
    """Which column is which. The file travels in the form, sealed: we keep it nowhere."""

    sheet = forms.CharField(widget=forms.HiddenInput)
    words = forms.ChoiceField(
        label=_("Which column holds the words?"),
        error_messages={"required": _("Choose the column that holds the words.")},
    )
    kind = forms.ChoiceField(label=_("Which column says what kind it is?"), required=False)
    usual_kind = forms.ChoiceField(
        label=_("What kind is it where the file does not say?"), choices=Voice.Kind.choices
    )
    whose = forms.ChoiceField(label=_("Which column says whose experience it is?"), required=False)
    skip_repeats = forms.BooleanField(
        label=_("Leave out lines that repeat the words of an earlier one"),
        help_text=_("Two people may say the same. Then both count."),
        required=False,
    )

    again = forms.BooleanField(
        label=_("Bring in once more what came in from a file before"),
        help_text=_("Tick this only if other people said the same."),
        required=False,
    )

    def __init__(self, data: Any = None, *, project: Project, text: str = "") -> None:
        super().__init__(data)
        self.project = project
        self.text = text or carried_file(str(data.get("sheet", ""))).decode()
        self.table = sheets.read(self.text)
        fields: Any = self.fields
        names = [(name, name) for name in self.table.headers if name]
        fields["words"].choices = [("", _("Choose one")), *names]
        for name in ("kind", "whose"):
            fields[name].choices = [("", _("None of them")), *names]
        if text:
            self.initial = {"sheet": carry_file(text.encode()), "words": self.table.likely_words()}

    @cached_property
    def taken(self) -> Taken | None:
        """What the file gives with these columns; none until the words are matched."""
        if not self.is_bound:
            words = self.initial["words"]
            return self._new(Columns(words=words)) if words else None
        if not self.is_valid():
            return None
        named = {k: v for k, v in self.cleaned_data.items() if k not in {"sheet", "again"}}
        return self._new(Columns(**named), again=self.cleaned_data["again"])

    def _new(self, columns: Columns, *, again: bool = False) -> Taken:
        """Take what is new, so that a file can come again once its faults are mended."""
        taken = sheets.take(self.table, columns)
        if again:
            return taken
        return sheets.without(taken, queries.brought_in(self.project, taken.texts))
