"""``journeys``, also as ``python -m e2e``."""

from mock_sites import run_program


def main() -> None:
    """Run the program."""
    run_program("e2e.cli")


if __name__ == "__main__":
    main()
