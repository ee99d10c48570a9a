"""What the commands share that talk to a running server: its address, its token, and its refusals."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, Final, TypeVar, cast

import click

from mock_sites.cli.common import ListedCommands, Problem

DEFAULT_SERVER: Final = "http://localhost:8700"

MAKE_A_WORLD: Final = "`mock-sites worlds list` shows the worlds, and `mock-sites worlds make NAME` makes one."

Command = TypeVar("Command", bound=Callable[..., Any])


def of_a_server(command: Command) -> Command:
    """Add the options ``--server`` and ``--token``."""
    server = click.option(
        "--server",
        envvar="MOCK_SITES_SERVER",
        default=DEFAULT_SERVER,
        show_default=True,
        show_envvar=True,
        help="The running server to talk to.",
    )
    token = click.option(
        "--token",
        envvar="MOCK_SITES_TOKEN",
        default="",
        show_envvar=True,
        help="What that server asks for, if it is served to other machines too.",
    )
    return server(token(command))


class CommandsOfAServer(ListedCommands):
    """Commands of a running server, whose ``--server`` and ``--token`` stand before a command's name or after it."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Let a command have the options too."""
        for option in ("--server", "--token"):
            text = f"The same as {option} before {cmd.name}."
            cmd.params.append(click.Option([option], expose_value=False, callback=_put_before, help=text))
        super().add_command(cmd, name)


def _put_before(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    """Take an option after the command's name for one before it."""
    if value is not None:
        ctx.obj[option.name] = value


def pass_worlds(command: Command) -> Command:
    """Hand the worlds of the server to one of those commands, as its first argument."""

    @click.pass_obj
    @wraps(command)
    def with_worlds(server: Mapping[str, str], **options: Any) -> Any:
        from mock_sites.client import Worlds

        with report_refusals(), Worlds(**server) as worlds:
            return command(worlds, **options)

    return cast("Command", with_worlds)


@contextmanager
def report_refusals(if_missing: str = "") -> Generator[None]:
    """Say in one line why the server did not do it, and, where something is not there, what makes it."""
    from mock_sites.client import ClientError, NotFoundError, UnreachableError

    try:
        yield
    except UnreachableError as error:
        raise Problem(f"{error} Name another server with --server.") from error
    except NotFoundError as error:
        raise Problem(f"{error} {if_missing}".strip()) from error
    except ClientError as error:
        raise Problem(str(error)) from error
