"""Concern for a person's safety: for the project's safeguarders alone."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import YEAR, Held, after
from goldenthread.kit.privacy import columns
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words


class Concern(models.Model):
    """A reader told the safeguarding owner about these words."""

    privacy = columns(
        # The case record outlives the words: its author taking them back does not end the care.
        working="ref project words raised_by raised_on raised_at closed_on closed_by told_others",
        words="why what_was_done told_because",
    )
    held = Held(
        _("What a reader and a safeguarder wrote about someone’s safety"),
        why=_("So that people who look after someone’s safety know what was done."),
        clocks=(after("closed_on", 3 * YEAR, _("%(time)s after it was closed.")),),
        nobody=True,  # handed out by a person, after asking whether it could harm someone
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="concerns")
    words = models.OneToOneField(Words, on_delete=models.PROTECT, related_name="concern")
    why = models.TextField(max_length=1000, null=True)  # noqa: DJ001  null once erased
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    raised_on = models.DateField()
    raised_at = models.DateTimeField()
    told_others = models.BooleanField(default=False)
    told_because = models.TextField(max_length=1000, null=True, blank=True)  # noqa: DJ001  null once erased
    what_was_done = models.TextField(max_length=2000, null=True, blank=True)  # noqa: DJ001  null once erased
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on=None)
                | models.Q(closed_by__isnull=False)
                | models.Q(what_was_done=None),
                name="closed_concern_names_who",
            )
        ]


class ConcernView(models.Model):
    """Who looked at a concern, and when: every look is kept."""

    privacy = columns(working="ref concern viewer on")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="views")
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateTimeField()


class ConcernNote(models.Model):
    """One line of what was done. Lines are added, never changed."""

    privacy = columns(working="ref concern by on place", words="text")
    held = Held(
        _("What was done about a concern"),
        why=_("So that people who look after someone’s safety know what was done."),
        until=_("As long as the concern."),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateField()
    place = models.PositiveSmallIntegerField()  # order of the lines
    text = models.TextField(max_length=2000, null=True)  # noqa: DJ001  null once erased

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concern", "place"], name="one_note_a_place")
        ]
