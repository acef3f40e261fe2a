from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form


class GiveBack(Form):
    """A head with the signature of a keeper under it."""

    head = forms.CharField(
        label=_("The seal you signed"),
        help_text=_("The whole text of the file, as the witness program wrote it."),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        max_length=8000,
        strip=False,
        error_messages={"required": _("Put in the text of the file first.")},
    )
