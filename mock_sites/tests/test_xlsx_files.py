"""Workbooks: what is written can be read, and what others write; what is damaged, hostile or too large is refused."""

from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from mock_sites.tests.support.memory import most_bytes
from mock_sites.tests.support.zips import with_size
from mock_sites.web.xlsx_file import BEGINNING, LARGEST, MOST_COLUMNS, MOST_ELEMENTS, MOST_ROWS, read, xlsx_file
from mock_sites.world.errors import Refusal

AT: Final = datetime(2026, 3, 2, tzinfo=UTC)
ROWS: Final = [["王芳", "13800000000", "", "=1+1"], ["0012", "http://x.example", "a\nb", "<&>"]]
BOOK: Final = """<workbook xmlns:r="urn:r">
  <sheets><sheet name="A" r:id="r2"/><sheet name="B" r:id="r1"/></sheets></workbook>"""
LINKS: Final = """<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/>
  <Relationship Id="r2" Target="/xl/worksheets/mine.xml"/></Relationships>"""

STRINGS: Final = "<sst><si><t>One</t></si></sst>"

ENTITIES: Final = '<!ENTITY e0 "aaaaaaaaaa">' + "".join(
    f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10)
)
"""A name of ten thousand million letters."""


def workbook(rows: str, method: int = ZIP_DEFLATED, /, **parts: str) -> bytes:
    """A workbook as another program may write it, whose first sheet has ``rows``."""
    target = BytesIO()
    known = {
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/mine.xml": f'<worksheet xmlns="urn:x"><sheetData>{rows}</sheetData></worksheet>',
    }
    with ZipFile(target, "w", method) as book:
        for name, text in (known | parts).items():
            if text:
                book.writestr(name, text)
    return target.getvalue()


def test_what_is_written_is_read_and_the_same_list_is_the_same_file() -> None:
    first, again = (xlsx_file("members", ["Name", "Phone"], ROWS, made=AT).get_data() for _ in range(2))
    assert first == again
    assert first.startswith(BEGINNING)
    assert read(first, field="sheet") == {1: ["Name", "Phone"], 2: ROWS[0], 3: ROWS[1]}
    with ZipFile(BytesIO(first)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet


def test_what_other_programs_write_is_read_too() -> None:
    rows = """
      <row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
      <row r="2"/>
      <row r="3"><c t="inlineStr"><is><t> in </t></is></c><c><v>1.38E10</v></c><c r="AB3"><v>0.5</v></c></row>
      <row r="4"><c r="A4" t="str"><f>B1</f><v>text</v></c><c r="B4" t="b"><v>1</v></c><c r="C4"/></row>"""
    strings = """<sst><si><t>One</t></si><si><r><t>Rich</t></r><r><t> text</t></r><rPh><t>no</t></rPh></si></sst>"""
    found = read(workbook(rows, **{"xl/sharedStrings.xml": strings}), field="sheet")
    assert found.keys() == {1, 3, 4}
    assert found[1] == ["One", "", "Rich text"]
    assert (found[3][:2], found[3][27], len(found[3])) == (["in", "13800000000"], "0.5", 28)
    assert found[4] == ["text", "1"]


def test_rows_and_cells_have_the_numbers_that_a_spreadsheet_shows() -> None:
    cells = '<c r="A{0}"/><c r="C{0}" t="str"><v>x</v></c><c/><c t="str"><v> </v></c><c><v> </v></c>'
    rows = f'<row r="3">{cells.format(3)}</row><row>{cells.format(4)}</row>'
    assert read(workbook(f'{"<row/>" * 2}{rows}<row r="1048576">{cells.format(1048576)}</row>'), field="sheet") == {
        number: ["", "", "x"] for number in (3, 4, 1048576)
    }


@pytest.mark.parametrize(
    ("written", "meant"),
    [("_x0041__x000D_", "A"), ("_x005F_x0041_", "_x0041_"), ("_xD83D__xDE00_", "😀"), ("_x41_", "_x41_")],
)
def test_characters_that_xml_cannot_have_are_decoded(written: str, meant: str) -> None:
    rows = (
        f'<row><c t="s"><v>0</v></c><c t="str"><v>{written}</v></c><c t="inlineStr"><is><t>{written}</t></is></c></row>'
    )
    found = read(workbook(rows, **{"xl/sharedStrings.xml": f"<sst><si><t>{written}</t></si></sst>"}), field="sheet")
    assert found == {1: [meant] * 3}


FAR: Final = '<row><c r="XFD1" t="str"><v>y</v></c></row>'


@pytest.mark.parametrize(
    "content",
    {
        "large": workbook(f"<row><c><v>{'1' * LARGEST}</v></c></row>"),
        "many elements": workbook("<a/>" * MOST_ELEMENTS),
        "many elements in the list of sheets": workbook("", **{"xl/workbook.xml": f"<x>{'<a/>' * MOST_ELEMENTS}</x>"}),
        "many texts": workbook("", **{"xl/sharedStrings.xml": f"<sst>{'<si/>' * MOST_ELEMENTS}</sst>"}),
        "wide": workbook(FAR),
        "a column too many": workbook("<row>" + '<c t="str"><v>x</v></c>' * (MOST_COLUMNS + 1) + "</row>"),
    }.items(),
    ids=lambda case: case[0],
)
def test_what_is_too_large_is_refused_and_not_read_in_part(content: tuple[str, bytes]) -> None:
    with pytest.raises(Refusal, match="This workbook is too large") as refused:
        read(content[1], field="sheet")
    assert refused.value.field == "sheet"


def test_what_a_workbook_may_have_takes_little_memory() -> None:
    """Whatever it says of its size, and whatever entities are named."""
    blanks = workbook("", **{"xl/worksheets/mine.xml": "<worksheet/>" + " " * 16 * LARGEST})
    for content in (
        with_size(blanks, "xl/worksheets/mine.xml", 100),
        workbook(f"<row><c><v>{'9' * (LARGEST // 2)}</v></c></row>"),
        workbook("", **{"xl/worksheets/mine.xml": f"<!DOCTYPE x [{ENTITIES}]><worksheet>&e6;</worksheet>"}),
    ):
        with most_bytes(24 * LARGEST), suppress(Refusal):
            read(content, field="sheet")


@pytest.mark.parametrize(
    "content",
    {
        "no workbook": workbook("", **{"xl/workbook.xml": ""}),
        "no sheet": workbook("", **{"xl/workbook.xml": "<workbook><sheets/></workbook>"}),
        "no part": workbook("", **{"xl/_rels/workbook.xml.rels": "<Relationships/>"}),
        "broken": workbook("<row>"),
        "no such text": workbook('<row><c t="s"><v>7</v></c></row>'),
        "a text before the first": workbook('<row><c t="s"><v>-1</v></c></row>', **{"xl/sharedStrings.xml": STRINGS}),
        "half a character": workbook('<row><c t="str"><v>_xD83D_</v></c></row>'),
        "a row twice": workbook('<row r="2"/><row r="2"/>'),
        "a row after the last": workbook(f'<row r="{MOST_ROWS + 1}"><c t="str"><v>x</v></c></row>'),
        "a cell twice": workbook('<row><c r="B1"/><c r="B1"/></row>'),
        "no number": workbook("<row><c><v>x</v></c></row>"),
        "entities": workbook("", **{"xl/workbook.xml": f"<!DOCTYPE x [{ENTITIES}]><workbook>&e9;</workbook>"}),
        "a DOCTYPE": workbook("", **{"xl/workbook.xml": f"<!DOCTYPE workbook>{BOOK}"}),
        "packed by bzip2": workbook("<row/>", ZIP_BZIP2),
        "packed by LZMA": workbook("<row/>", ZIP_LZMA),
        "cut off": workbook("<row/>")[:-40],
    }.items(),
    ids=lambda case: case[0],
)
def test_what_cannot_be_read_is_refused_beside_the_field(content: tuple[str, bytes]) -> None:
    with pytest.raises(Refusal, match="This workbook cannot be read") as refused:
        read(content[1], field="sheet")
    assert refused.value.field == "sheet"


@pytest.mark.parametrize("method", [ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_a_workbook_with_a_wrong_byte_is_read_or_refused(method: int) -> None:
    content = workbook('<row><c t="str"><v>x</v></c></row>', method)
    for place in range(len(content)):
        for changed in (content[place] ^ 1, content[place] ^ 0x80, 0xFF):
            try:
                read(content[:place] + bytes([changed]) + content[place + 1 :], field="sheet")
            except Refusal:
                continue
