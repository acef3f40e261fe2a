"""Sealing terms: a salted commitment to every word of them, as trust in them needs it."""

import hashlib
import hmac
import unicodedata

import rfc8785

from goldenthread.projects.models import Project, Terms

TEXTS = (
    "question",
    "can_change",
    "cannot_change",
    "who_decides",
    "risks_accepted",
    "what_people_get_back",
    "change_because",
)


def commitment_to(terms: Terms) -> bytes:
    """Return HMAC-SHA256 under the salt of the terms as canonical JSON (RFC 8785), in NFC."""
    body: dict[str, str | int] = {
        "tag": "terms",
        "v": 1,
        "project": str(terms.project_id),
        "version": terms.version,
        "hear_by": terms.hear_by.isoformat(),
        "debrief_on": terms.debrief_on.isoformat(),
        **{name: unicodedata.normalize("NFC", getattr(terms, name)) for name in TEXTS},
    }
    if terms.project.board != Project.Board.SHARED:  # terms older than the choice had a shared one
        body["board"] = terms.project.board
    return hmac.digest(bytes(terms.salt), rfc8785.dumps(dict(body)), hashlib.sha256)


def is_unchanged(terms: Terms) -> bool:
    """Return whether sealed terms are still the words that were sealed."""
    sealed = bytes(terms.commitment or b"")
    return hmac.compare_digest(sealed, commitment_to(terms))
