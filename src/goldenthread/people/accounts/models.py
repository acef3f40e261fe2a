from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import Held, after
from goldenthread.kit.privacy import columns


class People(BaseUserManager["Person"]):
    """Finds people by e-mail, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone with an account. Not when they last came: nobody needs to know."""

    privacy = columns(
        personal_blank="email name",
        hidden_blank="password",
        working="ref language joined_on is_active expected wants_mail wants_monday_mail monday_on",
    )
    held = Held(
        _("Your account"),
        why=_("So that you can sign in, and so that we know what to call you."),
        until=_("Until you close your account."),
        person="ref",
    )
    last_login = None  # the moment someone came is not kept

    ref = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, default="en-gb")
    joined_on = models.DateField()
    is_active = models.BooleanField(default=True)
    expected = models.BooleanField(default=False, db_default=False)  # asked, and never here yet
    wants_mail = models.BooleanField(default=True)  # letters about projects; codes always come
    wants_monday_mail = models.BooleanField(default=True, db_default=True)
    monday_on = models.DateField(null=True, db_index=True)  # the last Monday that was looked after

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    is_member = True
    objects: ClassVar[People] = People()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), condition=~models.Q(email=""), name="one_person_an_email"
            )
        ]

    def __str__(self) -> str:
        return f"person {self.ref}"

    @property
    def speaks(self) -> str:
        """The language they chose, where it is offered."""
        return self.language if self.language in dict(settings.LANGUAGES) else ""

    def has_usable_password(self) -> bool:
        """Nobody has a password here."""
        return False


class SignInTry(models.Model):
    """How often a code was asked for or missed in one hour, under a mark that names nobody."""

    privacy = columns(hidden_drop="mark", working_drop="hour count")
    held = Held(
        _("How often a code was asked for in an hour, under a mark that names nobody"),
        why=_("So that nobody can try codes without end."),
        clocks=(after("hour", 1, _("At the latest %(time)s after that hour.")),),
        nobody=True,
    )

    mark = models.BinaryField(max_length=32, primary_key=True)  # of what, who and which hour
    hour = models.DateTimeField()  # full hours; rows of past hours are deleted
    count = models.PositiveIntegerField(default=0)
