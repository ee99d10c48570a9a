"""The page of a gallery from which its pictures are opened."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from e2e.gallery.shown import Look, ShownPage

INDEX: Final = "gallery.html"
"""The file of a gallery from which the others are opened."""


def write_index(
    folder: Path, pages: Sequence[ShownPage], looks: Sequence[Look], sheets: Mapping[str, Sequence[str]]
) -> None:
    """Write the index: the pages by language and site, each with its pictures, and the contact sheets."""
    environment = Environment(
        loader=PackageLoader("e2e.gallery", "."), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    ordered = sorted(pages, key=lambda page: (page.language, page.site, page.number))
    groups = [(key, list(some)) for key, some in groupby(ordered, key=lambda page: (page.language, page.site))]
    faulty = [page for page in ordered if page.faults]
    text = environment.get_template("index.html").render(
        groups=groups, looks=looks, sheets=sheets, pages=pages, faulty=faulty
    )
    (folder / INDEX).write_text(text, encoding="utf-8", newline="\n")
