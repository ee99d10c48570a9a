"""When a world's next job is due, remembered so that a page need not ask every database."""

import threading
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
