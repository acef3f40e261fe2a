"""What authors in the first project let us quote; a second reader agrees, one takes it back."""

from goldenthread.example.stories.stage import Calendar, Cast, script_of
from goldenthread.listen.voices import services as voices
from goldenthread.listen.voices.models import Voice
from goldenthread.people.receipts.services import open_with
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.safety.consent import services as consent
from goldenthread.safety.consent.wordings import QUOTE, today
from goldenthread.safety.reading.models import Words

READY, WAITING, BACK = 2, 1, 1  # how many of each, beside the guest whom visitors may follow


def tell(calendar: Calendar, cast: Cast, code: str) -> None:
    """Let some authors agree afterwards; Sam looks again; one author takes it back."""
    project = Project.objects.get(address=script_of("waiting")["address"])
    receipt = open_with(code=code, now=calendar.at(-45))
    followed = Voice.objects.select_related("words__project").get(receipt=receipt)
    shown = Voice.objects.select_related("words__project").filter(
        project=project,
        words__state=Words.State.RELEASED,
        words__reports=None,
        receipt__isnull=False,
    )
    others = shown.exclude(pk=followed.pk).order_by("words__received_on", "words_id")
    chosen = [followed, *others[: READY + WAITING + BACK]]
    for voice in chosen:
        _let(voice, calendar)
    for voice in chosen[: -WAITING - BACK] + chosen[-BACK:]:
        _look_again(voice, calendar, cast)
    for voice in chosen[-BACK:]:
        voices.stop_quoting(by=_author(voice), voice=voice, now=calendar.at(-30))


def _author(voice: Voice) -> Guest:
    return Guest(receipt=voice.receipt_id)


def _let(voice: Voice, calendar: Calendar) -> None:
    version = today(QUOTE).number
    voices.let_quote(by=_author(voice), voice=voice, version=version, now=calendar.at(-40))


def _look_again(voice: Voice, calendar: Calendar, cast: Cast) -> None:
    words = voice.words
    consent.look_again(
        by=cast["sam"], words=words, seen=words.version, agreed=True, now=calendar.at(-38)
    )
