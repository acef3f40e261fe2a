from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.debrief.replies.models import Reply, Told
from goldenthread.kit.forms import Form


class WriteReply(Form):
    """An answer, as everyone beneath it will read it."""

    careful = ("text", "happens_next")
    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("Begin with what people told you. Then say what you do about it, and why."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=2000,
        error_messages={"required": _("Write the answer.")},
    )
    happens_next = forms.CharField(
        label=_("What happens next, and by when?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        error_messages={"required": _("Say what happens next, and by when.")},
    )
    signed_by = forms.CharField(
        label=_("Signed by"),
        help_text=_("The name of a person, then their post: Ann Lee, head of counselling"),
        max_length=120,
        error_messages={"required": _("Sign it with the name of a person.")},
    )


def written(draft: Reply) -> dict[str, str]:
    """Return a draft as the form shows it."""
    return {
        "text": draft.text,
        "happens_next": draft.happens_next,
        "signed_by": draft.signed_by,
    }


class Refs(forms.Field):
    """References ticked in a list."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[UUID]:
        """Read them; what is no reference is left out."""
        found = []
        for each in value or []:
            with suppress(ValueError):
                found.append(UUID(str(each)))
        return found


class Tick(Form):
    """Who was told by hand, or could not be told."""

    voices = Refs(error_messages={"required": _("Tick at least one voice.")})

    how = forms.ChoiceField(
        label=_("What happened?"),
        choices=[
            (Told.State.IN_PERSON, _("I told them in person, by phone or by letter")),
            (Told.State.COULD_NOT, _("They could not be told")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether they were told.")},
    )
    because = forms.CharField(
        label=_("If not: why?"),
        help_text=_("For example: taken on paper without a name. Never write names here."),
        max_length=200,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("how") == Told.State.COULD_NOT and not given.get("because", "").strip():
            self.add_error("because", _("Say why they could not be told."))
        return given
