"""Buttons, cards, tags, notices, knots, figures, dates: the small parts of a page."""

from datetime import date
from typing import Literal

from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from goldenthread.kit import text as plain
from goldenthread.kit.components.strict import block, draw, simple

Kind = Literal["main", "quiet", "danger"]
Tone = Literal["good", "care", "stop", "quiet", "listen", "empower", "act", "debrief"]
Level = Literal[2, 3, 4]


@simple
def button(text: str, kind: Kind = "main", name: str = "", value: object = "") -> SafeString:
    """The button that sends the form it stands in."""
    return draw("button", text=text, kind=kind, name=name, value=value)


@simple
def link_button(text: str, href: str, kind: Kind = "main") -> SafeString:
    """A link that looks like a button, for the one way on."""
    return draw("link_button", text=text, href=href, kind=kind)


@simple
def post_button(  # noqa: PLR0917  templates name all but the first
    context: Context,
    text: str,
    action: str,
    kind: Kind = "quiet",
    name: str = "",
    value: object = "",
) -> SafeString:
    """A button that is a form of its own: one act, no other field."""
    token = context.get("csrf_token")
    if not token or str(token) == "NOTPROVIDED":
        raise TypeError("{% post_button %} needs a page that was rendered with its request")
    parts = {"text": text, "action": action, "kind": kind, "name": name, "value": value}
    return draw("post_button", csrf_token=token, **parts)


@block
def card(content: str, title: str = "", href: str = "", level: Level = 3) -> SafeString:
    """One thing among several, on a card of its own."""
    return draw("card", content=content, title=title, href=href, level=level)


@block
def side_note(content: str, title: str = "", level: Level = 2) -> SafeString:
    """What belongs beside the main matter, with a gold edge."""
    return draw("side_note", content=content, title=title, level=level)


@simple
def tag(text: str, tone: Tone = "quiet") -> SafeString:
    """A short word about the state of a thing; the word says it, the colour only repeats it."""
    return format_html('<span class="tag tone-{}">{}</span>', tone, text)


@block
def notice(
    content: str, tone: Literal["care", "good", "stop", "info"] = "info", title: str = ""
) -> SafeString:
    """Something to know before going on."""
    return draw("notice", content=content, tone=tone, title=title)


@block
def reveal(content: str, summary: str) -> SafeString:
    """More for those who want it, closed at first."""
    return draw("reveal", content=content, summary=summary)


@block
def empty(content: str, title: str) -> SafeString:
    """What stands where nothing is yet, and what to do about it."""
    return draw("empty", content=content, title=title)


@block
def knots(content: str) -> SafeString:
    """The history of a thing along the golden thread."""
    return format_html('<ol class="knots">{}</ol>', content)


@block
def knot(
    content: str, title: str, state: Literal["done", "now", "open"] = "done", href: str = ""
) -> SafeString:
    """One thing that happened, happens now, or waits."""
    return draw("knot", content=content, title=title, state=state, href=href)


@block
def figures(content: str) -> SafeString:
    """Figures side by side, each a sentence."""
    return format_html('<ul class="figures">{}</ul>', content)


@block
def figure(content: str, numeral: str) -> SafeString:
    """A large numeral with its denominator, and the rest of its sentence."""
    body = '<li><strong class="numeral">{}</strong> {}</li>'
    return format_html(body, numeral, content)


@simple
def day(on: date) -> str:
    """3 March 2026."""
    return plain.say_day(on)


@simple
def week(on: date) -> str:
    """The week of 12 January."""
    return plain.say_week(on)


@simple
def month(on: date) -> str:
    """March 2026."""
    return plain.say_month(on)


@simple
def count(number: int, one: str = "", many: str = "") -> str:
    """Three, or three voices."""
    return plain.say_counted(number, one, many) if one else plain.say_count(number)
