"""Fetching a voice through its author, and the way back to where they follow it."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from goldenthread.listen.voices import queries as voices
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.speaker import Request, Speaker, receipt_holder

Voices = QuerySet[Voice]


def own_voice(
    request: Request, ref: UUID, *, asking: Callable[[Voices], Voices] = QuerySet.all
) -> tuple[Speaker, Voice]:
    """Return a voice and its author: the member signed in, or who holds its receipt; else 404.

    `asking` adds what else is to be fetched with it.
    """
    for speaker in (request.speaker, receipt_holder(request)):
        found = asking(voices.mine(speaker)).filter(pk=ref).first() if speaker else None
        if speaker and found:
            return speaker, found
    raise Http404


def back_to(speaker: Speaker, voice: Voice) -> HttpResponse:
    """Lead the author back to the page on which they follow what they said."""
    if speaker.is_member:
        return redirect("pages:my_voice", voice.ref)
    return redirect("pages:receipt")
