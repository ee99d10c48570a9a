"""What the commands share that talk to a running server: its address, its token, and its refusals."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import click

from mock_sites.cli.common import Problem

DEFAULT_SERVER: Final = "http://localhost:8700"

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


@contextmanager
def report_refusals() -> Generator[None]:
    """Say in one line why the server did not do it."""
    from mock_sites.client import ClientError, UnreachableError

    try:
        yield
    except UnreachableError as error:
        raise Problem(f"{error} Name another server with --server.") from error
    except ClientError as error:
        raise Problem(str(error)) from error
