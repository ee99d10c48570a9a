"""Serves the sites in one process, lets another one make the load, and collects what it has measured."""

import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from importlib.util import find_spec
from tempfile import TemporaryFile
from typing import IO, Final

from e2e.bench.load.plan import Plan
from e2e.bench.load.results import LoadResults, Run

SERVE: Final = (sys.executable, "-m", "mock_sites", "serve", "--port", "0")
GENERATE: Final = (sys.executable, "-m", "e2e.bench.load.generator")

GRACE: Final = 120.0
"""Seconds that a run may take longer than its steps, on a slow machine, before it is ended."""


class LoadError(Exception):
    """No load can be made; the text says why and what to do. A note has what a program printed that failed."""


def measure_load(plans: Sequence[Plan], *, report: Callable[[str], object]) -> LoadResults:
    """Run the plans, each with a new server. ``report`` gets a line before each.

    Raises:
        LoadError: Locust is missing, the server does not start, or a run failed.
    """
    missing = [name for name in ("locust", "lxml") if find_spec(name) is None]
    if missing:
        raise LoadError(
            f"Load needs packages that are not installed ({', '.join(missing)}). "
            "Run: .venv/bin/uv pip install --constraint requirements.lock --group load"
        )
    runs: list[Run] = []
    for plan in plans:
        report(f"{plan.worlds} world{'s' if plan.worlds == 'many' else ''}: {plan.total:.0f} seconds")
        with _served() as (server, url):
            task = json.dumps({"server": url, "pid": server.pid, "plan": asdict(plan)})
            runs.append(Run.from_json(_generate(task, plan.total + GRACE)))
    return LoadResults(os.cpu_count() or 1, platform.python_version(), runs)


@contextmanager
def _served() -> Generator[tuple[subprocess.Popen[bytes], str]]:
    """A server with the address of its start page."""
    with TemporaryFile() as output:
        server = subprocess.Popen(SERVE, stdout=subprocess.PIPE, stderr=output)
        try:
            first = server.stdout.readline().decode() if server.stdout else ""
            address = re.search(r"http://\S+", first)
            if address is None:
                server.wait()
                output.seek(0)
                raise _failure("The server does not start, as it says above.", output)
            yield server, address[0]
        finally:
            server.terminate()
            server.communicate()


def _generate(task: str, limit: float) -> str:
    with TemporaryFile() as output:
        try:
            done = subprocess.run(
                GENERATE, input=task.encode(), stdout=subprocess.PIPE, stderr=output, timeout=limit, check=False
            )
        except subprocess.TimeoutExpired:
            raise LoadError(f"The load did not end within {limit:.0f} seconds. Is the machine busy?") from None
        if done.returncode:
            output.seek(0)
            raise _failure("The load could not be made, as it says above.", output)
        return done.stdout.decode()


def _failure(text: str, output: IO[bytes]) -> LoadError:
    failure = LoadError(text)
    failure.add_note(output.read().decode(errors="replace"))
    return failure
