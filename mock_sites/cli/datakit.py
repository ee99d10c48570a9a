"""``mock-sites datakit``: what the installation of DataKit on a host does, as seen by Guance."""

# ruff: noqa: PLC0415

from __future__ import annotations

import click

from mock_sites.cli.remote import MAKE_A_WORLD, of_a_server, report_refusals
from mock_sites.world.foreign_text import on_one_line


@click.command()
@click.argument("workspace_token")
@click.option("--name", default="my-host", show_default=True, help="The host name.")
@click.option(
    "--system",
    type=click.Choice(["linux", "windows", "macos"]),
    default="linux",
    show_default=True,
    help="Its platform.",
)
@click.option("--stop", is_flag=True, help="Let the host stop reporting.")
@click.option("--world", default="main", show_default=True, help="The world.")
@of_a_server
def datakit(*, workspace_token: str, name: str, system: str, stop: bool, world: str, server: str, token: str) -> None:
    """Let a host report to the workspace of Guance with WORKSPACE_TOKEN.

    The workspace shows its token, and this command, under Integrations. Its data begin with its first host.
    """
    from mock_sites.client import Worlds

    with report_refusals(), Worlds(server, token) as worlds:
        with report_refusals(MAKE_A_WORLD):
            hosts = worlds.get(world).datakit
        if stop:
            found = hosts.stop(workspace_token, name)
            click.echo(on_one_line(f"{found.name} has stopped reporting to {found.workspace}."))
        else:
            found = hosts.report(workspace_token, name, system)
            click.echo(on_one_line(f"{found.name} ({found.system}) reports to {found.workspace}."))
