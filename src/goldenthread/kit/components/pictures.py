"""Charts: drawn on the server, each with its finding and its table."""

from typing import Final, Literal

from django.utils.safestring import SafeString
from django.utils.text import slugify

from goldenthread.kit.charts.bands import Node, Picture
from goldenthread.kit.charts.bars import BarChart
from goldenthread.kit.charts.layouts import across, upright
from goldenthread.kit.components.strict import draw, simple

Level = Literal[2, 3]
NOTHING_SAID: Final = "\N{EN DASH}"


@simple
def thread_picture(picture: Picture, level: Level = 2) -> SafeString:
    """The thread of a project: from voices to told, across or upright, and as a table."""
    names = {node.key: node.label for column in picture.columns for node in column.nodes}
    onward: dict[str, list[str]] = {key: [] for key in names}
    for flow in picture.flows:
        onward[flow.source].append(names[flow.target])
    rows = [
        (column.title, node, says(node), ", ".join(onward[node.key]))
        for column in picture.columns
        for node in column.nodes
    ]
    return draw(
        "thread_picture",
        picture=picture,
        level=level,
        ident=f"picture-{slugify(picture.title)}",
        drawings=[("across", across(picture)), ("tall", upright(picture))],
        rows=rows,
    )


def says(node: Node) -> str:
    """What may be said of a node's size: its note; a weight alone is not a figure to publish."""
    return node.note or NOTHING_SAID


@simple
def bar_chart(chart: BarChart, level: Level = 2) -> SafeString:
    """A table with bars: the chart and its data in one."""
    return draw(
        "bar_chart",
        chart=chart,
        level=level,
        ident=f"chart-{slugify(chart.title)}",
        rows=list(zip(chart.rows, chart.shares(), strict=True)),
    )
