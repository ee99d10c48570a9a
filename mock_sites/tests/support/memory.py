"""How much memory something takes."""

import tracemalloc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def most_bytes(most: int) -> Generator[None]:
    """Refuse what takes more memory than ``most`` bytes at any time."""
    tracemalloc.start()
    try:
        yield
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < most, f"{peak:,} bytes"
