"""The cache: in the memory of this process, or in Valkey (or Redis) that several machines share.

It holds counts and codes that were used, for an hour at most, under marks; words and people never.
"""

import hashlib
import hmac
import json
from typing import Any

from django.conf import settings

ANSWERS_WITHIN = 1.0  # seconds; a page does without rather than wait
SCHEMES = {"valkey": "redis", "valkeys": "rediss"}
ALONE = "django.core.cache.backends.locmem.LocMemCache"
SHARED = "django.core.cache.backends.redis.RedisCache"


def cache_at(url: str | None) -> dict[str, Any]:
    """Return Django's setting of the cache at an address; without one, of this process alone."""
    marked = {"KEY_FUNCTION": "goldenthread.kit.caches.mark"}
    if not url:
        return {"BACKEND": ALONE, **marked}
    scheme, _, rest = url.partition("://")
    options = {
        "serializer": "goldenthread.kit.caches.Plainly",
        "socket_connect_timeout": ANSWERS_WITHIN,
        "socket_timeout": ANSWERS_WITHIN,
    }
    address = f"{SCHEMES.get(scheme, scheme)}://{rest}"
    return {"BACKEND": SHARED, "LOCATION": address, "OPTIONS": options, **marked}


def away() -> tuple[type[Exception], ...]:
    """Return what is raised while a shared cache is away; our own memory never is."""
    if settings.CACHES["default"]["BACKEND"] == ALONE:
        return ()
    from redis.exceptions import RedisError  # noqa: PLC0415 -- 20 MB that one machine saves

    return (RedisError,)


def mark(key: str, prefix: str, version: int) -> str:
    """Return the name under which something is kept: libraries put people into theirs."""
    plain = f"{prefix}:{version}:{key}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), plain, hashlib.sha256).hexdigest()


class Plainly:
    """Writes values as JSON; Django's own way would run whatever program the cache hands back."""

    def dumps(self, value: Any) -> bytes | int:
        """Return what is kept; numbers as they are, so that they can be counted up."""
        return value if type(value) is int else json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        """Return what was kept."""
        return json.loads(data)
