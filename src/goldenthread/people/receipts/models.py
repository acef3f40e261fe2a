from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import YEAR, Held, after, closed
from goldenthread.kit.privacy import columns


class Receipt(models.Model):
    """The way back for someone without an account: only a stretched, peppered hash is kept."""

    privacy = columns(working_drop="ref scope issued_week closed", hidden_drop="drawer auth")
    held = Held(
        _("A scrambled form of your receipt"),
        why=_("So that your receipt opens what became of your words, and nothing else does."),
        clocks=(
            after("issued_week", 7, _("Once you close it: %(time)s."), closed=True),
            closed("scope", 3 * YEAR, _("At the latest %(time)s after the project ends.")),
        ),
        receipt="ref",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    drawer = models.CharField(max_length=4, db_index=True)
    auth = models.BinaryField(max_length=32)
    scope = models.UUIDField()  # the project: one receipt belongs to one project
    issued_week = models.DateField()
    closed = models.BooleanField(default=False)


class ReceiptTry(models.Model):
    """Failed tries by drawer, and for the whole site (drawer ""), this hour. No addresses."""

    privacy = columns(working_drop="id drawer hour count")

    drawer = models.CharField(max_length=4)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["drawer", "hour"], name="one_count_a_drawer")
        ]
