"""Two write one decision: nobody saves over, or publishes, words they have not seen."""

import re

import pytest

from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.tests.factories import LATER, OPTIONS, agreed_theme, draft, panel
from goldenthread.act.decisions.tests.test_pages import typed_about
from goldenthread.kit import clock
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.projects.tests.factories import listening_project

pytestmark = pytest.mark.django_db
LATE = "Somebody else saved this while you were writing."


@pytest.fixture(autouse=True)
def _clock():
    with clock.frozen(LATER):
        yield


@pytest.fixture
def house():
    return listening_project()


@pytest.fixture
def theme(house):
    return agreed_theme(house, [released_voice(house.project).ref])


def seen_in(shown):
    return re.search(r'name="seen" value="(\w+)"', shown)[1]


def read(client, address):
    return client.get(address).content.decode()


@pytest.mark.parametrize(
    ("other", "shows"),
    [
        ({"why": "Cara asked the nurse, and she agrees."}, "Cara asked the nurse, and she agrees."),
        ({"options": [*OPTIONS, ("A letter", False)]}, "A letter"),
        ({"outcome": "no"}, '<dd class="value">No</dd>'),
        ({"how_many": 1}, '<dd class="value">1</dd>'),
    ],
)
def test_whoever_saves_later_reads_first_what_was_saved_meanwhile(house, theme, other, shows):
    tom, kept = signed_in(house.tom), draft(house, theme)
    address = f"/p/{house.project.address}/decisions/{kept.ref}/edit/"
    seen = seen_in(read(tom, address))
    draft(house, theme, decision=kept, group=None, **other)
    typed = typed_about(theme)
    shown = tom.post(address, {**typed, "seen": seen}).content.decode()
    assert LATE in shown
    assert shows in shown
    assert typed["why"] in shown
    kept.refresh_from_db()
    assert kept.why != typed["why"]
    for _press in range(2):
        assert tom.post(address, {**typed, "seen": seen_in(shown)}).status_code == 302
    kept.refresh_from_db()
    assert kept.why == typed["why"]


def test_what_was_saved_names_groups_and_topics_as_people_do(house, theme):
    tom, kept = signed_in(house.tom), draft(house, theme)
    address = f"/p/{house.project.address}/decisions/{kept.ref}/edit/"
    seen = seen_in(read(tom, address))
    draft(house, theme, decision=kept, group=panel(house))
    shown = tom.post(address, {**typed_about(theme), "seen": seen}).content.decode()
    saved = shown.split("Saved meanwhile by somebody else")[1].split("</section>")[0]
    assert "The panel" in saved
    assert "Waiting alone" in saved


def test_only_what_was_looked_at_is_published(house, theme):
    dev, kept = signed_in(house.dev), draft(house, theme)
    address = f"/p/{house.project.address}/decisions/{kept.ref}/"
    seen = seen_in(read(dev, address))
    draft(house, theme, decision=kept, options=[*OPTIONS, ("A letter", True)])
    late = dev.post(f"{address}publish/", {"seen": seen})
    assert late.status_code == 409
    assert "Somebody else changed this after you looked at it." in late.content.decode()
    kept.refresh_from_db()
    assert kept.state == Decision.State.DRAFT
    dev.post(f"{address}publish/", {"seen": seen_in(read(dev, address))})
    kept.refresh_from_db()
    assert kept.state == Decision.State.PUBLISHED
