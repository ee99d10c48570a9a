"""All worlds of a server: make, fork, snapshot, restore and drop them.

A new world is a copy of a prepared one: the companies' databases are laid out and filled once per seed, and from then
on a world costs as much as copying a few files.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import threading
from collections import OrderedDict
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

from mock_sites.world import jobs
from mock_sites.world.clock import Clock
from mock_sites.world.company import Company
from mock_sites.world.database import Database
from mock_sites.world.errors import N_, ConflictError, UnknownWorldError, WorldError
from mock_sites.world.wire import Wire
from mock_sites.world.world import FACTS_FILE, MAIN, World, write_facts

DEFAULT_SEED: Final = "2026"

MOST_OPEN: Final = 32
"""Worlds whose files are kept open while nobody uses them."""

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


class Worlds:
    """The worlds below one folder.

    Attributes:
        port: the port that the sites are served on, part of every address.
        wire: how companies reach each other.
    """

    def __init__(self, folder: Path, companies: Sequence[Company], port: int = 8700) -> None:
        """Use ``folder``; worlds that are there already are found again.

        Raises:
            WorldError: the folder cannot be written.
        """
        self.companies = {company.name: company for company in companies}
        self.port = port
        self.wire = Wire()
        self._worlds, self._templates, self._snapshots = folder / "worlds", folder / "templates", folder / "snapshots"
        self._open: OrderedDict[str, World] = OrderedDict()
        self._lock = threading.RLock()
        self._numbers = count(1)
        try:
            for room in (self._worlds, self._templates, self._snapshots):
                room.mkdir(parents=True, exist_ok=True)
            (self._worlds / ".writable").touch()
        except OSError as error:
            raise WorldError(
                N_("Cannot keep worlds in {folder}: {reason}. Name another folder."),
                folder=folder,
                reason=error.strerror,
            ) from error
        self._left_behind = set(self.names())

    # ------------------------------------------------------------------ what there is

    def names(self) -> list[str]:
        """The names of all worlds, ``main`` first."""
        found = [path.parent.name for path in self._worlds.glob(f"*/{FACTS_FILE}")]
        return sorted(found, key=lambda name: (name != MAIN, name))

    def snapshots(self, name: str) -> list[str]:
        """The labels of a world's snapshots."""
        return sorted(path.parent.name for path in self._snapshots.glob(f"{name}/*/{FACTS_FILE}"))

    def get(self, name: str) -> World:
        """The world called ``name``.

        Raises:
            UnknownWorldError: there is none.
        """
        with self._lock:
            world = self._open.get(name)
            if world is None:
                if not _NAME.fullmatch(name) or not (self._worlds / name / FACTS_FILE).exists():
                    raise UnknownWorldError(N_("There is no world called {name}."), field="name", name=name)
                world = World(name, self._worlds / name, self.companies, self.wire, self.port)
                if name in self._left_behind:
                    jobs.resume_interrupted(world)
                    self._left_behind.discard(name)
                self._open[name] = world
            self._open.move_to_end(name)
            return world

    @contextmanager
    def using(self, name: str) -> Generator[World]:
        """The world called ``name``, kept in place for the time of a request.

        Raises:
            UnknownWorldError: there is none.
        """
        with self._lock:
            world = self.get(name)
            use = world.in_use()
            use.__enter__()
            self._close_idle()
        try:
            yield world
        finally:
            use.__exit__(None, None, None)

    # ------------------------------------------------------------------ making and unmaking

    def make(self, name: str | None = None, seed: str = DEFAULT_SEED, *, running: bool = True) -> World:
        """Make a world from ``seed``; without a name it gets the next free of ``w1``, ``w2``, ...

        Raises:
            WorldError: the name is taken or no world can be called that, or the seed is empty or too long.
        """
        if not (1 <= len(seed) <= 100 and seed.isprintable()):
            raise WorldError(N_("A seed has 1 to 100 printable characters."), field="seed")
        with self._lock:
            return self._copy(seed, self._free_name(name), running=running)

    def fork(self, name: str, new_name: str | None = None) -> World:
        """Make a new world that begins as the world ``name`` is now, time included.

        Raises:
            UnknownWorldError: there is no such world.
            WorldError: the new name is taken or no world can be called that.
        """
        with self._lock:
            world, target = self.get(name), self._free_name(new_name)
            with world.at_rest():
                (self._worlds / target).mkdir()
                world.copy_to(self._worlds / target)
            return self.get(target)

    def save(self, name: str, folder: Path) -> None:
        """Write the world as it is now into ``folder``, which is made; any server of the same version can load it.

        Raises:
            UnknownWorldError: there is no such world.
        """
        with self._lock:
            world = self.get(name)
            folder.mkdir(parents=True)
            with world.at_rest():
                world.copy_to(folder)

    def load(self, folder: Path, name: str | None = None) -> World:
        """Make a world that begins as the one that was saved in ``folder`` was then, time included.

        Raises:
            WorldError: the name is taken or no world can be called that.
        """
        with self._lock:
            target = self._free_name(name)
            shutil.copytree(folder, self._worlds / target)
            return self.get(target)

    def snapshot(self, name: str, label: str) -> None:
        """Keep the world's present state under ``label``, in place of an older snapshot of that label.

        Raises:
            UnknownWorldError: there is no such world.
            WorldError: no snapshot can be called that.
        """
        with self._lock:
            _check_name(label, "label")
            world, folder = self.get(name), self._snapshots / name / label
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            with world.at_rest():
                world.copy_to(folder)

    def restore(self, name: str, label: str) -> World:
        """Put the world back to what it was when the snapshot was taken, its clock too.

        Raises:
            UnknownWorldError: there is no such world or snapshot.
        """
        with self._lock:
            world, source = self.get(name), self._snapshots / name / label
            if label not in self.snapshots(name):
                raise UnknownWorldError(
                    N_("World {name} has no snapshot called {label}."), field="label", name=name, label=label
                )
            with world.at_rest():
                world.close()
                del self._open[name]
                self._remove(world.folder)
                shutil.copytree(source, world.folder)
            return self.get(name)

    def drop(self, name: str) -> None:
        """Remove a world and its snapshots.

        Raises:
            UnknownWorldError: there is no such world.
        """
        with self._lock:
            world = self.get(name)
            with world.at_rest():
                world.close()
                del self._open[name]
                self._remove(world.folder)
                shutil.rmtree(self._snapshots / name, ignore_errors=True)

    def close(self) -> None:
        """Let go of all files."""
        with self._lock:
            for world in self._open.values():
                world.close()
            self._open.clear()

    # ------------------------------------------------------------------ inside

    def _template(self, seed: str) -> Path:
        """The folder of the prepared world of ``seed``, made when it is first asked for."""
        folder = self._templates / hashlib.sha256(seed.encode()).hexdigest()[:16]
        if not (folder / FACTS_FILE).exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for company in self.companies.values():
                database = Database(folder / f"{company.name}.db")
                database.create_tables(company.metadata)
                database.close()
            write_facts(folder, seed, Clock())
            world = World("template", folder, self.companies, self.wire, self.port)
            for company in self.companies.values():
                with world.book(company.name, write=True) as book:
                    company.populate(book)
            world.close()
        return folder

    def _copy(self, seed: str, name: str, *, running: bool) -> World:
        template, folder = self._template(seed), self._worlds / name
        folder.mkdir()
        for company in self.companies:
            shutil.copyfile(template / f"{company}.db", folder / f"{company}.db")
        clock = Clock()
        if running:
            clock.run()
        write_facts(folder, seed, clock)
        return self.get(name)

    def _free_name(self, name: str | None) -> str:
        if name is None:
            return next(free for number in self._numbers if not (self._worlds / (free := f"w{number}")).exists())
        _check_name(name, "name")
        if (self._worlds / name).exists():
            raise ConflictError(N_("There is a world called {name} already."), field="name", name=name)
        return name

    def _close_idle(self) -> None:
        for name in list(self._open)[: max(0, len(self._open) - MOST_OPEN)]:
            if self._open[name].idle:
                self._open.pop(name).close()

    @staticmethod
    def _remove(folder: Path) -> None:
        (folder / FACTS_FILE).unlink()
        shutil.rmtree(folder)


def _check_name(name: str, field: str) -> None:
    if not _NAME.fullmatch(name):
        raise WorldError(N_("Use 1 to 40 lower-case letters and digits, with hyphens only in between."), field=field)
