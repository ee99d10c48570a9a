"""``mock-sites conform``."""

# ruff: noqa: PLC0415

import re
import secrets
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import click

from mock_sites.cli.common import Problem

_KINDS: Final = ("period", "trial", "on-demand", "one-time", "package", "licence")
_OFFSET: Final = re.compile(r"([+-][0-9]{1,6})(s|m|h)")
_READABLE: Final = 160
"""The columns of the report in a file: it has whole sentences."""
_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours"}


class _Moment(click.ParamType[datetime]):
    """A UTC time, or how far it is from now."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the time."""
        if found := _OFFSET.fullmatch(value):
            return datetime.now(UTC) + timedelta(**{_UNITS[found[2]]: int(found[1])})
        try:
            return datetime.strptime(value.removesuffix("Z"), "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
        except ValueError:
            self.fail(f"{value!r} is neither a UTC time such as 2026-03-02T01:00:00Z nor an offset such as -90s.")


class _Names(click.ParamType[tuple[str, ...]]):
    """Names, separated by commas."""

    name = "names"

    def __init__(self, known: tuple[str, ...] = ()) -> None:
        """Take the names in ``known`` only, or any."""
        self.known = known

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Read the names."""
        found = tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))
        for name in found:
            if self.known and name not in self.known:
                self.fail(f"{name!r} is none of {', '.join(self.known)}.")
        if self.known and not found:
            self.fail(f"Name at least one of {', '.join(self.known)}.")
        return found


@click.command()
@click.argument("address", metavar="URL")
@click.option(
    "--key",
    envvar="MOCK_SITES_SELLER_KEY",
    show_envvar=True,
    required=True,
    help="The key that both ends agreed on. It is masked in all that is shown.",
)
@click.option(
    "--kit-key",
    envvar="MOCK_SITES_SELLER_KIT_KEY",
    show_envvar=True,
    default="",
    help="The key of the joint-operation kit, if it is another. It is masked too.",
)
@click.option("--protocol", type=click.Choice(["v1", "v2"]), required=True, help="Version of the seller protocol.")
@click.option(
    "--listing",
    "kinds",
    type=_Names(_KINDS),
    default="period,trial",
    show_default=True,
    metavar="KIND,...",
    help=f"What you have listed: {', '.join(_KINDS)}. Only calls that belong to it are made.",
)
@click.option(
    "--with",
    "parameters",
    type=_Names(),
    metavar="NAME,...",
    help="The optional parameters that your listing asks for, such as mobilePhone,email,expireTime,amount, and the "
    "operations that not every seller has: upgrade, queryInstance and instanceStatus in V1.0, upgradeInstance and "
    "orderNotify in V2.0. Only these are sent, and with each purchase.  [default: all; a seller that refuses such an "
    "operation gets a note]",
)
@click.option("--kit/--no-kit", default=True, show_default=True, help="Try the joint-operation kit too.")
@click.option(
    "--usage-push",
    type=click.IntRange(min=1, max=65535),
    metavar="PORT",
    help="Take the seller's usage push at http://127.0.0.1:PORT and check it. For listings with on-demand products.",
)
@click.option(
    "--push-wait",
    type=click.FloatRange(min=0, max=7200),
    default=30.0,
    show_default=True,
    help="Seconds to wait for it after the last call.",
)
@click.option("--live", is_flag=True, help="Send real calls in place of debug calls: unknown instances count then.")
@click.option(
    "--timeout",
    "--limit",
    "limit",
    type=click.FloatRange(min=0.01, max=600),
    default=5.0,
    show_default=True,
    help="Seconds for an answer: 5 as in production, 20 as on the debugging page.",
)
@click.option(
    "--time",
    "moment",
    type=_Moment(),
    metavar="TIME",
    help="What the calls carry as now: a UTC time, for a seller with a clock of its own, or an offset such as -90s or "
    "+10m, to try clocks that differ.  [default: real time]",
)
@click.option(
    "--seed",
    default=lambda: secrets.token_hex(4),
    show_default="another one for each run",
    help="Where the ids of the run come from. The reports name it: with it, the same ids are sent again.",
)
@click.option(
    "--proxy",
    metavar="URL",
    help='HTTP proxy for all calls; "" for none.  [default: that of the environment, for other machines only]',
)
@click.option(
    "--public-key",
    type=click.Path(path_type=Path),
    help="The seller's RSA public key (PEM), with which the OAuth client's secret is encrypted.",
)
@click.option("--oaep-digest", type=click.Choice(["sha256", "sha1"]), default="sha256", show_default=True)
@click.option("--mgf-hash", type=click.Choice(["sha256", "sha1"]), default="sha256", show_default=True)
@click.option(
    "--language", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of the reports."
)
@click.option("--junit", type=click.Path(path_type=Path), help="File for a report in JUnit's XML.")
@click.option("--html", type=click.Path(path_type=Path), help="File for a report to read in a browser.")
def conform(
    *, moment: datetime | None, kinds: tuple[str, ...], parameters: tuple[str, ...] | None, **asked: Any
) -> None:
    """See whether the seller's endpoint at URL keeps to Huawei's seller protocol.

    URL is the production address. Every operation is called as documented, and in the ways a seller must refuse. A
    rightly signed call that is refused is made again with one usual mistake after the other, to name what to fix. The
    exit code is 0 when the seller conforms, 1 when it falls short, 2 when the run could not take place.

    A seller on this machine is called directly, another one through the proxy that HTTP_PROXY, HTTPS_PROXY or
    ALL_PROXY names, unless NO_PROXY names the seller. The reports name the proxy.
    """
    from rich.console import Console

    from mock_sites.huawei.conformance import command
    from mock_sites.huawei.conformance.listing import Kind, Listing
    from mock_sites.huawei.conformance.running import CannotRunError
    from mock_sites.process.printing import console_for

    listing = Listing(tuple(map(Kind, kinds)), None if parameters is None else frozenset(parameters))
    order = command.ConformOptions(time=moment, listing=listing, **asked)
    try:
        report = command.conform(order, output=console_for(sys.stdout, width=_READABLE), progress=Console(stderr=True))
    except CannotRunError as error:
        raise Problem(str(error)) from error
    sys.exit(0 if report.conforms else 1)
