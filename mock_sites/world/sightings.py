"""What is seen of a world while it is served and is not stored: the pages that people open, the jobs that are done, and
the steps of demos.

They are numbered by themselves, and each knows the number of the last event before it.
"""

import threading
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Final

MOST: Final = 500
"""How many are kept of a world: about as many as a long demo has."""

PAGE: Final = "page"
JOB: Final = "job"
STEP: Final = "step"


@dataclass(frozen=True)
class Sighting:
    """A page, a job or a step of a demo. ``after`` is the number of the last event before it, or None if none was
    known yet.
    """

    sequence: int
    after: int | None
    at: datetime
    kind: str
    title: str
    details: dict[str, str]


class Sightings:
    """The latest sightings of a world."""

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self._kept: deque[Sighting] = deque(maxlen=MOST)
        self._numbers = count(1)
        self._lock = threading.Lock()
        self._watching = 0
        self.last = 0
        """The sequence number of the latest one."""

    @property
    def watched(self) -> int:
        """How many wait for the next one."""
        return self._watching

    def add(self, after: int | None, at: datetime, kind: str, title: str, details: dict[str, str]) -> None:
        """Keep a new one."""
        with self._lock:
            self.last = next(self._numbers)
            self._kept.append(Sighting(self.last, after, at, kind, title, details))

    def latest(self) -> list[Sighting]:
        """All that are kept, the latest first."""
        with self._lock:
            return list(reversed(self._kept))

    @contextmanager
    def watching(self) -> Generator[None]:
        """Within the block somebody waits for the next one."""
        self._watch(1)
        try:
            yield
        finally:
            self._watch(-1)

    def _watch(self, step: int) -> None:
        with self._lock:
            self._watching += step
