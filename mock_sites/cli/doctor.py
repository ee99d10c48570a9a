"""``mock-sites doctor``."""

# ruff: noqa: PLC0415

import sys

import click

from mock_sites.cli.common import USAGE_STATUS


@click.command()
@click.option("--fix", is_flag=True, help="Get what is missing, as far as that can be done from here.")
def doctor(*, fix: bool) -> None:
    """Say what this machine has and lacks for the sites and their browser tests.

    The exit code is 2 when something that is needed is missing, else 0.
    """
    from mock_sites import doctor as machine

    checks = machine.examine()
    for check in checks:
        mark = "ok     " if check.ok else "advice " if check.advisory else "MISSING"
        click.echo(f"{mark}  {check.name}: {check.detail}")
        if not check.ok and not fix:
            click.echo(f"         {check.advice}")
    ready = machine.repair(checks, click.echo) if fix else all(check.ok or check.advisory for check in checks)
    sys.exit(0 if ready else USAGE_STATUS)
