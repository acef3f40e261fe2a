"""Made-up content of the gallery."""

from datetime import date
from typing import Any

from goldenthread.kit.charts.bands import Column, Flow, Node, Picture
from goldenthread.kit.charts.bars import BarChart, BarRow
from goldenthread.kit.shapes import Cell, Crumb, Fact, FilterGroup, FilterOption, Stage, Work

STAGES = [
    Stage("Listen", "listen", "done", "Closed 14 March. About 215 voices heard.", "#"),
    Stage("Empower", "empower", "done", "12 people, drawn by lot, meet each month.", "#"),
    Stage("Act", "act", "now", "Open now. Three actions under way.", "#"),
    Stage("Debrief", "debrief", "next", "Everyone hears by 30 June.", "#"),
]


def picture() -> Picture:
    """The thread of the sample project."""
    said = Node("said", "What people said", 215, "about 215 voices", "#said", "listen")
    topics = [
        Node("word", "Waiting with no word", 80, "about 80", "#word", "empower"),
        Node("evening", "Evenings and weekends", 55, "about 55", "#evening", "empower"),
        Node("first", "First weeks", 45, "about 45", "#first", "empower"),
        Node("passed", "Being passed around", 35, "about 35", "#passed", "empower"),
    ]
    decided = [
        Node("yes", "Yes", 125, "2 topics", "#yes", "act"),
        Node("partly", "Partly", 55, "1 topic", "#partly", "act"),
        Node("still", "Not decided yet", 35, "1 topic", "#still", "quiet"),
    ]
    done = [
        Node("message", "A message every week", 80, "since 1 April", "#message", "act"),
        Node("drop-in", "Evening drop-in", 55, "since 14 April", "#drop-in", "act"),
        Node("contact", "A named contact", 45, "due 1 June", "#contact", "quiet"),
    ]
    told = [
        Node("told", "Told", 180, "about 180 of 215", "#told", "debrief"),
        Node("waiting", "Waiting to hear", 35, "about 35", "#waiting", "quiet"),
    ]
    return Picture(
        title="What came of what people said",
        finding="Three of four topics are decided, and about 180 of 215 people know the answer.",
        columns=[
            Column("Said", [said]),
            Column("Topics", topics),
            Column("Decided", decided),
            Column("Done", done),
            Column("Told", told),
        ],
        flows=_flows(topics),
        frozen_on=date(2026, 5, 1),
    )


def _flows(topics: list[Node]) -> list[Flow]:
    return [
        *(Flow("said", topic.key, topic.value) for topic in topics),
        Flow("word", "yes", 80),
        Flow("evening", "partly", 55),
        Flow("first", "yes", 45),
        Flow("passed", "still", 35),
        Flow("yes", "message", 80),
        Flow("yes", "contact", 45),
        Flow("partly", "drop-in", 55),
        Flow("message", "told", 80),
        Flow("drop-in", "told", 55),
        Flow("contact", "told", 45),
        Flow("still", "waiting", 35),
    ]


def bars() -> BarChart:
    """Voices by topic."""
    return BarChart(
        title="What people spoke about most",
        finding="Waiting with no word comes up most often.",
        rows=[
            BarRow("Waiting with no word", 80, "about 80", "#"),
            BarRow("Evenings and weekends", 55, "about 55", "#"),
            BarRow("First weeks", 45, "about 45", "#"),
            BarRow("Being passed around", 35, "about 35", "#"),
        ],
        frozen_on=date(2026, 5, 1),
    )


def everything() -> dict[str, Any]:
    """What the first gallery page shows."""
    return {
        "site_name": "Golden Thread",
        "stages": STAGES,
        "picture": picture(),
        "chart": bars(),
        "on": date(2026, 3, 3),
        "trail": [Crumb("Northmoor University", "#"), Crumb("Project")],
        "facts": [
            Fact("Question", "What would make waiting easier?", "#"),
            Fact("Heard by", "30 June 2026", "#"),
            Fact("Who decides", "Twelve students and staff, drawn by lot"),
        ],
    }


def lists() -> dict[str, Any]:
    """Lists, full and empty."""
    kinds = [FilterOption("All", "?", current=True), FilterOption("Ideas", "?kind=idea")]
    places = [FilterOption("Any", "?", current=True), FilterOption("Decided", "?place=decided")]
    return {
        "site_name": "Golden Thread",
        "groups": [FilterGroup("Kind", kinds), FilterGroup("Place", places)],
        "voices": ["I never knew if I was still on the list.", "Evenings would help. I work."],
        "headers": ["Topic", "Place on the thread", "Voices"],
        "rows": [
            [Cell("Waiting with no word", "#"), "Decided: yes", 80],
            [Cell("Evenings and weekends", "#"), "Decided: partly", 55],
        ],
        "nothing": [],
        "page": {"next_href": "?from=x", "previous_href": "", "how_many": "1,000+ voices"},
        "last": {"next_href": "", "first_href": "?", "how_many": "26 voices"},
        "work": [
            Work("Answer 4 questions from people who spoke", "#", "overdue"),
            Work("Read 2 voices", "#", "due"),
            Work("Tell 37 people what came of it", "#"),
        ],
    }


def pages() -> dict[str, dict[str, Any]]:
    """The sample pages and what they need."""
    around = {"site_name": "Northmoor University", "stages": STAGES}
    return {
        "project": {**around, "picture": picture(), "example_loaded": True},
        "speak": {**around, "neutral_title": True},
        "receipt": around,
        "work": {**around, **lists()},
    }


def right_to_left() -> dict[str, Any]:
    """A page in a script that runs from right to left."""
    return {
        "site_name": "Golden Thread",
        "stages": [
            Stage("الاستماع", "listen", "done", "انتهى في 14 مارس.", "#"),
            Stage("التمكين", "empower", "done", "يجتمع 12 شخصًا كل شهر.", "#"),
            Stage("العمل", "act", "now", "مفتوح الآن.", "#"),
            Stage("الإبلاغ", "debrief", "next", "يسمع الجميع بحلول 30 يونيو.", "#"),
        ],
        "headers": ["الموضوع", "القرار", "الأصوات"],
        "rows": [
            [Cell("الانتظار بلا كلمة", "#"), "نعم", 80],
            [Cell("المساء ونهاية الأسبوع", "#"), "جزئيًا", 55],
        ],
    }
