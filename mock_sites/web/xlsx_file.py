"""Excel workbooks (ECMA-376): lists as files, and the first sheet of workbooks that were saved elsewhere.

They are read here and by no library: what is read of a file is limited, whatever size it says that its sheet has.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from flask import Response
from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

from mock_sites.process.zips import DAMAGED_ZIP, ForeignZip
from mock_sites.world.errors import N_, Refusal

BEGINNING: Final = b"PK\x03\x04"
"""What every workbook begins with, as every zip (APPNOTE.TXT, 4.3.7)."""

LARGEST: Final = 2 * 1024 * 1024
"""The bytes of all parts that are read, when they are unpacked. Our choice."""

MOST_ELEMENTS: Final = 100_000
"""The elements of one part: a thousand rows of ten columns have about thirty thousand. Our choice."""

MOST_COLUMNS: Final = 100
"""The columns of a sheet. No page takes more."""

MOST_ROWS: Final = 1_048_576
"""The rows of a sheet (Excel, Specifications and Limits)."""

_KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BOOK: Final = "xl/workbook.xml"
_PARTS: Final = "xl/_rels/workbook.xml.rels"
_TEXTS: Final = "xl/sharedStrings.xml"
_WIDTH: Final = 24
"""The width of the columns, in characters."""

_DAMAGED: Final = (*DAMAGED_ZIP, ParseError, LookupError)
"""What reading raises. ValueError, which is in ``DAMAGED_ZIP``: something is not written as it has to be."""

_PIECE: Final = 16 * 1024
"""The bytes that are parsed before it is looked at what was found."""

_PLACE: Final = re.compile(r"([A-Z]{1,3})[0-9]+")
_UNIT: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A code unit of UTF-16 that XML cannot have, or a text that looks so (ECMA-376, part 1, 22.9.2.19)."""


class _TooLargeError(Exception):
    """The workbook has more than is read."""


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


def read(content: bytes, *, field: str) -> dict[int, list[str]]:
    """The rows of the first sheet by their numbers, from 1, as they would be in a CSV file. Empty ones are left out.

    Raises:
        Refusal: for ``field``: it is no workbook, is damaged or encrypted, or too large when it is unpacked.
    """
    try:
        with ForeignZip(BytesIO(content)) as book:
            return _Book(book).rows()
    except _TooLargeError:
        reason = N_("This workbook is too large. Copy the rows into a new one, or save the sheet as CSV (UTF-8).")
    except _DAMAGED:
        reason = N_("This workbook cannot be read. Save the sheet as .xlsx or CSV (UTF-8).")
    raise Refusal(reason, field=field)


class _Book:
    """The parts of a workbook that are read. All raise the errors of ``_DAMAGED``, and _TooLargeError."""

    def __init__(self, parts: ForeignZip) -> None:
        self._parts = parts
        self._left = LARGEST

    def rows(self) -> dict[int, list[str]]:
        """The rows of the first sheet that have something in them."""
        sheet, number = self._xml(self._first_sheet()), 0
        texts = (
            [_text(one).strip() for one in _named(self._xml(_TEXTS), "si")] if _TEXTS in self._parts.namelist() else []
        )
        found: dict[int, list[str]] = {}
        for row in _named(sheet, "row"):
            before, number = number, int(row.get("r", number + 1))
            if not before < number <= MOST_ROWS:
                raise ValueError(f"row {number} is not after row {before}, or beyond the last one")
            if cells := _cells(row, texts):
                found[number] = cells
        return found

    def _first_sheet(self) -> str:
        """The name of the part with the first sheet."""
        [sheets] = _named(self._xml(_BOOK), "sheets")
        [key] = (value for name, value in sheets[0].items() if _local(name) == "id")
        [target] = (part.get("Target", "") for part in self._xml(_PARTS) if part.get("Id") == key)
        return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    def _xml(self, name: str) -> Element:
        """The root of a part."""
        part = self._parts.getinfo(name)
        self._left -= part.file_size
        if self._left < 0:
            raise _TooLargeError
        parser = XMLParser(target=_Limited())  # noqa: S314 - entities are not read
        with self._parts.open(part) as content:
            while piece := content.read(_PIECE):
                parser.feed(piece)
        root: Element = parser.close()
        return root


class _Limited(TreeBuilder):
    """Makes the elements of a part, if they are not too many. Workbooks have no DOCTYPE, which could name entities."""

    _left = MOST_ELEMENTS

    def start(self, tag: Any, attrs: Any, /) -> Element:
        """Another element."""
        self._left -= 1
        if self._left < 0:
            raise _TooLargeError
        return super().start(tag, attrs)

    def doctype(self, *_: Any) -> None:
        """Refuse it."""
        raise ValueError("there is a DOCTYPE")


def _named(root: Element, name: str) -> Iterator[Element]:
    """The elements with a name."""
    return (one for one in root.iter() if _local(one.tag) == name)


def _cells(row: Element, texts: Sequence[str]) -> list[str]:
    """The cells of a row up to the last one that is not empty. What the row leaves out is empty."""
    found = dict[int, str]()
    column = -1
    for cell in row:
        if _local(cell.tag) != "c":
            continue
        before, column = column, _column(cell.get("r", ""), after=column)
        if column <= before:
            raise ValueError(f"column {column} is not after column {before}")
        if value := _value(cell, texts).strip():
            found[column] = value
    last = max(found, default=-1)
    if last >= MOST_COLUMNS:
        raise _TooLargeError
    return [found.get(each, "") for each in range(last + 1)]


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
        return texts[_index(value)]
    if kind == "str":
        return _decoded(value)
    if kind != "n" or not value.strip():
        return value
    number = float(value)
    return str(int(number)) if number.is_integer() else value


def _index(value: str) -> int:
    """The place of a text among the shared ones."""
    if not value.isdecimal():
        raise ValueError(f"{value[:20]!r} is no place")
    return int(value)


def _text(element: Element) -> str:
    """A text in one piece or in several ones, without the readings of Japanese words."""
    pieces = [element, *(one for one in element if _local(one.tag) == "r")]
    return "".join(_decoded(one.text or "") for piece in pieces for one in piece if _local(one.tag) == "t")


def _decoded(text: str) -> str:
    """A text in which characters that XML cannot have are escaped."""
    if not _UNIT.search(text):
        return text
    units = _UNIT.sub(lambda unit: chr(int(unit[1], 16)), text)
    return units.encode("utf-16", "surrogatepass").decode("utf-16")  # two units may be one character


def _local(name: str) -> str:
    """A name without its namespace: the two editions of the format have different ones."""
    return name.rpartition("}")[2]
