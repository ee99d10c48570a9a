"""What a program prints: it ends with one sentence if that cannot be written, and silently if nobody reads on."""

import errno
import io
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import IO, Any, Final, NoReturn, cast

UNWRITABLE: Final = 74
"""The exit code when something cannot be written: EX_IOERR of sysexits.h."""

NOT_READ: Final = 141
"""The exit code when the reader of the output has ended, as with ``| head -1``: that of SIGPIPE in shells."""

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""Of errors in writing a file: those of its disk."""


class OutputError(Exception):
    """What the program prints cannot be written. It is no OSError, because many of those are ignored on purpose."""


class _Stdout(io.RawIOBase):
    """Writes to ``target``, and says so if that fails."""

    def __init__(self, target: Any) -> None:
        super().__init__()
        self._target = target

    def writable(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """That of the target."""
        return self._target.fileno()

    def isatty(self) -> bool:
        """Whether the target is a terminal."""
        return self._target.isatty()

    def write(self, content: Any) -> int | None:
        """Write some of the content. Returns how much.

        Raises:
            OutputError: it cannot be written.
        """
        if not content:
            return 0
        try:
            return self._target.write(content)
        except OSError as error:
            raise OutputError(error.strerror or str(error)) from error


def _guarded(text: io.TextIOWrapper) -> io.TextIOWrapper:
    """A stream like ``text``. Python's has no buffer if it is started with PYTHONUNBUFFERED."""
    buffer: Any = text.buffer
    raw = getattr(buffer, "raw", None)
    return io.TextIOWrapper(
        io.BufferedWriter(_Stdout(raw)) if raw else cast("IO[bytes]", _Stdout(buffer)),
        encoding=text.encoding,
        errors=text.errors,
        line_buffering=text.line_buffering,
        write_through=text.write_through,
    )


@contextmanager
def written_output(program: str) -> Generator[None]:
    """Within the block, a disk that is full and output that cannot be written end ``program`` with one sentence."""
    before = sys.stdout
    if isinstance(before, io.TextIOWrapper):
        sys.stdout = _guarded(cast("io.TextIOWrapper[Any]", before))
    try:
        try:
            yield
        finally:
            print(end="", flush=True)  # noqa: T201 - nothing if there is no stdout
    except OutputError as error:
        if isinstance(error.__cause__, BrokenPipeError):
            sys.exit(NOT_READ)
        _end(program, str(error))
    except OSError as error:
        if error.errno not in _FULL:
            raise
        _end(program, error.strerror or str(error))
    finally:
        sys.stdout = before


def _end(program: str, reason: str) -> NoReturn:
    sys.stderr.write(f"{program}: The output cannot be written: {reason}. Write it elsewhere, or make room for it.\n")
    sys.exit(UNWRITABLE)
