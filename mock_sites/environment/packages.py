"""Checks whether the packages of this project are installed completely. Uses only the standard library and packaging.

A checkout has a lock, which names each package with its version. An installed wheel has its own list of requirements.

``python -m mock_sites.environment.packages`` prints what is wrong. Its exit code is 0 when everything is right.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from packaging.requirements import Requirement  # it may be missing itself

PROJECT: Final = "mock-marketplace"
LOCK: Final = Path(__file__).parents[2] / "requirements.lock"

_PIN: Final = re.compile(r"^[^\s#][^\\\n]*==[^\\\n]*", re.MULTILINE)


def expected_by(lock: Path = LOCK) -> str:
    """The source of the list of packages, as text."""
    return f"{lock.name} has them" if lock.exists() else f"{PROJECT} requires them"


def remedy(lock: Path = LOCK) -> str:
    """A sentence that says how to install the packages."""
    return "Run: make setup" if lock.exists() else "Install the wheel again: pip install --force-reinstall FILE.whl"


def problems(lock: Path = LOCK) -> list[str]:
    """The packages that are missing, have another version or lack files: a few words for each."""
    try:
        from packaging.requirements import Requirement  # noqa: PLC0415 - see above
    except ImportError:
        return ["packaging is missing"]
    found = {plain_name(package.name): package for package in metadata.distributions()}
    if lock.exists():
        wanted = [Requirement(PROJECT), *map(Requirement, pinned(lock.read_text(encoding="utf-8")))]
    else:
        wanted = _required(Requirement(PROJECT), found)
    return [words for one in wanted if _applies(one) for words in _faults(one, found.get(plain_name(one.name)))]


def _required(first: Requirement, found: Mapping[str, metadata.Distribution]) -> Iterable[Requirement]:
    """``first`` and all that it requires, directly or not, without the requirements of extras."""
    wanted = {plain_name(first.name): first}
    names = [*wanted]
    for name in names:  # the list grows in the loop
        for text in (found[name].requires or []) if name in found else []:
            one = type(first)(text)
            if plain_name(one.name) not in wanted and _applies(one):
                wanted[plain_name(one.name)] = one
                names.append(plain_name(one.name))
    return wanted.values()


def _applies(requirement: Requirement) -> bool:
    """Whether the requirement applies to this machine and Python, without an extra."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": ""})


def _faults(wanted: Requirement, found: metadata.Distribution | None) -> Iterator[str]:
    name = plain_name(wanted.name)
    if found is None:
        yield f"{name} is missing"
    elif not wanted.specifier.contains(found.version, prereleases=True):
        yield f"{name} is {found.version} instead of {str(wanted.specifier).removeprefix('==')}"
    elif lost := _lost(found):
        yield f"{name} has lost {lost}"


def _lost(package: metadata.Distribution) -> str:
    """A file of an installed package that is missing. Compiled files do not matter."""
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
    """A name in its normal form: packages are spelled in several ways."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    found = problems()
    sys.stderr.writelines(f"{words}\n" for words in found)
    sys.exit(bool(found))
