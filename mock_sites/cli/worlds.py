"""``mock-sites worlds``: the worlds of a running server, by its REST API."""

# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import click

from mock_sites.cli.common import Problem
from mock_sites.cli.durations import Duration

if TYPE_CHECKING:
    from mock_sites.cli.remote import RemoteWorlds

DEFAULT_SERVER: Final = "http://localhost:8700"


@click.group()
@click.option(
    "--server",
    envvar="MOCK_SITES_SERVER",
    default=DEFAULT_SERVER,
    show_default=True,
    show_envvar=True,
    help="The running server to talk to.",
)
@click.option(
    "--token",
    envvar="MOCK_SITES_TOKEN",
    default="",
    show_envvar=True,
    help="What that server asks for, if it is served to other machines too.",
)
@click.pass_context
def worlds(ctx: click.Context, server: str, token: str) -> None:
    """Make, fork, snapshot, restore, drop and advance worlds of a running server."""
    from mock_sites.cli.remote import RemoteWorlds

    ctx.obj = ctx.with_resource(RemoteWorlds(server, token))


@worlds.command("list")
@click.pass_obj
def list_worlds(remote: RemoteWorlds) -> None:
    """List the worlds with their time."""
    from rich.table import Table
    from rich.text import Text

    from mock_sites.serving.command import console_for

    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("World", "Time (UTC)", "Clock", "Seed", "Snapshots"):
        table.add_column(heading, overflow="fold")
    table.add_column("Start page", no_wrap=True, overflow="ignore")
    pages = list(_pages(remote))
    for world in (world for page in pages for world in page["worlds"]):
        table.add_row(
            Text(world["name"]),
            _utc(world["clock"]["now"]),
            "frozen" if world["clock"]["frozen"] else "running",
            Text(world["seed"]),
            ", ".join(world["snapshots"]) or "-",
            Text(world["url"]),
        )
    console_for(sys.stdout).print(table)
    for found in (found for page in pages for found in page["unusable"]):
        click.echo(found["reason"], err=True)


def _pages(remote: RemoteWorlds) -> Iterator[dict[str, Any]]:
    """The list of all worlds, as the server tells it page by page."""
    after: str | None = ""
    while after is not None:
        page = _ask(remote, "GET", query={"after": after})
        yield page
        after = page["next"]


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
@click.argument("durations", metavar="[DURATION]...", type=Duration(), nargs=-1)
@click.option("--seconds", type=click.FloatRange(min=0), default=0)
@click.option("--minutes", type=click.FloatRange(min=0), default=0)
@click.option("--hours", type=click.FloatRange(min=0), default=0)
@click.option("--days", type=click.FloatRange(min=0), default=0)
@click.pass_obj
def advance(
    remote: RemoteWorlds,
    *,
    name: str,
    durations: tuple[float, ...],
    seconds: float,
    minutes: float,
    hours: float,
    days: float,
) -> None:
    """Move the clock of NAME forward, doing each job on the way at its time.

    A DURATION is a number of seconds or a text such as 3m, 1h30m or 14d. The options say the same in their units.
    """
    step = sum(durations) + seconds + 60 * minutes + 3600 * hours + 86400 * days
    if not 0 < step < float("inf"):
        raise Problem("Say how far, such as 3m, 1h30m or 14d.")
    clock = _ask(remote, "POST", name, "clock", "advance", body={"seconds": step})
    click.echo(f"It is {_utc(clock['now'])} UTC in {name}. Jobs done on the way: {clock['jobs_done']}.")


def _ask(
    remote: RemoteWorlds,
    method: str,
    *path: str,
    body: dict[str, Any] | None = None,
    query: dict[str, str] | None = None,
) -> Any:
    from mock_sites.cli.remote import RemoteError

    try:
        return remote.ask(method, *path, body=body, query=query)
    except RemoteError as error:
        raise Problem(str(error)) from error


def _utc(moment: str) -> str:
    return moment[:19].replace("T", " ")


def _tell(done: str, world: dict[str, Any]) -> None:
    click.echo(f"{done} {world['name']}: {world['url']}")
