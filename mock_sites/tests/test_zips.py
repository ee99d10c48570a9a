"""Zips from anywhere: no more of them is read than they say they have, and what is damaged has one kind of error."""

import ast
import struct
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, BadZipFile, ZipFile

import pytest

from mock_sites.process.zips import DAMAGED_ZIP, ForeignZip
from mock_sites.tests.support.memory import most_bytes
from mock_sites.tests.support.zips import CENTRAL, changed, with_size

PART: Final = "part.txt"
SIZE: Final = 64 * 1024 * 1024
PRODUCT: Final = Path(__file__).parents[1]


def packed(content: bytes, method: int = ZIP_DEFLATED) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", method) as archive:
        archive.writestr(PART, content)
    return target.getvalue()


def read(content: bytes) -> bytes:
    with ForeignZip(BytesIO(content)) as archive:
        return archive.read(PART)


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
@pytest.mark.parametrize("content", [b"", b"text" * 100_000], ids=len)
def test_a_part_is_read_as_it_was_packed(method: int, content: bytes) -> None:
    assert read(packed(content, method)) == content


@pytest.mark.parametrize("size", [100, SIZE // 64])
def test_no_more_is_unpacked_than_a_part_says_it_has(size: int) -> None:
    content = with_size(packed(bytes(SIZE)), PART, size)
    with most_bytes(SIZE // 4), pytest.raises(BadZipFile):
        read(content)


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
def test_methods_of_which_all_is_unpacked_at_once_are_refused(method: int) -> None:
    with pytest.raises(BadZipFile, match="packed in an unknown way"):
        read(packed(b"text", method))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (6, b"\x63\0"),  # version 9.9
        (8, b"\x01\0"),  # encrypted
        (8, b"\x20\0"),  # patched data
        (8, b"\x40\0"),  # strong encryption
        (10, b"\x63\0"),  # a method that nobody knows
        (42, struct.pack("<I", 2**31 - 1)),  # where the part begins
    ],
    ids=str,
)
def test_what_a_damaged_zip_says_is_refused_with_one_kind_of_error(place: int, value: bytes) -> None:
    with pytest.raises(DAMAGED_ZIP):
        read(changed(packed(b"text"), PART, CENTRAL, place, value))


def test_zips_are_read_here_only() -> None:
    found = [
        f"{path.relative_to(PRODUCT)}:{node.lineno}"
        for path in sorted(PRODUCT.rglob("*.py"))
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"ZipFile", "zipfile.ZipFile"}
        if not (len(node.args) > 1 and ast.unparse(node.args[1]) == "'w'")
    ]
    assert found == [], "read them as ForeignZip, which believes nothing that a zip says of itself"
