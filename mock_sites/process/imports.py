"""Importing many modules at once, with little work for Python's garbage collector."""

import gc
import sys
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def lasting_imports() -> Generator[None]:
    """Import modules in this block: they stay until the process ends.

    Modules are hundreds of thousands of objects, and none of them is garbage. The collector would look at all of them
    several times during the import, in later collections, and twice at the end of the process.
    """
    running, known = gc.isenabled(), len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > known:
            gc.freeze()
        if running:
            gc.enable()
