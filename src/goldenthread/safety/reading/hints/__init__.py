"""Hints: lists of phrases that only change in which order held words are read.

No Django, no model, no score, nothing kept: text in, yes or no out.
"""

from goldenthread.safety.reading.hints.looking import hint, hint_in

__all__ = ["hint", "hint_in"]
