"""Days and moments as people type them, in Beijing time: 2026-03-02 and 2026-03-02 09:00.

Pages have text fields for them. What a browser's own field of a date looks like, the language of the browser decides,
not that of the page.
"""

from datetime import date, datetime
from typing import Final

from mock_sites.world.clock import BEIJING, LATEST
from mock_sites.world.shared_tables import EPOCH

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = LATEST.year
"""The years in which the clock of a world can be, and those before it of which there are data."""


def day_of(text: str) -> date | None:
    """The day that a text names. None if it is written in another way, or there is no such day."""
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def moment_of(text: str) -> datetime | None:
    """The moment that a text names, with a space or a T before the time. None likewise, and with a time zone."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if found.tzinfo or not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    return found.replace(tzinfo=EPOCH.tzinfo) - BEIJING
