"""Files within files: zips and compressed files are opened within bounds, and packed again where something changed."""

import gzip
import io
import re
import struct
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

import brotli
import zstandard

from mock_sites.process.zips import DAMAGED_ZIP, ForeignZip
from mock_sites.redaction.gzip_members import unpack_gzip

LARGEST: Final = 1024 * 1024 * 1024
"""Bytes of all that is unpacked from one file."""

DEEPEST: Final = 8
"""How many zips and compressed files may be within each other."""

_OPAQUE: Final = {
    "pictures": re.compile(
        rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|\x00\x00\x01\x00|II\*\x00|MM\x00\*|RIFF....WEBP|....ftypavi[fs]", re.DOTALL
    ),
    "fonts": re.compile(rb"wOFF\x00|wOF2\x00|OTTO\x00|ttcf\x00|\x00\x01\x00\x00"),
    "films and sounds": re.compile(
        rb"\x1aE\xdf\xa3|OggS\x00|ID3[\x02-\x04]|RIFF....(?:AVI |WAVE)|....ftyp|fLaC\x00|\xff[\xfb\xf3\xf2]", re.DOTALL
    ),
    "PDF files": re.compile(rb"%PDF-"),
    "compressed files of other kinds": re.compile(rb"7z\xbc\xaf|Rar!\x1a|BZh[1-9]1AY|\xfd7zXZ|\x04\x22\x4d\x18"),
}
"""The first bytes of files whose text is drawn or compressed."""

_DAMAGED: Final = (*DAMAGED_ZIP, OSError, struct.error, brotli.error, zstandard.ZstdError)

Change = Callable[[str, bytes], bytes]


class TooLargeError(Exception):
    """A file unpacks to more than is allowed. The text says which."""


@dataclass
class Contents:
    """Opens files, and counts what is unpacked.

    Attributes:
        unread: how many files of which kind could not be looked into.
        damaged: the names of those that are damaged or encrypted.
        left: how many bytes may still be unpacked.
        rename: what the name of a file in a zip is to be.
    """

    unread: Counter[str] = field(default_factory=Counter[str])
    damaged: list[str] = field(default_factory=list[str])
    left: int = field(default_factory=lambda: LARGEST)
    rename: Callable[[str], str] = str

    def over(self, name: str, content: bytes, change: Change, depth: int = 0) -> bytes:
        """``content`` with what ``change`` makes of it, or of the files in it.

        Raises:
            TooLargeError: it unpacks to too much.
        """
        packing = _packing(name, content)
        try:
            before = packing.unpack(name, content, self.left) if packing else None
        except _DAMAGED:
            self.unread["damaged or encrypted files"] += 1
            self.damaged.append(name)
            before = None
        if packing is None or before is None:
            if kind := opaque(content):
                self.unread[kind] += 1
            return change(name, content)
        self.left -= sum(map(len, before.values()))
        if self.left < 0 or depth == DEEPEST:
            raise TooLargeError(
                f"{name} unpacks to more than {LARGEST // 2**20} MiB, or has more than {DEEPEST} layers"
            )
        after = {inner: self.over(inner, held, change, depth + 1) for inner, held in before.items()}
        if after == before and all(self.rename(inner) == inner for inner in before):
            return content
        return packing.pack(content, after, self.rename)


def words_of(name: str) -> str:
    """What the name of a file says: its folders, and the name with and without its ending, each in a line."""
    path = PurePosixPath(name)
    return "\n".join([*path.parts, path.stem])


def opaque(content: bytes) -> str | None:
    """The kind of a file whose text cannot be read; none if it can be."""
    return next((kind for kind, begins in _OPAQUE.items() if begins.match(content)), None)


@dataclass(frozen=True)
class _Packing:
    """A way of packing.

    Attributes:
        unpack: the files in what has this name and content, but not much more than so many bytes of them.
        pack: the reverse, for what was packed before, with other names.
    """

    unpack: Callable[[str, bytes, int], dict[str, bytes]]
    pack: Callable[[bytes, dict[str, bytes], Callable[[str], str]], bytes]


def _packing(name: str, content: bytes) -> _Packing | None:
    if by_name := _BY_NAMES.get(PurePosixPath(name).suffix):
        return by_name
    return next((packing for begins, packing in _PACKINGS.items() if content.startswith(begins)), None)


def _unzip(name: str, content: bytes, most: int) -> dict[str, bytes]:
    with ForeignZip(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > most:
            raise TooLargeError(f"{name} unpacks to more than {LARGEST // 2**20} MiB")
        names = Counter[str]()
        unpacked: dict[str, bytes] = {}
        for part in parts:
            names[part.filename] += 1
            number = names[part.filename]
            unpacked[f"{name}/{part.filename}" + f" ({number})" * (number > 1)] = archive.read(part)
        said = b"\n".join([archive.comment, *(text for part in parts for text in (part.comment, part.extra))])
        return unpacked | _beside(name, said)


def _zip(content: bytes, after: dict[str, bytes], rename: Callable[[str], str]) -> bytes:
    packed = io.BytesIO()
    with ForeignZip(io.BytesIO(content)) as earlier, zipfile.ZipFile(packed, "w") as archive:
        for part, held in zip(earlier.infolist(), after.values(), strict=False):
            part.filename = rename(part.filename)
            part.comment = part.extra = b""
            archive.writestr(part, held)
    return packed.getvalue()


def _beside(name: str, said: bytes) -> dict[str, bytes]:
    """What is written beside the files, such as comments, as one more file. It is not packed again."""
    return {f"{name} (comments)": said} if said.strip() else {}


def _one(unpack: Callable[[bytes, int], bytes], pack: Callable[[bytes], bytes]) -> _Packing:
    """A way of compressing one file. Its name is that of what is compressed."""
    return _Packing(
        lambda name, content, most: {name.removesuffix(".br"): unpack(content, most + 1)},
        lambda _content, after, _rename: pack(*after.values()),
    )


def _gunzip(name: str, content: bytes, most: int) -> dict[str, bytes]:
    unpacked, said = unpack_gzip(content, most + 1)
    return {name: unpacked} | _beside(name, said)


def _gzip(_content: bytes, after: dict[str, bytes], _rename: Callable[[str], str]) -> bytes:
    return gzip.compress(next(iter(after.values())), mtime=0)


def _unpack_zstandard(content: bytes, most: int) -> bytes:
    with zstandard.ZstdDecompressor().stream_reader(content, read_across_frames=True) as packed:
        return packed.read(most)


def _unpack_brotli(content: bytes, most: int) -> bytes:
    unpacker = brotli.Decompressor()
    unpacked: list[bytes] = [unpacker.process(content, output_buffer_limit=most)]
    if not unpacker.is_finished() and len(unpacked[0]) < most:
        raise EOFError
    return unpacked[0]


def _pack_brotli(content: bytes) -> bytes:
    packed: bytes = brotli.compress(content)
    return packed


_BROTLI: Final = _one(_unpack_brotli, _pack_brotli)
_ZIP: Final = _Packing(_unzip, _zip)
_BY_NAMES: Final = {".br": _BROTLI, ".zip": _ZIP}
"""Ways of packing by the end of a name. A zip may have other things before its files."""
_PACKINGS: Final = {
    b"PK\x03\x04": _ZIP,
    b"\x1f\x8b\x08": _Packing(_gunzip, _gzip),
    b"\x28\xb5\x2f\xfd": _one(_unpack_zstandard, lambda content: zstandard.ZstdCompressor().compress(content)),
}
"""Ways of packing by the first bytes of what is packed."""
