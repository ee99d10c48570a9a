"""Lists as files for spreadsheets."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

from flask import Response

_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, Excel reads Chinese as another encoding."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""Spreadsheets compute texts that begin with these (OWASP, CSV Injection)."""


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A CSV file to download (RFC 4180). Texts are never taken for formulas; numbers are as they are."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    answer = Response(_BYTE_ORDER_MARK + text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def harmless(cell: object) -> object:
    """A cell that no spreadsheet computes."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
