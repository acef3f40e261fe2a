"""From the text of a document to a page: headings that can be linked to, tables, pictures."""

import re
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Final, Protocol

import nh3
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from goldenthread.guide.library import Document, documents

ELSEWHERE: Final = ("https://", "http://", "mailto:")
NARROW: Final = 500  # pixels: a picture below this was taken on a phone
ROLES: Final = {
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "th": "columnheader",
    "td": "cell",
}
KEPT: Final = {
    "*": {"id", "class", "role", "aria-label", "tabindex", "data-head"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "th": {"scope"},
}
TAGS: Final = {
    *("a", "blockquote", "code", "div", "em", "h2", "h3", "h4", "hr", "img", "li", "ol", "p"),
    *("pre", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul", "br"),
}
MARKDOWN: Final = MarkdownIt("commonmark").enable("table")


class Places(Protocol):
    """Where the links of a page lead: within the product, or between files."""

    def document(self, path: str) -> str:
        """Return the address of a document."""
        ...

    def picture(self, name: str) -> str:
        """Return the address of a picture."""
        ...


@dataclass(frozen=True)
class Heading:
    """A heading one can link to."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True)
class Shown:
    """A document as it is shown."""

    lede: SafeString
    body: SafeString
    headings: tuple[Heading, ...]


class Anchors:
    """Names of headings, as the sites that show Markdown make them."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, text: str) -> str:
        """Return the name of the next heading with this text."""
        name = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
        before, self._seen[name] = self._seen[name], self._seen[name] + 1
        return f"{name}-{before}" if before else name


def show(document: Document, places: Places) -> Shown:
    """Make a page of a document. What it begins with, below its title, is its lede."""
    tokens = _without_title(MARKDOWN.parse(document.read()))
    headings = tuple(_name_headings(tokens))
    for token in tokens:
        _lead(token.children or [], document, places)
    tokens = list(_with_tables(tokens, headings, document.title))
    begins = tokens[0].type == "paragraph_open" if tokens else False
    lede, rest = (tokens[:3], tokens[3:]) if begins else ([], tokens)
    return Shown(_html(lede), _html(rest), headings)


def _without_title(tokens: list[Token]) -> list[Token]:
    tokens = [token for token in tokens if token.type != "html_block"]  # marks for write_tables
    return tokens[3:] if tokens and tokens[0].tag == "h1" else tokens


def _name_headings(tokens: Sequence[Token]) -> Iterator[Heading]:
    anchors = Anchors()
    for token, inside in pairwise(tokens):
        if token.type == "heading_open":
            text = text_of(inside)
            token.attrSet("id", anchors.of(text))
            yield Heading(int(token.tag[1:]), str(token.attrs["id"]), text)


def text_of(inline: Token) -> str:
    """Return what a line says, without its marks."""
    kept = (each for each in inline.children or [] if each.type in {"text", "code_inline"})
    return "".join(each.content for each in kept)


def _lead(children: Sequence[Token], document: Document, places: Places) -> None:
    """Turn links and pictures to where they lead from the page; a link to no page is plain text."""
    follows = True
    for token in children:
        if token.type == "link_open":
            href = _href(str(token.attrs["href"]), document, places)
            follows = bool(href)
            token.attrs = {"href": href} if follows else {}
        elif token.type == "image":
            _picture(token, places)
        if not follows and token.type in {"link_open", "link_close"}:
            token.tag = "span"


def _href(href: str, document: Document, places: Places) -> str:
    if href.startswith(("#", *ELSEWHERE)):
        return href
    path, _hash, anchor = href.partition("#")
    target = normpath(join(dirname(document.path), path)).removesuffix(".md")
    if target not in documents():
        return ""
    return places.document(target) + (f"#{anchor}" if anchor else "")


def _picture(token: Token, places: Places) -> None:
    name = Path(str(token.attrs["src"])).name
    width, height = size_of(Path(settings.DOCS) / "pictures" / name)
    token.attrs = {"src": places.picture(name), "alt": "", "width": width, "height": height}
    token.attrs |= {"loading": "lazy", "class": "shot shot-phone" if width < NARROW else "shot"}


def size_of(picture: Path) -> tuple[int, int]:
    """Return width and height of a PNG, so that its place on the page is kept."""
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return width, height


def _with_tables(tokens: list[Token], headings: Sequence[Heading], title: str) -> Iterator[Token]:
    """Give tables the marks of ours: they stack on a narrow page, or are moved sideways."""
    titles = {heading.anchor: heading.text for heading in headings}
    heads: list[str] = []
    number, column = 0, 0
    for token, inside in zip(tokens, [*tokens[1:], None], strict=True):
        title = titles.get(str(token.attrs.get("id", "")), title)
        if token.type in {"tr_open", "thead_open"}:
            column = 0
            heads = [] if token.type == "thead_open" else heads
        if token.type == "th_open" and inside:
            heads.append(text_of(inside))
        if token.type == "td_open":
            token.attrSet("data-head", heads[column])
            column += 1
        if token.nesting == 1 and token.tag in ROLES:
            token.attrs = {k: v for k, v in token.attrs.items() if k != "style"}
            token.attrSet("role", ROLES[token.tag])
        if token.type == "table_open":
            number += 1
            yield _raw(
                '<div class="scroll" role="group" tabindex="0" '
                f'aria-label="{nh3.clean_text(f"Table {number}: {title}")}">'
            )
            token.attrs = {"class": "stacks", "role": "table"}
        yield token
        if token.type == "table_close":
            yield _raw("</div>")


def _raw(html: str) -> Token:
    return Token("html_block", "", 0, content=html)


def _html(tokens: Sequence[Token]) -> SafeString:
    markup = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    clean = nh3.clean(markup, tags=TAGS, attributes=KEPT, link_rel=None)
    return mark_safe(clean)  # noqa: S308  cleaned just now
