"""What a facilitator says of a class, and what a pupil is asked."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.listen.voices.forms import KEEP, KINDS, LONGEST, NONE, Keyed
from goldenthread.listen.voices.models import ClassSession, Voice
from goldenthread.listen.voices.queries_class import class_at
from goldenthread.projects.models import Project, Strand
from goldenthread.projects.queries import strands_of

RECEIPT_HINTS = {
    KEEP: _(
        "You copy twenty letters and numbers on a slip. "
        "With it you can see what comes of this, or take it back."
    ),
    NONE: _("Nothing leads back to this. You cannot take it back later."),
}


class WithStrand(Form):
    """A form that may say for which strand something is."""

    strand = forms.ChoiceField(label=_("Who are they?"), required=False)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._strands = {str(each.ref): each for each in strands_of(project)}
        fields: Any = self.fields
        if self._strands:
            named = [(ref, each.name) for ref, each in self._strands.items()]
            fields["strand"].choices = [("", _("No group of their own")), *named]
        else:
            del fields["strand"]

    def clean_strand(self) -> Strand | None:
        """Give the strand behind the choice."""
        return self._strands.get(self.cleaned_data["strand"])


class StartClass(WithStrand):
    """Which class, and whether there are slips."""

    field_order = ("name", "slips", "strand")
    name = forms.CharField(
        label=_("Which class?"),
        help_text=_("For you alone, like: 8B, Tuesday. It is not kept with what pupils say."),
        max_length=60,
    )
    slips = forms.BooleanField(
        label=_("Pupils may take a paper slip with a receipt"),
        required=False,
        initial=True,
    )


class ClassCode(Form):
    """The code of a class."""

    code = forms.CharField(
        label=_("The code of your class"),
        help_text=_("Six letters and numbers, like K7M 3QX."),
        max_length=20,
        error_messages={"required": _("Type in the code first.")},
    )

    def clean_code(self) -> str:
        """Give the code of a class that is there."""
        held = class_at(self.cleaned_data["code"])
        if held is None:
            raise forms.ValidationError(_("We do not know this code. Look at each letter again."))
        return held.code


class InClass(Keyed):
    """The box of a pupil, and no more than is needed."""

    turn = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Your words"),
        help_text=_("Write as you would speak. Leave out names, yours too."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": _("Write something first. One sentence is enough.")},
    )
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=KINDS, initial=Voice.Kind.ISSUE, widget=forms.RadioSelect
    )
    receipt = forms.ChoiceField(
        label=_("Do you want to come back to it?"),
        choices=[(KEEP, _("Yes, I take a slip")), (NONE, _("No slip"))],
        initial=NONE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you want a slip.")},
    )

    def __init__(self, *args: Any, held: ClassSession, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, project=held.project, now=now, **kwargs)
        fields: Any = self.fields
        fields["receipt"].choice_hints = RECEIPT_HINTS
        if not held.slips:
            del fields["receipt"]

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        keep = given.get("receipt") == KEEP
        return {"text": given["text"], "kind": given["kind"], "keep_receipt": keep}
