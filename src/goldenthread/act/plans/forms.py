from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.act.plans import wording
from goldenthread.kit.forms import ByName, Form

A_DAY = _("Write a day, for example 3/5/2026.")


class PlanAction(Form):
    """Who does what by when."""

    careful = ("what",)
    what = forms.CharField(
        label=_("What will be done?"),
        help_text=_("Start with a verb: Send everyone who waits a message each Monday"),
        max_length=200,
        error_messages={"required": _("Say what will be done.")},
    )
    owner_name = forms.CharField(
        label=_("Who does it?"),
        help_text=_("Name and post. Everyone can read it."),
        max_length=80,
        error_messages={"required": _("Say who does it.")},
    )
    co_owner_name = forms.CharField(
        label=_("Who with lived experience owns it with them?"),
        help_text=_("Their first name is enough, if they like."),
        max_length=80,
        error_messages={
            "required": _("Say who with lived experience owns this together with them.")
        },
    )
    owner = ByName(
        label=_("Whose list should it stand on?"),
        help_text=_("Then it stands in “What needs you” of this person."),
        queryset=None,
        required=False,
        empty_label=_("Nobody's"),
    )
    co_owner = ByName(
        label=_("And on the list of the co-owner?"),
        queryset=None,
        required=False,
        empty_label=_("Nobody's"),
    )
    due_on = forms.DateField(
        label=_("By when?"),
        widget=forms.DateInput,
        error_messages={"required": _("Say by when it will be done."), "invalid": A_DAY},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("owner", "co_owner"):
            field: Any = self.fields[name]
            field.queryset = people


class NoteProgress(Form):
    """How an action goes."""

    careful = ("text",)
    text = forms.CharField(
        label=_("How does it go?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        error_messages={"required": _("Write how it goes.")},
    )


class StopAction(Form):
    """Why an action stops."""

    careful = ("because",)
    because = forms.CharField(
        label=_("Why does it stop?"),
        help_text=_("Everyone can read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        error_messages={"required": _("Say why it stops. People are waiting for it.")},
    )


class ClaimChange(Form):
    """What is different now."""

    careful = ("what_is_different", "evidence")
    what_is_different = forms.CharField(
        label=_("What is different now?"),
        help_text=_(
            "As someone who comes to you would notice it. "
            "For example: Everyone on the list hears each Monday where they stand."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        error_messages={"required": wording.NO_CHANGE},
    )
    evidence = forms.CharField(
        label=_("How can anyone tell?"),
        help_text=_("What was counted, seen or said, and by whom."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": wording.NO_EVIDENCE},
    )
    since_on = forms.DateField(
        label=_("Since when?"),
        widget=forms.DateInput,
        error_messages={"required": _("Say since when it is so."), "invalid": A_DAY},
    )

    def clean_what_is_different(self) -> str:
        """Point at an empty claim together with all else that is missing."""
        return self._telling("what_is_different", wording.NO_CHANGE)

    def clean_evidence(self) -> str:
        """As above."""
        return self._telling("evidence", wording.NO_EVIDENCE)

    def _telling(self, name: str, message: Any) -> str:
        text = str(self.cleaned_data[name])
        if wording.says_nothing(text):
            raise forms.ValidationError(message)
        return text
