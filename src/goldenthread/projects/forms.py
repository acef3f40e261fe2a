from collections.abc import Collection
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import ByName, Form
from goldenthread.kit.text import Text
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole, Terms
from goldenthread.projects.wording import WEEKDAYS

MOST_HOURS = 8  # a working day
LONG = forms.Textarea(attrs={"rows": "4"})
LONGEST: dict[str, int] = {
    field.name: field.max_length for field in Terms._meta.fields if field.max_length
}


def _long(name: str, label: Text, hint: Text, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST[name],
        widget=forms.Textarea(attrs={"rows": str(rows)}),
    )


class Basics(Form):
    """What a project is called, who may see it, how soon it is read."""

    careful = ("title", "summary")
    title = forms.CharField(
        label=_("Title"),
        help_text=_("In words that people would use, like: Getting help while you wait."),
        max_length=120,
    )
    summary = forms.CharField(
        label=_("What it is about"),
        help_text=_("Two or three sentences for everyone. They stand on the page and the poster."),
        max_length=600,
        widget=LONG,
    )
    address = forms.SlugField(
        label=_("Address of its page"),
        help_text=_(
            "The last part of the link, like: while-you-wait. Leave it empty and we make "
            "one from the title. It cannot change once the project is open."
        ),
        max_length=60,
        required=False,
        error_messages={
            "invalid": _("Use small letters, numbers and dashes, like: while-you-wait.")
        },
    )
    open_to = forms.ChoiceField(
        label=_("Who may see it and speak?"),
        choices=Project.OpenTo.choices,
        widget=forms.RadioSelect,
    )
    board = forms.ChoiceField(
        label=_("Who reads what people say?"),
        help_text=_(
            "Sealed when the project opens. People who can read each other make this an "
            "online service by law: then more assessments must be filled in first."
        ),
        choices=Project.Board.choices,
        widget=forms.RadioSelect,
        initial=Project.Board.TEAM,
    )
    read_within_hours = forms.IntegerField(
        label=_("Read within how many staffed hours?"),
        help_text=_(
            "Hours on the rota, not hours of the day; at the latest, by the end of the next "
            "working day. If readers are late by twice as long, the box closes by itself."
        ),
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)],
    )

    def clean_address(self) -> str:
        """Addresses are small letters."""
        return str(self.cleaned_data["address"]).lower()


class SetAges(Form):
    """For which ages, and in which ways people may be known."""

    ages = forms.MultipleChoiceField(
        label=_("Who is asked?"),
        help_text=_("By age. We ask nobody for a birth date, or for proof."),
        choices=Project.Ages.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one age.")},
    )
    known_as = forms.MultipleChoiceField(
        label=_("In which ways may people be known?"),
        help_text=_(
            "People choose among these. If children are asked, their names never stand "
            "beside their words."
        ),
        choices=[
            ("unlinked", _("By nobody")),
            ("support", _("By the safeguarding lead and the deputy alone")),
            ("named", _("By anyone who reads it")),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Leave people at least one way.")},
    )


class WriteTerms(Form):
    """What is promised before anyone is asked."""

    careful: tuple[str, ...] = (
        "question",
        "can_change",
        "cannot_change",
        "who_decides",
        "risks_accepted",
        "what_people_get_back",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    question = _long(
        "question", _("What do you ask?"), _("One question, as you would ask a friend."), 2
    )
    can_change = _long(
        "can_change",
        _("What can change"),
        _("Name it: opening times, how we keep in touch, how £20,000 is spent."),
    )
    cannot_change = _long(
        "cannot_change",
        _("What cannot change"),
        _("Be honest now. It hurts more later. Say why, and until when."),
    )
    who_decides = _long(
        "who_decides",
        _("Who decides"),
        _("Which people, how many of them have lived experience, and who can overrule them."),
    )
    risks_accepted = _long(
        "risks_accepted",
        _("Which risks you accept"),
        _("What you are ready to hear or to try, though it may go wrong or look bad."),
    )
    what_people_get_back = _long(
        "what_people_get_back",
        _("What people get back"),
        _("An answer, expenses, payment, a certificate, a meal: all that they can count on."),
    )
    hear_by = forms.DateField(
        label=_("People hear by"),
        help_text=_("The last day by which everyone who spoke is told what came of it."),
    )
    debrief_on = forms.DateField(
        label=_("Debrief"),
        help_text=_(
            "The day on which you say together what was kept and what was not. "
            "If it passes, this page says so by itself."
        ),
    )


class RenewTerms(WriteTerms):
    """New terms while the project is open: sealed at once, and they say why."""

    careful: tuple[str, ...] = (*WriteTerms.careful, "change_because")
    change_because = forms.CharField(
        label=_("Why do the terms change?"),
        help_text=_("Everyone reads this beside the words that changed."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": _("Please say why the terms change.")},
    )


class NamesMember(Form):
    """Naming a member by their e-mail, or, of those who have none, by name."""

    email = forms.EmailField(
        required=False,
        label=_("E-mail"),
        help_text=_("Of a member of one of the organisations of this project."),
    )
    person = ByName(
        queryset=Person.objects.none(),
        required=False,
        label=_("Or a member without e-mail"),
        empty_label=_("Nobody chosen"),
    )

    def __init__(self, *args: Any, members: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["person"]
        choices.queryset = members
        if not choices.queryset:
            choices.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Take one of the two."""
        given = super().clean() or {}
        if given.get("email") and given.get("person"):
            self.add_error("person", _("Type an e-mail or choose a name, not both."))
        return given


class GiveRole(NamesMember):
    """Who does what, from when to when."""

    name = forms.ChoiceField(
        label=_("Role"), choices=ProjectRole.Name.choices, widget=forms.RadioSelect
    )
    stands_in = forms.BooleanField(
        label=_("As the deputy"),
        required=False,
        help_text=_("Only for a safeguarder: looks after concerns while the other is away."),
    )
    starts_on = forms.DateField(label=_("From"))
    ends_on = forms.DateField(
        label=_("Until"),
        required=False,
        help_text=_("The last day. Sixty days before, we ask who follows."),
    )

    def __init__(self, *args: Any, only: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles: Any = self.fields["name"]
        roles.choices = [each for each in ProjectRole.Name.choices if each[0] in only]
        hints = {
            "co-lead": _("Co-owns topics, decisions and the debrief, with lived experience."),
            "facilitator": _("Runs it day to day."),
            "reader": _("Reads what people send before anyone else sees it."),
            "safeguarder": _("Owns worries about safety. Nobody else sees them."),
            "decision-maker": _("Decides, and answers for the terms."),
        }
        roles.choice_hints = {each: hint for each, hint in hints.items() if each in only}

    def clean(self) -> dict[str, Any]:
        """Take the role for somebody."""
        given = super().clean()
        if not self.errors and not given.get("email") and not given.get("person"):
            self.add_error("email", _("Type the e-mail of the person."))
        return given


class EndRole(Form):
    """Which role ends, and when."""

    role = forms.ChoiceField(label=_("Which role?"))
    ends_on = forms.DateField(
        label=_("Last day"), required=False, help_text=_("Leave it empty to end the role at once.")
    )

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["role"]
        choices.choices = [("", _("Choose a role")), *roles]


class RemoveDuty(Form):
    """Which stretch leaves the rota."""

    duty = forms.ChoiceField(label=_("Which stretch?"))

    def __init__(self, *args: Any, duties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["duty"]
        choices.choices = [("", _("Choose a stretch")), *duties]


class AddDuty(Form):
    """When a reader reads, week by week."""

    reader = forms.ChoiceField(label=_("Who"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On"),
        choices=[(number, _(day)) for number, day in enumerate(WEEKDAYS)],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    from_time = forms.TimeField(label=_("From"))
    until_time = forms.TimeField(label=_("Until"))
    stand_in = forms.BooleanField(
        label=_("Stands in"),
        required=False,
        help_text=_("Reads when the reader of that time is away."),
    )

    def __init__(self, *args: Any, readers: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._readers = {str(each.ref): each for each in readers}
        choices: Any = self.fields["reader"]
        choices.choices = [
            ("", _("Choose a reader")),
            *((ref, each.name or each.email) for ref, each in self._readers.items()),
        ]

    def clean_reader(self) -> Person:
        """Give the person behind the choice."""
        return self._readers[self.cleaned_data["reader"]]


class Lend(Form):
    """Whom to lend, to which project, from when to when."""

    short = forms.CharField(
        label=_("Six letters of the project"),
        help_text=_("They stand behind /s/ on its poster. Its organisers tell you."),
        max_length=12,
    )
    email = forms.EmailField(
        label=_("E-mail of your reader"),
        help_text=_("A member of your organisation who is trained."),
    )
    starts_on = forms.DateField(label=_("First day"))
    ends_on = forms.DateField(label=_("Last day"))


class TakeOff(Form):
    """On which days a reader is away, or nobody reads."""

    reader = forms.ChoiceField(label=_("Who"))
    starts_on = forms.DateField(label=_("First day"))
    ends_on = forms.DateField(label=_("Last day"))
    note = forms.CharField(
        label=_("Why the project is closed"),
        help_text=_("Like: Christmas closure. Leave it empty for a reader."),
        max_length=80,
        required=False,
    )

    def __init__(
        self, *args: Any, who: list[tuple[str, str, Person | None]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._people = {key: person for key, _says, person in who}
        choices: Any = self.fields["reader"]
        choices.choices = [(key, says) for key, says, _person in who]
        choices.initial = who[0][0]
        choices.required = len(who) > 1

    def clean_reader(self) -> Person | None:
        """Give the person behind the choice; who has none speaks of themselves."""
        chosen = self.cleaned_data["reader"] or next(iter(self._people))
        return self._people[chosen]


class AskPartner(Form):
    """Which organisation to ask."""

    address = forms.CharField(
        label=_("Address of the organisation"),
        help_text=_("The last part of the link to its page here, like: northmoor-union."),
        max_length=60,
    )


class AddStrand(Form):
    """Some of the people asked, by name."""

    name = forms.CharField(
        label=_("Name of the strand"), help_text=_("Like: pupils, parents, carers."), max_length=60
    )
