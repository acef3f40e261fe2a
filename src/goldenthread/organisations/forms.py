"""What administrators type about their organisation, and who joins it."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.forms import Form
from goldenthread.organisations.lists import HEAVIEST as HEAVIEST_LIST
from goldenthread.organisations.lists import LONGEST_NAME
from goldenthread.organisations.logos import HEAVIEST as HEAVIEST_LOGO
from goldenthread.organisations.models import Organisation, Role
from goldenthread.people.accounts.forms import language_field

ADDRESS = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("Use small letters, numbers and single hyphens, like east-side."),
    code="spelling",  # with a code of its own: else the words for what cannot be read stand instead
)
NUMBER = RegexValidator(
    r"^[0-9A-Za-z ,+()./@-]+\Z",
    _("Use figures, letters and spaces, like 0800 111 222."),
    code="spelling",
)
DOMAIN = re.compile(r"(?=.{4,100}\Z)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\Z")
EVERYONES = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "hotmail.co.uk",
        "live.co.uk",
        "yahoo.com",
        "yahoo.co.uk",
        "icloud.com",
        "btinternet.com",
        "aol.com",
        "proton.me",
        "protonmail.com",
    ]
)
LONGEST_ADDRESS = 40
MOST_DOMAINS = 20
MOST_NAMES = 50
TODAY = forms.DateInput(attrs={"type": "date"})


class About(Form):
    name = forms.CharField(
        label=_("Name"),
        help_text=_("As people know it."),
        max_length=120,
        error_messages={"required": _("Type the name of the organisation.")},
    )
    kind = forms.ChoiceField(
        label=_("What kind of organisation is it?"),
        choices=Organisation.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind that comes closest.")},
    )
    nation = forms.ChoiceField(
        label=_("Where is it?"),
        help_text=_("Help lines differ from nation to nation."),
        choices=Organisation.Nation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the organisation is.")},
    )


class Found(About):
    address = forms.CharField(
        label=_("Short name for links"),
        help_text=_(
            "Small letters, numbers and hyphens, like east-side. Leave it empty and we make one "
            "from the name. It stands in every link and cannot be changed."
        ),
        max_length=LONGEST_ADDRESS,
        required=False,
    )
    field_order = ("name", "address", "kind", "nation")

    def clean(self) -> dict[str, Any]:
        """Make an address of whatever was typed, else of the name."""
        given = super().clean() or {}
        typed = given.get("address") or given.get("name", "")
        address = slugify(typed).replace("_", "-")[:LONGEST_ADDRESS].strip("-")
        given["address"] = re.sub("-+", "-", address)
        if typed and "address" not in self.errors:
            try:
                ADDRESS(given["address"])
            except ValidationError as error:
                self.add_error("address", error)
        return given


class Settings(About):
    careful = ("about",)
    about = forms.CharField(
        label=_("About it"),
        help_text=_("A few plain sentences for the public page."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    language = language_field()
    listed = forms.BooleanField(
        label=_("Show the organisation and its public projects on the first page"), required=False
    )
    field_order = ("name", "about", "kind", "nation", "language", "listed")


class Accent(Form):
    accent = forms.CharField(
        label=_("Colour"),
        help_text=_("For links and buttons. Written as # and six figures or letters."),
        max_length=7,
        widget=forms.TextInput(attrs={"spellcheck": "false"}),
        error_messages={"required": _("Type a colour, like #0b5a55.")},
    )


class Logo(Form):
    logo = forms.FileField(
        label=_("Logo"),
        help_text=_("A PNG or JPEG of at most 2 MB. We draw it anew, small."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={
            "required": _("Choose a picture first."),
            "empty": _("This file is empty. Choose another one."),
        },
    )

    def clean_logo(self) -> bytes:
        """Return what was uploaded; whether it is a picture, the service finds out."""
        return _whole(self.cleaned_data["logo"], HEAVIEST_LOGO)


class Label(Form):
    text = forms.CharField(
        label=_("A label"),
        help_text=_("So broad that it names nobody, like “first year” or “carers”."),
        max_length=60,
        error_messages={"required": _("Type the words of the label.")},
    )


class HelpLine(Form):
    name = forms.CharField(
        label=_("Who answers"),
        max_length=80,
        error_messages={"required": _("Type the name of the help line.")},
    )
    number = forms.CharField(
        label=_("Number"),
        max_length=60,
        validators=[NUMBER],
        error_messages={"required": _("Type the number that people call or text.")},
    )
    hours = forms.CharField(
        label=_("When"), help_text=_("Like “Free, at any time”."), max_length=120, required=False
    )
    ages = forms.CharField(
        label=_("For whom"), help_text=_("Like “under 19”."), max_length=40, required=False
    )


class GiveRole(Form):
    name = forms.ChoiceField(
        label=_("Role"),
        choices=Role.Name.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )
    starts_on = forms.DateField(
        label=_("First day"),
        widget=TODAY,
        error_messages={"required": _("Choose the first day."), "invalid": _("Type a date.")},
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        help_text=_("We remind you sixty days before. Leave it empty if it does not end."),
        required=False,
        widget=TODAY,
        error_messages={"invalid": _("Type a date.")},
    )


class EndRole(Form):
    ends_on = forms.DateField(
        label=_("Last day"),
        widget=TODAY,
        error_messages={"required": _("Choose the last day."), "invalid": _("Type a date.")},
    )


class Invite(Form):
    careful = ("why",)
    why = forms.CharField(
        label=_("Why do you ask them?"),
        help_text=_("They read it before they join, beside your name. One or two sentences."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why you ask them. They read it before they join.")},
    )
    about = forms.ChoiceField(
        label=_("For a project?"),
        help_text=_("Then the page says what can change in it, and by when people hear."),
        required=False,
    )
    ends_on = forms.DateField(
        label=_("Works until"),
        widget=TODAY,
        error_messages={"required": _("Choose the last day."), "invalid": _("Type a date.")},
    )
    uses = forms.IntegerField(
        label=_("For how many people?"),
        help_text=_("Leave it empty if it does not matter."),
        required=False,
        min_value=1,
        max_value=100_000,
        error_messages={"invalid": _("Type a number, like 30.")},
    )

    def __init__(self, *args: Any, purposes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["about"]
        choices.choices = [("", _("No, for the organisation")), *purposes]

    def clean_about(self) -> UUID | None:
        """Return the project, if one was chosen."""
        return UUID(self.cleaned_data["about"]) if self.cleaned_data["about"] else None

    @staticmethod
    def from_today(today: date) -> dict[str, Any]:
        """Return what the form begins with."""
        return {"ends_on": today + timedelta(days=28)}


class Domains(Form):
    domains = forms.CharField(
        label=_("Parts after the @"),
        help_text=_("One in each line, like student.example.ac.uk. People who have one may join."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def clean_domains(self) -> list[str]:
        """Return the domains.

        :raises ValidationError: a line is no domain, or one that anybody can have
        """
        lines = [line.strip().lstrip("@").lower() for line in self.cleaned_data["domains"].split()]
        for line in lines:
            if not DOMAIN.match(line):
                raise ValidationError(_("“%s” is not the part after an @. Look again.") % line)
            if line in EVERYONES:
                raise ValidationError(_("Anybody can have an address at %s. Leave it out.") % line)
        if len(lines) > MOST_DOMAINS:
            raise ValidationError(_("Use at most 20 of them."))
        return lines


class Upload(Form):
    people = forms.FileField(
        label=_("The list"),
        help_text=_("A CSV file with the columns name and email, and role if you like."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": _("Choose the file first."),
            "empty": _("This file is empty. Choose another one."),
        },
    )

    def clean_people(self) -> bytes:
        """Return what was uploaded; it is read in memory and kept nowhere."""
        return _whole(self.cleaned_data["people"], HEAVIEST_LIST)


class AddWithoutMail(Form):
    names = forms.CharField(
        label=_("Names"),
        help_text=_("One person a line, as they want to be called."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Type at least one name.")},
    )

    def clean_names(self) -> list[str]:
        """Return the names, one for each line that is not empty."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines()]
        names = [line for line in lines if line]
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(_("One of the names is longer than 80 letters. Shorten it."))
        if len(names) > MOST_NAMES:
            raise ValidationError(_("Add at most 50 people at a time."))
        return names


class MakeCards(Form):
    people = forms.MultipleChoiceField(
        label=_("For whom?"),
        help_text=_("A card that works now stops when you print a new one."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["people"]
        choices.choices = people


class Confirm(Form):
    rows = forms.CharField(widget=forms.HiddenInput, max_length=2 * 1024 * 1024)


def _whole(upload: Any, heaviest: int) -> bytes:
    """Return one byte more than allowed at most: enough to see that it is too much."""
    data: bytes = upload.read(heaviest + 1)
    return data
