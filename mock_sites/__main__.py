"""``mock-sites``, also as ``python -m mock_sites``."""

import sys

from mock_sites.environment import doctor
from mock_sites.process.program import run_program


def main() -> None:
    """Run the program; its doctor needs no packages."""
    run_program("mock_sites.cli", without_packages=_see_the_doctor)


def _see_the_doctor() -> None:
    match sys.argv[1:]:
        case ["doctor", *options]:
            sys.exit(doctor.run(print, fix="--fix" in options))
        case _:
            pass


if __name__ == "__main__":
    main()
