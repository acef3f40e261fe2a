"""Voices with a page of their own in a higher room, and what staff may do next with a voice."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldenthread.listen.voices.models import Voice
from goldenthread.projects.speaker import Speaker

PageOf = Callable[[Voice], str]
Stepping = Callable[..., Iterable["Step"]]
_pages: dict[str, PageOf] = {}
_steps: list[Stepping] = []


@dataclass(frozen=True)
class Step:
    """One next step: its words and where it is done."""

    text: str
    href: str


def own_page(kind: str) -> Callable[[PageOf], PageOf]:
    """Register `page_of(voice) -> address, or nothing` for one kind of voice."""

    def registered(page_of: PageOf) -> PageOf:
        _pages[kind] = page_of
        return page_of

    return registered


def page_of(voice: Voice) -> str:
    """Return the page on which a voice is shown, if a higher room has one for it."""
    return _pages[voice.kind](voice) if voice.kind in _pages else ""


def next_steps(stepping: Stepping) -> Stepping:
    """Register `stepping(kind, thing, speaker, *, now) -> steps`; nothing for who may not."""
    _steps.append(stepping)
    return stepping


def steps_with(kind: str, thing: Any, speaker: Speaker, *, now: datetime) -> list[Step]:
    """Return all that may be done next with a voice, or with what people were asked."""
    return [each for stepping in _steps for each in stepping(kind, thing, speaker, now=now)]
