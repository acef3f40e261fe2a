"""Switching stories on, telling one, and choosing afterwards who may see it."""

from collections.abc import Collection
from datetime import datetime
from typing import Unpack
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.stories.events import STORIES_CLOSED, STORIES_OPENED
from goldenthread.listen.stories.models import Story, StoryBox
from goldenthread.listen.stories.permissions import may_switch, may_tell
from goldenthread.listen.stories.plain import FEELINGS, NOTES, note_before
from goldenthread.listen.voices import services as voices
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.permissions import is_mine
from goldenthread.listen.voices.services import Said, Spoken
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.thread.services import record

FOR_SOMEONE = (Voice.Whose.CARED_FOR, Voice.Whose.BOTH)


@transaction.atomic
def switch_on(
    *,
    by: Person,
    project: Project,
    good_prompt: str,
    better_prompt: str,
    feelings: bool = True,
    now: datetime,
) -> StoryBox:
    """Switch stories on in a project, or word their questions anew.

    :raises Refusal: not theirs to switch, closed, or a question is missing
    """
    _refuse_to_switch(by, project, now)
    if project.state == Project.State.CLOSED:
        raise Refusal(_("This project is closed."))
    for field, asked in (("good_prompt", good_prompt), ("better_prompt", better_prompt)):
        if not asked.strip():
            raise Refusal(_("Write both questions."), field=field)
    goes_on = StoryBox.objects.filter(project=project, is_open=True).exists()
    since = {} if goes_on else {"opened_on": clock.today(now), "opened_by": by}
    box, _new = StoryBox.objects.update_or_create(
        project=project,
        defaults={
            "good_prompt": good_prompt.strip(),
            "better_prompt": better_prompt.strip(),
            "feelings": feelings,
            "is_open": True,
            **since,
        },
    )
    voices.open_door(
        ref=box.ref,
        project=project,
        way="stories",
        title=_("Tell a story of what happened"),
        path=reverse("stories:tell", args=[project.address]),
    )
    record(STORIES_OPENED, about=box.ref, project=project.ref, now=now)
    return box


@transaction.atomic
def switch_off(*, by: Person, project: Project, now: datetime) -> None:
    """Take no more stories; those that were told stay where they are.

    :raises Refusal: not theirs to switch
    """
    _refuse_to_switch(by, project, now)
    box = (
        StoryBox.objects.select_for_update(no_key=True)
        .filter(project=project, is_open=True)
        .first()
    )
    if box is not None:
        box.is_open = False
        box.save(update_fields=["is_open"])
        _close_door(box)
        record(STORIES_CLOSED, about=box.ref, project=project.ref, now=now)


@transaction.atomic
def tell(
    *,
    by: Speaker,
    box: StoryBox,
    form_key: UUID,
    good: str = "",
    better: str = "",
    feelings: Collection[str] = (),
    notes: Collection[str] = (),
    may_speak: str = "",
    keep_receipt: bool = True,
    add_to_mine: bool = False,
    now: datetime,
    **said: Unpack[Said],
) -> Spoken:
    """Hold a story until a reader has read it. One of the two questions is enough.

    :raises Refusal: stories are switched off, nothing is told, or something has to be put right
    """
    if not may_tell(by, box, now=now):
        raise Refusal(_("You cannot tell a story here now."))
    chosen = _checked(feelings, notes, said.get("whose", ""), may_speak)
    text = good.strip() or better.strip()
    if not text:
        raise Refusal(_("Write something under one of the two questions."), field="good")
    spoken = voices.speak(
        by=by,
        project=box.project,
        form_key=form_key,
        keep_receipt=keep_receipt,
        add_to_mine=add_to_mine,
        now=now,
        **_as_said(said, text, better.strip() if good.strip() else "", chosen),
    )
    if not Story.objects.filter(voice=spoken.voice).exists():  # the same form sent twice
        chosen.voice = spoken.voice
        chosen.first = Story.Prompt.GOOD if good.strip() else Story.Prompt.BETTER
        chosen.good_asked, chosen.better_asked = box.good_prompt, box.better_prompt
        chosen.save(force_insert=True)
    return spoken


@transaction.atomic
def stop_showing(*, by: Speaker, voice: Voice, now: datetime) -> None:
    """Keep one's story and show it to nobody, until one chooses otherwise.

    :raises Refusal: it is someone else's
    """
    _refuse_others(by, voice)
    reading.hold_back(refs=[voice.pk], now=now)


@transaction.atomic
def show_again(*, by: Speaker, voice: Voice, now: datetime) -> None:
    """Let one's story be shown again; a reader looks at it first.

    :raises Refusal: it is someone else's
    """
    _refuse_others(by, voice)
    reading.use_again(refs=[voice.pk], now=now)


def _close_door(box: StoryBox) -> None:
    """Lead to the stories that were told, where there are some and everyone may read them."""
    there = reverse("stories:list", args=[box.project.address])
    if box.project.board != Project.Board.SHARED or not _has_told(box.project):
        voices.close_door(ref=box.ref)
        return
    title = _("Stories of what happened")
    voices.open_door(ref=box.ref, project=box.project, way="stories", title=title, path=there)
    voices.close_door(ref=box.ref, leads_to=there)


def _has_told(project: Project) -> bool:
    told = Story.objects.filter(voice__project=project)
    return told.exclude(voice__words__state__in=Words.GONE).exists()


def _as_said(said: Said, text: str, better: str, chosen: Story) -> Said:
    """What the voice takes: the words, and what stands before them."""
    note = note_before(chosen.notes)
    own: Said = {"text": text, "would_have_helped": better, "content_note": note}
    return {**said, **own, "kind": Voice.Kind.STORY}


def _refuse_to_switch(by: Person, project: Project, now: datetime) -> None:
    if not may_switch(by, project, now=now):
        raise Refusal(_("Only the people who run this project can do this."))


def _refuse_others(by: Speaker, voice: Voice) -> None:
    if not is_mine(by, voice):
        raise Refusal(_("Only the person who told it can do this."))


def _checked(
    feelings: Collection[str], notes: Collection[str], whose: str, may_speak: str
) -> Story:
    """Put together what was chosen, in the order of our lists, or say what to put right."""
    felt = [key for key in FEELINGS if key in set(feelings)]
    if len(felt) > Story.FEELINGS:
        raise Refusal(_("Choose three at most."), field="feelings")
    for_someone = whose in FOR_SOMEONE
    if for_someone and may_speak not in Story.MaySpeak.values:
        message = _("Say why you may speak for them. If you cannot, tell only your own part.")
        raise Refusal(message, field="may_speak")
    talks_about = [key for key in NOTES if key in set(notes)]
    return Story(feelings=felt, notes=talks_about, may_speak=may_speak if for_someone else "")
