"""Excel workbooks (ECMA-376): lists as files, and the first sheet of workbooks that were saved elsewhere.

They are read here and by no library: what is read of a file is limited, whatever size it says that its sheet has.
"""

import posixpath
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import Final
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse
from zipfile import BadZipFile, ZipFile

from flask import Response
from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

from mock_sites.world.errors import N_, Refusal

BEGINNING: Final = b"PK\x03\x04"
"""What every workbook begins with, as every zip (APPNOTE.TXT, 4.3.7)."""

LARGEST: Final = 8 * 1024 * 1024
"""The bytes of a workbook when it is unpacked."""

MOST_ROWS: Final = 1_000
MOST_COLUMNS: Final = 100
"""What is read of a sheet. No page takes more."""

_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BOOK: Final = "xl/workbook.xml"
_PARTS: Final = "xl/_rels/workbook.xml.rels"
_WIDTH: Final = 24
"""The width of the columns, in characters."""

_DAMAGED: Final = (BadZipFile, zlib.error, EOFError, ParseError, ValueError, LookupError, RuntimeError)
"""What reading raises. RuntimeError: it is encrypted, or packed in an unknown way."""

_PLACE: Final = re.compile(r"([A-Z]{1,3})[0-9]+")


def xlsx_file(name: str, header: Sequence[str], rows: Iterable[Sequence[str]], *, made: datetime) -> Response:
    """A workbook to download, with one sheet. Texts are never taken for formulas, numbers or links.

    ``made`` is when it says that it was made: the same list is the same file.
    """
    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"created": made})
        plain, bold = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
        sheet = book.add_worksheet()
        sheet.set_column(0, len(header) - 1, _WIDTH, plain)
        sheet.freeze_panes(1, 0)
        for number, cells in enumerate([header, *rows]):
            for column, cell in enumerate(cells):
                sheet.write_string(number, column, cell, plain if number else bold)
    answer = Response(target.getvalue(), mimetype=_KIND)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def read(content: bytes, *, field: str) -> list[list[str]]:
    """The rows of the first sheet, without empty ones, as they would be in a CSV file.

    Raises:
        Refusal: for ``field``: it is no workbook, is damaged or encrypted, or too large when it is unpacked.
    """
    try:
        with ZipFile(BytesIO(content)) as book:
            return _rows(book)
    except _DAMAGED:
        reason = N_("This workbook cannot be read. Save the sheet as .xlsx or CSV (UTF-8).")
        raise Refusal(reason, field=field) from None


def _rows(book: ZipFile) -> list[list[str]]:
    """The rows of the first sheet.

    Raises:
        ValueError: the workbook is too large. It raises the other errors of ``_DAMAGED`` too.
    """
    if sum(part.file_size for part in book.infolist()) > LARGEST:
        raise ValueError("too large")
    texts = [_text(one) for one in _elements(book, "xl/sharedStrings.xml", "si")]
    rows = islice(_elements(book, _first_sheet(book), "row"), MOST_ROWS)
    return [cells for row in rows if any(cells := _cells(row, texts))]


def _first_sheet(book: ZipFile) -> str:
    """The name of the part with the first sheet.

    Raises:
        LookupError: a part or all sheets are missing.
        ValueError: the first sheet is not named.
    """
    [sheets] = (one for one in _xml(book, _BOOK) if _local(one.tag) == "sheets")
    [key] = (value for name, value in sheets[0].items() if _local(name) == "id")
    [target] = (part.get("Target", "") for part in _xml(book, _PARTS) if part.get("Id") == key)
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _xml(book: ZipFile, part: str) -> Element:
    return fromstring(book.read(part))  # noqa: S314 - expat limits what entities become


def _elements(book: ZipFile, part: str, name: str) -> Iterator[Element]:
    """The elements with a name in a part, each as long as it is looked at. A part that is not there has none."""
    if part not in book.namelist():
        return
    for _event, element in iterparse(BytesIO(book.read(part))):  # noqa: S314 - expat limits what entities become
        if _local(element.tag) == name:
            yield element
            element.clear()


def _cells(row: Element, texts: Sequence[str]) -> list[str]:
    """The cells of a row. What the row leaves out is empty."""
    found = dict[int, str]()
    for cell in row:
        column = _column(cell.get("r", ""), after=max(found, default=-1))
        if column < MOST_COLUMNS:
            found[column] = _value(cell, texts).strip()
    return [found.get(column, "") for column in range(max(found, default=-1) + 1)]


def _column(place: str, *, after: int) -> int:
    """The number of a cell's column, from 0. A cell that does not name its place is beside the one before."""
    named = _PLACE.fullmatch(place)
    if named is None:
        return after + 1
    number = 0
    for letter in named[1]:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: Element, texts: Sequence[str]) -> str:
    """The value of a cell as text: numbers in digits, as phone numbers are typed."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_text(one) for one in cell if _local(one.tag) == "is")
    value = next((one.text or "" for one in cell if _local(one.tag) == "v"), "")
    if kind == "s":
        return texts[int(value)]
    if kind != "n" or not value:
        return value
    number = float(value)
    return str(int(number)) if number.is_integer() else value


def _text(element: Element) -> str:
    """A text in one piece or in several ones, without the readings of Japanese words."""
    pieces = [element, *(one for one in element if _local(one.tag) == "r")]
    return "".join(one.text or "" for piece in pieces for one in piece if _local(one.tag) == "t")


def _local(name: str) -> str:
    """A name without its namespace: the two editions of the format have different ones."""
    return name.rpartition("}")[2]
