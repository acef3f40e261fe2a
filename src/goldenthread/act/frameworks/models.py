"""Charters and frameworks as data, and where the themes of a project stand on them."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from goldenthread.kit.privacy import columns
from goldenthread.listen.themes.models import Theme
from goldenthread.organisations.models import Organisation
from goldenthread.projects.models import Project


class Framework(models.Model):
    """A charter, framework or list of one's own, in one version."""

    privacy = columns(
        open="ref organisation slug version title source licence_note counted", working="made_on"
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    organisation = models.ForeignKey(  # none: it comes with the program
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="frameworks"
    )
    slug = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=300, blank=True)
    licence_note = models.CharField(max_length=300, blank=True)
    counted = models.CharField(max_length=40, blank=True)  # what an item has a number of
    made_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "version"],
                condition=models.Q(organisation=None),
                name="one_shipped_framework_a_version",
            ),
            models.UniqueConstraint(
                fields=["organisation", "slug", "version"],
                condition=models.Q(organisation__isnull=False),
                name="one_own_framework_a_version",
            ),
        ]


class Part(models.Model):
    """A domain or compartment of a framework."""

    privacy = columns(open="ref framework name position")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "name"], name="one_part_a_name"),
            models.UniqueConstraint(fields=["framework", "position"], name="one_part_a_position"),
        ]


class Item(models.Model):
    """A theme, principle or item of a part: its number, its name, its gist in other words."""

    privacy = columns(open="ref part number name gist principles position")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="items")
    number = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=160)
    gist = models.CharField(max_length=400, blank=True)
    principles = models.PositiveSmallIntegerField(null=True)  # how many it has, where that is known
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "name"], name="one_item_a_name"),
            models.UniqueConstraint(fields=["part", "position"], name="one_item_a_position"),
        ]

    @property
    def full_name(self) -> str:
        """Its number, if it has one, and its name."""
        return f"{self.number}. {self.name}" if self.number else self.name


class Chosen(models.Model):
    """A project maps its themes on a framework."""

    privacy = columns(open="ref project framework on", working="by")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="frameworks")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="chosen")
    on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "framework"], name="chosen_once")]


class Place(models.Model):
    """A theme stands on an item: a mapping that people made, not the thread itself."""

    privacy = columns(open="ref item theme on", working="by")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="places")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="places")
    on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "theme"], name="a_theme_once_an_item")
        ]
