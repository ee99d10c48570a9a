"""``mock-sites worlds``: the worlds of a running server, by its REST API."""

# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from mock_sites.cli.common import Problem, ask_to_replace, yes_option
from mock_sites.cli.durations import Duration
from mock_sites.cli.remote import MAKE_A_WORLD, CommandsOfAServer, of_a_server, pass_worlds, report_refusals
from mock_sites.world.foreign_text import on_one_line

if TYPE_CHECKING:
    from mock_sites.client import World, Worlds

_TAKE_A_SNAPSHOT: Final = (
    "`mock-sites worlds snapshots NAME` shows its snapshots, and `mock-sites worlds snapshot NAME LABEL` takes one."
)
_BEGIN_A_RECORDING: Final = "`mock-sites worlds record NAME` begins a recording."


@click.group(cls=CommandsOfAServer)
@of_a_server
@click.pass_context
def worlds(ctx: click.Context, **server: str) -> None:
    """Make, fork, snapshot, restore, export, import, record, drop and advance worlds of a running server."""
    ctx.obj = server


@worlds.command("list")
@pass_worlds
def list_worlds(remote: Worlds) -> None:
    """List the worlds with their time."""
    from rich.text import Text

    from mock_sites.client import UnusableWorld
    from mock_sites.process.printing import address_column, console_for, folding_table

    table = folding_table("World", "Time (UTC)", "Clock", "Seed", "Snapshots", address_column("Start page"))
    unusable: list[UnusableWorld] = []
    with report_refusals():
        for world in remote.all():
            if isinstance(world, UnusableWorld):
                unusable.append(world)
                continue
            clock = "frozen" if world.frozen else "running"
            kept = ", ".join(world.snapshots) or "-"
            row = (world.name, _utc(world.now), clock, world.seed, kept, world.url)
            table.add_row(*(Text(on_one_line(text)) for text in row))
    console_for(sys.stdout).print(table)
    for world in unusable:
        click.echo(on_one_line(world.reason), err=True)


@worlds.command()
@click.argument("name", required=False)
@click.option("--seed", help="Ids, codes and secrets come from it.  [default: 2026]")
@click.option("--frozen", is_flag=True, help="Start with a clock that stands still.")
@pass_worlds
def make(remote: Worlds, *, name: str | None, seed: str | None, frozen: bool) -> None:
    """Make the world NAME, or the next free of w1, w2, ..."""
    with report_refusals():
        _print_world("Made", remote.make(name, running=not frozen, seed=seed))


@worlds.command()
@click.argument("name")
@click.argument("new_name", required=False)
@pass_worlds
def fork(remote: Worlds, *, name: str, new_name: str | None) -> None:
    """Make the world NEW_NAME begin as NAME is now, its time included."""
    with report_refusals(MAKE_A_WORLD):
        _print_world("Made", remote.fork(name, new_name))


@worlds.command()
@click.argument("name")
@click.argument("label")
@pass_worlds
def snapshot(remote: Worlds, *, name: str, label: str) -> None:
    """Keep the present state of NAME under LABEL."""
    with _existing(remote, name) as world:
        world.snapshot(label)
    click.echo(f"Kept {name} as {label}.")


@worlds.command()
@click.argument("name")
@click.argument("label")
@pass_worlds
def restore(remote: Worlds, *, name: str, label: str) -> None:
    """Put NAME back to the snapshot LABEL, its clock too."""
    with _existing(remote, name, _TAKE_A_SNAPSHOT) as world:
        world.restore(label)
    _print_world("Restored", world)


@worlds.command()
@click.argument("name")
@pass_worlds
def snapshots(remote: Worlds, *, name: str) -> None:
    """List the snapshots of NAME with the time to which each goes back, the one that was taken last first."""
    from mock_sites.process.printing import console_for, folding_table

    table = folding_table("Label", "Time (UTC)")
    with _existing(remote, name) as world:
        for kept in world.snapshots():
            table.add_row(kept.label, _utc(kept.now) if kept.now else "damaged")
    console_for(sys.stdout).print(table)


@worlds.command("drop-snapshot")
@click.argument("name")
@click.argument("label")
@yes_option
@pass_worlds
def drop_snapshot(remote: Worlds, *, name: str, label: str, yes: bool) -> None:
    """Remove the snapshot LABEL of NAME for good; NAME stays as it is."""
    if not yes:
        click.confirm(f"Remove snapshot {label} of {name}?", abort=True)
    with _existing(remote, name, _TAKE_A_SNAPSHOT) as world:
        world.drop_snapshot(label)
    click.echo(f"Dropped snapshot {label} of {name}.")


@worlds.command("export")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@yes_option
@pass_worlds
def export_world(remote: Worlds, *, name: str, file: Path, yes: bool) -> None:
    """Write NAME as it is now into FILE, without its snapshots.

    A person with the file knows all passwords, codes and keys of the world.
    """
    ask_to_replace(file, yes=yes)
    with _existing(remote, name) as world, _report_files(file, "written"):
        world.export(file)
    click.echo(f"Exported {name} to {file}.")


@worlds.command("import")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_worlds
def import_world(remote: Worlds, *, name: str, file: Path) -> None:
    """Make the world NAME from a FILE that `mock-sites worlds export` has written, its time included."""
    with report_refusals(), _report_files(file, "read", "`mock-sites worlds export NAME FILE` writes one."):
        world = remote.import_file(file, name)
    _print_world("Made", world)


@worlds.command()
@click.argument("name")
@click.option("--stop", is_flag=True, help="Record no more. What was recorded stays.")
@pass_worlds
def record(remote: Worlds, *, name: str, stop: bool) -> None:
    """Record what people do in NAME from now on, in place of an earlier recording."""
    with _existing(remote, name, _BEGIN_A_RECORDING) as world:
        if stop:
            world.stop_recording()
        else:
            world.record()
    click.echo(f"The recording of {name} has {'ended' if stop else 'begun'}.")


@worlds.command()
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--person", default="", help="Only what the ready-made person with this key did.")
@yes_option
@pass_worlds
def save_test(remote: Worlds, *, name: str, file: Path, person: str, yes: bool) -> None:
    """Write what was recorded in NAME into FILE as a test for pytest.

    If NAME was not new when the recording began, its state of then is written beside the test.
    """
    ask_to_replace(file, file.with_suffix(".zip"), yes=yes)
    with _existing(remote, name, _BEGIN_A_RECORDING) as world, _report_files(file, "written"):
        beside = world.save_as_test(file, person)
    click.echo(f"Saved {file}{f' and {beside}' if beside else ''}. Run it with pytest.")


@worlds.command()
@click.argument("name")
@yes_option
@pass_worlds
def drop(remote: Worlds, *, name: str, yes: bool) -> None:
    """Remove NAME and its snapshots for good."""
    if not yes:
        click.confirm(f"Remove world {name}, its mails, journal and snapshots?", abort=True)
    with report_refusals(MAKE_A_WORLD):
        remote.drop(name)
    click.echo(f"Dropped {name}.")


@worlds.command()
@click.option(
    "--older-than", type=Duration(), default="1d", show_default=True, help="Leave younger ones, by real time."
)
@pass_worlds
def clean(remote: Worlds, *, older_than: float) -> None:
    """Drop the worlds that test runs with --mock-server have left, because they were stopped.

    Their names begin with "run" and eight digits. The age of a world counts from when it was made, or its clock was
    last moved. Each run does this when it begins.
    """
    with report_refusals():
        dropped = remote.drop_left(older_than=older_than)
    click.echo(f"Dropped: {', '.join(dropped) or 'none'}.")


@worlds.command()
@click.argument("name")
@click.argument("durations", metavar="[DURATION]...", type=Duration(), nargs=-1)
@click.option("--seconds", type=click.FloatRange(min=0), default=0)
@click.option("--minutes", type=click.FloatRange(min=0), default=0)
@click.option("--hours", type=click.FloatRange(min=0), default=0)
@click.option("--days", type=click.FloatRange(min=0), default=0)
@pass_worlds
def advance(
    remote: Worlds,
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
    with _existing(remote, name) as world:
        clock = world.clock.advance(seconds=step)
    click.echo(f"It is {_utc(clock.now)} UTC in {name}. Jobs done on the way: {clock.jobs_done}.")


@contextmanager
def _existing(remote: Worlds, name: str, if_missing: str = "") -> Generator[World]:
    """The world NAME. What the server does not do with it is said in one line, with what makes what is not there."""
    with report_refusals(MAKE_A_WORLD):
        world = remote.get(name)
    with report_refusals(if_missing):
        yield world


@contextmanager
def _report_files(file: Path, done: Literal["read", "written"], if_missing: str = "") -> Generator[None]:
    """Say in one line why a file cannot be read or written, and what makes one that is not there."""
    try:
        yield
    except FileNotFoundError as error:
        raise Problem(f"{file} cannot be {done}: {error.strerror}. {if_missing}".strip()) from error
    except OSError as error:
        raise Problem(f"{file} cannot be {done}: {error.strerror}.") from error


def _utc(moment: str) -> str:
    return moment[:19].replace("T", " ")


def _print_world(done: str, world: World) -> None:
    with report_refusals():
        passwords = {person.password for person in world.people().values()}
    click.echo(f"{done} {world.name}: {world.url}")
    click.echo(f"Password of its ready-made accounts: {', '.join(sorted(passwords))}")
