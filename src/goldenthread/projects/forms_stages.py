from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.kit.wording import put_plainly
from goldenthread.projects.models import Stage

Windows = dict[str, tuple[date, date, str] | None]


class SetStages(Form):
    """From when to when each stage runs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in Stage.Name.choices:
            self.fields[f"{name}_opens_on"] = forms.DateField(
                label=_("%(stage)s begins on") % {"stage": label}, required=False
            )
            self.fields[f"{name}_closes_on"] = forms.DateField(
                label=_("%(stage)s ends on") % {"stage": label}, required=False
            )
            self.fields[f"{name}_note"] = forms.CharField(
                label=_("A few words about %(stage)s") % {"stage": label},
                required=False,
                max_length=120,
                help_text=_("Like: A group of twelve meets each month.")
                if name == "listen"
                else "",
            )
        for field in self.fields.values():
            put_plainly(field)

    def clean(self) -> dict[str, Any]:
        """Ask for both days of a stage, or for neither."""
        given = super().clean() or {}
        for name, label in Stage.Name.choices:
            opens, closes = given.get(f"{name}_opens_on"), given.get(f"{name}_closes_on")
            for one, other, missing in ((opens, closes, "closes"), (closes, opens, "opens")):
                field = f"{name}_{missing}_on"
                if one and not other and field not in self.errors:
                    says = _("%(stage)s needs both days: when it begins and ends.")
                    self.add_error(field, says % {"stage": label})
        return given

    def windows(self) -> Windows:
        """Give the days and words of each stage, as the service takes them."""
        given = self.cleaned_data
        return {
            name: (given[f"{name}_opens_on"], given[f"{name}_closes_on"], given[f"{name}_note"])
            if given[f"{name}_opens_on"]
            else None
            for name in Stage.Name.values
        }
