"""Files that are written whole: until everything is there, the earlier file stays."""

import os
from pathlib import Path


def write_whole(file: Path, content: str | bytes) -> None:
    """Write ``content``, a text in UTF-8 or bytes, in place of what ``file`` had.

    A device or a pipe, such as /dev/stdout, is written to.

    Raises:
        OSError: it cannot be written. The file is as it was.
    """
    written = content.encode() if isinstance(content, str) else content
    if file.exists() and not file.is_file():  # before links are followed: that of a pipe in /dev leads to no path
        file.write_bytes(written)
        return
    target = file.resolve()
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        unfinished.write_bytes(written)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
