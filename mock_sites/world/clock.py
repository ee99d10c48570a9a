"""A world's time: the only source of "now" for everything that happens in it."""

import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any, Final

from mock_sites.world.errors import N_, UnusableWorldError, WorldError

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""When every new world begins: Monday 2 March 2026, 09:00 in Beijing."""

BEIJING: Final = timedelta(hours=8)
"""How far Beijing time is ahead of UTC, all year round. Both companies count days and months in Beijing time."""

LONGEST_STEP: Final = timedelta(days=1_100)
"""The longest single step of a clock: longer than the longest period that can be bought, which is three years. Jobs of
every day are done on the way, so a longer one could take minutes.
"""

LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
"""The last moment of a clock. It stands still from then on. What has to be computed of all days is bounded by it."""


def days_left(until: datetime, now: datetime) -> int:
    """How many days are left until a moment. A part of a day counts as a day."""
    return max(0, ceil((until - now) / timedelta(days=1)))


def steady() -> float:
    """Seconds that only go forward, even if the machine's clock is set. On Linux the machine's sleep counts too."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


def machine_time() -> float:
    """The time of the machine's clock in seconds since 1970. It can be set back."""
    return time.time()


class Clock:
    """Time that starts at a fixed moment, follows real time, and can be frozen and moved forward.

    It never goes back, and never beyond ``LATEST``. All moments are timezone-aware UTC.
    """

    def __init__(self, moment: datetime = START, *, running: bool = False) -> None:
        """Make a clock that shows ``moment``, frozen or following real time from now on."""
        self._moment = moment
        self._running_since = steady() if running else None
        self._lock = threading.Lock()

    @property
    def frozen(self) -> bool:
        """Whether the clock is stopped, or stands still because it has come to its end."""
        return self._running_since is None or self.ended

    @property
    def ended(self) -> bool:
        """Whether it shows the last moment of a clock."""
        return self.now() == LATEST

    def now(self) -> datetime:
        """The world's current moment."""
        with self._lock:
            return self._now()

    def freeze(self) -> None:
        """Stop at the current moment."""
        with self._lock:
            self._moment, self._running_since = self._now(), None

    def run(self) -> None:
        """Follow real time from the current moment on.

        Raises:
            WorldError: it has come to its end.
        """
        if self.ended:
            raise WorldError(
                N_("The clock of this world has come to its end, the year {year}. It cannot run."), year=LATEST.year
            )
        with self._lock:
            self._moment, self._running_since = self._now(), steady()

    def move_to(self, moment: datetime) -> None:
        """Go forward to ``moment``, or to the end. A clock that is already later does not change."""
        with self._lock:
            if moment > self._now():
                self._moment = min(moment, LATEST)
                if self._running_since is not None:
                    self._running_since = steady()

    def target(self, seconds: float) -> datetime:
        """The moment ``seconds`` from now.

        Raises:
            WorldError: the step is not between 0 seconds and the longest one, or leads beyond the end.
        """
        if not 0 <= seconds <= LONGEST_STEP.total_seconds():
            raise WorldError(
                N_("A clock moves forward only, by 0 seconds to {days} days at a time."),
                field="amount",
                days=LONGEST_STEP.days,
            )
        return not_too_late(self.now() + timedelta(seconds=seconds), "amount")

    def ahead(self, moment: datetime) -> datetime:
        """``moment`` in UTC, or now if it is the second that has begun.

        Raises:
            WorldError: it is in the past, further than the longest step, or beyond the end.
        """
        now = self.now()
        if moment == now.replace(microsecond=0):
            return now
        if not timedelta(0) <= moment - now <= LONGEST_STEP:
            raise WorldError(
                N_("A clock moves forward only, by up to {days} days at a time: choose a moment after its time."),
                field="moment",
                days=LONGEST_STEP.days,
            )
        return not_too_late(moment.astimezone(UTC), "moment")

    def as_facts(self) -> dict[str, Any]:
        """The clock as plain values, for a file."""
        with self._lock:
            now = self._now()
            running = self._running_since is not None and now < LATEST
            return {"moment": now.isoformat(), "running": running, "noted_at": machine_time()}

    @classmethod
    def stopped_at(cls, details: Mapping[str, Any]) -> "Clock":
        """The clock that ``as_facts`` described, at that moment. A running clock continues from there.

        Raises:
            UnusableWorldError: another version of the mock sites, whose clocks go further, described it.
        """
        moment = datetime.fromisoformat(details["moment"])
        if moment > LATEST:
            raise UnusableWorldError(
                N_("The clock of this world is after the beginning of the year {year}, and no clock goes further."),
                year=LATEST.year,
            )
        return cls(moment, running=details["running"])

    @classmethod
    def gone_on_from(cls, details: Mapping[str, Any]) -> "Clock":
        """The clock that ``as_facts`` described. A running clock has followed real time since then."""
        clock = cls.stopped_at(details)
        if not clock.frozen:
            clock.move_to(clock.now() + timedelta(seconds=max(0.0, machine_time() - details["noted_at"])))
        return clock

    def _now(self) -> datetime:
        if self._running_since is None:
            return self._moment
        return min(self._moment + timedelta(seconds=steady() - self._running_since), LATEST)


def not_too_late(moment: datetime, field: str = "") -> datetime:
    """A moment that a clock can show.

    Raises:
        WorldError: for ``field``: the moment is after ``LATEST``.
    """
    if moment > LATEST:
        raise WorldError(
            N_("A clock goes no further than the beginning of the year {year}."), field=field, year=LATEST.year
        )
    return moment
