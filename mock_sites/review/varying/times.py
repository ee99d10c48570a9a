"""Times in texts: read, and compared by how far each is from the beginning of its own run.

A time that belongs to a run, such as the moment of an order, is as far from the beginning of every run. A time that is
content, such as the date of a concert, stays the same from run to run: if it differs, that is a change.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

MINUTE: Final = 60
HOUR: Final = 3_600
DAY: Final = 86_400

SLACK: Final = 60
"""Seconds by which two runs may differ in speed, besides the time that the slower one takes."""
ZONES: Final = range(-12 * HOUR, 15 * HOUR, HOUR)
"""The time zones in which a page may tell the date, in seconds from UTC."""

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = rf"(?:{'|'.join(MONTHS)})[a-z]{{0,6}}\.?"
_WEEKDAY: Final = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
_CLOCK: Final = (
    r"\d{1,2}(?::|%3A)[0-5]\d(?:(?::|%3A)[0-5]\d(?:[.,]\d{1,9})?)?(?: ?[ap]\.?m\b\.?)?"
    r"(?: ?(?:Z\b|UTC\b|GMT(?:[+-]\d{4})?|(?:[+-]|%2B)\d{2}:?\d{2}\b))?"
)
_DATE: Final = (
    r"\d{4}-\d{2}-\d{2}|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"
    rf"|{_WEEKDAY}(?:\d{{1,2}}(?:st|nd|rd|th)?[ -]{_MONTH}[ -]\d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
TIME: Final = rf"(?i:(?<![\w.,-])(?:(?:{_DATE})(?:(?:T|,? (?:at )?| ?){_CLOCK})?|{_CLOCK})(?![\w/-]|[.,]\d))"
"""A date, a time of day, or both."""
EPOCH: Final = r"(?<![\w.,-])1\d{9}(?:\d{3})?(?![\w-]|[.,]\d)"
"""Seconds or milliseconds since 1970, from 2001 to 2033."""

_UNITS: Final = {
    SECOND: seconds
    for seconds, words in (
        (1, "s sec secs second seconds 秒 秒钟 sekunde sekunden"),
        (MINUTE, "m min mins minute minutes 分钟 minuten"),
        (HOUR, "h hr hrs hour hours 小时 stunde stunden heure heures"),
        (DAY, "d day days 天 tag tagen jour jours"),
        (7 * DAY, "w week weeks 周 星期 woche wochen"),
        (30 * DAY, "month months 个月 monat monaten mois"),
        (365 * DAY, "y yr year years 年 jahr jahren"),
    )
    for SECOND in words.split()
}
_UNIT: Final = "|".join(sorted(_UNITS, key=len, reverse=True))
_COUNT: Final = r"(?:(?:about|over|almost|less than) )?(?:\d+|an?|a few|few|einer?|une?)"
RELATIVE: Final = (
    rf"(?i:(?<!\w)(?:{_COUNT} ?(?:{_UNIT}) ?(?:ago\b|前)|(?:vor|il y a) {_COUNT} (?:{_UNIT})\b"
    r"|just now\b|moments ago\b|a moment ago\b)|刚刚)"
)
"""How long ago something was."""


@dataclass(frozen=True)
class Run:
    """When a recording was made. ``seconds``: how long it took."""

    began: float
    seconds: float


@dataclass(frozen=True)
class Reading:
    """A time as it may be meant.

    Attributes:
        seconds: since 1970, or since midnight; as if it were in UTC where no zone is named.
        exact: the seconds that the last figure counts.
        period: after how many seconds the same text comes again; 0 for a time with a date.
    """

    seconds: float
    exact: int
    period: int = 0


def same_time(before: str, after: str, first: Run, second: Run) -> bool:
    """Whether two times, each of its own run, are as far from its beginning."""
    slack = SLACK + max(first.seconds, second.seconds)
    return any(
        _is_as_far(old, new, first, second, slack)
        for old, new in zip(_readings(before), _readings(after), strict=False)
        if (old.exact, old.period) == (new.exact, new.period)
    )


def _is_as_far(old: Reading, new: Reading, first: Run, second: Run, slack: float) -> bool:
    if old.exact == DAY:
        days = {
            (old.seconds // DAY - (first.began + zone) // DAY, new.seconds // DAY - (second.began + zone) // DAY)
            for zone in ZONES
        }
        return any(was == now and abs(was) <= 1 for was, now in days)
    apart = (new.seconds - second.began) - (old.seconds - first.began)
    if old.period:
        apart = (apart + old.period / 2) % old.period - old.period / 2
    return abs(apart) <= slack + old.exact


def same_age(before: str, after: str, first: Run, second: Run) -> bool:
    """Whether two things, each so long ago in its own run, can be equally old, or the same thing.

    Ages under an hour are of things that a run or its preparation has made: they depend on the speed of the machine.
    """
    (old, unit), (new, other) = _age(before), _age(after)
    if max(old, new) < HOUR:
        return True
    return abs((first.began - old) - (second.began - new)) < max(unit, other) / 2


@lru_cache(4096)
def _readings(text: str) -> tuple[Reading, ...]:
    """A time as it may be meant; empty if it is none, such as the 31st of February."""
    if re.fullmatch(EPOCH, text):
        return (Reading(int(text) / (1 if len(text) == 10 else 1000), 1),)
    text = text.replace("%3A", ":").replace("%2B", "+")
    clock = re.search(r"(\d+):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?: ?([ap])\.?m)?", text, re.IGNORECASE)
    seconds, exact = 0, DAY
    if clock:
        hours, minutes, second, half = clock.groups()
        hour = int(hours) % 12 + 12 * (half.lower() == "p") if half else int(hours)
        seconds, exact = hour * HOUR + int(minutes) * MINUTE + int(second or 0), 1 if second else MINUTE
        zone = re.match(r" ?(?:GMT|UTC)?([+-])(\d\d):?(\d\d)", text[clock.end() :])
        if zone:
            seconds -= int(f"{zone[1]}1") * (int(zone[2]) * HOUR + int(zone[3]) * MINUTE)
    date = text[: clock.start()] if clock else text
    if not re.search(r"\d", date):
        return (Reading(seconds, exact, DAY),)
    return tuple(Reading(day + seconds, exact) for day in _days(date.lower()))


def _days(date: str) -> Iterator[float]:
    """The days that a date may mean, in seconds since 1970: 3/4/2026 may be in March or in April."""
    numbers = [int(number) for number in re.findall(r"\d+", date)]
    month = re.search(r"(?<![a-z])(?:" + "|".join(MONTHS) + ")", date)
    if month:
        day, year = numbers
        orders = [(year, MONTHS.index(month[0]) + 1, day)]
    elif numbers[0] > 31:
        orders = [(numbers[0], numbers[1], numbers[2])]
    else:
        orders = [(numbers[2], numbers[1], numbers[0]), (numbers[2], numbers[0], numbers[1])]
    for order in orders:
        try:
            yield (datetime(*order, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1)
        except ValueError:
            yield float("nan")


@lru_cache(4096)
def _age(text: str) -> tuple[int, int]:
    """How long ago, and the seconds that its unit counts."""
    text = text.lower()
    unit = next((_UNITS[word] for word in re.findall(_UNIT, text) if len(word) > 1 or f" {word} " in f" {text} "), None)
    if unit is None:
        return 0, MINUTE
    count = re.search(r"\d+", text)
    return (int(count[0]) if count else 1) * unit, unit
