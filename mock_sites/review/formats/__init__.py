"""The formats in which the result of a review is printed."""

from collections.abc import Callable
from typing import Final

import click

from mock_sites.review.formats.data import write_json
from mock_sites.review.formats.github import write_commands
from mock_sites.review.formats.junit import write_junit
from mock_sites.review.formats.markdown import write_markdown
from mock_sites.review.formats.terminal import print_review
from mock_sites.review.review import Reviewed


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
