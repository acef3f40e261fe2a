"""What the record proves of themes: that they still say what was shown to those who spoke."""

from collections.abc import Iterator

from goldenthread.listen.themes import events
from goldenthread.listen.themes.models import Theme
from goldenthread.thread.binding import Text, compare, last_of, seal_of
from goldenthread.thread.verifying import Counted, Fault, Seen, checks

SHOWN = events.THEME_SHOWN_BACK.name
SEALING = (SHOWN, events.THEME_AGREED.name, events.THEME_REWORDED.name)


def seal_of_theme(theme: Theme) -> str:
    """Return the seal of what a theme says."""
    return seal_of("theme", theme.salt, {"title": theme.title, "sentence": theme.sentence})


@checks(*SEALING)
def check_themes(seen: Seen) -> Iterator[Fault | Counted]:
    """Hold every theme to the last entry that tells of its words."""
    rows = Theme.objects.order_by("ref").iterator(chunk_size=2000)
    texts = (Text(each.ref, seal_of_theme(each), _is_shown(each)) for each in rows)
    yield from compare("theme", texts, last_of(seen, SEALING))


def _is_shown(theme: Theme) -> bool | None:
    """A theme that people see was shown back by an entry; grouped anew, it is worked on again."""
    return True if theme.state in (Theme.State.SHOWN_BACK, Theme.State.AGREED) else None
