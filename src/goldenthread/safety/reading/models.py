"""Words: kept once, held until a trained person has read them."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import YEAR, Clock, Held, after, closed
from goldenthread.kit.privacy import columns
from goldenthread.projects.models import Project

DAY_ONE = date(2000, 1, 3)  # a Monday: weeks are counted from it
# The project's ref is a word of its own in the index, so that a search never leaves its project;
# with the number of the week it is another, so that a search can begin with the newest.
SEARCHED = RawSQL(  # noqa: S611  constants alone
    "case when state = 'released' then "
    "to_tsvector('english'::regconfig, coalesce(shown, '')) || "
    "array_to_tsvector(array['p' || replace(project_id::text, '-', ''), "
    "'p' || replace(project_id::text, '-', '') || 'w' || "
    f"((released_on - date '{DAY_ONE}') / 7)::text]) end",
    (),
)


class Words(models.Model):
    """What someone sent in a box. Random keys, no time of day; text and salt go on erasure."""

    class Purpose(models.TextChoices):
        VOICE = "voice", _("Voice")
        CORRECTION = "correction", _("Correction of a theme")
        CONFIRMATION = "confirmation", _("Line beside a confirmation")
        CHECK = "check", _("Line beside a promise check")

    class State(models.TextChoices):
        HELD = "held", _("Waiting to be read")
        RELEASED = "released", _("Released")
        UNPUBLISHED = "unpublished", _("Not published")
        WITHDRAWN = "withdrawn", _("Taken back by its author")
        REMOVED = "removed", _("Removed by the organisation")

    class Lane(models.TextChoices):
        FIRST = "first", _("Read first")
        ORDINARY = "ordinary", _("Read")

    GONE: ClassVar = (State.WITHDRAWN, State.REMOVED)  # their author, or the organisation, said so

    privacy = columns(
        working="ref project purpose state lane hidden restricted second_reader asking objected "
        "claimed_by claimed_at read_by version received_on due_at released_on unpublished_because "
        "withdrawn_on imported",
        hidden="lock",
        words_blank="text would_have_helped content_note shown helped_shown note_shown masks "
        "search",
        working_blank="consented",
        hidden_blank="salt",
    )
    held = Held(
        _("What you said"),
        why=_("So that what you said can lead to a change, and can be followed there."),
        until=_("Seven days after you take it back."),
        clocks=(
            Clock(
                0,
                _("In a project for under-18s: six months after the debrief."),
                childrens="project",
                empties=True,
            ),
            closed(
                "project",
                3 * YEAR,
                _("At the latest %(time)s after the project ends."),
                empties=True,
            ),
        ),
        within="",
        nobody=True,  # a voice, or an answer, brings its words along
        but="lane second_reader claimed_at due_at version lock masks asking imported consented",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="words")
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.VOICE)
    text = models.TextField(null=True)  # noqa: DJ001  null once destroyed, as those below
    would_have_helped = models.TextField(null=True, blank=True)  # noqa: DJ001
    content_note = models.CharField(max_length=80, blank=True)
    salt = models.BinaryField(max_length=32, null=True)
    lock = models.CharField(max_length=64, blank=True, db_default="")  # opens by the receipt alone
    # What its author agreed to as they sent it: "quote.1 reach.1". The commitment holds it.
    consented = models.CharField(max_length=60, blank=True, default="", db_default="")
    masks = models.JSONField(default=list)  # [[start, end, "name removed", "text"], …]
    shown = models.TextField(null=True)  # noqa: DJ001  the text with masks, once released
    helped_shown = models.TextField(null=True)  # noqa: DJ001  would_have_helped, likewise
    note_shown = models.CharField(max_length=400, blank=True)  # the content note, likewise
    search = models.GeneratedField(
        expression=SEARCHED, output_field=SearchVectorField(), db_persist=True
    )
    state = models.CharField(max_length=11, choices=State, default=State.HELD)
    lane = models.CharField(max_length=8, choices=Lane, default=Lane.ORDINARY)
    hidden = models.BooleanField(default=False, db_default=False)  # shown once; read again now
    restricted = models.BooleanField(default=False, db_default=False)  # their author asked for it
    second_reader = models.BooleanField(default=False)  # another person than `read_by` decides
    asking = models.BooleanField(default=False)  # a question waits for the author
    objected = models.BooleanField(default=False)  # the author does not agree with what was done
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)  # two readers never overwrite each other
    received_on = models.DateField()
    due_at = models.DateTimeField()  # end of the staffed hours promised: a moment of the rota
    released_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)
    unpublished_because = models.CharField(max_length=20, blank=True)
    imported = models.BooleanField(default=False)

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="words_search"),
            models.Index(
                fields=["project", "-released_on", "ref"],
                condition=models.Q(state="released", purpose="voice"),
                name="words_board",
            ),
            models.Index(
                fields=["project", "lane", "received_on", "ref"],
                condition=models.Q(state="held"),
                name="words_queue",
            ),
            models.Index(fields=["due_at"], condition=models.Q(state="held"), name="words_due"),
            models.Index(
                fields=["withdrawn_on"],
                condition=models.Q(salt__isnull=False, withdrawn_on__isnull=False),
                name="words_to_destroy",
            ),
            models.Index(
                fields=["project"], condition=models.Q(objected=True), name="words_objected"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="released") | models.Q(released_on__isnull=False),
                name="released_words_have_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["unpublished", "removed"])
                | ~models.Q(unpublished_because=""),
                name="unpublished_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(released_on=None)
                | ~models.Q(state__in=["held", "unpublished"])
                | models.Q(state="held", hidden=True),
                name="what_was_shown_leaves_a_stub",
            ),
            models.CheckConstraint(
                condition=models.Q(restricted=False) | ~models.Q(state="released"),
                name="what_is_held_back_is_not_shown",
            ),
            models.CheckConstraint(
                condition=models.Q(claimed_by=None) | models.Q(claimed_at__isnull=False),
                name="claims_have_a_moment",
            ),
        ]

    @property
    def parts(self) -> dict[str, str]:
        """What the author wrote, part by part, in the order in which it is shown."""
        return {
            "text": self.text or "",
            "would_have_helped": self.would_have_helped or "",
            "content_note": self.content_note,
        }


class Exchange(models.Model):
    """A line between a reader and an author who may be nameless: asked, answered, explained."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("The reader asks")
        ANSWERED = "answered", _("The author answers")
        EXPLAINED = "explained", _("What was done and why")
        OBJECTED = "objected", _("The author does not agree")
        CARED = "cared", _("The safeguarding owner writes")

    privacy = columns(working="ref words kind by on seen place", words_blank="text")
    held = Held(
        _("Lines between a reader and you"),
        why=_("So that you know what was done with your words, and why."),
        until=_("As long as the words they are about."),
        within="words",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    words = models.ForeignKey(Words, on_delete=models.CASCADE, related_name="exchanges")
    kind = models.CharField(max_length=9, choices=Kind)
    text = models.TextField(null=True)  # noqa: DJ001  null once destroyed
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateField()
    place = models.PositiveSmallIntegerField()  # order within the exchange
    seen = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["words", "place"], name="one_line_a_place")]


class Removal(models.Model):
    """Someone of the organisation asks to take down what was released: a co-lead holds the key."""

    privacy = columns(working="ref words because asked_by asked_on agreed_by agreed_on refused")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    words = models.OneToOneField(Words, on_delete=models.CASCADE, related_name="removal")
    because = models.CharField(max_length=20)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_on = models.DateField()
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    agreed_on = models.DateField(null=True)
    refused = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed_by=None) | ~models.Q(agreed_by=models.F("asked_by")),
                name="two_people_remove",
            )
        ]


class Skip(models.Model):
    """A reader put words back. They need not say why, and are not offered them again that day."""

    privacy = columns(working_drop="ref words on", personal_drop="reader")
    held = Held(
        _("That you put something back to be read by another"),
        why=_("So that it is not offered to you again on that day."),
        clocks=(after("on", 1, _("%(time)s after that day.")),),
        person="reader",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    words = models.ForeignKey(Words, on_delete=models.CASCADE, related_name="skips")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["words", "reader", "on"], name="one_skip_a_day")
        ]


class HandOver(models.Model):
    """A note of one reader to the one who comes next. No words that people sent."""

    privacy = columns(working_drop="ref project text on", personal_drop="by")
    held = Held(
        _("A note you left for the next reader"),
        why=_("So that the next reader knows where things stand."),
        clocks=(after("on", 14, _("%(time)s after you wrote it.")),),
        person="by",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="hand_overs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(max_length=600)
    on = models.DateField()


class Suggestion(models.Model):
    """What a new reader would decide: a second reader looks first, and both learn from it."""

    class Deed(models.TextChoices):
        RELEASE = "release", _("Release it as it is")
        MASK = "mask", _("Mask a detail and release it")
        NOT_PUBLISH = "not-publish", _("Do not publish it")

    privacy = columns(
        working_drop="ref words deed masks on second_deed alike", personal_drop="by second_by"
    )
    held = Held(
        _("What you would have decided as a new reader, and what a second reader did"),
        why=_("So that you learn from each other in your first ten readings."),
        clocks=(after("on", 90, _("%(time)s after that day.")),),
        person="by second_by",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    words = models.ForeignKey(Words, on_delete=models.CASCADE, related_name="suggestions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    deed = models.CharField(max_length=11, choices=Deed)
    masks = models.JSONField(default=list)  # gone once the second reader has decided
    on = models.DateField()
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    second_deed = models.CharField(max_length=11, choices=Deed, blank=True)
    alike = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["words"], condition=models.Q(alike=None), name="one_open_suggestion"
            ),
            models.CheckConstraint(
                condition=models.Q(second_by=None) | ~models.Q(second_by=models.F("by")),
                name="a_second_reader_is_another",
            ),
        ]
