"""Where organisers find the codebook: beside the page on which they group what was said."""

from django.utils.translation import gettext_lazy as _

from goldenthread.listen.themes.also import beside

beside(
    _("Codebook and coding rounds"),
    sentence=_("Say what belongs to each theme. Let two people sort alone, and compare."),
    page="coding:book",
)
