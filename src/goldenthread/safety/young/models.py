"""What children need beside all others: a page for parents, a school's posts and its terms."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import Held
from goldenthread.kit.privacy import columns
from goldenthread.organisations.models import Organisation
from goldenthread.projects.models import Project


class GuardianPage(models.Model):
    """What parents and carers can read before a child is asked. Public."""

    privacy = columns(open="project about how who_reads choice contact written_on", working="edits")

    project = models.OneToOneField(
        Project, primary_key=True, on_delete=models.CASCADE, related_name="guardian_page"
    )
    about = models.TextField(max_length=1000, blank=True)
    how = models.TextField(max_length=1000, blank=True)
    who_reads = models.TextField(max_length=1000, blank=True)
    choice = models.TextField(max_length=1000, blank=True)
    contact = models.TextField(max_length=300, blank=True)
    edits = models.PositiveIntegerField(default=0)  # two writers never overwrite each other
    written_on = models.DateField()

    TEXTS = ("about", "how", "who_reads", "choice", "contact")

    @property
    def is_whole(self) -> bool:
        """Whether every part is written."""
        return all(getattr(self, name) for name in self.TEXTS)


class Post(models.Model):
    """Who leads a school, and who stands above its head: concerns about staff go to them."""

    class Name(models.TextChoices):
        HEAD = "head", _("Head")
        CHAIR = "chair", _("Above the head")

    privacy = columns(working_drop="ref organisation name since", personal_drop="person")
    held = Held(
        _("That you lead a school, or stand above its head"),
        why=_("So that a concern about someone who works there goes to the right person."),
        until=_("Until somebody else is named."),
        person="person",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="posts")
    name = models.CharField(max_length=5, choices=Name)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="posts"
    )
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_person_a_post"),
            models.UniqueConstraint(fields=["organisation", "person"], name="nobody_in_both"),
        ]


class Term(models.Model):
    """A stretch of school days; what lies between two of them are holidays."""

    privacy = columns(open="ref organisation name starts_on ends_on")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="term_ends_after_it_starts",
            )
        ]
