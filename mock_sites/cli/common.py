"""What the commands share: how wrong use is told, and what a port is."""

from typing import IO, Any, Final

import click

USAGE_STATUS: Final = 2
"""The exit code of wrong use, and of what could not be done."""


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
