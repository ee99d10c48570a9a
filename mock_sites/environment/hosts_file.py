"""The hosts file of a machine: names of the sites between two marker lines, replaced as a whole or not at all.

Nothing else in the file changes, whatever it is. It uses the standard library only.
"""

import errno
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

ADDRESS: Final = "127.0.0.1"
"""Where all names lead."""

_BEGIN: Final = re.compile(rb"(?m)^\s*# BEGIN mock-sites ([0-9]{1,5})\s*$")
_NOT_ALLOWED: Final = {errno.EACCES, errno.EPERM, errno.EROFS}
_MOUNTED: Final = {errno.EBUSY, errno.EXDEV}


class HostsFileError(Exception):
    """The file was not changed. The text says why and what to do."""


def default_file() -> Path:
    """The hosts file of this machine."""
    if sys.platform == "win32":
        return Path(os.environ["SYSTEMROOT"], "System32", "drivers", "etc", "hosts")
    return Path("/etc/hosts")


def lines(names: Sequence[str], port: int) -> list[str]:
    """The marker lines of the server on ``port``, with a line for each name between them."""
    begin, end = _markers(port)
    return [begin, *(f"{ADDRESS} {name}" for name in names), end]


def rewritten(content: bytes, names: Sequence[str], port: int) -> bytes:
    """``content`` with these names between the marker lines of the server on ``port``; without names, without them.

    Raises:
        HostsFileError: a marker line is missing, or is there twice.
    """
    newline = b"\r\n" if b"\r\n" in content else b"\n"
    kept = content.splitlines(keepends=True)
    begin, end = (
        [number for number, line in enumerate(kept) if line.strip() == marker.encode()] for marker in _markers(port)
    )
    if begin or end:
        if not (len(begin) == len(end) == 1 and begin[0] < end[0]):
            raise HostsFileError(
                f"The hosts file must have the line {_markers(port)[0]!r} once, and after it {_markers(port)[1]!r} "
                "once. Remove these lines, and what is between them, by hand."
            )
        del kept[begin[0] : end[0] + 1]
    if not names:
        return b"".join(kept)
    if kept and not kept[-1].endswith(b"\n"):
        kept[-1] += newline
    return b"".join([*kept, *(line.encode("ascii") + newline for line in lines(names, port))])


def ports(file: Path) -> list[int]:
    """The ports of the servers whose names are in ``file``, in order."""
    return sorted(int(port) for port in _BEGIN.findall(file.read_bytes()))


def write(file: Path, names: Sequence[str], port: int) -> bool:
    """Write these names into ``file``; without names, take those of the server on ``port`` out. Return if it changed.

    Raises:
        HostsFileError: it may not be written, cannot be replaced, changed meanwhile, or its marker lines are damaged.
    """
    try:
        real = file.resolve(strict=True)
        before = real.read_bytes()
        after = rewritten(before, names, port)
        if after != before:
            _replace(real, before, after)
    except OSError as error:
        raise HostsFileError(_why(file, error)) from error
    return after != before


def _replace(file: Path, before: bytes, after: bytes) -> None:
    """Replace ``file`` in one step, with its mode, owner and attributes."""
    with ExitStack() as stack:
        new = stack.enter_context(
            tempfile.NamedTemporaryFile(prefix=f"{file.name}.mock-sites-", dir=file.parent, delete=False)
        )
        path = Path(new.name)
        stack.callback(path.unlink, missing_ok=True)
        new.write(after)
        new.flush()
        os.fsync(new.fileno())
        shutil.copystat(file, path)
        if hasattr(os, "chown"):
            os.chown(path, file.stat().st_uid, file.stat().st_gid)
        new.close()
        if file.read_bytes() != before:
            raise HostsFileError(f"Another program has changed {file} at the same moment. Run the command again.")
        path.replace(file)


def _markers(port: int) -> tuple[str, str]:
    return f"# BEGIN mock-sites {port}", f"# END mock-sites {port}"


def _why(file: Path, error: OSError) -> str:
    reason = f"{file} was not changed: {error.strerror}."
    if error.errno in _NOT_ALLOWED:
        return f"{reason} Use sudo, or an administrator's account, or add the lines of `mock-sites hosts` by hand."
    if error.errno in _MOUNTED:
        return (
            f"{reason} It is mounted, as in a container, so that it cannot be replaced as a whole. Give the names to "
            "the container when it is started: `mock-sites hosts` says how."
        )
    return f"{reason} Name another file with --file."
