"""How many forms come from one address within the hour, without an address being kept.

Counts stand in the cache under marks. The key of the marks is drawn anew each hour, stands in the
same cache, on no disk, and ends with the hour: afterwards nobody can say whose a count was.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import datetime
from ipaddress import IPv6Address, ip_network

from django.core.cache import cache
from django.http import HttpRequest

HOUR = 3600
OF_ONE_HOUSE = 64  # bits: an address of IPv6 is whatever its holder wants it to be


def too_many(address: str, *, most: int, now: datetime) -> bool:
    """Count one more form from an address; whether there were more than `most` this hour."""
    left = HOUR - now.minute * 60 - now.second
    mark = _mark(_house(address), f"{now:%Y-%m-%d %H}", left)
    while True:
        cache.add(mark, 0, timeout=left)
        try:
            return bool(cache.incr(mark) > most)
        except ValueError:  # the hour ended in between
            continue


def address_of(request: HttpRequest, *, proxies: Collection[str]) -> str:
    """Return who sent a request: the nearest that is not a proxy of ours. Others may lie."""
    passed = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",")]
    peer = str(request.META["REMOTE_ADDR"])
    for each in reversed([*filter(None, passed), peer]):
        if each not in proxies:
            return each
    return peer


def _mark(house: str, hour: str, left: int) -> str:
    key = str(cache.get_or_set(f"floods {hour}", lambda: secrets.token_hex(32), timeout=left))
    return hmac.new(key.encode(), house.encode(), hashlib.sha256).hexdigest()


def _house(address: str) -> str:
    try:
        return str(ip_network((IPv6Address(address), OF_ONE_HOUSE), strict=False))
    except ValueError:
        return address
