"""How deep the elements of a page, and values in JSON, may be within each other."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

DEEPEST: Final = 1500
"""Browsers nest elements from HTML 512 deep; scripts may go deeper."""

_CALLS: Final = 3
"""The most calls for a level."""


@contextmanager
def deep_nesting() -> Generator[None]:
    """Allow as many calls within each other as so many levels need."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, DEEPEST * _CALLS))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
