"""Marks the calls during which a thread only waits, so that a server can let another thread work meanwhile."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

Substitutes = Callable[[int], object]
"""Called with 1 when the thread begins to wait, and with -1 when it goes on."""


class _Thread(threading.local):
    substitutes: Substitutes | None = None


_thread = _Thread()


def use_substitutes(substitutes: Substitutes) -> None:
    """Have ``substitutes`` called for the blocking calls of this thread."""
    _thread.substitutes = substitutes


@contextmanager
def blocking() -> Generator[None]:
    """Within the block this thread waits for somebody else, or computes outside of Python. One may be in another."""
    substitutes = _thread.substitutes
    if substitutes is None:
        yield
        return
    _thread.substitutes = None
    substitutes(1)
    try:
        yield
    finally:
        substitutes(-1)
        _thread.substitutes = substitutes
