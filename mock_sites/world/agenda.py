"""When a world's next job is due, remembered so that a page need not ask every database, and who does the jobs."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime

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
        """Something was scheduled: look anew."""
        with self._lock:
            self.version += 1
            self._next = None


class Turn:
    """Whose turn it is to do the jobs of a world: one thread's at a time."""

    def __init__(self) -> None:
        """Nobody's."""
        self._condition = threading.Condition()
        self._taken = self._calling = False

    @contextmanager
    def waited_for(self) -> Generator[None]:
        """Do jobs, after whoever does them now."""
        with self._condition:
            self._condition.wait_for(lambda: not self._taken)
            self._taken = True
        try:
            yield
        finally:
            self._give_back()

    @contextmanager
    def if_free(self) -> Generator[bool]:
        """Do jobs, or (False) leave them to who does them now.

        Then they are done, or somebody is being called, who may be the one that asks: nobody waits for an answer here.
        """
        with self._condition:
            self._condition.wait_for(lambda: not self._taken or self._calling)
            free = not self._taken
            self._taken = True
        try:
            yield free
        finally:
            if free:
                self._give_back()

    @contextmanager
    def calling(self) -> Generator[None]:
        """The job that is being done calls somebody."""
        self._set(calling=True)
        try:
            yield
        finally:
            self._set(calling=False)

    def _set(self, *, calling: bool) -> None:
        with self._condition:
            self._calling = calling
            self._condition.notify_all()

    def _give_back(self) -> None:
        with self._condition:
            self._taken = False
            self._condition.notify_all()
