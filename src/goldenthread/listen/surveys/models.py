"""A survey: its questions, the waves in which it is asked, and answers that belong to nobody."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import MONTH, YEAR, Held, after, closed
from goldenthread.kit.privacy import columns
from goldenthread.projects.models import Project, Strand


class Survey(models.Model):
    """Questions that a project asks many people in the same words, once or in several waves."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    class OpenTo(models.TextChoices):
        OPEN = "open", _("Anyone with the link")
        INVITED = "invited", _("Only people with a code")
        MEMBERS = "members", _("Only people with an account here")

    privacy = columns(open="ref project title intro state open_to second texts template")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="surveys")
    title = models.CharField(max_length=120)
    intro = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    open_to = models.CharField(max_length=7, choices=OpenTo, default=OpenTo.OPEN)
    second = models.CharField(max_length=10, blank=True)  # the code of a second language
    texts = models.JSONField(default=dict, blank=True)  # title and intro in that language
    template = models.CharField(max_length=40, blank=True)  # the template it was begun with

    class Meta:
        indexes = [models.Index(fields=["project", "title"], name="survey_project")]


class Wave(models.Model):
    """One time at which a survey is asked. Everything else stays the same from wave to wave."""

    privacy = columns(open="ref survey number opened_on closed_on until", hidden="batch")
    held = Held(
        _("When a survey was asked, and the number of the lock its answers wait under"),
        why=_("So that answers are opened only when ten are there."),
        clocks=(closed("survey__project", 3 * YEAR, _("%(time)s after the project closed.")),),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day; none: until somebody closes it
    closed_on = models.DateField(null=True, blank=True)
    batch = models.UUIDField(null=True, blank=True)  # the key under which answers wait now: a file

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="one_wave_a_number"),
            models.UniqueConstraint(
                fields=["survey"],
                condition=models.Q(closed_on__isnull=True),
                name="one_open_wave_a_survey",
            ),
        ]


class Question(models.Model):
    """One question in its place; or the heading of a part, behind which a new page begins."""

    class Kind(models.TextChoices):
        SECTION = "section", _("A heading that begins a new part")
        CHOICE = "choice", _("Choose one")
        MANY = "many", _("Choose all that fit")
        SCALE = "scale", _("A scale")
        MATRIX = "matrix", _("Several lines on one scale")
        RANK = "rank", _("Put in order")
        NUMBER = "number", _("A number")
        DATE = "date", _("A day")
        SHORT = "short", _("A few words")
        LONG = "long", _("In their own words")

    privacy = columns(
        open="ref survey position kind text help options rows least most required "
        "shown_if shown_keys area reversed sensitive texts"
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=Kind)
    text = models.CharField(max_length=300)
    help = models.CharField(max_length=500, blank=True)
    # [{"key": "a", "text": "Yes", "words": false}]; "words": a box for other words opens beside it.
    # Of a scale and a matrix the keys are "1", "2"… from the lowest to the highest point.
    options = models.JSONField(default=list, blank=True)
    rows = models.JSONField(default=list, blank=True)  # of a matrix: [{"key": "r1", "text": "…"}]
    least = models.IntegerField(null=True, blank=True)  # of a number
    most = models.IntegerField(null=True, blank=True)
    required = models.BooleanField(default=False)
    shown_if = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="opens"
    )  # an earlier question; with a section it shows or leaves out the whole part
    shown_keys = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    area = models.CharField(max_length=60, blank=True)  # what it scores, as "Workload"
    reversed = models.BooleanField(default=False)  # the lowest point is the best
    sensitive = models.BooleanField(default=False)  # groups are shown from twenty answers on
    texts = models.JSONField(default=dict, blank=True)
    # in the second language: {"text": "", "help": "", "options": {key: ""}, "rows": {key: ""}}

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "position"],
                name="one_question_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=models.Q(shown_if=None, shown_keys=[])
                | models.Q(shown_if__isnull=False, shown_keys__len__gte=1),
                name="shown_if_some_answers",
            ),
        ]

    @property
    def is_words(self) -> bool:
        """Whether it is answered in words, which become a voice."""
        return self.kind in {self.Kind.SHORT, self.Kind.LONG}

    @property
    def keys(self) -> list[str]:
        """The keys of what can be chosen, in their order."""
        return [each["key"] for each in self.options]


class Answers(models.Model):
    """What one form answered, without its words: locked at first, then open and mixed.

    While it waits, `sealed` holds it under a key outside the database. Ten or more at once are
    opened, shuffled, and written anew under other references in one later transaction; while the
    wave is open, ten others stay locked.
    `given` is {question ref: value}: a key (choice), a list of keys (many; rank, best first), a
    number (scale, number), {row key: number} (matrix), "2026-03-01" (date). Unanswered: not there.
    """

    privacy = columns(open="ref wave", working="strand", hidden="given sealed")
    held = Held(
        _("What you ticked in a survey, mixed with others so that it belongs to nobody"),
        why=_("To count what many people answered."),
        clocks=(
            closed("wave__survey__project", 3 * YEAR, _("%(time)s after the project closed.")),
        ),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="answers")
    strand = models.ForeignKey(Strand, null=True, on_delete=models.SET_NULL, related_name="+")
    given = models.JSONField(null=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["wave"], condition=models.Q(given__isnull=False), name="answers_open"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(given__isnull=True, sealed__isnull=False, strand=None)
                | models.Q(given__isnull=False, sealed__isnull=True),
                name="answers_are_locked_or_open",
            )
        ]

    @property
    def answered(self) -> dict[UUID, Any]:
        """What was answered, by question."""
        return {UUID(ref): value for ref, value in (self.given or {}).items()}


class Mark(models.Model):
    """A keyed mark of a code, a member or a form: by it somebody answers once. It names nobody.

    Used marks are written anew each night, and all are gone when the wave closes.
    """

    class Of(models.TextChoices):
        CODE = "code", _("A code we gave out")
        MEMBER = "member", _("A member who has answered")
        FORM = "form", _("A form that was sent")

    privacy = columns(working="ref wave of strand used", hidden="mark")
    held = Held(
        _("A mark that a survey was answered, which does not say how"),
        why=_("So that everybody answers once."),
        until=_("Until the survey closes."),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="marks")
    of = models.CharField(max_length=6, choices=Of)
    mark = models.BinaryField(max_length=32, unique=True)
    strand = models.ForeignKey(Strand, null=True, on_delete=models.SET_NULL, related_name="+")
    used = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["wave", "of"], name="survey_marks")]


class Unfinished(models.Model):
    """What someone has filled in and not sent yet.

    A member's is sealed with our key. A guest's is locked with a secret in their hands (in this
    browser's cookie, or written down), so that we cannot open it without them; nor can those who
    know the code they were invited by.
    """

    privacy = columns(
        personal_drop="person",
        working_drop="ref wave on kept",
        hidden_drop="mark",
        words_drop="sealed",
    )
    held = Held(
        _("What you have filled in of a survey and not sent"),
        why=_("So that nothing is lost from one page to the next."),
        clocks=(
            after("on", 1, _("%(time)s after you last wrote in it."), kept=False),
            after("on", MONTH, _("%(time)s if you chose to come back later."), kept=True),
        ),
        person="person",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="unfinished")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    mark = models.BinaryField(max_length=32, null=True, unique=True)
    sealed = models.BinaryField()
    on = models.DateField()
    kept = models.BooleanField(default=False)  # they chose to come back later

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "person"], name="one_unfinished_a_member"),
            models.CheckConstraint(
                condition=models.Q(person=None, mark__isnull=False)
                | models.Q(person__isnull=False, mark=None),
                name="unfinished_is_found_one_way",
            ),
        ]


class Results(models.Model):
    """What may be shown of one wave: frozen, rounded, large enough, never live."""

    privacy = columns(open="ref wave number frozen_on shown", hidden="bases")
    held = Held(
        _("How many answers the results of a survey rest on"),
        why=_("So that no two results together give away one person."),
        clocks=(
            closed("wave__survey__project", 3 * YEAR, _("%(time)s after the project closed.")),
        ),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="results")
    number = models.PositiveSmallIntegerField()
    frozen_on = models.DateField()
    shown = models.JSONField()  # see `releasing`
    bases = models.JSONField()  # exact: to know when ten more have come, and to compare waves

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wave", "number"], name="one_results_a_number")
        ]
