"""Where organisers find this room among the ways to understand what was said."""

from django.utils.translation import gettext_lazy as _

from goldenthread.listen.voices.ways import way

way(
    "themes",
    title=_("Group voices into themes"),
    sentence=_(
        "Put voices together that say the same thing; ask for candidates, sort in pairs, sum up."
    ),
    page="themes:workspace",
    understands=True,
)
