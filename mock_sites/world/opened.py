"""The worlds in a folder, and those of them that this process has open.

One lock protects the names: which worlds there are, and which ``World`` belongs to each. It is held for a rename or
for reading ``world.json``, but never while somebody waits for a world or copies or removes files. Each world of the
folder has one ``World`` in a process until it is replaced or dropped, because the ``World`` counts numbers and time.
"""

from __future__ import annotations

import os
import re
import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

from mock_sites.http.host_names import MAIN
from mock_sites.process import open_files
from mock_sites.world import jobs
from mock_sites.world.clock import Clock
from mock_sites.world.errors import N_, ConflictError, UnknownWorldError, UnusableWorldError, WorldError
from mock_sites.world.folders import Drafts, StateFolder, StoredState, read_of_version
from mock_sites.world.world import World

MOST_OPEN: Final = 256
"""The most worlds whose files are kept open while nobody uses them. Each takes about a third of a MiB."""

FILES_OF_ONE: Final = 32
"""For each world that is kept open, this process may open so many files: a world has about six, connections others."""

Build = Callable[[StateFolder, StoredState, Clock], World]
"""Makes the ``World`` of a folder."""

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class OpenWorlds:
    """The worlds below ``folder``, each a ``StateFolder`` with the name of the world."""

    def __init__(self, folder: Path, build: Build, fingerprint: Callable[[], str], *, lasting: bool) -> None:
        """``fingerprint`` gives the fingerprint of this version; ``lasting`` as in ``StateFolder``."""
        self._folder, self._lasting = folder, lasting
        self._build, self._fingerprint = build, fingerprint
        self._known: dict[str, World] = {}
        self._recent: OrderedDict[str, World] = OrderedDict()
        self._lock = threading.Lock()
        self._most_open = most_open()

    def names(self, *, after: str = "") -> list[str]:
        """The names of all worlds, ``main`` first, or of those listed after the one called ``after``."""
        names = sorted(names_in(self._folder), key=_order)
        return names[bisect_right(names, _order(after), key=_order) :] if after else names

    def place(self, name: str) -> StateFolder:
        """The folder of the world called ``name``, whether it exists or not."""
        return StateFolder(self._folder / name, self._lasting)

    def get(self, name: str) -> World:
        """The world called ``name``.

        Raises:
            UnknownWorldError: there is none.
            UnusableWorldError: it is of another version of the mock sites.
        """
        world = self._known.get(name)
        if world is None:
            fingerprint = self._fingerprint_for(name)
            with self._lock:
                world = self._known.get(name) or self._find(name, fingerprint)
                self._know(world)
        if not world.recovered:
            jobs.recover(world)
        return world

    def look(self, name: str) -> World:
        """The world called ``name`` as ``world.json`` says, for lists: no database is opened, and none may be changed.

        Raises:
            UnknownWorldError: there is none.
            UnusableWorldError: it is of another version of the mock sites.
        """
        fingerprint = self._fingerprint_for(name)
        with self._lock:
            return self._known.get(name) or self._find(name, fingerprint)

    @contextmanager
    def using(self, name: str) -> Generator[World]:
        """The world called ``name``, kept in place for the time of a request.

        Raises:
            UnknownWorldError: there is none.
            UnusableWorldError: it is of another version of the mock sites.
            BusyError: it is being copied or replaced, and that takes long.
        """
        while not (world := self.get(name)).usage.enter():
            pass  # it has been replaced in the meantime
        try:
            self._release_idle(world)
            yield world
        finally:
            world.usage.leave()

    @contextmanager
    def at_rest(self, name: str) -> Generator[World]:
        """The world called ``name``, used by nobody else for the time of the block.

        Raises:
            UnknownWorldError: there is none.
            UnusableWorldError: it is of another version of the mock sites.
            ConflictError: it stayed in use.
        """
        while True:
            world = self.get(name)
            with world.usage.at_rest() as there:
                if there:
                    yield world
                    return

    def add(self, name: str, draft: Path, state: StoredState, clock: Clock) -> World:
        """Make a world out of a filled draft.

        Raises:
            ConflictError: the name is taken.
        """
        folder = self.place(name)
        with self._lock:
            try:
                folder.appear(draft)
            except FileExistsError as error:
                raise taken(name) from error
            world = self._build(folder, state, clock)
            world.recovered = True
            self._know(world)
            return world

    def forget(self, name: str) -> None:
        """Forget a world: the next user reads it again, and those who wait for changes in it get an error."""
        with self._lock:
            self._forget(name)

    def take_away(self, name: str, drafts: Drafts) -> Path:
        """Remove the name ``name``. Return the folder, which the caller removes.

        Raises:
            UnknownWorldError: there is none.
        """
        with self._lock:
            try:
                gone = drafts.take_away(self.place(name).path)
            except FileNotFoundError as error:
                raise _unknown(name) from error
            self._forget(name)
            return gone

    def close(self) -> None:
        """Close all files, and store the time of the worlds whose clocks run."""
        with self._lock:
            worlds = list(self._known.values())
            for name in list(self._known):
                self._forget(name)
        for world in worlds:
            world.release_files()
            if not world.clock.frozen:
                world.save()

    # ------------------------------------------------------------------ inside

    def _find(self, name: str, fingerprint: str) -> World:
        """Open a world that an earlier process has made."""
        folder = self.place(name)
        try:
            state = read_of_version(folder, fingerprint, name)
        except UnusableWorldError:
            if not folder.path.is_dir():
                raise _unknown(name) from None
            raise
        return self._build(folder, state, Clock.gone_on_from(state.clock))

    def _fingerprint_for(self, name: str) -> str:
        """The fingerprint that the world called ``name`` must have."""
        if not NAME.fullmatch(name):
            raise _unknown(name)
        return self._fingerprint()

    def _know(self, world: World) -> None:
        self._known[world.name] = self._recent[world.name] = world
        self._recent.move_to_end(world.name)

    def _forget(self, name: str) -> None:
        self._recent.pop(name, None)
        if world := self._known.pop(name, None):
            world.usage.end()

    def _release_idle(self, used: World) -> None:
        """Close the files of the worlds that have not been used for the longest time."""
        with self._lock:
            self._recent[used.name] = used
            self._recent.move_to_end(used.name)
            surplus = islice(self._recent.values(), max(0, len(self._recent) - self._most_open))
            idle = [world for world in surplus if world.usage.idle]
            for world in idle:
                del self._recent[world.name]
        for world in idle:
            world.release_files()


def most_open() -> int:
    """``MOST_OPEN``, or fewer if this process may open few files."""
    return min(MOST_OPEN, open_files.allowed() // FILES_OF_ONE)


def names_in(folder: Path) -> list[str]:
    """The names of worlds or snapshots in ``folder``; none if there is no such folder."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if NAME.fullmatch(entry.name) and entry.is_dir()]
    except FileNotFoundError:
        return []


def check_name(name: str, field: str) -> None:
    """Refuse a name that cannot be a label of a host name.

    Raises:
        WorldError: for ``field``.
    """
    if not NAME.fullmatch(name):
        raise WorldError(N_("Use 1 to 40 lower-case letters and digits, with hyphens only in between."), field=field)


def taken(name: str) -> ConflictError:
    """The error for a name that is taken."""
    return ConflictError(N_("There is a world called {name} already."), field="name", name=name)


def _order(name: str) -> tuple[bool, list[str | int], str]:
    """``main`` first, and w2 before w10."""
    return name != MAIN, [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)], name


def _unknown(name: str) -> UnknownWorldError:
    return UnknownWorldError(N_("There is no world called {name}."), field="name", name=name)
