"""How the programs begin: where one fails because packages are lost, that is what it tells."""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Final

from mock_sites.environment import packages

_UNUSABLE: Final = 2
"""The exit code where packages are lost."""


def run_program(module: str, *, without_packages: Callable[[], object] = lambda: None) -> None:
    """Call ``main`` of ``module``; where it fails and packages are lost, call the other, then tell which in a line."""
    try:
        import_module(module).main()
    except Exception as error:
        lost = packages.problems()
        if not lost:
            raise
        without_packages()
        sys.stderr.write(f"Some packages are not as {packages.expected_by()}: {'; '.join(lost)} ({error}).\n")
        sys.stderr.write(f"{packages.remedy()}\n")
        sys.exit(_UNUSABLE)
