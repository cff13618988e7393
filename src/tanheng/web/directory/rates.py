"""How many requests a minute has for one caller, counted in the database so that every process knows it."""

from __future__ import annotations

import hashlib
import time

from django.conf import settings
from django.core.cache import cache

from tanheng.kernel.faults import Refusal

_MINUTE = 60


def count(what: str, who: str) -> None:
    """Counts one request.

    Reads    settings.TANHENG_RATES: the most of each kind in a minute.
    Refuses  too-many-requests.
    """
    key = _key(what, who)
    cache.add(key, 0, 2 * _MINUTE)
    if cache.incr(key) > settings.TANHENG_RATES[what]:
        raise Refusal("too-many-requests")


def check(what: str, who: str) -> None:
    """Confirms that nothing is used up, and counts nothing.

    Refuses  too-many-requests.
    """
    found = cache.get(_key(what, who))
    if found is not None and found >= settings.TANHENG_RATES[what]:
        raise Refusal("too-many-requests")


def _key(what: str, who: str) -> str:
    name = hashlib.sha256(who.encode()).hexdigest()[:32]
    return f"rate:{what}:{name}:{int(time.time()) // _MINUTE}"
