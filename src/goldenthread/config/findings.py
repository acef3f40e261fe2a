"""What a check of the installation answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One sentence, and whether all is well."""

    well: bool
    sentence: str
