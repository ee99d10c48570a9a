"""Whether the packages that the lock names are installed, whole. Needs nothing but the standard library and packaging.

``python -m mock_sites.environment.packages`` prints what is not as it should be; its exit code is 0 when everything is.
"""

import os
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Final

PROJECT: Final = "mock-marketplace"
LOCK: Final = Path(__file__).parents[2] / "requirements.lock"

_PIN: Final = re.compile(r"^[^\s#][^\\\n]*==[^\\\n]*", re.MULTILINE)


def problems(lock: Path = LOCK) -> list[str]:
    """What is missing, of another version than in ``lock``, or without some of its files: a few words for each."""
    try:
        from packaging.requirements import Requirement  # noqa: PLC0415 - it may be what is missing
    except ImportError:
        return ["packaging is missing"]
    requirements = map(Requirement, pinned(lock.read_text(encoding="utf-8")))
    wanted = {plain_name(PROJECT): ""} | {
        plain_name(wanted.name): next(iter(wanted.specifier)).version
        for wanted in requirements
        if wanted.marker is None or wanted.marker.evaluate()
    }
    found = {plain_name(package.name): package for package in metadata.distributions()}
    return [words for name, version in wanted.items() for words in _faults(name, version, found.get(name))]


def _faults(name: str, version: str, found: metadata.Distribution | None) -> Iterator[str]:
    if found is None:
        yield f"{name} is missing"
    elif version and found.version != version:
        yield f"{name} is {found.version} instead of {version}"
    elif lost := _lost(found):
        yield f"{name} has lost {lost}"


def _lost(package: metadata.Distribution) -> str:
    """A file of an installed package that is not there any more; the compiled ones do not matter."""
    recorded = package.read_text("RECORD")
    if recorded is None:
        return "its list of files"
    site = str(package.locate_file(""))
    files = (line.rsplit(",", 2)[0].strip('"') for line in recorded.splitlines())
    present = os.path.exists  # of 10,000 files: pathlib takes three times as long
    return next((name for name in files if not name.endswith(".pyc") and not present(f"{site}/{name}")), "")


def pinned(lock: str) -> list[str]:
    """The requirements in the text of a lock, each of one version."""
    return _PIN.findall(lock)


def plain_name(name: str) -> str:
    """Packages have one name in several spellings."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    told = problems()
    sys.stderr.writelines(f"{words}\n" for words in told)
    sys.exit(bool(told))
