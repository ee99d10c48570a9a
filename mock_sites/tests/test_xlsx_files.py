"""Workbooks: what is written can be read, and what others write; what is damaged, hostile or too large is refused."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from mock_sites.web.xlsx_file import BEGINNING, LARGEST, MOST_COLUMNS, MOST_ROWS, read, xlsx_file
from mock_sites.world.errors import Refusal

AT: Final = datetime(2026, 3, 2, tzinfo=UTC)
ROWS: Final = [["王芳", "13800000000", "", "=1+1"], ["0012", "http://x.example", "a\nb", "<&>"]]
BOOK: Final = """<workbook xmlns:r="urn:r">
  <sheets><sheet name="A" r:id="r2"/><sheet name="B" r:id="r1"/></sheets></workbook>"""
LINKS: Final = """<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/>
  <Relationship Id="r2" Target="/xl/worksheets/mine.xml"/></Relationships>"""

ENTITIES: Final = '<!ENTITY e0 "aaaaaaaaaa">' + "".join(
    f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10)
)
"""A name of ten thousand million letters."""


def workbook(rows: str, **parts: str) -> bytes:
    """A workbook as another program may write it, whose first sheet has ``rows``."""
    target = BytesIO()
    known = {
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/mine.xml": f'<worksheet xmlns="urn:x"><sheetData>{rows}</sheetData></worksheet>',
    }
    with ZipFile(target, "w", ZIP_DEFLATED) as book:
        for name, text in (known | parts).items():
            if text:
                book.writestr(name, text)
    return target.getvalue()


def test_what_is_written_is_read_and_the_same_list_is_the_same_file() -> None:
    first, again = (xlsx_file("members", ["Name", "Phone"], ROWS, made=AT).get_data() for _ in range(2))
    assert first == again
    assert first.startswith(BEGINNING)
    assert read(first, field="sheet") == [["Name", "Phone"], ROWS[0], ROWS[1]]
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
    assert found[0] == ["One", "", "Rich text"]
    assert (found[1][:2], found[1][27], len(found[1])) == (["in", "13800000000"], "0.5", 28)
    assert found[2] == ["text", "1", ""]


def test_a_sheet_is_read_as_far_as_its_limits_however_large_it_says_it_is() -> None:
    far = '<row r="1"><c r="A1" t="str"><v>x</v></c><c r="XFD1" t="str"><v>y</v></c></row>'
    assert read(workbook(far), field="sheet") == [["x"]]
    many = '<row r="1048576"><c r="A1048576" t="str"><v>x</v></c></row>' * (MOST_ROWS + 5)
    assert len(read(workbook(many), field="sheet")) == MOST_ROWS
    wide = "<row>" + '<c t="str"><v>x</v></c>' * (MOST_COLUMNS + 5) + "</row>"
    assert len(read(workbook(wide), field="sheet")[0]) == MOST_COLUMNS


@pytest.mark.parametrize(
    "content",
    {
        "no workbook": workbook("", **{"xl/workbook.xml": ""}),
        "no sheet": workbook("", **{"xl/workbook.xml": "<workbook><sheets/></workbook>"}),
        "no part": workbook("", **{"xl/_rels/workbook.xml.rels": "<Relationships/>"}),
        "broken": workbook("<row>"),
        "no such text": workbook('<row><c t="s"><v>7</v></c></row>'),
        "no number": workbook("<row><c><v>x</v></c></row>"),
        "too large": workbook(f"<row><c><v>{'1' * LARGEST}</v></c></row>"),
        "entities": workbook("", **{"xl/workbook.xml": f"<!DOCTYPE x [{ENTITIES}]><workbook>&e9;</workbook>"}),
        "cut off": workbook("<row/>")[:-40],
    }.items(),
    ids=lambda case: case[0],
)
def test_what_cannot_be_read_is_refused_beside_the_field(content: tuple[str, bytes]) -> None:
    with pytest.raises(Refusal, match="This workbook cannot be read") as refused:
        read(content[1], field="sheet")
    assert refused.value.field == "sheet"


def test_a_workbook_with_a_wrong_byte_is_read_or_refused() -> None:
    content = workbook('<row><c t="str"><v>x</v></c></row>')
    for place in range(len(content)):
        for changed in (content[place] ^ 1, content[place] ^ 0x80, 0xFF):
            try:
                read(content[:place] + bytes([changed]) + content[place + 1 :], field="sheet")
            except Refusal:
                continue
