"""Searches files for secrets: known ones, and values in places where secrets are."""

import codecs
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from e2e.recording.redaction import Redactor, over_strings
from e2e.recording.secrets import Secret, in_text, of_people
from e2e.recording.shapes import SHAPES, shapes_in
from e2e.recording.spellings import CODE
from e2e.recording.traces import JSON_FILES, RESOURCES, Trace
from e2e.scenario.labels import LANGUAGES
from e2e.scenario.personas import choose_personas
from mock_sites import Server
from mock_sites.client import Worlds

LARGEST: Final = 512 * 1024 * 1024
"""Bytes of a zip's files, unpacked."""

GZIP: Final = b"\x1f\x8b\x08"

MAILS: Final = "mails.json"
"""The file of a recording in which separate six-digit numbers are codes."""

TRACE_FILES: Final = {"trace.trace", "trace.network"}


LOOKED_FOR: Final = (
    "passwords of the people of the world",
    "values of password fields, and of fields, parameters and cookies with the name of a secret",
    "values that a site has signed",
    "codes in the mails of a recording",
    *(shape.name for shape in SHAPES),
)


class ScanError(Exception):
    """A file cannot be scanned. The text says which and why."""


def known_secrets(seed: str | None) -> list[Secret]:
    """The passwords of all people of a world, ready-made or generated, in both languages."""
    with Server(port=0) as server, closing(Worlds(server.url)) as worlds:
        world = worlds.make(seed=seed)
        casts = [choose_personas(world, language) for language in LANGUAGES]
        return [*of_people([*world.people().values(), *casts])]


def scan_files(paths: Sequence[Path], seed: str | None) -> list[str]:
    """A line for each file with a secret. It does not contain the secret.

    Raises:
        ScanError: a file cannot be read.
    """
    return scan(paths, known_secrets(seed))


def scan(paths: Sequence[Path], known: Sequence[Secret]) -> list[str]:
    """A line for each file that contains a known secret, or a secret by its place.

    Raises:
        ScanError: a file cannot be read.
    """
    try:
        return [line for path in paths for line in _findings(path, [*known, *_of_traces(path)], by_place=True)]
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, KeyError, json.JSONDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"it is damaged ({error})"
        raise ScanError(f"Cannot look through {', '.join(map(str, paths))}: {reason}.") from error


def look_for(secrets: Sequence[Secret], folder: Path) -> list[str]:
    """A line for each file in ``folder`` that contains one of ``secrets``."""
    return list(_findings(folder, secrets, by_place=False))


def _findings(path: Path, known: Sequence[Secret], *, by_place: bool) -> Iterator[str]:
    redactor = Redactor(known)
    for name, content in _files(path):
        if kinds := _kinds(name, content, redactor, by_place=by_place):
            yield f"{name}: {', '.join(sorted(kinds))}"


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """All files of a folder and in zips, each with its name."""
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if not file.is_dir():
            yield from _unpacked(str(file), file.read_bytes())


def _unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if content.startswith(GZIP):
        yield name, _gunzipped(name, content)
        return
    if not zipfile.is_zipfile(io.BytesIO(content)):
        yield name, content
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST:
            raise ScanError(f"{name} unpacks to more than {LARGEST // 2**20} MiB.")
        for part in archive.namelist():
            yield from _unpacked(f"{name}/{part}", archive.read(part))


def _gunzipped(name: str, content: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
        found = packed.read(LARGEST + 1)
    if len(found) > LARGEST:
        raise ScanError(f"{name} unpacks to more than {LARGEST // 2**20} MiB.")
    return found


def _of_traces(path: Path) -> Iterator[Secret]:
    """The secrets that the traces in a folder show by their place. They may be in other places too."""
    for file in sorted(path.rglob("*.zip")) if path.is_dir() else [path]:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                whole = {*archive.namelist()} >= TRACE_FILES
            if whole:
                yield from Trace(file).secrets()


def _kinds(name: str, content: bytes, redactor: Redactor, *, by_place: bool) -> set[str]:
    # Files that are not text are searched byte by byte.
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    text = content.decode(encoding, errors="replace" if encoding == "utf-16" else "surrogateescape")
    kinds: set[str] = redactor.kinds_in(text if by_place else _strings(name, text))
    if by_place:
        kinds |= {secret.kind for secret in in_text(text)} | shapes_in(text)
        if Path(name).name == MAILS and CODE.search(text):
            kinds.add("code")
    return kinds


def _strings(name: str, text: str) -> str:
    """What is written in a file that the recorder wrote as JSON: a number that equals a code is none."""
    if f"/{RESOURCES}" in name or not name.endswith(JSON_FILES):
        return text
    found: list[str] = []
    values = [json.loads(text)] if name.endswith(".json") else [json.loads(line) for line in text.splitlines()]
    over_strings(values, lambda part: found.append(part) or part)
    return "\n".join(found)
