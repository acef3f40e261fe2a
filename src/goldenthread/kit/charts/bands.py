"""The thread picture: bands from column to column. Data in, places out; no Django, no markup."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from goldenthread.kit.charts.labels import lines_of

TONES: Final = {"listen", "empower", "act", "debrief", "good", "care", "stop", "quiet"}


@dataclass(frozen=True, slots=True)
class Node:
    """One thing in a column. `value` is its weight in the picture; `note` is what is said of it.

    A count of people that must not be shown goes into the weight only, and words into the note.
    """

    key: str
    label: str
    value: int
    note: str = ""
    href: str = ""
    tone: str = "quiet"


@dataclass(frozen=True, slots=True)
class Column:
    """A step of the thread: said, topics, decided, done, told."""

    title: str
    nodes: Sequence[Node]


@dataclass(frozen=True, slots=True)
class Flow:
    """How much goes on from one node to another."""

    source: str
    target: str
    value: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture, with its finding in one sentence and the day its figures were frozen."""

    title: str
    finding: str
    columns: Sequence[Column]
    flows: Sequence[Flow]
    frozen_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse what could not be drawn truly."""
        order = {node.key: at for at, column in enumerate(self.columns) for node in column.nodes}
        if len(order) != sum(len(column.nodes) for column in self.columns):
            raise ValueError("two nodes of a picture share a key")
        for node in (node for column in self.columns for node in column.nodes):
            if node.value < 0 or node.tone not in TONES:
                raise ValueError(f"node {node.key}: value {node.value}, tone {node.tone!r}")
        for flow in self.flows:
            if flow.value < 0 or order[flow.source] >= order[flow.target]:
                raise ValueError(f"flow {flow.source} to {flow.target} does not go forward")


@dataclass(frozen=True, slots=True)
class Bar:
    """A node with its place: the bar, and lines of text at (text_x, text_y)."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    text_x: float
    text_y: float
    lines: list[str]
    notes: list[str]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A flow with its outline as an SVG path."""

    target: Node
    path: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a column and its place."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything an SVG of the picture needs."""

    width: float
    height: float
    line: float = 17
    headings: list[Heading] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a node lies along the axis on which its weight is drawn."""

    start: float
    size: float


def _weight(node: Node, flows: Sequence[Flow]) -> int:
    """The largest of its own weight, what comes in and what goes out: no band leaves its bar."""
    into = sum(flow.value for flow in flows if flow.target == node.key)
    out = sum(flow.value for flow in flows if flow.source == node.key)
    return max(node.value, into, out)


def extents(
    picture: Picture, *, length: float, gap: float, least: float, room: float = 0
) -> dict[str, Extent]:
    """Lay the nodes of every column along an axis, all columns on one scale, each centred.

    :param length: length of the fullest column, gaps included
    :param least: smallest size of a bar, so that a single voice is seen too
    :param room: smallest distance between the middles of neighbours, for their labels
    """
    weights = {n.key: _weight(n, picture.flows) for c in picture.columns for n in c.nodes}
    columns = [c for c in picture.columns if c.nodes]
    totals = [(sum(weights[n.key] for n in c.nodes), len(c.nodes)) for c in columns]
    scale = min(
        ((length - gap * (count - 1)) / total for total, count in totals if total), default=0
    )
    placed: dict[str, Extent] = {}
    for column in columns:
        at = 0.0
        sizes = [max(weights[node.key] * scale, least) for node in column.nodes]
        starts: list[float] = []
        for index, size in enumerate(sizes):
            if index:
                middle = starts[-1] + sizes[index - 1] / 2
                at = max(starts[-1] + sizes[index - 1] + gap, middle + room - size / 2)
            starts.append(at)
        for node, start, size in zip(column.nodes, starts, sizes, strict=True):
            placed[node.key] = Extent(start, size)
    return _centred(placed, columns)


def _centred(placed: dict[str, Extent], columns: Sequence[Column]) -> dict[str, Extent]:
    ends = [placed[c.nodes[-1].key].start + placed[c.nodes[-1].key].size for c in columns]
    longest = max(ends, default=0)
    moved = {}
    for column, end in zip(columns, ends, strict=True):
        for node in column.nodes:
            one = placed[node.key]
            moved[node.key] = Extent(one.start + (longest - end) / 2, one.size)
    return moved


def ribbons(picture: Picture, placed: dict[str, Extent]) -> list[tuple[Flow, Extent, Extent]]:
    """Give each flow its stretch of the bar it leaves and of the bar it reaches."""
    nodes = {node.key: node for column in picture.columns for node in column.nodes}
    used_out: dict[str, float] = defaultdict(float)
    used_in: dict[str, float] = defaultdict(float)
    starts: dict[Flow, Extent] = {}
    ends: dict[Flow, Extent] = {}

    def stretch(key: str, flow: Flow, used: dict[str, float]) -> Extent:
        whole = placed[key]
        size = whole.size * flow.value / max(_weight(nodes[key], picture.flows), 1)
        begin = whole.start + used[key]
        used[key] += size
        return Extent(begin, size)

    for flow in sorted(picture.flows, key=lambda f: placed[f.target].start):
        starts[flow] = stretch(flow.source, flow, used_out)
    for flow in sorted(picture.flows, key=lambda f: placed[f.source].start):
        ends[flow] = stretch(flow.target, flow, used_in)
    return [(flow, starts[flow], ends[flow]) for flow in picture.flows]


def lines_for(node: Node, *, width: int) -> tuple[list[str], list[str]]:
    """The label, and what is said of it, in lines."""
    return lines_of(node.label, width=width), lines_of(node.note, width=width) if node.note else []
