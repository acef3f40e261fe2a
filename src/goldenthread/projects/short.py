"""Short addresses that can be read aloud: /s/K7M3QX."""

import secrets

from goldenthread.projects.models import Project, Strand

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
LENGTH = 6
_ALIKE = str.maketrans("ILO", "110", " -_")


def normalise(text: str) -> str:
    """Forgive capitals, spaces, dashes, and letters that look like numbers."""
    return text.upper().translate(_ALIKE)


def find_short(text: str) -> Project | None:
    """Return the project whose own short address this is."""
    found = Project.objects.select_related("organisation").filter(short=normalise(text))
    return found.first()


def new_short() -> str:
    """Draw a short address that neither a project nor a strand has."""
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        taken = Project.objects.filter(short=drawn).exists()
        if not taken and not Strand.objects.filter(short=drawn).exists():
            return drawn
