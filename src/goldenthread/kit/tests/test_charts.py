import re
from datetime import date
from itertools import pairwise

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.kit.charts.bands import Column, Flow, Node, Picture, extents, ribbons
from goldenthread.kit.charts.bars import BarChart, BarRow
from goldenthread.kit.charts.layouts import across, upright
from goldenthread.kit.gallery.samples import picture


def small(first=6, second=4):
    return Picture(
        title="What came of it",
        finding="Most is decided.",
        columns=[
            Column("Said", [Node("a", "Said", 10, "about 10", "/a/", "listen")]),
            Column("Decided", [Node("b", "Yes", first, "/b/"), Node("c", "No <yet>", second)]),
        ],
        flows=[Flow("a", "b", first), Flow("a", "c", second)],
        frozen_on=date(2026, 5, 1),
    )


def test_bars_are_as_long_as_they_weigh():
    placed = extents(small(), length=100, gap=10, least=1)

    assert placed["b"].size / placed["c"].size == pytest.approx(6 / 4)
    assert placed["a"].size == pytest.approx(placed["b"].size + placed["c"].size)


def test_a_single_voice_is_seen_too():
    placed = extents(small(first=9999, second=1), length=100, gap=10, least=5)

    assert placed["c"].size == 5


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_nothing_overlaps_and_no_band_leaves_its_bar(values):
    nodes = [Node(f"n{i}", f"Topic {i}", value) for i, value in enumerate(values)]
    flows = [Flow("all", node.key, node.value) for node in nodes]
    whole = Picture(
        "T",
        "F",
        [Column("Said", [Node("all", "All", sum(values))]), Column("Topics", nodes)],
        flows,
    )

    placed = extents(whole, length=300, gap=8, least=4, room=20)

    for one, other in pairwise(nodes):
        assert placed[one.key].start + placed[one.key].size < placed[other.key].start
    for flow, start, end in ribbons(whole, placed):
        for part, bar in ((start, placed[flow.source]), (end, placed[flow.target])):
            assert bar.start - 0.01 <= part.start
            assert part.start + part.size <= bar.start + bar.size + 0.01


@pytest.mark.parametrize("layout", [across, upright])
def test_everything_lies_within_the_drawing(layout):
    drawing = layout(picture())
    numbers = [float(n) for band in drawing.bands for n in re.findall(r"[\d.]+", band.path)]

    assert max(bar.x + bar.width for bar in drawing.bars) <= drawing.width
    assert max(bar.y + bar.height for bar in drawing.bars) <= drawing.height
    assert min(numbers) >= 0


def test_labels_of_neighbours_do_not_touch():
    for drawing in (across(picture()), upright(picture())):
        by_column = {}
        for bar in drawing.bars:
            by_column.setdefault(round(bar.text_x), []).append(bar)
        for bars in by_column.values():
            for one, other in pairwise(bars):
                lines = len(one.lines) + len(one.notes)
                assert one.text_y + (lines - 1) * drawing.line < other.text_y


@pytest.mark.parametrize("flow", [Flow("b", "a", 1), Flow("a", "b", -1), Flow("b", "c", 1)])
def test_a_flow_that_goes_back_or_is_less_than_nothing_is_refused(flow):
    whole = small()

    with pytest.raises(ValueError, match="does not go forward"):
        Picture(whole.title, whole.finding, whole.columns, [flow])


def test_two_things_with_one_key_are_refused():
    twice = Column("Said", [Node("a", "A", 1), Node("a", "B", 1)])

    with pytest.raises(ValueError, match="share a key"):
        Picture("T", "F", [twice], [])


def test_a_picture_without_anything_can_be_drawn():
    nothing = Picture("T", "Nothing yet.", [Column("Said", [])], [])

    html = Template("{% thread_picture p %}").render(Context({"p": nothing}))

    assert "Nothing yet." in html


def test_the_picture_says_the_same_as_its_table():
    html = Template("{% thread_picture p %}").render(Context({"p": small()}))

    assert html.count("<svg") == 2
    assert "<title" in html
    assert "<desc" in html
    assert "No &lt;yet&gt;" in html
    assert re.search(
        r"<td>Said</td><th scope=\"row\"><a href=\"/a/\">Said</a></th><td>about 10</td><td>Yes, No",
        html,
    )
    assert "1 May 2026" in html
    assert "style=" not in html


def test_a_weight_is_never_told_as_a_figure():
    hidden = Picture("T", "F", [Column("Said", [Node("a", "A topic", 7)])], [])

    html = Template("{% thread_picture p %}").render(Context({"p": hidden}))

    assert not re.search(r">\s*7\s*<", html)


def test_bars_share_one_scale():
    chart = BarChart("T", "F", [BarRow("A", 80), BarRow("B", 20), BarRow("C", 0)])

    assert chart.shares() == [100, 25, 0]
    assert BarChart("T", "F", [BarRow("A", 180)], most=215).shares() == [83.7]


def test_a_bar_chart_is_its_own_table():
    chart = BarChart("Topics", "Waiting leads.", [BarRow("Waiting", 80, "about 80", "/w/")])

    html = Template("{% bar_chart c %}").render(Context({"c": chart}))

    assert '<th scope="row"><a href="/w/">Waiting</a></th>' in html
    assert "about 80" in html


def test_less_than_nothing_is_refused():
    with pytest.raises(ValueError, match="less than nothing"):
        BarChart("T", "F", [BarRow("A", -1)])
