from uuid import uuid4

from django.db import models

from goldenthread.kit.privacy import columns


class Receipt(models.Model):
    """The way back for someone without an account: only a stretched, peppered hash is kept."""

    privacy = columns(working_drop="ref scope issued_week closed", hidden_drop="drawer auth")

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
