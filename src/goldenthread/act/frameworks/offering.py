"""Where organisers find this room among the ways to understand what was said."""

from django.utils.translation import gettext_lazy as _

from goldenthread.listen.voices.ways import way

way(
    "frameworks",
    title=_("Topics on frameworks"),
    sentence=_("See which parts of a charter your topics speak to, and which stay empty."),
    page="frameworks:list",
    understands=True,
)
