"""The two ways to draw the thread picture: across on wide screens, upright on phones."""

from typing import Final

from goldenthread.kit.charts.bands import (
    Band,
    Bar,
    Drawing,
    Extent,
    Heading,
    Node,
    Picture,
    extents,
    lines_for,
    ribbons,
)

WIDE: Final = 1100.0
TOP: Final = 34.0
BAR: Final = 12.0
LAST_LABEL: Final = 160.0
LETTER: Final = 7.9
LINE: Final = 17.0

NARROW: Final = 340.0
STRANDS: Final = 118.0
LABEL_AT: Final = 136.0
TALL_LETTER: Final = 8.3
TALL_LINE: Final = 20.0
TALL_BAR: Final = 10.0


def across(picture: Picture) -> Drawing:
    """Columns side by side, bands from left to right, each label beside its bar."""
    columns = picture.columns
    step = (WIDE - LAST_LABEL - BAR) / max(len(columns) - 1, 1)
    width = int((min(step, LAST_LABEL + BAR) - BAR - 14) / LETTER)
    widths = [int((step - BAR - 30) / LETTER)] * (len(columns) - 1) + [width]
    most = max((len(column.nodes) for column in columns), default=1)
    room = max(
        (_lines(n, w) for c, w in zip(columns, widths, strict=True) for n in c.nodes), default=1
    )
    placed = extents(picture, length=max(260, 78 * most), gap=14, least=5, room=room * LINE + 6)
    at = {n.key: index for index, column in enumerate(columns) for n in column.nodes}
    nodes = {n.key: n for column in columns for n in column.nodes}
    bars, headings = [], []
    for index, column in enumerate(columns):
        x = index * step
        headings.append(Heading(column.title, x, 14))
        bars += [_bar_across(one, placed[one.key], x, widths[index]) for one in column.nodes]
    bands = []
    for flow, start, end in ribbons(picture, placed):
        x0, x1 = at[flow.source] * step + BAR, at[flow.target] * step
        bands.append(Band(nodes[flow.target], _lying(x0, x1, start, end)))
    height = max((max(b.y + b.height, b.text_y + 2 * LINE) for b in bars), default=0) + 6
    return Drawing(WIDE, round(height), LINE, headings, bands, bars)


def _lines(node: Node, width: int) -> int:
    label, note = lines_for(node, width=width)
    return len(label) + len(note)


def _bar_across(node: Node, extent: Extent, x: float, width: int) -> Bar:
    label, note = lines_for(node, width=width)
    y = TOP + extent.start
    middle = y + extent.size / 2
    text_y = middle - (len(label) + len(note)) * LINE / 2 + LINE * 0.75
    x, y, text_y, size = round(x, 1), round(y, 1), round(text_y, 1), round(extent.size, 1)
    return Bar(node, x, y, BAR, size, x + BAR + 8, text_y, label, note)


def _lying(x0: float, x1: float, start: Extent, end: Extent) -> str:
    bend = (x0 + x1) / 2
    a0, a1 = TOP + start.start, TOP + start.start + start.size
    b0, b1 = TOP + end.start, TOP + end.start + end.size
    return (
        f"M{x0:.1f} {a0:.1f}C{bend:.1f} {a0:.1f} {bend:.1f} {b0:.1f} {x1:.1f} {b0:.1f}"
        f"V{b1:.1f}C{bend:.1f} {b1:.1f} {bend:.1f} {a1:.1f} {x0:.1f} {a1:.1f}Z"
    )


def upright(picture: Picture) -> Drawing:
    """Columns under each other; the bands run down on the left, every label stands on the right."""
    placed = extents(picture, length=STRANDS, gap=5, least=4)
    nodes = {n.key: n for column in picture.columns for n in column.nodes}
    width = int((NARROW - LABEL_AT) / TALL_LETTER)
    levels: dict[str, float] = {}
    bars, headings = [], []
    y = 8.0
    for column in picture.columns:
        headings.append(Heading(column.title, LABEL_AT, y + 14))
        y += 36
        for node in column.nodes:
            levels[node.key] = y
            bar = _bar_upright(node, placed[node.key], y, width)
            bars.append(bar)
            y += max((len(bar.lines) + len(bar.notes)) * TALL_LINE + 8, 30)
        y += 26
    bands = []
    for flow, start, end in ribbons(picture, placed):
        y0, y1 = levels[flow.source] + TALL_BAR, levels[flow.target]
        bands.append(Band(nodes[flow.target], _hanging(y0, y1, start, end)))
    return Drawing(NARROW, round(y - 20), TALL_LINE, headings, bands, bars)


def _bar_upright(node: Node, extent: Extent, y: float, width: int) -> Bar:
    label, note = lines_for(node, width=width)
    end = extent.start + extent.size
    lead = f"M{end + 3:.1f} {y + TALL_BAR / 2:.1f}H{LABEL_AT - 5:.1f}"
    x, size = round(extent.start, 1), round(extent.size, 1)
    return Bar(node, x, y, size, TALL_BAR, LABEL_AT, y + 10, label, note, lead)


def _hanging(y0: float, y1: float, start: Extent, end: Extent) -> str:
    bend = (y0 + y1) / 2
    a0, a1 = start.start, start.start + start.size
    b0, b1 = end.start, end.start + end.size
    return (
        f"M{a0:.1f} {y0:.1f}C{a0:.1f} {bend:.1f} {b0:.1f} {bend:.1f} {b0:.1f} {y1:.1f}"
        f"H{b1:.1f}C{b1:.1f} {bend:.1f} {a1:.1f} {bend:.1f} {a1:.1f} {y0:.1f}Z"
    )
