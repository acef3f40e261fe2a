from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import YEAR, Held, closed
from goldenthread.kit.privacy import columns


class WaitingContact(models.Model):
    """A way to reach someone, sealed, until the daily batch shuffles it in."""

    privacy = columns(working_drop="ref scope", hidden_drop="sealed")
    held = Held(
        _("An address or number you left, until the next night"),
        why=_("It is mixed with others, so that nobody sees when it came."),
        until=_("Until the next night."),
        clocks=(closed("scope", YEAR, _("At the latest %(time)s after the project ends.")),),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    scope = models.UUIDField()
    sealed = models.BinaryField()


class Contact(models.Model):
    """Someone who asked to hear about a project, or to help. Never joined to any words."""

    class How(models.TextChoices):
        EMAIL = "email", "e-mail"
        PHONE = "phone", "phone"
        POST = "post", "post"

    privacy = columns(
        working_drop="ref scope how wants_news wants_to_help",
        hidden_drop="mark",
        personal_drop="sealed",
    )
    held = Held(
        _("An address or number you left, so that we can tell you what came of it"),
        why=_("So that you hear what came of it. It is never joined to any words."),
        until=_("Until you stop it by the link in any of our mails."),
        clocks=(closed("scope", YEAR, _("At the latest %(time)s after the project ends.")),),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    scope = models.UUIDField(db_index=True)
    how = models.CharField(max_length=5, choices=How)
    sealed = models.BinaryField()  # the address, number or postal address (and name)
    mark = models.BinaryField(max_length=32)  # keyed hash: the same contact is kept once a project
    wants_news = models.BooleanField()
    wants_to_help = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "mark"], name="one_contact_a_project")
        ]
