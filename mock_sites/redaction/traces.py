"""Playwright's trace files: the secrets in them, and the same trace without.

A trace is a zip of ``trace.trace`` and ``trace.network`` (a JSON value a line; those of a test runner have several),
``aria/*.json`` and ``screenshots/*.png`` (named after the action and its phase), ``resources/`` (named after the SHA-1
of what is in them), and ``src/`` (named after the SHA-1 of the path). With ``screenshots=True`` it also has
``screencast/*.jpeg``, frames of a film of each page. Until version 8 all of these are among the resources.
"""

import codecs
import hashlib
import json
import re
import string
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import quote

from mock_sites.process.zips import ForeignZip
from mock_sites.redaction.contents import LARGEST, Contents, TooLargeError, opaque
from mock_sites.redaction.pictures import Masks, revealing, without_secrets
from mock_sites.redaction.places import in_addresses
from mock_sites.redaction.redactor import Redactor
from mock_sites.redaction.secrets import Secret, of_field
from mock_sites.redaction.typed import TypedSecrets

JSON_FILES: Final = (".trace", ".network", ".stacks", ".json")
RESOURCES: Final = "resources/"

_LINES: Final = (".trace", ".network")

_HASH: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")

_PICTURES: Final = (".png", ".jpeg", ".jpg", ".webp")

_ANY: Final = re.compile(".")
_OF_TYPING: Final = re.compile('"type": ?"(?:before|log)"|"frame-snapshot".*"__playwright_value_": ?"[^"]')
_OF_PICTURES: Final = re.compile(
    '"type": ?"(?:context-options|frame-snapshot|aria-snapshot|screenshot|screencast-frame)"|"attachments"'
)
"""Lines of a trace that are about something."""

_LOADED: Final = re.compile(r'"_resourceType":"(?:stylesheet|image|font|media|script)"|"resourceOverrides":\[\{')
"""Lines about what a page has loaded."""

_ADDRESS: Final = re.compile(r'(?<="url":")[^"]*')

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_NAME: Final = re.compile(r'name="([^"]+)"')
"""The name of a field in a form of several parts."""


@dataclass(frozen=True)
class TraceEvent:
    """Something that happened to a page, such as a dialog.

    Attributes:
        at: when, in seconds since 1970.
    """

    at: float
    kind: str
    details: Mapping[str, Any]


class Trace:
    """The files of a trace."""

    def __init__(self, source: Path) -> None:
        """Read the zip, or the folder into which it was unpacked.

        Raises:
            TooLargeError: it unpacks to too much.
        """
        self.files = dict(_in_folder(source) if source.is_dir() else _in_zip(source))

    @property
    def began(self) -> float:
        """When its recording began, in seconds since 1970."""
        return next(self._lines_of("trace.trace"))["wallTime"] / 1000

    @property
    def begins(self) -> bool:
        """Whether one of its files begins as those that Playwright writes."""
        files = [name for name in self.files if _has_lines(name) and name.endswith(".trace")]
        return any(b'"context-options"' in self.files[name].partition(b"\n")[0] for name in files)

    def happened(self) -> Iterator[TraceEvent]:
        """What happened to its pages, besides actions and requests."""
        first = next(self._lines_of("trace.trace"))
        for line in self.files["trace.trace"].splitlines():
            if line.startswith(b'{"type":"event",'):
                event = json.loads(line)
                at = (first["wallTime"] + event["time"] - first["monotonicTime"]) / 1000
                yield TraceEvent(at, event["method"], event["params"])

    def secrets(self) -> Iterator[Secret]:
        """The secrets that the trace shows: cookies, headers, fields, what is typed into them, addresses."""
        for _name, secret in self.placed():
            yield secret

    def placed(self) -> Iterator[tuple[str, Secret]]:
        """The secrets that the trace shows by their place, each with the file that it is in."""
        for name, content in self.files.items():
            if _has_lines(name):
                for line in self._lines_of(name):
                    found: list[Secret] = []
                    self._typed.over(line, lambda secret, found=found: found.append(secret) or secret.value)
                    yield from ((name, secret) for secret in (*found, *in_addresses(line)))
                if name.endswith(".trace"):
                    yield from ((name, Secret("password", text)) for text in self._typed.joined)
            elif name.startswith(RESOURCES) and name.endswith(".dat"):
                for field, value in _sent(content.decode(errors="replace")):
                    yield from ((name, secret) for secret in of_field(field, value))

    def source_files(self) -> list[str]:
        """The paths of the source files from which actions were called, in the order of the trace."""
        return [path for name, content in self.files.items() for path in _source_files(name, content)]

    def save(self, path: Path, redactor: Redactor) -> list[str]:
        """Write the trace without secrets to ``path``; return the names of pictures that were masked or made plain.

        Resources get new names after their new content, because the old name is a digest of the secret content.
        """
        masks = self._masks(redactor)
        contents = Contents(rename=redactor.text)
        redacted: dict[str, bytes] = {}
        for name, content in self.files.items():
            if name in masks:
                redacted[name] = without_secrets(content, masks[name])
            elif _is_json(name):
                over = self._typed.over if _has_lines(name) else self._typed.over_tree
                redacted[name] = redactor.json_lines(content.decode(), over).encode()
            else:
                redacted[name] = contents.over(name, content, lambda _name, inner: _redact(inner, redactor))
        self._write(path, redacted, redactor)
        redactor.end_file()
        return sorted(masks.keys() & self.files.keys())

    def _masks(self, redactor: Redactor) -> Masks:
        if not any(name.endswith(_PICTURES) for name in self.files):
            return {}
        return revealing([*self._events(_OF_PICTURES)], self._trees(), redactor.find_in)

    def _write(self, path: Path, redacted: Mapping[str, bytes], redactor: Redactor) -> None:
        new_hashes = {
            PurePosixPath(name).stem: _digest(content)
            for name, content in redacted.items()
            if name.startswith(RESOURCES) and content != self.files[name]
        }
        before = self.source_files()
        after = [path for name, content in redacted.items() for path in _source_files(name, content)]
        new_hashes |= {_digest(old.encode()): _digest(new.encode()) for old, new in zip(before, after, strict=True)}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            written = set[str]()
            for name, content in redacted.items():
                kind = next((ending for ending in JSON_FILES if name.endswith(ending)), "")
                new_name = redactor.text(_renamed(name, new_hashes).removesuffix(kind)) + kind
                if new_name not in written:
                    text = _loadable(_renamed(content.decode(), new_hashes)) if _is_json(name) else None
                    archive.writestr(zipfile.ZipInfo(new_name), content if text is None else text, zipfile.ZIP_DEFLATED)
                written.add(new_name)

    @cached_property
    def _typed(self) -> TypedSecrets:
        return TypedSecrets(self._events(_OF_TYPING))

    def _lines_of(self, name: str, having: re.Pattern[str] = _ANY) -> Iterator[dict[str, Any]]:
        """The lines of a file in which there is something. What is read as JSON costs time."""
        for line in self.files[name].decode().split("\n"):
            if having.search(line):
                yield json.loads(line)

    def _events(self, having: re.Pattern[str]) -> Iterator[dict[str, Any]]:
        for name in self.files:
            if _has_lines(name) and name.endswith(".trace"):
                yield from self._lines_of(name, having)

    def _trees(self) -> dict[str, Any]:
        return {name: json.loads(content) for name, content in self.files.items() if name.startswith("aria/")}


def text_of(content: bytes) -> str:
    """What is written in a file. One that is not text, such as a form with a picture, is kept byte by byte."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace")
    return content.decode(errors="surrogateescape")


def _in_zip(source: Path) -> Iterator[tuple[str, bytes]]:
    with ForeignZip(source) as archive:
        _check_size(source, sum(part.file_size for part in archive.infolist()))
        yield from ((part.filename, archive.read(part)) for part in archive.infolist())


def _in_folder(source: Path) -> Iterator[tuple[str, bytes]]:
    files = [file for file in sorted(source.rglob("*")) if file.is_file()]
    _check_size(source, sum(file.stat().st_size for file in files))
    yield from ((file.relative_to(source).as_posix(), file.read_bytes()) for file in files)


def _check_size(source: Path, size: int) -> None:
    if size > LARGEST:
        raise TooLargeError(f"{source} unpacks to more than {LARGEST // 2**20} MiB")


def _sent(text: str) -> Iterator[tuple[str, str]]:
    """The fields of a form of several parts, and their values."""
    for part in text.split("\r\n--")[:-1]:
        headers, blank, value = part.partition("\r\n\r\n")
        if blank and (name := _NAME.search(headers)):
            yield name[1], value


def is_trace(file: Path) -> bool:
    """Whether a file is the zip of a trace, or a folder that of an unpacked one."""
    if file.is_dir():
        return any(file.glob("*.trace")) and Trace(file).begins
    if not zipfile.is_zipfile(file):
        return False
    with ForeignZip(file) as archive:
        return any(name.endswith(".trace") and "/" not in name for name in archive.namelist())


def _loadable(lines: str) -> str:
    """Lines in which what a page has loaded has the address that a browser asks for: percent-encoded.

    A viewer compares the two when it shows a page with its styles and pictures.
    """

    def encoded(found: re.Match[str]) -> str:
        return quote(found[0], safe=string.printable)

    return "\n".join(
        _ADDRESS.sub(encoded, line) if "«" in line and _LOADED.search(line) else line for line in lines.split("\n")
    )


def _source_files(name: str, content: bytes) -> Iterator[str]:
    """The paths in the call stacks of a file: those of a library have a file of their own, others are in the lines."""
    if name.endswith(".stacks"):
        yield from json.loads(content).get("files", ())
    elif name.endswith(".trace") and b'"stack":' in content:
        for line in content.decode().split("\n"):
            for frame in json.loads(line).get("stack") or () if '"stack":' in line else ():
                yield frame["file"]


def _digest(content: bytes) -> str:
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _has_lines(name: str) -> bool:
    return "/" not in name and name.endswith(_LINES)


def _is_json(name: str) -> bool:
    return name.endswith(JSON_FILES) and not name.startswith(RESOURCES)


def _redact(content: bytes, redactor: Redactor) -> bytes:
    if opaque(content):
        return content
    text = text_of(content)
    redacted = redactor.text(text)
    if redacted == text:
        return content
    return redacted.encode("utf-16") if content.startswith(_UTF_16) else redacted.encode(errors="surrogateescape")


def _renamed(text: str, new_hashes: Mapping[str, str]) -> str:
    return _HASH.sub(lambda found: new_hashes.get(found[0], found[0]), text)
