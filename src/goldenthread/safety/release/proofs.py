"""What the record proves of figures: what some saw first is what everyone sees."""

from collections.abc import Iterator

from goldenthread.safety.release.events import SHOWN_EARLY
from goldenthread.safety.release.models import Release
from goldenthread.thread.binding import Text, compare, seal_of
from goldenthread.thread.verifying import Counted, Fault, Seen, checks


def seal_of_release(release: Release) -> str:
    """Return the seal of all that a release shows, and of the day it comes out."""
    shown = {"figures": release.figures, "about": release.about, "number": release.number}
    public_on = release.public_on.isoformat() if release.public_on else ""
    return seal_of("release", release.salt, {**shown, "public_on": public_on})


@checks(SHOWN_EARLY.name)
def check_releases(seen: Seen) -> Iterator[Fault | Counted]:
    """Hold every release that some saw first to the entry that says so."""
    rows = Release.objects.filter(salt__isnull=False).order_by("ref").iterator(chunk_size=500)
    texts = (Text(each.ref, seal_of_release(each)) for each in rows)
    yield from compare("release", texts, seen[SHOWN_EARLY.name])
