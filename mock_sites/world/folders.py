"""A state of a world on disk: a folder that is changed as a whole or not at all, even if the process is killed.

A folder holds ``world.json`` (a ``StoredState``) and the databases in a numbered folder, which the state names. A new
folder is filled as a draft and moved into place by one rename. A state that replaces an older one is written beside it;
it becomes the current one when ``world.json`` is replaced. Nothing older is removed before that.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, Final

from mock_sites.world.errors import N_, UnusableWorldError

STATE_FILE: Final = "world.json"

_TAKEN: Final = {errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR}
"""The error codes that say: a folder cannot be renamed because the new name exists already."""

Fill = Callable[[Path], None]
"""Writes the databases into an empty folder."""


@dataclass(frozen=True, kw_only=True)
class StoredState:
    """The content of ``world.json``."""

    fingerprint: str
    """The digest of the tables and the ready-made data with which the world was made."""
    seed: str
    clock: dict[str, Any]
    """As ``Clock.as_facts``."""
    databases: str = "1"
    """The name of the folder that holds the databases."""
    language: str = "en"
    """The language of mails to accounts that have chosen none: that of the last sign-in in the world."""


class Drafts:
    """Folders that no other part knows: those that are being made, and those that are being removed."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``. What an earlier process left there is removed."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._numbers = count(1)

    @contextmanager
    def new(self) -> Generator[Path]:
        """Give an empty folder to be filled and moved into place. What is still there at the end is removed."""
        draft = self._folder / str(next(self._numbers))
        draft.mkdir()
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    def take_away(self, folder: Path) -> Path:
        """Make ``folder`` invisible by one rename. Return its new path, which the caller removes."""
        gone = self._folder / str(next(self._numbers))
        folder.rename(gone)
        return gone


@dataclass(frozen=True)
class StateFolder:
    """A folder that holds one state of a world."""

    path: Path
    lasting: bool = False
    """Whether the folder must survive a power cut. Then data that replaces older data is first flushed to the disk. New
    data is not, because no older data is lost with it."""

    def read(self) -> StoredState:
        """The current state.

        Raises:
            ValueError, TypeError: the file is of another version, or damaged.
            OSError: there is none.
        """
        return StoredState(**json.loads((self.path / STATE_FILE).read_text()))

    def stored_at(self) -> float:
        """When the current state was stored, in seconds since 1970 by the machine's clock.

        Raises:
            OSError: there is none.
        """
        return (self.path / STATE_FILE).stat().st_mtime

    def databases(self, state: StoredState) -> Path:
        """The folder of the databases of ``state``."""
        return self.path / state.databases

    def write(self, state: StoredState) -> None:
        """Replace the current state by ``state``."""
        draft = self.path / f"{STATE_FILE}.new"
        with draft.open("w") as file:
            file.write(json.dumps(asdict(state)))
            if self.lasting:
                file.flush()
                os.fsync(file.fileno())
        draft.replace(self.path / STATE_FILE)
        if self.lasting:
            _flush(self.path)

    def fill(self, state: StoredState, fill: Fill) -> None:
        """Write databases and state into an empty folder that no other part knows yet."""
        self.databases(state).mkdir()
        fill(self.databases(state))
        self.write(state)

    def appear(self, draft: Path) -> None:
        """Make the folder out of a filled ``draft`` by one rename.

        Raises:
            FileExistsError: there is something of that name already.
        """
        try:
            draft.rename(self.path)
        except OSError as error:
            if error.errno in _TAKEN:
                raise FileExistsError(self.path) from error
            raise

    def replace(self, state: StoredState, fill: Fill) -> StoredState:
        """Replace the current databases and state. Return the new state, which names the folder of its databases."""
        self.remove_remains()
        state = replace(state, databases=str(int(self.read().databases) + 1))
        folder = self.databases(state)
        folder.mkdir()
        fill(folder)
        if self.lasting:
            for file in folder.iterdir():
                _flush(file)
            _flush(folder)
        self.write(state)
        self.remove_remains()
        return state

    def remove_remains(self) -> None:
        """Remove databases that do not belong to the current state."""
        present = self.read().databases
        for folder in self.path.iterdir():
            if folder.name.isdigit() and folder.name != present:
                shutil.rmtree(folder, ignore_errors=True)


def read_of_version(folder: StateFolder, fingerprint: str, name: str) -> StoredState:
    """The state in ``folder`` of the world called ``name``, if its fingerprint is ``fingerprint``.

    Raises:
        UnusableWorldError: it has another fingerprint, or the file is damaged.
    """
    try:
        state = folder.read()
    except (FileNotFoundError, ValueError, TypeError):
        state = None
    if state is None or state.fingerprint != fingerprint:
        raise UnusableWorldError(
            N_(
                "World {name} cannot be used: it was made by another version of the mock sites, with other tables or "
                "other ready-made data, or its files are damaged. Go on with that version, or drop the world and make "
                "it anew."
            ),
            field="name",
            name=name,
        )
    return state


def _flush(path: Path) -> None:
    """Flush a file, or the names in a folder, to the disk where the system can do that."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows cannot open folders
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
