"""Where organisers find the candidates: beside the page on which they group what was said."""

from django.utils.translation import gettext_lazy as _

from goldenthread.listen.themes.also import beside

beside(
    _("Candidate themes"),
    sentence=_("See which voices share words. You decide what they have in common."),
    page="candidates:list",
)
