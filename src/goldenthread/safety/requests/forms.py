"""What people fill in to ask, and what is filled in to answer."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.organisations.models import Organisation
from goldenthread.organisations.queries import people_of
from goldenthread.people.accounts.models import Person
from goldenthread.safety.requests.models import DataProtection, DataRequest

WRITE = {"required": _("Please write something here.")}
CHOOSE = {"required": _("Please choose one.")}
NEEDS_WORDS = {
    DataRequest.Kind.CORRECTION,
    DataRequest.Kind.OBJECTION,
    DataRequest.Kind.COMPLAINT,
}
CHOOSE_ONE = [("", _("Not said yet"))]


class Ask(Form):
    """What someone asks about their own data."""

    kind = forms.ChoiceField(
        label=_("What do you want?"),
        choices=DataRequest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    text = forms.CharField(
        label=_("Tell us more"),
        help_text=_("You do not need to say why. Please do not put your receipt here."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Nobody can put right what is not named; to see or to erase everything needs no words."""
        given = super().clean() or {}
        if given.get("kind") in NEEDS_WORDS and not given.get("text"):
            self.add_error("text", _("Please say what it is about."))
        return given


class Reply(Form):
    """What someone adds to what they asked, because we wait for it."""

    text = forms.CharField(
        label=_("Your reply"),
        help_text=_("Please do not put your receipt here."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages=WRITE,
    )


class LogLetter(Ask):
    """A request that came another way."""

    kind = forms.ChoiceField(
        label=_("What do they want?"),
        choices=DataRequest.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what they want.")},
    )
    text = forms.CharField(
        label=_("What did they ask?"),
        help_text=_("In their own words, as far as you have them."),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": _("Please write what they asked.")},
    )
    who = forms.CharField(
        label=_("Who asks, and where can you answer?"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": _("Please write who asks, and where you can answer.")},
    )
    received_on = forms.DateField(
        label=_("When did it arrive?"),
        help_text=_("The time to answer runs from this day."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Choose the day on which it arrived."),
            "invalid": _("Type the day like 2026-03-09."),
        },
    )


class Pause(Form):
    """Why the clock stands still."""

    waits_for = forms.ChoiceField(
        label=_("What are you waiting for?"),
        choices=DataRequest.Waits.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class Extend(Form):
    """Why it takes two further months."""

    careful = ("because",)
    because = forms.CharField(
        label=_("Why does it take longer?"),
        help_text=_("The person reads this."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=WRITE,
    )


class Answer(Form):
    """The answer."""

    careful = ("text",)
    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=DataRequest.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    text = forms.CharField(
        label=_("Your answer"),
        help_text=_(
            "If you did not do all of it, say why. Tell them that they can complain to the ICO."
        ),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages=WRITE,
    )


class Members(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """A choice of people, by name."""

    def label_from_instance(self, obj: Any) -> str:
        """A member as the list shows them."""
        return str(obj.name or obj.email)


class Controller(Form):
    """What an organisation says of itself as data controller."""

    careful = ("contact_shown",)
    contact = Members(
        label=_("Who answers what people ask?"),
        help_text=_("One of your members. They see requests; administrators see them too."),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Only the administrators"),
    )
    contact_shown = forms.CharField(
        label=_("How can anyone write to them?"),
        help_text=_("Everybody sees this: a name or role, an e-mail address, a postal address."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    basis = forms.ChoiceField(
        label=_("Why may you hold people’s data?"),
        choices=[*CHOOSE_ONE, *DataProtection.Basis.choices],
        required=False,
    )
    condition = forms.ChoiceField(
        label=_("And data about health, faith, or other things the law protects more?"),
        choices=[*CHOOSE_ONE, *DataProtection.Condition.choices],
        required=False,
    )
    registered_as = forms.CharField(
        label=_("Your number in the register of the ICO"), max_length=20, required=False
    )
    officer = forms.CharField(
        label=_("Your data protection officer"),
        help_text=_("Public bodies must have one."),
        max_length=200,
        required=False,
    )
    overseen_by = forms.CharField(
        label=_("Who runs the computer on which this is kept, and where?"),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_of(organisation).filter(suspended_on=None).values("person")
        field = cast("Members", self.fields["contact"])
        field.queryset = Person.objects.filter(ref__in=people).order_by("name", "ref")
