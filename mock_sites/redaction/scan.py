"""Searches files for secrets: known ones, and values in places where secrets are."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from mock_sites.process.zips import DAMAGED_ZIP
from mock_sites.redaction.contents import Contents, TooLargeError, opaque, words_of
from mock_sites.redaction.entropy import random_strings
from mock_sites.redaction.nesting import deep_nesting
from mock_sites.redaction.redactor import Redactor, over_strings
from mock_sites.redaction.secrets import Secret, in_credentials, in_text
from mock_sites.redaction.shapes import shapes_in
from mock_sites.redaction.spellings import CODE
from mock_sites.redaction.traces import JSON_FILES, RESOURCES, Trace, is_trace, text_of

MAILS: Final = "mails.json"
"""The file of a recording in which separate six-digit numbers are codes."""

AROUND: Final = 100
"""Characters before a string of high entropy that may tell that it is a known kind of secret."""

MOST_ADVICE: Final = 20
"""How many strings of high entropy are named."""


class ScanError(Exception):
    """A file cannot be scanned. The text says which and why."""


@dataclass(frozen=True)
class Scanned:
    """What was found in files. No part of it contains a secret.

    Attributes:
        found: a line for each file with a secret.
        advice: a line for each string of high entropy, which may be a secret.
        unread: how many files of which kind could not be looked into.
    """

    found: list[str] = field(default_factory=list[str])
    advice: list[str] = field(default_factory=list[str])
    unread: Counter[str] = field(default_factory=Counter[str])


def scan(paths: Sequence[Path], known: Sequence[Secret]) -> Scanned:
    """Look for known secrets, and for those that their place or form tells.

    Raises:
        ScanError: a file cannot be read or unpacked, or there is none.
    """
    scanned = Scanned()
    for path in paths:
        try:
            with deep_nesting():
                _scan_one(path, known, scanned)
        except TooLargeError as error:
            raise ScanError(f"Cannot look through {path}: {error}.") from error
        except OSError as error:
            raise ScanError(f"Cannot look through {error.filename or path}: {error.strerror or error}.") from error
        except (*DAMAGED_ZIP, KeyError, RecursionError) as error:
            raise ScanError(f"Cannot look through {path}: it is damaged ({error}).") from error
    return scanned


def _scan_one(path: Path, known: Sequence[Secret], scanned: Scanned) -> None:
    placed = [*_placed(path)]
    everywhere = [secret for _name, secret in placed if secret.everywhere]
    by_place = [(name, secret.kind) for name, secret in placed if _counts(secret)]
    _look_through(path, Redactor([*known, *everywhere]), by_place, scanned)


def look_for(secrets: Sequence[Secret], folder: Path) -> list[str]:
    """A line for each file in ``folder`` that contains one of ``secrets``."""
    redactor = Redactor(secrets)
    lines: list[str] = []

    def look(name: str, content: bytes) -> bytes:
        if kinds := redactor.kinds_in(_strings(name, text_of(content))):
            lines.append(_line(name, kinds))
        return content

    for file in _files(folder):
        Contents().over(str(file), file.read_bytes(), look)
    return lines


def _look_through(path: Path, redactor: Redactor, by_place: Sequence[tuple[str, str]], scanned: Scanned) -> None:
    def look(name: str, content: bytes) -> bytes:
        text = text_of(content)
        inside = name.removeprefix(str(path))
        named = redactor.kinds_in(inside) | _kinds("", words_of(inside))
        shown = f"{path}{_without_secrets(inside, redactor)}" if named else name
        kinds = named | redactor.kinds_in(text) | {kind for file, kind in by_place if file == name}
        if not opaque(content):
            kinds |= _kinds(name, text)
            scanned.advice.extend(islice(_advice(shown, text), MOST_ADVICE))
        if kinds:
            scanned.found.append(_line(shown, kinds))
        return content

    files = _files(path)
    if not files:
        raise ScanError(f"There are no files in {path}. Name a file, or a folder with files.")
    for file in files:
        contents = Contents(unread=scanned.unread)
        contents.over(str(file), file.read_bytes(), look)
        if str(file) in contents.damaged:
            raise ScanError(f"Cannot look through {file}: it is damaged, encrypted, or no file of its kind.")


def _without_secrets(name: str, redactor: Redactor) -> str:
    """The name of a file, as it may be shown."""
    return Redactor(in_text(words_of(name)), by_shape=True).text(redactor.text(name))


def _files(path: Path) -> list[Path]:
    return [file for file in sorted(path.rglob("*")) if file.is_file()] if path.is_dir() else [path]


def _placed(path: Path) -> Iterator[tuple[str, Secret]]:
    """The secrets that the traces in a folder show by their place, with the file. They may be in other places too."""
    for file in sorted([path, *path.rglob("*")]) if path.is_dir() else [path]:
        if (file.is_dir() or file == path or file.suffix == ".zip") and is_trace(file):
            for name, secret in Trace(file).placed():
                yield from ((f"{file}/{name}", each) for each in (secret, *in_credentials(secret)))


def _counts(secret: Secret) -> bool:
    """Whether it is a finding at its place. Short cookies are settings, such as a language."""
    return secret.everywhere or secret.kind != "cookie"


def _line(name: str, kinds: set[str]) -> str:
    return f"{name}: {', '.join(sorted(kinds))}"


def _advice(name: str, text: str) -> Iterator[str]:
    for position, end in random_strings(text):
        around = text[max(0, position - AROUND) : end + 1]
        if any(in_text(around)) or shapes_in(around):
            continue
        line = text.count("\n", 0, position) + 1
        column = position - text.rfind("\n", 0, position)
        yield f"{name}: line {line}, column {column}"


def _kinds(name: str, text: str) -> set[str]:
    """The kinds of secrets in a text that their place or form tells."""
    kinds = {secret.kind for secret in in_text(text)} | shapes_in(text)
    return kinds | {"code"} if Path(name).name == MAILS and CODE.search(text) else kinds


def _strings(name: str, text: str) -> str:
    """What is written in a file that the recorder wrote as JSON: a number that equals a code is none."""
    if f"/{RESOURCES}" in name or not name.endswith(JSON_FILES):
        return text
    found: list[str] = []
    values = [json.loads(text)] if name.endswith(".json") else [json.loads(line) for line in text.splitlines()]
    over_strings(values, lambda part: found.append(part) or part)
    return "\n".join(found)
