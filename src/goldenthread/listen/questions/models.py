"""Quick questions: asked in a minute, open for hours or days, closed with an answer."""

from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit import clock
from goldenthread.kit.held import MONTH, Held, closed
from goldenthread.kit.privacy import columns
from goldenthread.projects.models import Project

ANSWERED_WITHIN = timedelta(days=7)  # of the end: what people are promised


class Question(models.Model):
    """One question to everyone, until a moment; then an answer is owed, or a reason."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ENDED = "ended", _("Answer to come")
        ANSWERED = "answered", _("Answered")
        UNANSWERED = "unanswered", _("Closed without an answer")

    privacy = columns(
        open="ref project text happens_next asked_on closes_at ended_on state counted answer "
        "answer_next answer_by answered_on because",
        working="asked_by",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(max_length=200)
    happens_next = models.CharField(max_length=300)  # what will be done with what people say
    asked_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    closes_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    ended_on = models.DateField(null=True)
    # What people chose, frozen once when it ended: {"all": 45, "0": 30, "1": null}, in fives.
    counted = models.JSONField(default=dict)
    answer = models.TextField(max_length=2000, blank=True)
    answer_next = models.TextField(max_length=600, blank=True)
    answer_by = models.CharField(max_length=120, blank=True)
    answered_on = models.DateField(null=True)
    because = models.TextField(max_length=600, blank=True)  # why it has no answer

    class Meta:
        indexes = [
            models.Index(fields=["project", "-asked_on", "ref"], name="question_project"),
            models.Index(
                fields=["closes_at"], condition=models.Q(state="open"), name="question_to_end"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="answered") | ~models.Q(answer=""),
                name="answered_questions_have_an_answer",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="unanswered") | ~models.Q(because=""),
                name="unanswered_questions_say_why",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", ended_on=None)
                | ~models.Q(state="open") & models.Q(ended_on__isnull=False),
                name="ended_questions_have_a_day",
            ),
        ]

    @property
    def owes_answer(self) -> bool:
        """Whether an answer is still to come, now or once it has ended."""
        return self.state in (self.State.OPEN, self.State.ENDED)

    @property
    def answered_until(self) -> date:
        """By when people hear: seven days after the end."""
        ends = self.ended_on or clock.today(self.closes_at)
        return ends + ANSWERED_WITHIN


class Option(models.Model):
    """One of up to four answers to choose."""

    privacy = columns(open="ref question text position")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="one_option_a_place")
        ]


class Choice(models.Model):
    """Somebody chose: what, is locked; a keyed mark, one a person or browser. Gone at the end."""

    privacy = columns(working_drop="ref question", hidden_drop="sealed mark")
    held = Held(
        _("What you chose at a quick question, locked, with a mark that names nobody"),
        why=_("So that nobody counts twice."),
        until=_("Until the question ends."),
        clocks=(closed("question__project", MONTH, _("%(time)s after the project ends.")),),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    sealed = models.BinaryField()  # which option: opened only to count, and to change it
    mark = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "mark"], name="chosen_once_a_person")
        ]
