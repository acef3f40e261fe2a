"""Where organisers find this room among the ways to listen."""

from django.utils.translation import gettext_lazy as _

from goldenthread.listen.voices.ways import way

way(
    "outreach",
    title=_("Who has not been heard"),
    sentence=_("See who is missing, and plan how you reach them."),
    page="outreach:organisers",
    understands=True,
)
