"""What people reported, appealed against and complained of, in the first and the last project."""

from goldenthread.example.stories.stage import Calendar, Cast, script_of
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.safety.moderation import registry
from goldenthread.safety.moderation import services as moderation
from goldenthread.safety.moderation.models import Report
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words


def tell(calendar: Calendar, cast: Cast) -> None:
    """Report, decide, take down, appeal, complain; some of it waits, and some is late."""
    waiting = Project.objects.get(address=script_of("waiting")["address"])
    shown = Voice.objects.filter(project=waiting, words__state=Words.State.RELEASED)
    first, second, third = shown.order_by("-words__received_on", "words_id")[:3]
    kept = _report(waiting, first, "other", calendar, -30)
    moderation.decide(by=cast["rosa"], report=kept, outcome="kept", now=calendar.at(-29))
    hidden = _report(waiting, second, "names-someone", calendar, -20)
    moderation.decide(by=cast["rosa"], report=hidden, outcome="masking", now=calendar.at(-19))
    words = Words.objects.select_related("project").get(ref=second.pk)
    reading.release(
        by=cast["rosa"], words=words, masks=[], version=words.version, now=calendar.at(-19)
    )
    _report(waiting, first, "about-me", calendar, -1)
    _take_down(calendar, cast, third.words)
    for about, text, days in script_of("complaints")["northmoor"]:
        moderation.complain(
            organisation=cast.organisation, about=about, text=text, now=calendar.at(days)
        )


def _report(project: Project, voice: Voice, because: str, calendar: Calendar, days: int) -> Report:
    now = calendar.at(days)
    thing = registry.found("voice", project, voice.pk, visible_to=Guest(), now=now)
    if thing is None:
        raise LookupError(voice.pk)
    return moderation.report(
        project=project, kind="voice", about=voice.pk, thing=thing, because=because, now=now
    ).report


def _take_down(calendar: Calendar, cast: Cast, words: Words) -> None:
    asked = reading.ask_to_remove(
        by=cast["tom"], words=words, because="off-topic", now=calendar.at(-12)
    )
    gone = reading.agree_to_remove(by=cast["cara"], removal=asked, now=calendar.at(-11))
    said = script_of("complaints")["appeal"]
    moderation.appeal(words=gone, text=said, now=calendar.at(-10))
