"""What this room is called among the ways to listen."""

from django.utils.translation import gettext_lazy as _

from goldenthread.listen.voices.ways import way

way(
    "questions",
    title=_("Quick question"),
    sentence=_("Something comes up fast: one question, open for hours or days, then your answer."),
    page="questions:list",
)
