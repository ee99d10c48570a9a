"""The names of single lines and records in addresses: their day, and their number on it, such as ``20260302-17``."""

from datetime import date
from typing import Final

from mock_sites.world.typed_time import FIRST_YEAR, LAST_YEAR

_LONGEST: Final = 20


def name_of(day: date, number: int) -> str:
    """The name of the one with this number, counted from 1 on its day."""
    return f"{day:%Y%m%d}-{number}"


def day_and_number(name: str) -> tuple[date, int] | None:
    """The day and the number of a name. None if it is no name."""
    day, _, digits = name.partition("-")
    if not (len(name) <= _LONGEST and all(part.isascii() and part.isdecimal() for part in (day, digits))):
        return None
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return None
    return (found, int(digits)) if FIRST_YEAR <= found.year <= LAST_YEAR else None
