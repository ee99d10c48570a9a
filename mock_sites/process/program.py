"""Starts the programs. If one fails because packages are missing, the message says so."""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Final

from mock_sites.environment import packages
from mock_sites.process.output import written_output

_UNUSABLE: Final = 2
"""The exit code when packages are missing."""


def run_program(module: str, *, without_packages: Callable[[], object] = lambda: None) -> None:
    """Call ``main`` of ``module``. If it fails and packages are missing, call ``without_packages`` and name them."""
    try:
        main = import_module(module).main
        with written_output(main.name):
            main()
    except Exception as error:
        lost = packages.problems()
        if not lost:
            raise
        without_packages()
        sys.stderr.write(f"Some packages are not as {packages.expected_by()}: {'; '.join(lost)} ({error}).\n")
        sys.stderr.write(f"{packages.remedy()}\n")
        sys.exit(_UNUSABLE)
