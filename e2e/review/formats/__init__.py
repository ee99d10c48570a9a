"""The formats in which the result of a review is printed."""

from collections.abc import Callable
from typing import Final

import click

from e2e.review.formats.data import write_json
from e2e.review.formats.github import write_commands
from e2e.review.formats.junit import write_junit
from e2e.review.formats.markdown import write_markdown
from e2e.review.review import Reviewed
from e2e.review.terminal import print_review


def _printed(write: Callable[[Reviewed], str]) -> Callable[[Reviewed], None]:
    def print_text(reviewed: Reviewed) -> None:
        click.echo(write(reviewed), nl=False)

    return print_text


FORMATS: Final[dict[str, Callable[[Reviewed], None]]] = {
    "text": print_review,
    "json": _printed(write_json),
    "markdown": _printed(write_markdown),
    "junit": _printed(write_junit),
    "github": _printed(write_commands),
}
"""What prints the result, by the name of the format."""

__all__ = ["FORMATS"]
