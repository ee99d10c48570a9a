"""One server at a time uses a folder of worlds."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from mock_sites.world.errors import N_, ConflictError

LOCK_FILE: Final = "lock"

_HOLDER_FILE: Final = "server.json"


class FolderLock:
    """The right to use a folder of worlds. The system takes it back when the process ends, also if it is killed."""

    def __init__(self, folder: Path, port: int) -> None:
        """Lock ``folder`` for a server on ``port``.

        Raises:
            ConflictError: another server has it.
        """
        self._lock = FileLock(folder / LOCK_FILE, fallback_to_soft=False, thread_local=False)
        holder = folder / _HOLDER_FILE
        try:
            self._lock.acquire(blocking=False)
        except Timeout as error:
            raise ConflictError(
                N_("Another server keeps its worlds in {folder}: {holder}. Stop it, or name another folder."),
                folder=folder,
                holder=_describe(holder),
            ) from error
        since = datetime.now(UTC).isoformat(timespec="seconds")
        holder.write_text(json.dumps({"pid": os.getpid(), "port": port, "since": since}))

    def release(self) -> None:
        """Unlock the folder."""
        self._lock.release()


def _describe(holder: Path) -> str:
    try:
        details = json.loads(holder.read_text())
        return f"process {details['pid']}, port {details['port']}, since {details['since']}"
    except (OSError, ValueError, KeyError, TypeError):  # it has only just begun
        return "it has only just started"
