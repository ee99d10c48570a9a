"""When a world's next job is due, and which thread runs its jobs.

The time is remembered so that a page does not ask every database.
"""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime

from mock_sites.process.blocking import blocking

NEVER = datetime.max.replace(tzinfo=UTC)


class Agenda:
    """The moment before which no job is due, as long as nothing new is scheduled."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self.version = 0
        self._next: datetime | None = None
        self._lock = threading.Lock()

    def nothing_before(self, now: datetime) -> bool:
        """Whether it is certain that no job is due at ``now``."""
        with self._lock:
            return self._next is not None and now < self._next

    def note(self, version: int, due: datetime | None) -> None:
        """Remember when the next job is due (None: never), if nothing was scheduled since ``version`` was read."""
        with self._lock:
            if version == self.version:
                self._next = due or NEVER

    def outdated(self) -> None:
        """Forget what is known, because a job was scheduled."""
        with self._lock:
            self.version += 1
            self._next = None


class Turn:
    """A lock: one thread at a time runs the jobs of a world."""

    def __init__(self) -> None:
        """No thread runs jobs yet."""
        self._condition = threading.Condition()
        self._taken = self._calling = False

    @contextmanager
    def waited_for(self) -> Generator[None]:
        """Wait until no other thread runs jobs; then it is this thread's turn."""
        with self._condition:
            self._wait_until(lambda: not self._taken)
            self._taken = True
        try:
            yield
        finally:
            self._give_back()

    @contextmanager
    def if_free(self) -> Generator[bool]:
        """Give True if it is this thread's turn, and False if another thread runs the jobs.

        Wait until that thread has finished or calls another company. That company may be the one that asks now, and
        waiting for it would never end.
        """
        with self._condition:
            self._wait_until(lambda: not self._taken or self._calling)
            free = not self._taken
            self._taken = True
        try:
            yield free
        finally:
            if free:
                self._give_back()

    @contextmanager
    def calling(self) -> Generator[None]:
        """Mark that the running job calls another company."""
        self._set(calling=True)
        try:
            yield
        finally:
            self._set(calling=False)

    def _wait_until(self, true: Callable[[], bool]) -> None:
        if not true():
            with blocking():
                self._condition.wait_for(true)

    def _set(self, *, calling: bool) -> None:
        with self._condition:
            self._calling = calling
            self._condition.notify_all()

    def _give_back(self) -> None:
        with self._condition:
            self._taken = False
            self._condition.notify_all()
