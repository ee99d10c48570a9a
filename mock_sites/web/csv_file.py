"""Lists as files for spreadsheets, and sheets that were saved there.

With ``export=csv``, the address of a list answers with all rows of its filter.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

from flask import Response, request

from mock_sites.world.errors import N_, Refusal

_BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, Excel reads Chinese as another encoding."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""Spreadsheets compute texts that begin with these (OWASP, CSV Injection)."""


def is_asked() -> bool:
    """Whether the request asks for the file."""
    return request.args.get("export") == "csv"


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


def read(content: bytes, *, field: str) -> dict[int, list[str]]:
    """The rows of a CSV file in UTF-8, or in GB 18030 as Excel writes it in China, by their numbers, from 1.

    Rows end with their last cell that is not empty; those without any are left out.

    Raises:
        Refusal: for ``field``: it is no CSV file.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            # The delimiter is the one that the header has most of: Excel writes semicolons in some countries.
            delimiter = max(",;\t", key=text.partition("\n")[0].count)
            rows = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
        except (UnicodeDecodeError, csv.Error):
            continue
        if "\0" not in text:
            return {number: cells for number, row in enumerate(rows, start=1) if (cells := _cells(row))}
    raise Refusal(N_("This is neither a workbook (.xlsx) nor a CSV file. Save the sheet as one of them."), field=field)


def _cells(row: Iterable[str]) -> list[str]:
    cells = [_plain(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _plain(cell: str) -> str:
    """A cell as it was before it was made harmless, without blanks at both ends."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
