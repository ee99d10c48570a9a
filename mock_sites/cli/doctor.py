"""``mock-sites doctor``."""

# ruff: noqa: PLC0415

import sys

import click


@click.command()
@click.option("--fix", is_flag=True, help="Get what is missing, as far as that can be done from here.")
def doctor(*, fix: bool) -> None:
    """Say what this machine has and lacks for the sites and their browser tests.

    The exit code is 2 when something that is needed is missing, else 0.
    """
    from mock_sites.environment import doctor as machine

    sys.exit(machine.run(click.echo, fix=fix))
