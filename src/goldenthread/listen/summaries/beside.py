"""Where organisers find the summary: beside the page on which they group what was said."""

from django.utils.translation import gettext_lazy as _

from goldenthread.listen.themes.also import beside

beside(
    _("What people said, in short"),
    sentence=_("Write a summary. Each sentence shows the voices it rests on."),
    page="summaries:work",
)
