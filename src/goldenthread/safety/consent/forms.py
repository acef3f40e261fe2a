"""A box of its own for one purpose."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.safety.consent.wordings import today


class Tick(forms.MultipleChoiceField):
    """One purpose, one box, never ticked for anyone. What comes out is the version they read."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, purpose: str, **given: Any) -> None:
        wording = today(purpose)
        super().__init__(choices=[(str(wording.number), wording.statement)], **given)
        for code in ("invalid_choice", "invalid_list"):
            self.error_messages[code] = _("We have changed this sentence. Please read it again.")

    def clean(self, value: Any) -> int:
        """Return the version that was agreed to; 0 when the box was left."""
        chosen = super().clean(value)
        return int(chosen[0]) if chosen else 0


class Look(Form):
    """What a second reader says of words, and which version of them was read."""

    seen = forms.IntegerField(min_value=0)
    agreed = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda given: given == "yes"
    )
