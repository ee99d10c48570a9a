"""Lists as sheets to download, as a workbook or as CSV, and sheets that were uploaded."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from flask import Response

from mock_sites.web import csv_file, xlsx_file


def sheet_file(
    kind: str, name: str, header: Sequence[str], rows: Iterable[Sequence[str]], *, made: datetime
) -> Response:
    """A list as a file of a kind: csv or xlsx."""
    if kind == "csv":
        return csv_file.csv_file(name, header, rows)
    return xlsx_file.xlsx_file(name, header, rows, made=made)


def read(content: bytes, *, field: str) -> dict[int, list[str]]:
    """The rows of an uploaded sheet by their numbers, from 1, up to their last cell that is not empty.

    Raises:
        Refusal: for ``field``: it is neither a workbook nor a CSV file, or too large.
    """
    of_kind = xlsx_file if content.startswith(xlsx_file.BEGINNING) else csv_file
    return of_kind.read(content, field=field)
