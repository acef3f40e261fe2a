"""Pictures beside statements, for those who do not read: our own, in a few plain lines each."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Picture:
    """A symbol on a field of 48 by 48, drawn as one line."""

    name: str
    says: object  # what it shows, for those who do not see it
    path: str


PICTURES: Final = (
    Picture("house", _("A house"), "M6 23 24 8l18 15M11 19v21h26V19M20 40V28h8v12"),
    Picture("clock", _("A clock"), "M24 6a18 18 0 1 0 0 36a18 18 0 1 0 0-36M24 13v11l8 6"),
    Picture(
        "people",
        _("People"),
        "M16 10a5 5 0 1 0 0 10a5 5 0 1 0 0-10M32 10a5 5 0 1 0 0 10a5 5 0 1 0 0-10"
        "M6 39v-5a9 9 0 0 1 18-1a9 9 0 0 1 18 1v5z",
    ),
    Picture(
        "heart",
        _("A heart"),
        "M24 41C10 31 6 24 6 18a9 9 0 0 1 18-3a9 9 0 0 1 18 3c0 6-4 13-18 23z",
    ),
    Picture(
        "food",
        _("Food"),
        "M6 24h36a18 14 0 0 1-36 0zM15 17c-3-4 3-5 0-10M24 17c-3-4 3-5 0-10M33 17c-3-4 3-5 0-10",
    ),
    Picture(
        "quiet",
        _("A quiet place"),
        "M30 8a17 17 0 1 0 11 26A15 15 0 0 1 30 8M34 18h7l-7 8h7",
    ),
    Picture(
        "school",
        _("A book"),
        "M24 13C18 8 10 8 5 10v28c5-2 13-2 19 3c6-5 14-5 19-3V10c-5-2-13-2-19 3zv28",
    ),
    Picture(
        "money",
        _("Money"),
        "M24 6a18 18 0 1 0 0 36a18 18 0 1 0 0-36M30 17c-3-5-10-3-10 3v8c0 3-1 5-3 6h14M16 25h10",
    ),
    Picture(
        "phone",
        _("A phone"),
        "M16 5h16a3 3 0 0 1 3 3v32a3 3 0 0 1-3 3H16a3 3 0 0 1-3-3V8a3 3 0 0 1 3-3z"
        "M13 35h22M23 39h2",
    ),
    Picture(
        "sun",
        _("The sun"),
        "M24 15a9 9 0 1 0 0 18a9 9 0 1 0 0-18M24 4v5M24 39v5M4 24h5M39 24h5M10 10l3 3M35 35l3 3"
        "M38 10l-3 3M13 35l-3 3",
    ),
    Picture(
        "bus",
        _("A bus"),
        "M7 34V12a3 3 0 0 1 3-3h28a3 3 0 0 1 3 3v22zM7 23h34M24 9v14M15 31a4 4 0 1 0 0 8"
        "a4 4 0 1 0 0-8M33 31a4 4 0 1 0 0 8a4 4 0 1 0 0-8",
    ),
    Picture(
        "talk",
        _("Talking"),
        "M8 8h32a3 3 0 0 1 3 3v20a3 3 0 0 1-3 3H22l-9 8v-8H8a3 3 0 0 1-3-3V11a3 3 0 0 1 3-3z"
        "M15 21h1M24 21h1M33 21h1",
    ),
)
CHOICES: Final = [(each.name, each.says) for each in PICTURES]
BY_NAME: Final = {each.name: each for each in PICTURES}
