"""Puts the parts of a run together, as if one machine had run all its tests.

A part is the folder that one machine has written: ``junit.xml``, whose properties also tell what the tests have proved,
and recordings, traces or pictures, each below a name of its own.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

from junitparser import JUnitXml, JUnitXmlError, Properties, Property, TestCase

from e2e.proof import CLAIM, PART, Claim, read

JUNIT: Final = "junit.xml"


class MergeError(Exception):
    """The parts cannot be put together; the text says why and what to do."""


@dataclass(frozen=True)
class Merged:
    """The outcome of a whole run."""

    tests: int
    skipped: int
    failed: Sequence[str]
    """The tests that failed, or could not be run."""
    claims: Sequence[Claim]
    """What the tests that passed have proved."""


def merge(parts: Sequence[Path], output: Path) -> Merged:
    """Write all files of ``parts`` into the new folder ``output``, with one ``junit.xml``.

    Raises:
        MergeError: a part is missing or damaged, two parts have the same test or file, or there is such a folder.
    """
    if output.exists():
        raise MergeError(f"{output} is there already. Remove it, or name another folder with --output.")
    results = {part: _results(part) for part in parts}
    _check_parts({part: _parts(result) for part, result in results.items()})
    _check_once("test", {part: {name(case) for case in cases(result)} for part, result in results.items()})
    _check_once("file", {part: set(_files(part)) for part in parts})
    whole = JUnitXml()
    for part, result in results.items():
        whole += result
        shutil.copytree(part, output, dirs_exist_ok=True)
    whole.write(str(output / JUNIT))
    return _outcome(list(cases(whole)))


def _results(part: Path) -> JUnitXml:
    """The results of a part.

    Raises:
        MergeError: there are none.
    """
    try:
        return JUnitXml.fromfile(str(part / JUNIT))
    except (OSError, SyntaxError, JUnitXmlError) as error:
        raise MergeError(
            f"{part} has no {JUNIT} that can be read: that part has not come to its end, or was started without "
            f"--junitxml {part / JUNIT}."
        ) from error


def _check_parts(parts: Mapping[Path, set[str]]) -> None:
    """Refuse what are not all parts of one run.

    Raises:
        MergeError: a part is missing, is there twice, or is of another run.
    """
    named: dict[str, Path] = {}
    for part, names in parts.items():
        name = "".join(names) if len(names) == 1 else ""
        if not name:
            raise MergeError(
                f"{part} is no part of a run: it has no tests, or was started without --splits and --group."
            )
        if name in named:
            raise MergeError(f"{named[name]} and {part} are both part {name}.")
        named[name] = part
    count = next(iter(named)).rpartition(" ")[2]
    expected = {f"{number} of {count}" for number in range(1, int(count) + 1)}
    if named.keys() != expected:
        raise MergeError(f"The parts are {', '.join(sorted(named))}, but a run has {', '.join(sorted(expected))}.")


def _check_once(kind: str, content: Mapping[Path, set[str]]) -> None:
    """Refuse parts that overlap.

    Raises:
        MergeError: a test or file is in two of them.
    """
    for (part, mine), (other, others) in combinations(content.items(), 2):
        if twice := mine & others:
            raise MergeError(f"{part} and {other} have the same {kind}: {min(twice)}.")


def _files(part: Path) -> Iterator[str]:
    """The files of a part besides its results."""
    for file in part.rglob("*"):
        name = file.relative_to(part).as_posix()
        if file.is_file() and name != JUNIT:
            yield name


def cases(results: JUnitXml) -> Iterator[TestCase]:
    """The tests of a run."""
    for suite in results:
        yield from suite


def _parts(results: JUnitXml) -> set[str]:
    """What the tests say which part this is."""
    return {value for case in cases(results) for value in properties(case, PART) or [""]}


def name(case: TestCase) -> str:
    """The test, with its module."""
    return f"{case.classname}.{case.name}"


def properties(case: TestCase, kind: str) -> list[str]:
    """The values of a test's properties called ``kind``."""
    found: Iterable[Property] | None = case.child(Properties)
    return [each.value or "" for each in found or () if each.name == kind]


def _outcome(tests: Sequence[TestCase]) -> Merged:
    return Merged(
        tests=len(tests),
        skipped=sum(test.is_skipped for test in tests),
        failed=[name(test) for test in tests if test.is_failure or test.is_error],
        claims=[read(text) for test in tests if test.is_passed for text in properties(test, CLAIM)],
    )
