"""Prepared worlds: the companies' databases are created and filled once per seed, and each new world is a copy.

Each server makes them itself, so they always have the server's own version of the tables and the ready-made data.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mock_sites.world.clock import Clock
from mock_sites.world.database import Database, Schema, schema_of
from mock_sites.world.folders import Drafts, StateFolder, StoredState
from mock_sites.world.seed import DEFAULT_SEED
from mock_sites.world.world import World

if TYPE_CHECKING:
    from mock_sites.http.host_names import HostNames
    from mock_sites.world.company import Company
    from mock_sites.world.transport import Transport

_HASH: Final = re.compile(r"\$argon2id\$[^']*")
"""The hash of a password. Tests hash at a lower cost than a server, and have the same people."""


class Templates:
    """The prepared worlds below one folder."""

    def __init__(
        self, folder: Path, drafts: Drafts, companies: dict[str, Company], transport: Transport, hosts: HostNames
    ) -> None:
        """Use ``folder``. What is there was prepared by another server and is removed."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self._folder, self._drafts = folder, drafts
        self._companies, self._transport, self._hosts = companies, transport, hosts
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._fingerprint = ""

    def fingerprint(self) -> str:
        """A digest that differs if a world was made with other tables, other jobs or other ready-made data."""
        if not self._fingerprint:
            files = [self._prepared(DEFAULT_SEED) / f"{company}.db" for company in self._companies]
            self._fingerprint = _digest(files, [company.jobs.stored_form() for company in self._companies.values()])
        return self._fingerprint

    def schemas(self) -> dict[str, Schema]:
        """The schema of each company's database."""
        return {company: schema_of(self._prepared(DEFAULT_SEED) / f"{company}.db") for company in self._companies}

    def copy(self, seed: str, target: Path) -> None:
        """Copy the databases of a new world of ``seed`` into the existing folder ``target``."""
        source = self._prepared(seed)
        for company in self._companies:
            shutil.copyfile(source / f"{company}.db", target / f"{company}.db")

    def has_made(self, seed: str, databases: Path) -> bool:
        """Whether the rows in the folder ``databases`` are those of a new world of ``seed``."""
        new = self._prepared(seed)
        return all(
            list(Database(databases / f"{company}.db").rows()) == list(Database(new / f"{company}.db").rows())
            for company in self._companies
        )

    def _prepared(self, seed: str) -> Path:
        """The folder of the prepared world. It is filled at the first use."""
        folder = self._folder / hashlib.sha256(seed.encode()).hexdigest()[:16]
        with self._locks[seed]:
            if not folder.exists():
                with self._drafts.new() as draft:
                    self._fill(draft, seed)
                    draft.rename(folder)
        return folder

    def _fill(self, folder: Path, seed: str) -> None:
        state = StoredState(fingerprint="", seed=seed, clock={}, databases=".")
        world = World("template", StateFolder(folder), state, Clock(), self._companies, self._transport, self._hosts)
        try:
            for company in self._companies.values():
                world.create_tables(company)
            for company in self._companies.values():
                with world.uow(company.name, write=True) as uow:
                    company.populate(uow)
        finally:
            world.release_files()


def _digest(files: Iterable[Path], forms: Iterable[str]) -> str:
    """A digest of the tables and rows of databases, without hashes of passwords, and of the schemas of jobs."""
    digest = hashlib.sha256("".join(forms).encode())
    for file in files:
        with closing(sqlite3.connect(file)) as database:
            # Sorted, because the indexes of a table are made in any order.
            for line in sorted(database.iterdump()):
                digest.update(_HASH.sub("", line).encode())
    return digest.hexdigest()[:16]
