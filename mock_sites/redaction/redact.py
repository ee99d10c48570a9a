"""Anybody's trace without secrets: those that are known, and those that their place or form tells."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from mock_sites.process.temporary import temporary_folder
from mock_sites.process.zips import DAMAGED_ZIP
from mock_sites.redaction.contents import Contents, TooLargeError, opaque, words_of
from mock_sites.redaction.machine import of_machine
from mock_sites.redaction.nesting import deep_nesting
from mock_sites.redaction.redactor import Redactor
from mock_sites.redaction.scan import scan
from mock_sites.redaction.secrets import Secret, in_credentials, in_text
from mock_sites.redaction.shapes import find_secrets
from mock_sites.redaction.traces import Trace, is_trace, text_of

SHORTEST: Final = 4
"""The least characters of a secret that somebody names, as it is replaced wherever it is written."""


class RedactError(Exception):
    """No trace was written. The text says why, and what to do."""


class LeftError(Exception):
    """No trace was written, as there would be secrets in it. The text says which and where."""


@dataclass(frozen=True)
class Redacted:
    """What was done.

    Attributes:
        secrets: how many different ones of each kind were replaced.
        pictures: the pictures that were masked or made plain.
        unread: how many files of which kind could not be looked into.
    """

    secrets: Mapping[str, int]
    pictures: Sequence[str]
    unread: Mapping[str, int]


def redact(source: Path, target: Path, known: Sequence[Secret] = (), *, paths: bool = False) -> Redacted:
    """Write the trace in ``source`` without secrets to ``target``, which is replaced as a whole or not at all.

    With ``paths``, the folders and user names of the machine are replaced too.

    Raises:
        RedactError: the trace cannot be read, or the other cannot be written.
        LeftError: there would be secrets in it.
    """
    if target.exists() and source.exists() and target.samefile(source):
        raise RedactError(f"{target} is the trace itself, which stays as it is. Name another file")
    if target.exists() and not target.is_file():
        raise RedactError(f"{target} is no file. Name one")
    if not target.parent.is_dir():
        raise RedactError(f"There is no folder {target.parent}. Make it, or name another file")
    try:
        with deep_nesting():
            return _redact(source, target, known, paths=paths)
    except TooLargeError as error:
        raise RedactError(str(error)) from error
    except OSError as error:
        raise RedactError(f"{error.filename or target}: {error.strerror or error}") from error
    except (*DAMAGED_ZIP, KeyError, RecursionError) as error:
        raise RedactError(f"{source} is damaged, or no trace of a known version ({error})") from error


def secrets_in_file(file: Path) -> list[Secret]:
    """The secrets that somebody has listed, one a line.

    Raises:
        RedactError: it cannot be read, or one is so short that it is in other words too.
    """
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RedactError(f"{file} cannot be read as a text in UTF-8 ({error})") from error
    return [_named(line, f"{file}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def secrets_in_environment(names: Sequence[str]) -> list[Secret]:
    """The values of environment variables.

    Raises:
        RedactError: one is not set, or is so short that it is in other words too.
    """
    if missing := [name for name in names if name not in os.environ]:
        raise RedactError(f"The environment variable {missing[0]} is not set")
    return [_named(os.environ[name], f"The environment variable {name}") for name in names]


def _named(value: str, where: str) -> Secret:
    if len(value) < SHORTEST:
        raise RedactError(f"{where} has fewer than {SHORTEST} characters. It would be replaced within other words")
    return Secret("secret", value)


def _redact(source: Path, target: Path, known: Sequence[Secret], *, paths: bool) -> Redacted:
    if not is_trace(source):
        source.stat()
        raise RedactError(f"{source} is no trace: no zip, and no folder of an unpacked one, or without a .trace file")
    trace = Trace(source)
    if not trace.begins:
        raise RedactError(
            f"{source} is no trace: none of its .trace files begins with the options of a browser or test"
        )
    contents = Contents()
    texts = [text for name in trace.files for text in _texts(name, trace, contents)]
    secrets = [*known, *_nameless(trace.secrets()), *(secret for text in texts for secret in _in(text))]
    secrets += [password for secret in secrets for password in in_credentials(secret)]
    machine = [*of_machine(texts, trace.source_files())] if paths else []
    with temporary_folder(f".{target.name}-", target.parent) as scratch:
        redactor = Redactor([*secrets, *machine], by_shape=True)
        clean = scratch / target.name
        pictures = trace.save(clean, redactor)
        if found := scan([clean], [*(secret for secret in secrets if secret.everywhere), *machine]).found:
            left = "; ".join(line.removeprefix(f"{clean}/") for line in found)
            raise LeftError(f"{target} was not written, as there would still be secrets in it: {left}")
        clean.replace(target)
    kinds = Counter(placeholder.strip("«»").partition("-")[0] for placeholder in redactor.files)
    return Redacted(kinds, pictures, contents.unread)


def _texts(name: str, trace: Trace, contents: Contents) -> Iterator[str]:
    """The texts in a file of a trace, and in files within it, with their names."""
    found: list[str] = []

    def look(name: str, content: bytes) -> bytes:
        found.append(words_of(name))
        if not opaque(content):
            found.append(text_of(content))
        return content

    contents.over(name, trace.files[name], look)
    yield from found


def _in(text: str) -> Iterator[Secret]:
    yield from in_text(text)
    yield from (secret for _start, _end, secret in find_secrets(text))


def _nameless(secrets: Iterator[Secret]) -> Iterator[Secret]:
    """Cookies that are known by their values: two of the same name are two secrets."""
    return (replace(secret, name="") for secret in secrets)
