"""The poster: one A4 page as PDF/UA. Plain data in, bytes out; no Django."""

from goldenthread.projects.poster.drawing import HelpLine, Poster, make

__all__ = ["HelpLine", "Poster", "make"]
