"""``mock-sites conform``."""

# ruff: noqa: PLC0415

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from mock_sites.cli.common import Problem


@click.command()
@click.argument("address", metavar="URL")
@click.option(
    "--key",
    envvar="MOCK_SITES_SELLER_KEY",
    show_envvar=True,
    required=True,
    help="The key that both ends agreed on. It is masked in all that is shown.",
)
@click.option("--protocol", type=click.Choice(["v1", "v2"]), required=True, help="Version of the seller protocol.")
@click.option("--kit/--no-kit", default=True, show_default=True, help="Try the joint-operation kit too.")
@click.option(
    "--live", is_flag=True, help="Send testFlag 0 (real) in place of 1 (debug): unknown instances count then."
)
@click.option(
    "--limit", type=click.FloatRange(min=0.01, max=600), default=5.0, show_default=True, help="Seconds for an answer."
)
@click.option(
    "--time",
    "moment",
    type=click.DateTime(["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S"]),
    help="UTC time that the calls carry as now, for a seller with a clock of its own.  [default: real time]",
)
@click.option(
    "--public-key",
    type=click.Path(path_type=Path),
    help="The seller's RSA public key (PEM), with which the OAuth client's secret is encrypted.",
)
@click.option("--oaep-digest", type=click.Choice(["sha256", "sha1"]), default="sha256", show_default=True)
@click.option("--mgf-hash", type=click.Choice(["sha256", "sha1"]), default="sha1", show_default=True)
@click.option("--junit", type=click.Path(path_type=Path), help="File for a report in JUnit's XML.")
@click.option("--html", type=click.Path(path_type=Path), help="File for a report to read in a browser.")
def conform(*, moment: datetime | None, **asked: Any) -> None:
    """See whether the seller's endpoint at URL keeps to Huawei's seller protocol.

    URL is the production address. Every operation is called as documented, and in the ways a seller must refuse. The
    exit code is 0 when the seller conforms, 1 when it falls short, 2 when the run could not take place.

    A seller on this machine is called directly, another one through the proxy that HTTP_PROXY, HTTPS_PROXY or
    ALL_PROXY names, unless NO_PROXY names the seller.
    """
    from rich.console import Console

    from mock_sites.huawei.conformance import command
    from mock_sites.huawei.conformance.running import CannotRunError
    from mock_sites.serving.command import console_for

    order = command.ConformOptions(time=moment and moment.replace(tzinfo=UTC), **asked)
    try:
        report = command.conform(order, output=console_for(sys.stdout), progress=Console(stderr=True))
    except CannotRunError as error:
        raise Problem(str(error)) from error
    sys.exit(0 if report.conforms else 1)
