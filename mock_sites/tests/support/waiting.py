"""Waiting for what another thread does, where it has no event to wait for."""

import threading
import time
from collections.abc import Callable
from typing import Final

PATIENCE: Final = 30.0
"""Seconds."""


def wait_until(condition: Callable[[], bool]) -> None:
    """Return as soon as ``condition`` is true.

    Raises:
        AssertionError: it has not become true.
    """
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it has not become true"
        threading.Event().wait(0.01)
