"""Files that are written whole: until everything is there, the earlier file stays."""

import os
from pathlib import Path


def write_whole(file: Path, content: str | bytes) -> None:
    """Write ``content``, a text in UTF-8 or octets, in place of what ``file`` had.

    A device or a pipe, such as /dev/stdout, is written to.

    Raises:
        OSError: it cannot be written. The file is as it was.
    """
    octets, target = content.encode() if isinstance(content, str) else content, file.resolve()
    if target.exists() and not target.is_file():
        file.write_bytes(octets)
        return
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
    try:
        unfinished.write_bytes(octets)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
