"""Periods of months, years and days, and the price of the rest of a period: plain arithmetic."""

from calendar import monthrange
from datetime import datetime, timedelta
from typing import Final

from mock_sites.huawei.domain.tables import Specification
from mock_sites.world.clock import BEIJING

MOST_PERIODS: Final = {"month": 12, "year": 3}
"""The largest number of periods in one order, by type. No document gives it."""


def end(begin: datetime, specification: Specification, number: int) -> datetime:
    """The end of ``number`` periods from ``begin``: the same day of the month and time in Beijing.

    If the month is too short for the day, its last day counts.
    """
    if specification.period_type == "day":
        return begin + timedelta(days=specification.period_length * number)
    months = number * (12 if specification.period_type == "year" else 1)
    here = begin + BEIJING
    years, month = divmod(here.month - 1 + months, 12)
    day = min(here.day, monthrange(here.year + years, month + 1)[1])
    return here.replace(year=here.year + years, month=month + 1, day=day) - BEIJING


def upgrade_price(old: Specification, new: Specification, now: datetime, until: datetime) -> int:
    """The price in CNY of a higher edition for the remaining time, rounded up, minus the paid price of the lower one.

    Each whole period costs the editions' difference, and the rest its share of the period that it is part of.
    """
    whole = 0
    while end(now, old, whole + 1) <= until:
        whole += 1
    begins, ends = end(now, old, whole), end(now, old, whole + 1)
    difference = new.price - old.price
    return difference * whole - (-difference * (until - begins) // (ends - begins))


def year_began(moment: datetime) -> datetime:
    """The beginning of a moment's calendar year in Beijing."""
    here = moment + BEIJING
    return here.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0) - BEIJING
