"""Handing a role on: who is asked to follow, from when, and what they answered."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import YEAR, Held, after
from goldenthread.kit.privacy import columns
from goldenthread.organisations.models import Role
from goldenthread.projects.models import ProjectRole


class HandOver(models.Model):
    """One role, in an organisation or a project, that its holder asks somebody to take over."""

    class State(models.TextChoices):
        ASKED = "asked"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        TAKEN_BACK = "taken-back"

    privacy = columns(
        working_drop="ref role project_role last_day until state asked_on answered_on",
        personal_drop="successor note because",
    )
    held = Held(
        _("That you were asked to take over a role, and what you answered"),
        why=_("So that everyone can see how a role came to whom, also looking back."),
        clocks=(after("asked_on", 2 * YEAR, _("%(time)s after you were asked.")),),
        person="successor",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    role = models.ForeignKey(
        Role, null=True, blank=True, on_delete=models.CASCADE, related_name="handovers"
    )
    project_role = models.ForeignKey(
        ProjectRole, null=True, blank=True, on_delete=models.CASCADE, related_name="handovers"
    )
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="handovers"
    )
    note = models.TextField(max_length=1000, blank=True)
    last_day = models.DateField()  # of whoever hands on; the other begins on the next
    until = models.DateField(null=True, blank=True)  # last day of whoever follows
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    because = models.TextField(max_length=300, blank=True)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role=None) ^ models.Q(project_role=None),
                name="hand_over_of_one_role",
            ),
            models.UniqueConstraint(
                fields=["role"],
                condition=models.Q(state__in=["asked", "accepted"]),
                name="one_follows_in_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["project_role"],
                condition=models.Q(state__in=["asked", "accepted"]),
                name="one_follows_in_a_project",
            ),
        ]

    @property
    def is_standing(self) -> bool:
        """Whether somebody is asked, or has agreed."""
        return self.state in (self.State.ASKED, self.State.ACCEPTED)
