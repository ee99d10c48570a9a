"""Counts who uses a world: many at a time, or a single user who copies, replaces or removes its files."""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final, TypeVar

from mock_sites.process.blocking import blocking
from mock_sites.world.errors import N_, BusyError, ConflictError

ENTRY_PATIENCE: Final = 5.0
"""Seconds of real time that a request waits for the single user of a world."""

REST_PATIENCE: Final = 10.0
"""Seconds of real time that the single user waits until the others have left."""

Found = TypeVar("Found")


class WorldUsers:
    """The users of one world, and the changes that some of them wait for."""

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
            BusyError: a single user had it for ``ENTRY_PATIENCE`` seconds.
        """
        with self._condition:
            if not self._wait_until(lambda: not self._resting, ENTRY_PATIENCE):
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
            if self._users == 0:
                self._condition.notify_all()

    @contextmanager
    def at_rest(self) -> Generator[bool]:
        """Let nobody else in during the block. Give False if the world has been replaced or dropped.

        Raises:
            ConflictError: it was in use for ``REST_PATIENCE`` seconds.
        """
        with self._condition:
            if not self._wait_until(lambda: self._users == 0 and not self._resting, REST_PATIENCE):
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
        """Mark the world as replaced or dropped: nobody can enter it any more, and those who wait get an error."""
        with self._condition:
            self._over = True
            self._condition.notify_all()

    def notify(self) -> None:
        """Wake up those who wait in ``wait_for``, because something has changed."""
        with self._condition:
            self._news += 1
            self._condition.notify_all()

    def wait_for(self, look: Callable[[], Found | None], seconds: float) -> Found | None:
        """Call ``look`` after each change until it finds something, for up to ``seconds`` of real time.

        Only for users of the world. Between two calls of ``look``, a single user may have the world.

        Raises:
            ConflictError: the world was replaced or dropped in the meantime.
        """
        limit = time.monotonic() + seconds
        while True:
            seen = self._news
            found = look()
            if found is not None or not self._wait_for_news(seen, limit):
                return found

    def _wait_until(self, true: Callable[[], bool], seconds: float | None = None) -> bool:
        """Wait, for up to ``seconds``, until ``true`` gives True; only while holding the lock."""
        if true():
            return True
        with blocking():
            return self._condition.wait_for(true, seconds)

    def _wait_for_news(self, seen: int, limit: float) -> bool:
        """Wait, not counted as a user, for changes after number ``seen``. False: there were none in time."""
        with self._condition:
            self._users, self._waiting = self._users - 1, self._waiting + 1
            self._condition.notify_all()
            arrived = self._wait_until(lambda: self._over or self._news != seen, max(0.0, limit - time.monotonic()))
            self._wait_until(lambda: not self._resting)
            self._users, self._waiting = self._users + 1, self._waiting - 1
            if self._over:
                raise ConflictError(N_("World {name} was restored or dropped in the meantime."), name=self._name)
            return arrived
