"""How a day's count is spread over the day: more by day than by night, and in no two minutes the same.

All numbers are whole, so the counts of the parts of a day add up to the count of the day. Times are microseconds of a
day of 24 hours. In a minute each item has a slot of its own, and comes somewhere in it.
"""

from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import Final

from mock_sites.world.seed import Seed

MINUTE: Final = 60_000_000
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR

_HOURS: Final = (4, 3, 3, 2, 2, 3, 5, 8, 12, 15, 16, 15, 13, 14, 16, 17, 16, 15, 13, 12, 11, 9, 7, 5)
"""How busy the hours are, from midnight on."""


def reached(seed: Seed, name: str, total: int, passed: int) -> int:
    """How much of ``total`` has come by ``passed``. ``name`` is that of the day's curve."""
    if not 0 < passed < DAY:
        return total if passed else 0
    hour, rest = divmod(passed, HOUR)
    first, last = _bounds(total, _hours(seed.text, name), hour)
    minute, rest = divmod(rest, MINUTE)
    begun, ended = _bounds(last - first, _minutes(seed.text, name, hour), minute)
    whole = (ended - begun) * rest // MINUTE
    in_slot = whole < ended - begun and _time_in_minute(seed, name, first + begun, whole + 1, ended - begun) <= rest
    return first + begun + whole + in_slot


def time_of(seed: Seed, name: str, total: int, number: int) -> int:
    """When the item ``number`` of ``total`` comes, counted from 1: the first time by which so many have come."""
    hours = _hours(seed.text, name)
    hour = bisect_left(range(24), number, key=lambda hour: _bounds(total, hours, hour)[1])
    first, last = _bounds(total, hours, hour)
    minutes = _minutes(seed.text, name, hour)
    minute = bisect_left(range(60), number - first, key=lambda minute: _bounds(last - first, minutes, minute)[1])
    begun, ended = _bounds(last - first, minutes, minute)
    before = first + begun
    return hour * HOUR + minute * MINUTE + _time_in_minute(seed, name, before, number - before, ended - begun)


def _time_in_minute(seed: Seed, name: str, before: int, place: int, items: int) -> int:
    """When the item at a place from 1 to ``items`` of a minute comes: up to a slot before the end of its own."""
    early = _early(seed.text, name)
    return -(-place * MINUTE // items) - early[(before + place) % len(early)] * (MINUTE // items) // 256


def _bounds(total: int, sums: tuple[int, ...], part: int) -> tuple[int, int]:
    """How much of ``total`` has come at the beginning and at the end of a part."""
    return total * sums[part] // sums[-1], total * sums[part + 1] // sums[-1]


@lru_cache(maxsize=1024)
def _hours(seed: str, name: str) -> tuple[int, ...]:
    random = Seed(seed).random_bytes(f"{name}/hours", 24)
    return (0, *accumulate(busy * (192 + octet) for busy, octet in zip(_HOURS, random, strict=True)))


@lru_cache(maxsize=1024)
def _early(seed: str, name: str) -> bytes:
    """How much earlier than the end of its slot an item comes, in 256ths. The numbers come again, which nobody sees."""
    return Seed(seed).random_bytes(f"{name}/slots", 251)


@lru_cache(maxsize=4096)
def _minutes(seed: str, name: str, hour: int) -> tuple[int, ...]:
    return (0, *accumulate(192 + octet for octet in Seed(seed).random_bytes(f"{name}/minutes/{hour}", 60)))
