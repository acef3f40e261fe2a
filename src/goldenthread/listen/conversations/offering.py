"""How this room stands on the organisers' page of ways to listen."""

from django.utils.translation import gettext_lazy as _

from goldenthread.listen.voices.ways import way

way(
    "conversations",
    title=_("A conversation with a map of opinions"),
    sentence=_(
        "People agree, disagree or pass on short statements, and add their own. "
        "You see what they share and where they differ."
    ),
    page="conversations:list",
)
