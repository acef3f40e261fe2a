"""Several machines: what they must have in common, or none of them starts."""

import hashlib
import hmac
import secrets
from pathlib import Path
from typing import Any

from goldenthread.config.problems import Problem
from goldenthread.kit.caches import ALONE

NOTE = "keys-of-all"
TO_DISK = (
    'The cache writes to a disk: set its “save ""” and “appendonly no”, so that no count of an '
    "address outlives its hour."
)


def faults(settings: Any) -> list[str]:
    """What would hold on one machine and not on the other."""
    if settings.NODES <= 1:
        return []
    found = []
    if settings.CACHES["default"]["BACKEND"] == ALONE:
        found.append(
            "Several machines need one GOLDENTHREAD_CACHE_URL: a limit reached on one of them "
            "would not hold on the other."
        )
    if not settings.SHARED:
        found.append(
            "Several machines need one GOLDENTHREAD_SHARED folder: answers that wait under a key "
            "on one of them could not be opened on the other."
        )
    return found


def refuse(settings: Any) -> None:
    """Stop the start of a machine that does not go together with the others.

    :raises Problem: the first fault, in one sentence
    """
    if found := faults(settings) or cache_faults(settings):
        raise Problem(found[0])
    check_keys(settings)


def check_keys(settings: Any) -> None:
    """Refuse a machine with keys of its own: receipts made on the others would not open on it.

    :raises Problem: the keys are not those of the machines that started before
    """
    if not settings.SHARED:
        return
    made = hmac.new(settings.PEPPER, settings.SECRET_KEY.encode(), hashlib.sha256).hexdigest()
    note = Path(settings.SHARED) / NOTE
    if not note.exists():
        draft = note.with_name(f"{NOTE}.{secrets.token_hex(4)}")
        draft.write_text(made)
        draft.replace(note)  # another machine that starts now finds it whole or not at all
    if not hmac.compare_digest(note.read_text(), made):
        raise Problem(
            "The keys here are not those of the other machines: copy keys.json from one of them."
        )


def cache_faults(settings: Any) -> list[str]:
    """What is wrong with the cache that machines share: away, or written to a disk."""
    if settings.CACHES["default"]["BACKEND"] == ALONE:
        return []
    from redis import Redis  # noqa: PLC0415 -- 20 MB that one machine saves
    from redis.exceptions import RedisError, ResponseError  # noqa: PLC0415 -- as above

    try:
        with Redis.from_url(settings.CACHES["default"]["LOCATION"]) as asked:
            kept = asked.config_get("save", "appendonly")
    except ResponseError:  # whoever rents it out does not say
        return []
    except RedisError:
        return ["The cache of GOLDENTHREAD_CACHE_URL does not answer."]
    return [TO_DISK] if kept.get("save") or kept.get("appendonly") == "yes" else []
