"""Keeps a machine busy for as long as a block lasts."""

import subprocess
import sys
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from typing import Final

_BUSY: Final = "import os\nparent = os.getppid()\nwhile os.getppid() == parent:\n    sum(range(100_000))"
"""Works until the program that started it has ended."""


@contextmanager
def busy(processes: int) -> Generator[None]:
    """Run so many processes that do nothing but work."""
    with ExitStack() as stack:
        for _number in range(processes):
            process = stack.enter_context(subprocess.Popen([sys.executable, "-c", _BUSY]))
            stack.callback(process.kill)
        yield
