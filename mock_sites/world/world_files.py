"""A world as one file: a ZIP archive of ``world.json`` and the database of each company, and nothing else.

A file may come from anywhere: no path in it is used, and its databases must have exactly the tables of this version.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from mock_sites.process.temporary import temporary_folder
from mock_sites.process.zips import DAMAGED_ZIP, ForeignZip
from mock_sites.world.clock import START, not_too_late
from mock_sites.world.database import Schema, schema_of
from mock_sites.world.errors import N_, UnusableWorldError, WorldError
from mock_sites.world.folders import STATE_FILE, StateFolder, StoredState
from mock_sites.world.translations import Language

if TYPE_CHECKING:
    from mock_sites.world.store import Worlds
    from mock_sites.world.templates import Templates
    from mock_sites.world.world import World

LARGEST_FILE: Final = 64 * 1024 * 1024
"""The most bytes of a file that is sent to a server. Our choice."""

LARGEST: Final = 512 * 1024 * 1024
"""The most bytes in all databases of a file."""

_LARGEST_STATE: Final = 64 * 1024
_DATABASES: Final = "1"
"""What the folder of the databases is called in a new world."""


class _Clock(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    moment: AwareDatetime = Field(ge=START)
    running: bool
    noted_at: float = Field(allow_inf_nan=False)


class _Stored(BaseModel):
    """The content of ``world.json``."""

    model_config = ConfigDict(extra="forbid", strict=True)

    fingerprint: str
    seed: str
    clock: _Clock
    databases: Literal["1"]
    language: Language = "en"

    def state(self) -> StoredState:
        clock = self.clock.model_dump() | {"moment": self.clock.moment.astimezone(UTC).isoformat()}
        return StoredState(
            fingerprint=self.fingerprint,
            seed=self.seed,
            clock=clock,
            databases=self.databases,
            language=self.language,
        )


def export_world(worlds: Worlds, name: str, target: IO[bytes]) -> None:
    """Write the world called ``name`` as it is now, without its snapshots, into ``target``.

    Raises:
        UnknownWorldError: there is no such world.
    """
    with temporary_folder() as scratch:
        folder = StateFolder(scratch / "world")
        worlds.save(name, folder.path)
        pack(folder, target)


def pack(folder: StateFolder, target: IO[bytes]) -> None:
    """Write the world that was saved in ``folder`` into ``target``."""
    state = folder.read()
    with ZipFile(target, "w") as archive:
        archive.writestr(ZipInfo(STATE_FILE), json.dumps(asdict(replace(state, databases=_DATABASES))))
        for database in sorted(folder.databases(state).iterdir()):
            archive.writestr(ZipInfo(database.name), database.read_bytes(), ZIP_DEFLATED)


def import_world(worlds: Worlds, source: IO[bytes], name: str | None = None) -> World:
    """Make a world from an exported one, with its time.

    Args:
        worlds: where to make it.
        source: the archive, which can be read at any position.
        name: what to call the world; without one it gets the next free name.

    Raises:
        UnusableWorldError: another version has written the file.
        WorldError: the file is not an exported world, is damaged or too large; or no world can be made of that name or
            seed.
    """
    with temporary_folder() as scratch:
        try:
            with ForeignZip(source) as archive:
                _unpack(archive, StateFolder(scratch), worlds.templates)
        except (*DAMAGED_ZIP, sqlite3.DatabaseError) as error:
            raise WorldError(
                N_(
                    "This is not an exported world, or it is damaged. Use a file that mock-sites worlds export has "
                    "written."
                ),
                field="file",
            ) from error
        return worlds.load(scratch, name)


def _unpack(archive: ForeignZip, folder: StateFolder, templates: Templates) -> None:
    """Write the world of an archive into an empty folder.

    Raises:
        ValueError: the archive has other members or another content.
        UnusableWorldError: another version has written it.
        WorldError: its clock is after the end of all clocks.
    """
    schemas = templates.schemas()
    members = _members(archive, schemas)
    stored = _Stored.model_validate_json(archive.read(members.pop(STATE_FILE)))
    if stored.fingerprint != templates.fingerprint():
        raise UnusableWorldError(
            N_(
                "This file was exported by another version of the mock sites, with other tables or other ready-made "
                "data. Export the world again with this version."
            ),
            field="file",
        )
    not_too_late(stored.clock.moment, "file")
    state = stored.state()
    folder.fill(state, lambda target: _extract(archive, members.values(), target))
    for company, schema in schemas.items():
        _check(folder.databases(state) / f"{company}.db", schema)


def _members(archive: ForeignZip, schemas: Mapping[str, Schema]) -> dict[str, ZipInfo]:
    """The members of an exported world, by name.

    Raises:
        ValueError: the archive has other members.
        WorldError: they are too large.
    """
    found = archive.infolist()
    members = {member.filename: member for member in found}
    expected = {STATE_FILE, *(f"{company}.db" for company in schemas)}
    if len(found) != len(expected) or members.keys() != expected:
        raise ValueError(f"{sorted(members)} instead of {sorted(expected)}")
    if members[STATE_FILE].file_size > _LARGEST_STATE:
        raise ValueError(f"{STATE_FILE} has {members[STATE_FILE].file_size} bytes")
    if sum(member.file_size for member in found) > LARGEST:
        raise WorldError(
            N_("The world in this file is larger than {most} MiB."), field="file", most=LARGEST // 1024 // 1024
        )
    return members


def _extract(archive: ForeignZip, members: Iterable[ZipInfo], folder: Path) -> None:
    """Write members whose names have been checked into ``folder``."""
    for member in members:
        with archive.open(member) as packed, (folder / member.filename).open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)


def _check(database: Path, schema: Schema) -> None:
    """Refuse a database that has another schema or is damaged.

    Raises:
        ValueError: it has another schema.
        sqlite3.DatabaseError: it is damaged.
    """
    if schema_of(database) != schema:
        raise ValueError(f"{database.name} has another schema")
    with closing(sqlite3.connect(database)) as opened:
        if opened.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
            raise sqlite3.DatabaseError(f"{database.name} is damaged")
