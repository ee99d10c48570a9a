"""What a program costs with all the processes that it starts, also those that outlive their parents."""

import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

_SET_CHILD_SUBREAPER: Final = 36
"""The option of Linux's ``prctl`` that makes this process the parent of orphaned descendants."""


class ProcessTreeError(Exception):
    """A program failed, or this system cannot tell what it costs; the text says why."""


@dataclass(frozen=True)
class Spent:
    """Seconds of a run."""

    wall: float
    processor: float
    """Of all processes of the tree, and of this process in the meantime."""


def run_tree(command: Sequence[str], environment: Mapping[str, str]) -> Spent:
    """Run ``command`` to its end, and tell what it cost. This process must start no others meanwhile.

    What is still running when ``command`` has ended is killed and counted.

    Raises:
        ProcessTreeError: it failed, with what it printed as a note; or this is not Linux.
    """
    if sys.platform != "linux":
        raise ProcessTreeError("What a whole tree of processes costs is measured on Linux only.")
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        # A file, as what is left running would keep a pipe open.
        with TemporaryFile() as output:
            others, before, began = _children(), _processor_time(), time.perf_counter()
            done = subprocess.run(command, env=environment, stdout=output, stderr=output, check=False)
            wall = time.perf_counter() - began
            _reap_orphans(others)
            if done.returncode:
                output.seek(0)
                failure = ProcessTreeError(f"{' '.join(command)} failed, as it says above.")
                failure.add_note(output.read().decode(errors="replace"))
                raise failure
            return Spent(wall, _processor_time() - before)
    finally:
        libc.prctl(_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _processor_time() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _reap_orphans(others: set[int]) -> None:
    """Kill the processes that were left to this one, but not ``others``. What they cost counts as its children's."""
    while orphans := _children() - others:
        for pid in orphans:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _children() -> set[int]:
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(pid) for task in tasks for pid in task.read_text().split()}
