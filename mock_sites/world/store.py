"""All worlds of a server: make, fork, snapshot, restore and drop them, each as a whole or not at all.

lock, server.json     which server uses the folder
worlds/NAME           a world, in the form of ``folders.py``, with snapshots/LABEL in it
templates             prepared worlds
drafts                folders that are being made or removed
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from mock_sites.http.host_names import LOCALHOST, MAIN, HostNames
from mock_sites.process.temporary import temporary_folder
from mock_sites.world import snapshots
from mock_sites.world.clock import Clock, machine_time
from mock_sites.world.company import Company
from mock_sites.world.errors import N_, ConflictError, UnusableWorldError, WorldError
from mock_sites.world.exposure import Exposure
from mock_sites.world.folders import Drafts, Fill, StateFolder, StoredState, read_of_version
from mock_sites.world.lock import FolderLock
from mock_sites.world.opened import OpenWorlds, check_name, taken
from mock_sites.world.seed import DEFAULT_SEED
from mock_sites.world.snapshots import Snapshot
from mock_sites.world.templates import Templates
from mock_sites.world.transport import Transport
from mock_sites.world.world import World

__all__ = ["DEFAULT_SEED", "Worlds"]


class Worlds:
    """The worlds below one folder.

    Attributes:
        hosts: the host names that the sites are served under.
        transport: how companies reach each other.
        templates: the prepared worlds that new ones are copies of.
    """

    def __init__(
        self,
        folder: Path,
        companies: Sequence[Company],
        port: int = 8700,
        domain: str = LOCALHOST,
        *,
        lasting: bool = False,
        exposure: Exposure | None = None,
    ) -> None:
        """Use ``folder`` and the worlds that are there. ``lasting`` as in ``StateFolder``.

        If other machines can reach the worlds (``exposure``), the default seed is random and the public one refused.

        Raises:
            WorldError: the folder cannot be written, or another server uses it.
        """
        self.companies = {company.name: company for company in companies}
        self.hosts = HostNames(port, domain)
        self.exposure = exposure
        self.transport = Transport(sellers=exposure.sellers if exposure else None)
        self._lasting = lasting
        self._numbers = count(1)
        try:
            (folder / "worlds").mkdir(parents=True, exist_ok=True)
            self._used = FolderLock(folder, port)
            self._drafts = Drafts(folder / "drafts")
            self.templates = Templates(folder / "templates", self._drafts, self.companies, self.transport, self.hosts)
        except OSError as error:
            raise WorldError(
                N_("Cannot keep worlds in {folder}: {reason}. Name another folder."),
                folder=folder,
                reason=error.strerror,
            ) from error
        self._opened = OpenWorlds(folder / "worlds", self._build, self.templates.fingerprint, lasting=lasting)

    # ------------------------------------------------------------------ finding worlds

    def names(self, *, after: str = "") -> list[str]:
        """The names of all worlds, ``main`` first, or of those listed after the one called ``after``."""
        return self._opened.names(after=after)

    def first(self) -> str | None:
        """The first world to show: ``main``, else any, or None."""
        return MAIN if self._opened.place(MAIN).path.is_dir() else next(iter(self.names()), None)

    def snapshots(self, name: str) -> list[str]:
        """The labels of a world's snapshots: the one that was taken last comes first."""
        return snapshots.labels_in(self._snapshots(name))

    def look_at_snapshot(self, name: str, label: str) -> Snapshot:
        """A snapshot of a world, for lists: its content is not read.

        Raises:
            UnknownWorldError: the world has no such snapshot.
        """
        snapshots.check_kept(self._snapshots(name), name, label)
        return snapshots.look(self._snapshots(name), label)

    def get(self, name: str) -> World:
        """The world called ``name``.

        Raises:
            UnknownWorldError: there is none.
            UnusableWorldError: it is of another version of the mock sites.
        """
        return self._opened.get(name)

    def look(self, name: str) -> World:
        """The world called ``name``, for lists: no database is opened, and none may be changed.

        Raises:
            UnknownWorldError: there is none.
            UnusableWorldError: it is of another version of the mock sites.
        """
        return self._opened.look(name)

    def stored_at(self, name: str) -> datetime:
        """When the world was made or its clock was last set, by the machine's clock, also if it cannot be used.

        It is now if the world has gone in the meantime.
        """
        try:
            seconds = self._opened.place(name).stored_at()
        except OSError:
            seconds = machine_time()
        return datetime.fromtimestamp(seconds, UTC)

    def using(self, name: str) -> AbstractContextManager[World]:
        """The world called ``name``, kept in place for the time of a request.

        Raises:
            UnknownWorldError: there is none.
            UnusableWorldError: it is of another version of the mock sites.
            BusyError: it is being copied or replaced, and that takes long.
        """
        return self._opened.using(name)

    # ------------------------------------------------------------------ making and removing worlds

    def usual_seed(self) -> str:
        """The seed of a world that is made without one."""
        return secrets.token_hex(16) if self.exposure else DEFAULT_SEED

    def make(self, name: str | None = None, seed: str | None = None, *, running: bool = True) -> World:
        """Make a world from ``seed``. Without a name it gets the next free one of ``w1``, ``w2``, ...

        Raises:
            WorldError: the name is taken or no world can be called that, or the seed is empty or too long.
        """
        if seed is None:
            seed = self.usual_seed()
        self._check_seed(seed)
        self._check_free(name)
        state = StoredState(
            fingerprint=self.templates.fingerprint(), seed=seed, clock=Clock(running=running).as_facts()
        )
        return self._create(name, state, lambda target: self.templates.copy(seed, target))

    def fork(self, name: str, new_name: str | None = None) -> World:
        """Make a new world that is a copy of the world ``name`` as it is now, with its time.

        Raises:
            UnknownWorldError: there is no such world.
            WorldError: the new name is taken or no world can be called that.
        """
        self._check_free(new_name)
        with self._opened.at_rest(name) as world:
            return self._create(new_name, world.state(), world.copy_to)

    def save(self, name: str, folder: Path) -> None:
        """Write the world as it is now into a new ``folder``. Any server of the same version can load it.

        Raises:
            UnknownWorldError: there is no such world.
            FileExistsError: there is such a folder.
        """
        folder.parent.mkdir(parents=True, exist_ok=True)
        with (
            temporary_folder(f".{folder.name}-", folder.parent) as drafts,
            self._opened.at_rest(name) as world,
        ):
            draft = drafts / "draft"
            draft.mkdir()
            StateFolder(draft).fill(world.state(), world.copy_to)
            StateFolder(folder).appear(draft)

    def digest(self, name: str) -> str:
        """A digest of the world's rows and clock.

        Raises:
            UnknownWorldError: there is no such world.
        """
        with self._opened.at_rest(name) as world:
            return world.digest()

    def load(self, folder: Path, name: str | None = None) -> World:
        """Make a world from the one that was saved in ``folder``, with its time.

        Raises:
            UnusableWorldError: it was saved by another version of the mock sites.
            WorldError: the name is taken, no world can be called that, or worlds of its seed are not served.
        """
        self._check_free(name)
        source = StateFolder(folder)
        state = read_of_version(source, self.templates.fingerprint(), folder.name)
        self._check_seed(state.seed)
        return self._create(name, state, _copying(source, state))

    def snapshot(self, name: str, label: str, *, replace: bool = True) -> None:
        """Store the world's current state under ``label``. It takes the place of an older snapshot of that label.

        Args:
            name: what the world is called.
            label: what to call the snapshot.
            replace: whether it may take the place of an older one.

        Raises:
            UnknownWorldError: there is no such world.
            ConflictError: there is an older one, and it may not be replaced.
            WorldError: no snapshot can be called that.
        """
        check_name(label, "label")
        with self._opened.at_rest(name) as world:
            folder = StateFolder(self._snapshots(name) / label, self._lasting)
            if folder.path.exists():
                if not replace:
                    raise ConflictError(
                        N_("There is a snapshot called {label} already. Choose another name, or delete it first."),
                        field="label",
                        label=label,
                    )
                folder.replace(world.state(), world.copy_to)
                return
            folder.path.parent.mkdir(exist_ok=True)
            with self._drafts.new() as draft:
                StateFolder(draft).fill(world.state(), world.copy_to)
                folder.appear(draft)

    def restore(self, name: str, label: str) -> World:
        """Restore the world's state of the snapshot, with its clock.

        Raises:
            UnknownWorldError: there is no such world or snapshot.
        """
        with self._opened.at_rest(name) as world:
            snapshots.check_kept(self._snapshots(name), name, label)
            source = StateFolder(self._snapshots(name) / label)
            kept = read_of_version(source, self.templates.fingerprint(), name)
            state = replace(kept, clock=Clock.stopped_at(kept.clock).as_facts())
            world.release_files()
            try:
                self._opened.place(name).replace(state, _copying(source, kept))
            finally:
                self._opened.forget(name)
            return self._opened.get(name)

    def drop_snapshot(self, name: str, label: str) -> None:
        """Remove a snapshot; the world stays as it is.

        Raises:
            UnknownWorldError: there is no such world or snapshot.
        """
        with self._opened.at_rest(name):
            snapshots.check_kept(self._snapshots(name), name, label)
            gone = self._drafts.take_away(self._snapshots(name) / label)
        shutil.rmtree(gone, ignore_errors=True)

    def drop(self, name: str) -> None:
        """Remove a world and its snapshots, also a world of another version of the mock sites.

        Raises:
            UnknownWorldError: there is no such world.
        """
        try:
            with self._opened.at_rest(name) as world:
                world.release_files()
                gone = self._opened.take_away(name, self._drafts)
        except UnusableWorldError:
            gone = self._opened.take_away(name, self._drafts)
        shutil.rmtree(gone, ignore_errors=True)

    def close(self) -> None:
        """Close all files and unlock the folder."""
        self._opened.close()
        self._used.release()

    # ------------------------------------------------------------------ inside

    def _create(self, name: str | None, state: StoredState, fill: Fill) -> World:
        """Make a world that continues from ``state``. ``fill`` writes its databases."""
        clock = Clock.stopped_at(state.clock)
        state = replace(state, clock=clock.as_facts())
        with self._drafts.new() as draft:
            StateFolder(draft).fill(state, fill)
            while True:
                try:
                    return self._opened.add(name or f"w{next(self._numbers)}", draft, state, clock)
                except ConflictError:
                    if name:
                        raise

    def _check_seed(self, seed: str) -> None:
        if self.exposure and seed == DEFAULT_SEED:
            raise WorldError(N_("Everybody knows the passwords of this seed. Choose another one."), field="seed")
        if not (1 <= len(seed) <= 100 and seed.isprintable()):
            raise WorldError(N_("A seed has 1 to 100 printable characters."), field="seed")

    def _check_free(self, name: str | None) -> None:
        if name is not None:
            check_name(name, "name")
            if self._opened.place(name).path.exists():
                raise taken(name)

    def _build(self, folder: StateFolder, state: StoredState, clock: Clock) -> World:
        if self.exposure and state.seed == DEFAULT_SEED:
            raise UnusableWorldError(
                N_(
                    "World {name} was made from a seed whose passwords everybody knows, so it is served to this "
                    "machine only. Leave --host out, or drop the world."
                ),
                field="name",
                name=folder.path.name,
            )
        return World(folder.path.name, folder, state, clock, self.companies, self.transport, self.hosts)

    def _snapshots(self, name: str) -> Path:
        return self._opened.place(name).path / "snapshots"


def _copying(source: StateFolder, state: StoredState) -> Fill:
    """A function that copies the databases of a stored state, which nobody has open."""

    def fill(target: Path) -> None:
        for file in source.databases(state).iterdir():
            shutil.copyfile(file, target / file.name)

    return fill
