"""The time that a page shows: how long it is and when it ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mock_sites.world.errors import N_
from mock_sites.world.typed_time import moment_of

LENGTHS: Final = {
    "15m": (timedelta(minutes=15), N_("15 minutes")),
    "1h": (timedelta(hours=1), N_("1 hour")),
    "2h": (timedelta(hours=2), N_("2 hours")),
    "12h": (timedelta(hours=12), N_("12 hours")),
    "1d": (timedelta(days=1), N_("1 day")),
    "2d": (timedelta(days=2), N_("2 days")),
    "7d": (timedelta(days=7), N_("7 days")),
    "30d": (timedelta(days=30), N_("30 days")),
}
"""How long a window can be, by its key in addresses."""


@dataclass(frozen=True)
class Window:
    """What is shown: what came after ``begin`` and until ``end``. ``typed`` is the end as it was asked for, in Beijing
    time, or empty for the latest data, also if it has not come yet. ``refused`` is what was typed and is no moment.
    ``kept_since`` is from when on there are data, if the storage policy has deleted some of the window.
    """

    key: str
    begin: datetime
    end: datetime
    typed: str
    refused: str = ""
    kept_since: datetime | None = None

    def edges(self, parts: int) -> list[datetime]:
        """The bounds of so many equal parts."""
        return [self.begin + number * (self.end - self.begin) / parts for number in range(parts + 1)]


def window_of(key: str, default: str, until: str, latest: datetime) -> Window:
    """The window of a page's address. What is no length or no moment is read as if it was left out."""
    key = key if key in LENGTHS else default
    asked = moment_of(until)
    end = min(asked, latest) if asked else latest
    typed = until if asked and asked <= latest else ""
    return Window(key, end - LENGTHS[key][0], end, typed, "" if asked else until)
