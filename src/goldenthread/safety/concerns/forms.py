"""What a reader and a safeguarder fill in about a concern."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.people.accounts.models import Person
from goldenthread.safety.concerns.listen import NEXT
from goldenthread.safety.concerns.models import Concern, Telling

WRITE = {"required": _("Please write something here.")}


class Raise(Form):
    """Why a reader is worried."""

    why = forms.CharField(
        label=_("What worries you?"),
        help_text=_("A sentence is enough. Only those who look after it see it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=WRITE,
    )
    names = forms.ChoiceField(
        label=_("Does it name someone who works at the school?"),
        help_text=_("Then it may go another way: read below what happens then."),
        choices=[
            ("", _("No")),
            (Concern.Names.STAFF, _("Yes, someone who works here")),
            (Concern.Names.HEAD, _("Yes, the head")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, school: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not school:
            del self.fields["names"]


class Export(Form):
    """In which form a case is taken out."""

    form = forms.ChoiceField(
        label=_("In which form?"),
        choices=[("pdf", _("A PDF to attach")), ("txt", _("Plain text to paste"))],
        initial="pdf",
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )


class Note(Form):
    """A line about what was done."""

    text = forms.CharField(
        label=_("Add a line"),
        help_text=_("Say what you did and when. Lines are added, never changed."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=WRITE,
    )


class ToAuthor(Form):
    """A line to the author."""

    careful = ("message",)
    message = forms.CharField(
        label=_("A line to the author"),
        help_text=_("They find it behind their receipt or in their account. Say who can help now."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=WRITE,
    )


class MarkStep(Form):
    """Whether a LISTEN step was done, and a note."""

    done = forms.TypedChoiceField(
        label=_("Was it done?"),
        choices=[("yes", _("Yes")), ("no", _("No, and here is why"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose yes or no.")},
    )
    text = forms.CharField(
        label=_("A note"),
        help_text=_("What you did, or why not."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    who = forms.CharField(label=_("Who does it?"), max_length=80, required=False)
    due_on = forms.DateField(label=_("By when?"), required=False)

    def __init__(self, *args: Any, step: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step != NEXT:
            del self.fields["who"], self.fields["due_on"]


class TellOthers(Form):
    """Who was told, or was not, and why."""

    whom = forms.ChoiceField(
        label=_("Who is it about?"),
        choices=Telling.Whom.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    who = forms.CharField(
        label=_("Which one?"),
        help_text=_("A role or a service, like: the GP practice, the head of year."),
        max_length=120,
        required=False,
    )
    told = forms.TypedChoiceField(
        label=_("Were they told?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose yes or no.")},
    )
    because = forms.CharField(
        label=_("Why, or why not?"),
        help_text=_("Sharing to prevent serious harm is allowed. Write down what you weighed up."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please say why, or why not.")},
    )


class HandOver(Form):
    """Into whose hands, and what they need to know."""

    to = forms.ChoiceField(
        label=_("Who takes it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose who takes it.")},
    )
    text = forms.CharField(
        label=_("What do they need to know?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=WRITE,
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(each.ref): each for each in people}
        choices: Any = self.fields["to"]
        choices.choices = [(ref, each.name) for ref, each in self._people.items()]

    def clean_to(self) -> Person:
        """Give the person behind the choice."""
        return self._people[self.cleaned_data["to"]]


class GoAway(Form):
    """On which days a safeguarder is away."""

    from_on = forms.DateField(label=_("First day away"))
    until_on = forms.DateField(label=_("Last day away"))


class Close(Form):
    """What came of it in the end."""

    outcome = forms.ChoiceField(
        label=_("How did it end?"),
        choices=Concern.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose how it ended.")},
    )
    checked = forms.ChoiceField(
        label=_("Did you ask the person how it is for them now?"),
        choices=Concern.Checked.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )
    what_was_done = forms.CharField(
        label=_("What was done in the end?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please say what was done.")},
    )
    because = forms.CharField(
        label=_("Why was nobody else told?"),
        help_text=_("Leave it empty if you have written down who was told."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
