"""What this room is called among the ways to listen, and the pages that its stories have."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goldenthread.listen.stories.models import Story
from goldenthread.listen.voices.elsewhere import own_page
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.ways import way

way(
    "stories",
    title=_("Stories"),
    sentence=_("People tell what happened: what was good, what could be better, how they felt."),
    page="stories:settings",
)


@own_page(Voice.Kind.STORY)
def page_of(voice: Voice) -> str:
    """Return where a story is shown; a story told in the plain box has no page of its own."""
    if not Story.objects.filter(voice=voice).exists():
        return ""
    return reverse("stories:story", args=[voice.project.address, voice.pk])
