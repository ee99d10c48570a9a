"""``mock-sites``: serve the sites, look after their worlds, and see whether this machine has what is needed.

Whatever takes long to load is loaded by the command that needs it, so that help comes at once and a Ctrl-C while the
server is still being loaded is taken care of.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from mock_sites.remote import RemoteWorlds

DEFAULT_SERVER = "http://localhost:8700"
USAGE_STATUS = 2


class Problem(click.ClickException):
    """One line that says what is wrong and what to do; exit code 2."""

    exit_code = USAGE_STATUS

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line on stderr."""
        click.echo(f"mock-sites: {self.format_message()}", file=file, err=file is None)


class Commands(click.Group):
    """A group whose commands tell wrong use in one line."""

    def invoke(self, ctx: click.Context) -> object:
        """Do the command."""
        try:
            return super().invoke(ctx)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise Problem(error.format_message()) from error


class Port(click.ParamType[int]):
    """A port number, or 0 for any free port."""

    name = "port"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number, or say what a port is."""
        text = str(value)
        if text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65535:
            return int(text)
        return self.fail(f"{value!r} is no port number. Use 0 (any free port) to 65535.", param, ctx)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Mock sites of a cloud marketplace and of a seller on it, on this machine only.

    \b
    mock-sites serve --open       serve them and open the start page
    mock-sites worlds make demo   make another world on the running server
    mock-sites conform URL ...    see whether a seller's endpoint keeps to the protocol
    mock-sites doctor --fix       get what this machine lacks
    """  # noqa: D301 - click reads the backspace


@main.command()
@click.option("--port", type=Port(), default=8700, show_default=True, help="Port to serve on; 0 takes any free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of this machine to listen on.")
@click.option("--world", default="main", show_default=True, help="World to have ready; made if it is not there.")
@click.option("--seed", help="Ids, codes and secrets of a world that is made come from it.  [default: 2026]")
@click.option("--open", "open_browser", is_flag=True, help="Open the start page in a browser.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="Folder to keep the worlds in. Without it they are gone when the server ends.",
)
@click.option("--seller", help="Production address of a service of yours that the marketplace drives.")
@click.option(
    "--seller-key",
    envvar="MOCK_SITES_SELLER_KEY",
    show_envvar=True,
    help="The access key agreed on with that seller.",
)
@click.option(
    "--protocol",
    type=click.Choice(["v1", "v2"]),
    default="v2",
    show_default=True,
    help="The seller protocol it speaks.",
)
@click.option("--seller-login", help="Login address of that seller, where unified login sends members.")
def serve(  # noqa: PLR0913 - one parameter an option
    *,
    port: int,
    host: str,
    world: str,
    seed: str | None,
    open_browser: bool,
    data: Path | None,
    seller: str | None,
    seller_key: str | None,
    protocol: str,
    seller_login: str | None,
) -> None:
    """Serve the sites until Ctrl-C, and tell their addresses and who can sign in.

    Every site is at its documented host name with .localhost behind it, such as
    http://marketplace.huaweicloud.com.localhost:8700/ (in the world demo:
    marketplace.huaweicloud.com.demo.localhost). The start page lists them all.

    With --seller, the marketplace drives that service instead of the built-in seller, Guance.
    """
    if seller and not seller_key:
        raise Problem("Say which key signs the calls: --seller-key KEY, or the variable MOCK_SITES_SELLER_KEY.")
    if (seller_key or seller_login) and not seller:
        raise Problem("Say where your seller answers: --seller http://localhost:9000/isv.")
    from mock_sites.signals import stop_signals

    with stop_signals() as wait_for_stop:
        from mock_sites import serving

        try:
            driven = serving.SellerPlan(seller, seller_key or "", protocol, seller_login or "") if seller else None
            plan = serving.Plan(port, host, world, seed, open_browser, data, driven)
            serving.serve(plan, wait_for_stop)
        except serving.REFUSALS as error:
            raise Problem(str(error)) from error


@main.group()
@click.option(
    "--server",
    envvar="MOCK_SITES_SERVER",
    default=DEFAULT_SERVER,
    show_default=True,
    show_envvar=True,
    help="The running server to talk to.",
)
@click.pass_context
def worlds(ctx: click.Context, server: str) -> None:
    """Make, fork, snapshot, restore, drop and advance worlds of a running server."""
    from mock_sites.remote import RemoteWorlds

    ctx.obj = ctx.with_resource(RemoteWorlds(server))


@worlds.command("list")
@click.pass_obj
def list_worlds(remote: RemoteWorlds) -> None:
    """List the worlds with their time."""
    from rich.table import Table
    from rich.text import Text

    from mock_sites.serving import console_for

    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("World", "Time (UTC)", "Clock", "Seed", "Snapshots"):
        table.add_column(heading, overflow="fold")
    table.add_column("Start page", no_wrap=True, overflow="ignore")
    for world in _ask(remote, "GET")["worlds"]:
        table.add_row(
            Text(world["name"]),
            _utc(world["clock"]["now"]),
            "frozen" if world["clock"]["frozen"] else "running",
            Text(world["seed"]),
            ", ".join(world["snapshots"]) or "-",
            Text(world["url"]),
        )
    console_for(sys.stdout).print(table)


@worlds.command()
@click.argument("name", required=False)
@click.option("--seed", help="Ids, codes and secrets come from it.  [default: 2026]")
@click.option("--frozen", is_flag=True, help="Start with a clock that stands still.")
@click.pass_obj
def make(remote: RemoteWorlds, *, name: str | None, seed: str | None, frozen: bool) -> None:
    """Make the world NAME, or the next free of w1, w2, ..."""
    body = {"name": name, "running": not frozen} | ({} if seed is None else {"seed": seed})
    _tell("Made", _ask(remote, "POST", body=body))


@worlds.command()
@click.argument("name")
@click.argument("new_name", required=False)
@click.pass_obj
def fork(remote: RemoteWorlds, *, name: str, new_name: str | None) -> None:
    """Make the world NEW_NAME begin as NAME is now, its time included."""
    _tell("Made", _ask(remote, "POST", name, "fork", body={"name": new_name}))


@worlds.command()
@click.argument("name")
@click.argument("label")
@click.pass_obj
def snapshot(remote: RemoteWorlds, *, name: str, label: str) -> None:
    """Keep the present state of NAME under LABEL."""
    _ask(remote, "PUT", name, "snapshots", label)
    click.echo(f"Kept {name} as {label}.")


@worlds.command()
@click.argument("name")
@click.argument("label")
@click.pass_obj
def restore(remote: RemoteWorlds, *, name: str, label: str) -> None:
    """Put NAME back to the snapshot LABEL, its clock too."""
    _tell("Restored", _ask(remote, "POST", name, "snapshots", label, "restore"))


@worlds.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def drop(remote: RemoteWorlds, *, name: str, yes: bool) -> None:
    """Remove NAME and its snapshots for good."""
    if not yes:
        click.confirm(f"Remove world {name}, its mails, journal and snapshots?", abort=True)
    _ask(remote, "DELETE", name)
    click.echo(f"Dropped {name}.")


@worlds.command()
@click.argument("name")
@click.option("--seconds", type=click.FloatRange(min=0), default=0)
@click.option("--minutes", type=click.FloatRange(min=0), default=0)
@click.option("--hours", type=click.FloatRange(min=0), default=0)
@click.option("--days", type=click.FloatRange(min=0), default=0)
@click.pass_obj
def advance(remote: RemoteWorlds, *, name: str, seconds: float, minutes: float, hours: float, days: float) -> None:
    """Move the clock of NAME forward, doing each job on the way at its time."""
    step = seconds + 60 * minutes + 3600 * hours + 86400 * days
    if not 0 < step < float("inf"):
        raise Problem("Say how far, such as --minutes 3 or --days 14.")
    clock = _ask(remote, "POST", name, "clock", "advance", body={"seconds": step})
    click.echo(f"It is {_utc(clock['now'])} UTC in {name}. Jobs done on the way: {clock['jobs_done']}.")


def _ask(remote: RemoteWorlds, method: str, *path: str, body: dict[str, Any] | None = None) -> Any:
    from mock_sites.remote import RemoteError

    try:
        return remote.ask(method, *path, body=body)
    except RemoteError as error:
        raise Problem(str(error)) from error


def _utc(moment: str) -> str:
    return moment[:19].replace("T", " ")


def _tell(done: str, world: dict[str, Any]) -> None:
    click.echo(f"{done} {world['name']}: {world['url']}")


@main.command()
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
    """
    from rich.console import Console

    from mock_sites.huawei.conformance import command
    from mock_sites.huawei.conformance.running import CannotRunError
    from mock_sites.loopback import LoopbackTransport
    from mock_sites.serving import console_for

    order = command.Order(time=moment and moment.replace(tzinfo=UTC), **asked)
    try:
        report = command.conform(
            order,
            output=console_for(sys.stdout),
            progress=Console(stderr=True),
            transport=LoopbackTransport() if command.is_here(order.address) else None,
        )
    except CannotRunError as error:
        raise Problem(str(error)) from error
    sys.exit(0 if report.conforms else 1)


@main.command()
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
