"""Looking for secrets in files: those that are known, and whatever stands where secrets stand."""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from e2e.recording.redaction import Redactor
from e2e.recording.secrets import Secret, in_text, of_people
from e2e.recording.spellings import CODE
from e2e.recording.traces import Trace
from e2e.stage.cast import choose_cast
from e2e.stage.words import LANGUAGES
from e2e.stage.world import Worlds
from mock_sites import Server

LARGEST: Final = 512 * 1024 * 1024
"""Bytes of a zip's files, unpacked."""

MAILS: Final = "mails.json"
"""The file of a recording in which six digits that stand alone are a code."""

TRACE_FILES: Final = {"trace.trace", "trace.network"}


class ScanError(Exception):
    """A file cannot be looked through; the text says which and why."""


def known_secrets(seed: str | None) -> list[Secret]:
    """The passwords of all people of a world, ready-made or made up, in both languages."""
    with Server(port=0) as server, closing(Worlds(server.url)) as worlds:
        world = worlds.make(seed=seed)
        casts = [choose_cast(world, language) for language in LANGUAGES]
        return [*of_people([*world.people().values(), *casts])]


def scan_files(paths: Sequence[Path], seed: str | None) -> list[str]:
    """A line for each file with a secret; the secret itself is not told.

    Raises:
        ScanError: a file cannot be read.
    """
    return scan(paths, known_secrets(seed))


def scan(paths: Sequence[Path], known: Sequence[Secret]) -> list[str]:
    """A line for each file in which a known secret, or one by its place, stands.

    Raises:
        ScanError: a file cannot be read.
    """
    try:
        return [f"{name}: {', '.join(kinds)}" for path in paths for name, kinds in _look(path, known)]
    except (OSError, zipfile.BadZipFile, KeyError, json.JSONDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"it is damaged ({error})"
        raise ScanError(f"Cannot look through {', '.join(map(str, paths))}: {reason}.") from error


def _look(path: Path, known: Sequence[Secret]) -> Iterator[tuple[str, list[str]]]:
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if not file.is_dir():
            yield from _look_into(str(file), file.read_bytes(), known)


def _look_into(name: str, content: bytes, known: Sequence[Secret]) -> Iterator[tuple[str, list[str]]]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST:
                raise ScanError(f"{name} unpacks to more than {LARGEST // 2**20} MiB.")
            names = archive.namelist()
            known = [*known, *(Trace(io.BytesIO(content)).secrets() if {*names} >= TRACE_FILES else [])]
            for part in names:
                yield from _look_into(f"{name}/{part}", archive.read(part), known)
        return
    # What is no text is looked through by its octets.
    text = content.decode("utf-8", errors="surrogateescape")
    kinds = {secret.kind for secret in in_text(text)} | Redactor(known).kinds_in(text)
    if Path(name).name == MAILS and CODE.search(text):
        kinds.add("code")
    if kinds:
        yield name, sorted(kinds)
