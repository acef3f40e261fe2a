"""The eight questions, each on a page of its own."""

from datetime import date, time
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.kit.text import Text, say_day
from goldenthread.projects.forms import LONGEST
from goldenthread.projects.models import Project
from goldenthread.projects.wording import WEEKDAYS
from goldenthread.start.drafts import templates

NOBODY = _("We write to them and say what we ask. Leave it empty if you do not know yet.")
SAME = _("This is the same person as above. Name somebody else, or leave it empty for now.")


def _words(name: str, label: Text, hint: Text, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST[name],
        widget=forms.Textarea(attrs={"rows": str(rows)}),
    )


def _person(label: Text, hint: Text = NOBODY) -> forms.EmailField:
    return forms.EmailField(label=label, help_text=hint, required=False)


class What(Form):
    """From which template, and what it is called."""

    careful = ("title",)
    template = forms.ChoiceField(
        label=_("Which comes nearest?"),
        help_text=_("It brings a draft. You can change every word of it."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the one that comes nearest.")},
    )
    title = forms.CharField(
        label=_("What shall we call it?"),
        help_text=_(
            "In words that people would use. Leave it empty and we take those of the draft."
        ),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["template"]
        choices.choices = [(each.key, each.name) for each in templates().values()]
        choices.choice_hints = {each.key: each.sentence for each in templates().values()}


class Question(Form):
    """One of the questions, which knows the answer that its writer had before them."""

    two_people: tuple[str, str] | None = None  # fields that must not name the same person
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for two people where two are needed."""
        given = super().clean() or {}
        first, second = (given.get(name) for name in self.two_people or ("", ""))
        if self.two_people and first and str(first).lower() == str(second).lower():
            self.add_error(self.two_people[1], SAME)
        return given

    def kept(self) -> list[tuple[str, str]]:
        """Return what is kept now, as label and words."""
        return [
            (str(field.label), _said(field, self.initial[name]))
            for name, field in self.fields.items()
            if name in self.initial and not field.widget.is_hidden
        ]


def _said(field: forms.Field, value: Any) -> str:
    if isinstance(value, date):
        return say_day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(field, forms.ChoiceField):
        chosen = value if isinstance(value, list) else [value]
        choices: Any = field.choices
        return ", ".join(str(label) for key, label in choices if key in chosen)
    return str(value)


class Ask(Question):
    """The question, and what everyone reads about it."""

    careful = ("title", "question", "summary")
    title = forms.CharField(label=_("What it is called"), max_length=120)
    question = _words("question", _("The question"), _("One, as you would ask a friend."), 2)
    summary = forms.CharField(
        label=_("What it is about"),
        help_text=_("Two or three sentences for everyone. They stand on the page and the poster."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )


class Who(Question):
    """Who is asked, and who may see it."""

    ages = forms.MultipleChoiceField(
        label=_("How old are they?"),
        help_text=_("Where children are asked, what protects them is switched on."),
        choices=Project.Ages.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one age.")},
    )
    open_to = forms.ChoiceField(
        label=_("Who may see it and speak?"),
        choices=Project.OpenTo.choices,
        widget=forms.RadioSelect,
    )
    board = forms.ChoiceField(
        label=_("Who reads what people say?"),
        help_text=_(
            "People are told this before they speak, so it stays once the project is open. If "
            "everyone reads it, the law asks for more assessments first."
        ),
        choices=Project.Board.choices,
        widget=forms.RadioSelect,
    )


class Change(Question):
    """What people can and cannot change."""

    careful = ("can_change", "cannot_change", "risks_accepted")
    can_change = _words(
        "can_change", _("This can change"), _("Name it. The more exact, the better.")
    )
    cannot_change = _words(
        "cannot_change",
        _("This cannot"),
        _("Say it now, and say why not. To hear it later hurts more."),
    )
    risks_accepted = _words(
        "risks_accepted",
        _("This may go wrong"),
        _("What could turn out badly, and what you do then. You go ahead all the same."),
    )


class Decide(Question):
    """Who decides, and what people get for it."""

    careful = ("who_decides", "what_people_get_back")
    who_decides = _words(
        "who_decides",
        _("Who decides?"),
        _("How many of them have lived through it, and who can say no."),
    )
    what_people_get_back = _words(
        "what_people_get_back", _("What do people get back?"), _("All that they can count on.")
    )
    decision_maker = _person(_("E-mail of the one who answers for it"))
    co_lead = _person(_("E-mail of a co-lead with lived experience"))
    facilitator = _person(
        _("E-mail of the one who runs it day to day"),
        _("They answer questions and keep it going. Leave your own here if it is you."),
    )


class Days(Question):
    """When people are asked, and by when they hear."""

    opens_on = forms.DateField(label=_("First day of listening"))
    closes_on = forms.DateField(label=_("Last day of listening"))
    hear_by = forms.DateField(
        label=_("People hear by"),
        help_text=_("The last day on which everyone who spoke has an answer."),
    )
    debrief_on = forms.DateField(
        label=_("You look back on"), help_text=_("You say together what was kept and what was not.")
    )

    def clean(self) -> dict[str, Any]:
        """Ask for days in their order."""
        given = super().clean() or {}
        order = ("opens_on", "closes_on", "hear_by", "debrief_on")
        for earlier, later in pairwise(order):
            before, after = given.get(earlier), given.get(later)
            if isinstance(before, date) and isinstance(after, date) and after < before:
                says = _("This is before “%(field)s”. Choose a later day.")
                self.add_error(later, says % {"field": self.fields[earlier].label})
        return given


class Reading(Question):
    """Who reads first, and when."""

    two_people = ("reader", "stand_in")
    reader = _person(
        _("E-mail of a reader"), _("Reads all that is sent, before anyone else sees it.")
    )
    stand_in = _person(_("E-mail of someone who stands in"), _("Reads when the reader is away."))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        choices=[(number, _(day)) for number, day in enumerate(WEEKDAYS)],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    from_time = forms.TimeField(label=_("From"))
    until_time = forms.TimeField(label=_("Until"))


class Safe(Question):
    """Who is told when somebody may not be safe."""

    two_people = ("safeguarder", "deputy")
    safeguarder = _person(
        _("E-mail of the safeguarder"), _("They alone are told, and know what to do next.")
    )
    deputy = _person(_("E-mail of a deputy"), _("For days when the safeguarder is away."))


FORMS: dict[str, type[Question]] = {
    "ask": Ask,
    "who": Who,
    "change": Change,
    "decide": Decide,
    "days": Days,
    "reading": Reading,
    "safe": Safe,
}
