"""Periods of months, years and days, and what is paid for the rest of one: plain arithmetic."""

from calendar import monthrange
from datetime import datetime, timedelta
from typing import Final

from mock_sites.huawei.domain.tables import Specification
from mock_sites.world.clock import BEIJING

MOST_PERIODS: Final = {"month": 12, "year": 3}
"""Periods of one order, by their type. No document names them."""

_DAYS: Final = {"month": 30, "year": 365}
"""Days that the price of a period is spread over when an edition is changed."""


def end(begin: datetime, specification: Specification, number: int) -> datetime:
    """When ``number`` periods that begin at ``begin`` are over: on the same day in Beijing, at the same time.

    A month that is too short for the day ends on its last day.
    """
    if specification.period_type == "day":
        return begin + timedelta(days=specification.period_length * number)
    months = number * (12 if specification.period_type == "year" else 1)
    here = begin + BEIJING
    years, month = divmod(here.month - 1 + months, 12)
    day = min(here.day, monthrange(here.year + years, month + 1)[1])
    return here.replace(year=here.year + years, month=month + 1, day=day) - BEIJING


def upgrade_price(old: Specification, new: Specification, left: timedelta) -> int:
    """CNY for the higher edition over the time that is left, rounded up; the paid price of the lower one counts."""
    whole = timedelta(days=_DAYS[old.period_type])
    return -(-(new.price - old.price) * left // whole)


def year_began(moment: datetime) -> datetime:
    """When the calendar year of a moment began in Beijing."""
    here = moment + BEIJING
    return here.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0) - BEIJING
