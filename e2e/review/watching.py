"""Reviews again whenever a recording changes."""

from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final, NoReturn

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

CHANGES: Final = {"created", "modified", "moved", "deleted"}
"""The events that change a file. A review itself causes others, as it opens files."""

QUIET: Final = 0.5
"""Seconds without a change after which a recording, which is several files, is taken for complete."""


def watch(run: Path, review_once: Callable[[], object], ignored: Collection[Path] = ()) -> NoReturn:
    """Review now, and again after each change in ``run`` (a file or a folder).

    Changes of the files ``ignored``, which reviews write, do not count.

    Raises:
        KeyboardInterrupt: somebody pressed Ctrl-C.
    """
    run = run.resolve()
    changes = _Changes(run, {file.resolve() for file in ignored})
    observer = Observer()
    observer.schedule(changes, str(run if run.is_dir() else run.parent), recursive=run.is_dir())
    observer.start()
    try:
        while True:
            review_once()
            changes.wait()
    finally:
        observer.stop()
        observer.join()


def is_change(event: FileSystemEvent, run: Path, ignored: Collection[Path]) -> bool:
    """Whether an event changes a recording in ``run``. All paths are absolute.

    A recording that is being written is in a folder whose name begins with a dot, and is moved when it is complete.
    """
    if event.event_type not in CHANGES:
        return False
    paths = [Path(str(path)) for path in (event.src_path, event.dest_path) if path]
    inside = [path.relative_to(run) for path in paths if path.is_relative_to(run) and path not in ignored]
    return any(not any(part.startswith(".") for part in path.parts) for path in inside)


class _Changes(FileSystemEventHandler):
    """The changes in a run."""

    def __init__(self, run: Path, ignored: Collection[Path]) -> None:
        self._run, self._ignored = run, ignored
        self._seen = SimpleQueue[FileSystemEvent]()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Remember a change."""
        if is_change(event, self._run, self._ignored):
            self._seen.put(event)

    def wait(self) -> None:
        """Wait for a change, and until there are no more."""
        self._seen.get()
        with suppress(Empty):
            while True:
                self._seen.get(timeout=QUIET)
