"""What stands around the content of every page, and the rail of stages."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from goldenthread.kit.components.strict import draw, simple
from goldenthread.kit.shapes import Crumb, HelpLine, need, read, read_or

STATES: Final = {
    "done": gettext_noop("Done"),
    "now": gettext_noop("Now"),
    "next": gettext_noop("Next"),
}

CHECKED_ON: Final = date(2025, 1, 15)  # the source of the lines that are built in


def last_resort() -> list[HelpLine]:
    """The lines that are always there in the United Kingdom, whatever the settings say."""
    return [
        HelpLine(
            name=_("In danger now"),
            number="999",
            href="tel:999",
            note=_("Police, ambulance, fire. Free, at any time."),
        ),
        HelpLine(
            name=_("Samaritans"),
            number="116 123",
            href="tel:116123",
            note=_("Someone to talk to. Free, at any time."),
            checked_on=CHECKED_ON,
        ),
    ]


def for_children() -> HelpLine:
    """The line that is always there where children are asked."""
    return HelpLine(
        name=_("Childline"),
        number="0800 1111",
        href="tel:08001111",
        note=_("For everyone under 19. Free, at any time, and not on the bill."),
        checked_on=CHECKED_ON,
    )


@simple
def help_panel(lines: Sequence[Any] | str | None = None) -> SafeString:
    """Who to call, and when the oldest check of these numbers was; never empty."""
    shown = lines or last_resort()
    checked = [
        {
            "name": read(line, "name"),
            "number": read(line, "number"),
            "href": read_or(line, "href") or "tel:" + str(read(line, "number")).replace(" ", ""),
            "note": read_or(line, "note"),
        }
        for line in shown
    ]
    days = [day for day in (read_or(line, "checked_on") for line in shown) if day]
    return draw("help_panel", lines=checked, checked_on=min(days, default=None))


@simple
def stage_rail(stages: Sequence[Any]) -> SafeString:
    """Where a project is: the golden thread through its four stages."""
    checked = [
        {
            "name": read(stage, "name"),
            "state": read(stage, "state"),
            "says": _(STATES[read(stage, "state")]),
            "note": read_or(stage, "note"),
            "href": read_or(stage, "href"),
        }
        for stage in need(stages, "key")
    ]
    return draw("stage_rail", stages=checked)


@simple
def crumbs(items: Sequence[Any]) -> SafeString:
    """The way here: links, and what this is. Pairs of text and href are taken as well."""
    pairs = [Crumb(*item) if isinstance(item, tuple | list) else item for item in items]
    checked = [{"text": read(item, "text"), "href": read_or(item, "href")} for item in pairs]
    return draw("crumbs", items=checked)


@simple
def footer_links(context: Context) -> SafeString:
    """What we keep, accessibility, report: `footer_links` of the page, else of the settings."""
    links = context.get("footer_links")
    if links is None:
        links = named_links(getattr(settings, "FOOTER_LINKS", FOOTER_LINKS))
    return draw("footer_links", links=[*_about_page(context), *links])


def _about_page(context: Context) -> list[Crumb]:
    """The way to what is written about this page, if there is something: `about_page`."""
    return [context["about_page"]] if context.get("about_page") else []


@simple
def languages(context: Context) -> SafeString:
    """The languages to choose from, for guests; members choose theirs in their account."""
    others = [(code, name) for code, name in settings.LANGUAGES if code != get_language()]
    request = context.get("request")
    several = len(settings.LANGUAGES) > 1
    if not several or request is None or request.user.is_authenticated:
        return SafeString("")
    token = context.get("csrf_token")
    return draw("languages", others=others, back=request.path, csrf_token=token)


FOOTER_LINKS: Final = (
    (gettext_noop("What we keep and why"), "pages:what_we_keep"),
    (gettext_noop("Accessibility"), "pages:accessibility"),
    (gettext_noop("What may be said here"), "moderation:policy"),
    (gettext_noop("Report something"), "pages:report"),
    (gettext_noop("The record"), "thread:record"),
    (gettext_noop("Guide"), "guide:guide"),
)


def named_links(named: Sequence[tuple[str, str]]) -> list[Crumb]:
    """Turn names of addresses into links; a page this installation does not have is left out."""
    links = []
    for words, name in named:
        try:
            links.append(Crumb(_(words), reverse(name)))
        except NoReverseMatch:
            continue
    return links


@simple
def menu_links(context: Context) -> SafeString:
    """What the menu holds: `menu_links` of the page, else the first page and the way in."""
    speaker = context.get("speaker")
    member = bool(speaker) and bool(read(speaker, "is_member"))
    links = context.get("menu_links")
    if links is None:
        links = named_links(MEMBER_LINKS if member else GUEST_LINKS)
    neutral = context.get("neutral_title")
    name = read_or(speaker, "name") if member and not neutral else ""
    links = [Crumb(_("First page"), "/"), *links, *_about_page(context)]
    return draw("menu_links", links=links, name=name)


GUEST_LINKS: Final = (
    (gettext_noop("Open a receipt"), "pages:receipt"),
    (gettext_noop("Sign in"), "account_login"),
)
MEMBER_LINKS: Final = (
    (gettext_noop("What needs you"), "pages:needs_you"),
    (gettext_noop("My voices"), "pages:my_voices"),
    (gettext_noop("Sign out"), "account_logout"),
)
