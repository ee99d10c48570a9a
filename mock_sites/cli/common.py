"""What the commands share: messages about wrong use, an orderly end on a signal, and the type of a port."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

import click

from mock_sites.process.signals import exit_code, orderly_interruption
from mock_sites.world.foreign_text import on_one_line

USAGE_STATUS: Final = 2
"""The exit code of wrong use, and of a command that could not do its work."""


class Problem(click.ClickException):
    """One line that says what is wrong and what to do; exit code 2."""

    exit_code = USAGE_STATUS

    def __init__(self, message: str) -> None:
        """Show the line with the name of the running program before it."""
        super().__init__(message)
        self._program = click.get_current_context().find_root().command.name

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line on stderr, below the notes of the error that has led to it: what a failed program printed."""
        for note in getattr(self.__cause__, "__notes__", ()):
            click.echo(note.rstrip(), file=file, err=file is None)
        click.echo(f"{self._program}: {on_one_line(self.format_message())}", file=file, err=file is None)


class ListedCommands(click.Group):
    """Commands whose descriptions are whole sentences in the list of them, however narrow it is."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Let the list have the first sentence of a command's help."""
        cmd.short_help = cmd.get_short_help_str(limit=sys.maxsize)
        super().add_command(cmd, name)


class Commands(ListedCommands):
    """A program's commands. Each reports wrong use in one line and ends in order on a signal to stop."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            with orderly_interruption():
                return super().invoke(ctx)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            # click lists choices in lines of their own.
            raise Problem(" ".join(error.format_message().split())) from error
        except KeyboardInterrupt as interruption:
            with suppress(OSError):  # a terminal that is closed accepts no more text
                click.echo("\nStopped.", err=True)
            sys.exit(exit_code(interruption))


yes_option = click.option("--yes", is_flag=True, help="Do not ask.")


def ask_to_replace(*files: Path, yes: bool) -> None:
    """Ask whether a command may replace files that are there already, unless ``yes``.

    Raises:
        click.Abort: it may not, or nobody answers.
    """
    there = " and ".join(str(file) for file in files if file.is_file())
    if there and not yes:
        click.confirm(f"Replace {there}?", abort=True)


class Port(click.ParamType[int]):
    """A port number, or 0 for any free port."""

    name = "port"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number, or fail with the rule for ports."""
        text = str(value)
        if text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65535:
            return int(text)
        return self.fail(f"{value!r} is no port number. Use 0 (any free port) to 65535.", param, ctx)
