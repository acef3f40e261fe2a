from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goldenthread.empower.meetings import promises
from goldenthread.empower.meetings.models import Coming, Meeting
from goldenthread.empower.meetings.services import PLANNED, plan_edition
from goldenthread.kit.forms import Form, SharedForm
from goldenthread.kit.text import Text


def _line(label: Text, hint: Text, *, longest: int = 200) -> forms.CharField:
    return forms.CharField(max_length=longest, required=False, label=label, help_text=hint)


def _lines(label: Text, hint: Text, *, longest: int = 600) -> forms.CharField:
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        max_length=longest, required=False, widget=box, label=label, help_text=hint
    )


def _moment(label: Text) -> forms.DateTimeField:
    return forms.DateTimeField(required=False, label=label, widget=forms.DateTimeInput)


class Plan(SharedForm):
    """What people must know before they come. Announcing asks for all of it."""

    careful = ("title", "way_in", "expenses", "quiet_space", "support_person", "agenda")
    title = forms.CharField(
        max_length=120, label=_("Title"), help_text=_("It stands in the invitation.")
    )
    starts_at = _moment(_("Starts"))
    ends_at = _moment(_("Ends"))
    place = _line(_("Place"), _("Name, street, room."))
    link = forms.URLField(
        max_length=300,
        required=False,
        assume_scheme="https",
        label=_("Link to join"),
        help_text=_("Only people with a seat and organisers see it."),
    )
    way_in = _lines(
        _("How to get in"), _("Bus, parking, step-free door, lift, who meets you there.")
    )
    expenses = _lines(
        _("Expenses"), _("What is paid, how, and how soon. For example: fares in cash.")
    )
    quiet_space = _line(_("Quiet space"), _("Where people can go, and that they need not ask."))
    breaks = _line(_("Breaks"), _("Ten minutes in each hour is a good start."))
    support_person = _line(_("Support person"), _("Someone safe to talk to, there and afterwards."))
    recorded_how = _line(
        _("How it is recorded"), _("Who writes notes, and who sees them."), longest=300
    )
    agenda = _lines(
        _("Agenda"),
        _("Give it a week before, in plain words, with minutes and breaks."),
        longest=2000,
    )

    def __init__(self, data: Any = None, *, announcing: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.announcing = announcing

    @classmethod
    def of(cls, meeting: Meeting, data: Any = None, *, announcing: bool = False) -> "Plan":
        """Return the form as the meeting now is; announcing without data checks what is there."""
        now = {name: getattr(meeting, name) for name in PLANNED} | {"seen": plan_edition(meeting)}
        if announcing and data is None:
            data = {name: _written(value) for name, value in now.items()}
        return cls(data, announcing=announcing, initial=now)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.announcing:
            for name, sentence in promises.missing(given).items():
                if name not in self.errors:
                    self.add_error(name, sentence)
        return given


def _written(value: Any) -> Any:
    """Write a moment as the form's own box does."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")
    return value or ""


class ComingForm(Form):
    """Whether someone comes, and what would help them."""

    answer = forms.ChoiceField(
        choices=Coming.Answer.choices, widget=forms.RadioSelect, label=_("Are you coming?")
    )
    needs = forms.CharField(
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=_("What would help you take part?"),
        help_text=_("Say what you need, not why. Only the organisers of this meeting read it."),
    )

    def __init__(self, meeting: Meeting, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        answer = self.fields["answer"]
        if isinstance(answer, forms.ChoiceField):
            left_out = {"" if meeting.link else Coming.Answer.ONLINE.value}
            left_out.add("" if meeting.place else Coming.Answer.YES.value)
            answer.choices = [
                (value, _(str(label)))
                for value, label in Coming.Answer.choices
                if value not in left_out
            ]


class Notes(SharedForm):
    """What was said, and what happens next."""

    careful = ("notes", "next_steps")
    notes = forms.CharField(
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 12}),
        label=_("Notes in plain words"),
        help_text=_("What was talked about and what was agreed. No names, no personal stories."),
    )
    next_steps = forms.CharField(
        max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), label=_("What happens next")
    )
    next_step_on = forms.DateField(label=_("When people hear more"), widget=forms.DateInput)
    came = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Who came"),
        help_text=_("Only organisers see this."),
    )

    def __init__(self, seats: list[tuple[str, str]], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        came = self.fields["came"]
        if isinstance(came, forms.MultipleChoiceField):
            came.choices = seats
        if not seats:
            del self.fields["came"]


class Cancel(Form):
    """Why a meeting is cancelled."""

    careful = ("because",)
    because = forms.CharField(
        max_length=200,
        label=_("Why it is cancelled"),
        help_text=_("Everyone who was invited reads this."),
    )


class Check(Form):
    """One question a promise; each may be left out."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for promise in promises.ASKED:
            self.fields[promise.key] = forms.ChoiceField(
                choices=promises.ANSWERS,
                widget=forms.RadioSelect,
                required=False,
                label=promise.says,
            )

    @property
    def at_the_meeting(self) -> list[Any]:
        """The promises that a meeting shows at once."""
        return [self[promise.key] for promise in promises.ASKED if promise.at_a_meeting]

    @property
    def around_it(self) -> list[Any]:
        """The promises about the time before and after."""
        return [self[promise.key] for promise in promises.ASKED if not promise.at_a_meeting]
