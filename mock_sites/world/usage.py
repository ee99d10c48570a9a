"""Who uses a world: many at a time, or one who needs it at rest to copy, replace or remove its files."""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final, TypeVar

from mock_sites.world.errors import N_, BusyError, ConflictError

ENTRY_PATIENCE: Final = 5.0
"""Seconds of real time that a request waits while the world is at rest."""

REST_PATIENCE: Final = 10.0
"""Seconds of real time that somebody waits for the world to be at rest."""

Found = TypeVar("Found")


class Usage:
    """The users of one world, and the news that some of them wait for."""

    def __init__(self, name: str) -> None:
        """Nobody uses the world called ``name`` yet."""
        self._name = name
        self._condition = threading.Condition()
        self._users = self._waiting = self._news = 0
        self._resting = self._over = False

    @property
    def idle(self) -> bool:
        """Whether nobody is using the world right now."""
        return self._users == self._waiting == 0 and not self._resting

    def enter(self) -> bool:
        """Begin to use the world; False if it has been replaced or dropped.

        Raises:
            BusyError: it was at rest for ``ENTRY_PATIENCE`` seconds.
        """
        with self._condition:
            if not self._condition.wait_for(lambda: not self._resting, ENTRY_PATIENCE):
                raise BusyError(
                    N_("World {name} is being copied, put back or removed. Try again in a few seconds."),
                    name=self._name,
                )
            if self._over:
                return False
            self._users += 1
            return True

    def leave(self) -> None:
        """End what ``enter`` began."""
        with self._condition:
            self._users -= 1
            self._condition.notify_all()

    @contextmanager
    def at_rest(self) -> Generator[bool]:
        """Keep everybody else out for the time of the block; gives False if the world has been replaced or dropped.

        Raises:
            ConflictError: it was in use for ``REST_PATIENCE`` seconds.
        """
        with self._condition:
            if not self._condition.wait_for(lambda: self._users == 0 and not self._resting, REST_PATIENCE):
                raise ConflictError(
                    N_("World {name} stayed in use for {seconds:g} seconds. Try again."),
                    name=self._name,
                    seconds=REST_PATIENCE,
                )
            self._resting = True
        try:
            yield not self._over
        finally:
            with self._condition:
                self._resting = False
                self._condition.notify_all()

    def end(self) -> None:
        """The world has been replaced or dropped: nobody enters any more, and whoever waits for news is told."""
        with self._condition:
            self._over = True
            self._condition.notify_all()

    def notify(self) -> None:
        """There is news: wake up whoever waits in ``wait_for``."""
        with self._condition:
            self._news += 1
            self._condition.notify_all()

    def wait_for(self, look: Callable[[], Found | None], seconds: float) -> Found | None:
        """What ``look`` finds, looked for anew after each news, for up to ``seconds`` of real time.

        Only for users. Between two looks the world may be at rest.

        Raises:
            ConflictError: the world was replaced or dropped in the meantime.
        """
        limit = time.monotonic() + seconds
        while True:
            seen = self._news
            found = look()
            if found is not None or not self._wait_for_news(seen, limit):
                return found

    def _wait_for_news(self, seen: int, limit: float) -> bool:
        """Wait for more news than were ``seen``, not counted as a user; False when the time was up without any."""
        with self._condition:
            self._users, self._waiting = self._users - 1, self._waiting + 1
            self._condition.notify_all()
            arrived = self._condition.wait_for(
                lambda: self._over or self._news != seen, max(0.0, limit - time.monotonic())
            )
            self._condition.wait_for(lambda: not self._resting)
            self._users, self._waiting = self._users + 1, self._waiting - 1
            if self._over:
                raise ConflictError(N_("World {name} was restored or dropped in the meantime."), name=self._name)
            return arrived
