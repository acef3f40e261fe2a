"""Who runs it: the organisation, its people and roles, its help lines and looks."""

from datetime import date
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit import clock
from goldenthread.kit.held import MONTH, YEAR, Held, after
from goldenthread.kit.privacy import columns


class Organisation(models.Model):
    """A university, school, service, charity, workplace or network that runs projects."""

    class Kind(models.TextChoices):
        UNIVERSITY = "university", _("University or college")
        SCHOOL = "school", _("School")
        HEALTH = "health", _("Health or care service")
        CHARITY = "charity", _("Forum or charity")
        WORKPLACE = "workplace", _("Workplace")
        NETWORK = "network", _("Network")

    class Nation(models.TextChoices):
        ENGLAND = "england", _("England")
        SCOTLAND = "scotland", _("Scotland")
        WALES = "wales", _("Wales")
        NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")

    privacy = columns(
        open="ref address name kind about nation language logo_mark accent listed",
        working="email_domains created_on",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    address = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    about = models.TextField(max_length=600, blank=True)
    nation = models.CharField(max_length=16, choices=Nation)
    language = models.CharField(max_length=10, default="en-gb")
    logo_mark = models.CharField(max_length=12, blank=True)  # changes with the logo; else none
    accent = models.CharField(max_length=7, default="#0b5a55")
    email_domains = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    listed = models.BooleanField(default=True)
    created_on = models.DateField()

    def __str__(self) -> str:
        return self.name

    @property
    def accent_css_url(self) -> str:
        """Where its own small stylesheet is; another colour has another address."""
        return f"/o/{self.address}/accent.css?{self.accent.lstrip('#')}"

    @property
    def logo_url(self) -> str:
        """Where its logo is, if it has one."""
        return f"/o/{self.address}/logo.png?{self.logo_mark}" if self.logo_mark else ""


class Logo(models.Model):
    """The logo: a PNG we drew ourselves from what was uploaded. Apart, for pages never need it."""

    privacy = columns(open="organisation png")

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    png = models.BinaryField()


class HelpLine(models.Model):
    """A number that people can call now, and when somebody last checked that it answers."""

    privacy = columns(
        open="ref organisation name number hours ages position verified_on", working="verified_by"
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="help_lines"
    )
    name = models.CharField(max_length=80)
    number = models.CharField(max_length=60)
    hours = models.CharField(max_length=120, blank=True)
    ages = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    verified_on = models.DateField()
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class Label(models.Model):
    """A broad label of the organisation's own that may travel with words, if the author says so."""

    privacy = columns(open="ref organisation text position")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="labels")
    text = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "text"], name="one_label_a_text")
        ]


class Membership(models.Model):
    """A person belongs to an organisation."""

    privacy = columns(
        working_drop="ref organisation joined_on suspended_on", personal_drop="person"
    )
    held = Held(
        _("That you belong to an organisation"),
        why=_("So that you can take part in what is for its members."),
        until=_("Until you close your account."),
        person="person",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    joined_on = models.DateField()
    suspended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="one_membership")
        ]

    def roles_by_date(self) -> "list[Role]":
        """Its roles, whatever their dates, oldest first (from what was fetched with it)."""
        return sorted(self.roles.all(), key=lambda role: (role.starts_on, role.name))

    def roles_today(self) -> "list[Role]":
        """Its roles that count today; none while it is suspended."""
        today = clock.today()
        held = [role for role in self.roles_by_date() if role.counts_on(today)]
        return [] if self.suspended_on else held


class Role(models.Model):
    """What a member may do in the organisation, from one day to another."""

    class Name(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        FACILITATOR = "facilitator", _("Facilitator")
        TREASURER = "treasurer", _("Treasurer")
        STEWARD = "steward", _("Steward")

    privacy = columns(working_drop="ref membership name starts_on ends_on")
    held = Held(
        _("A role you have in an organisation"),
        why=_("So that everyone can see who may do what, also looking back."),
        clocks=(after("ends_on", 2 * YEAR, _("%(time)s after the role ends.")),),
        within="membership",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=16, choices=Name)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="role_ends_after_it_starts",
            )
        ]

    def counts_on(self, day: date) -> bool:
        """Return whether the role has begun and not ended on that day."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


class Invitation(models.Model):
    """A link that lets people join: only the hash of its secret is kept."""

    privacy = columns(
        open="why about", working="ref organisation made_by ends_on uses_left", hidden="mark"
    )
    held = Held(
        _("A scrambled form of a link that lets people join"),
        why=_("So that only those who have the link can join."),
        clocks=(after("ends_on", MONTH, _("%(time)s after the link stops.")),),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    mark = models.BinaryField(max_length=32, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    ends_on = models.DateField()
    uses_left = models.PositiveIntegerField(null=True)  # null: as many as like until it ends
    why = models.TextField(
        max_length=300, blank=True, db_default=""
    )  # said on the page behind the link
    about = models.UUIDField(null=True, blank=True)  # a project of a higher room, if it is for one
