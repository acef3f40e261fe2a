"""What organisers type: a list of their own, and where a theme stands."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.act.frameworks.models import Part
from goldenthread.kit.forms import Form
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices import sheets

BOXES = ("first", "second", "third")


class WriteOwn(Form):
    """A list of one's own: typed in, or from a file."""

    careful = ("lines",)

    title = forms.CharField(
        label=_("What is it called?"),
        max_length=120,
        error_messages={"required": _("Give the list a title.")},
    )
    lines = forms.CharField(
        label=_("Its items"),
        help_text=_("The first line names the columns: part,number,name,gist. Or choose a file."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=60_000,
        required=False,
    )
    file = forms.FileField(
        label=_("Or a CSV file with the same columns"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        required=False,
        error_messages={"empty": _("This file is empty. Choose another one.")},
    )

    def clean(self) -> dict[str, Any]:
        """Take the table apart: from the file if there is one, else from what was typed."""
        given = super().clean() or {}
        if self.errors:
            return given
        upload, typed = given.get("file"), given.get("lines", "")
        if not upload and not typed.strip():
            self.add_error("lines", _("Write the items, or choose a file."))
            return given
        try:
            data = upload.read(sheets.LARGEST + 1) if upload else typed.encode()
            given["sheet"] = sheets.read(sheets.decode(data))
        except Refusal as refusal:
            self.add_error("file" if upload else "lines", refusal.message)
        return given


class PlaceTheme(Form):
    """On which items a theme stands: three at most."""

    first = forms.ChoiceField(label=_("Where does it belong?"), required=False)
    second = forms.ChoiceField(label=_("And where else?"), required=False)
    third = forms.ChoiceField(label=_("And where else again?"), required=False)

    def __init__(
        self, *args: Any, parts: Iterable[Part], now_on: Iterable[UUID] = (), **kwargs: Any
    ) -> None:
        stands = dict(zip(BOXES, map(str, now_on), strict=False))
        super().__init__(*args, initial=stands, **kwargs)
        offered = [
            (each.name, [(str(item.ref), item.full_name) for item in each.items.all()])
            for each in parts
        ]
        for name in BOXES:
            field: Any = self.fields[name]
            field.choices = [("", _("Nowhere")), *offered]

    @property
    def chosen(self) -> list[UUID]:
        """Return the items that were chosen, each once."""
        given = [self.cleaned_data[name] for name in BOXES]
        return [UUID(each) for each in dict.fromkeys(given) if each]
