"""One world: the companies' databases, one clock, one seed, one journal, one mailbox."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Engine, Select, func, select
from sqlalchemy.orm import Session

from mock_sites.http.host_names import HostNames
from mock_sites.world import records
from mock_sites.world.agenda import Agenda, Turn
from mock_sites.world.clock import Clock
from mock_sites.world.company import Company
from mock_sites.world.database import Database, ReadingSession
from mock_sites.world.folders import StateFolder, StoredState
from mock_sites.world.records import Record
from mock_sites.world.seed import Seed
from mock_sites.world.shared_tables import Event, StoredMail
from mock_sites.world.sightings import JOB, Sightings
from mock_sites.world.transport import Call, CallResult, Transport
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.usage import WorldUsers

if TYPE_CHECKING:
    from mock_sites.world.recording import Recording

Found = TypeVar("Found")


class World:
    """An isolated set of mock companies."""

    def __init__(
        self,
        name: str,
        folder: StateFolder,
        state: StoredState,
        clock: Clock,
        companies: Mapping[str, Company],
        transport: Transport,
        hosts: HostNames,
    ) -> None:
        """Use the files in ``folder``, whose current state is ``state``."""
        self.name = name
        self.seed = Seed(state.seed)
        self.clock = clock
        self.companies = companies
        self.hosts = hosts
        self.transport = transport
        self.usage = WorldUsers(self.name)
        self.recovered = False
        """Whether the unfinished work of an earlier process has been cleaned up."""
        self.jobs_turn = Turn()
        self.agenda = Agenda()
        self._folder, self._state = folder, state
        databases = folder.databases(state)
        self._databases = {name: Database(databases / f"{name}.db", lasting=folder.lasting) for name in companies}
        self.sightings = Sightings()
        self.recording: Recording | None = None
        self._last_number: int | None = None
        self._known_number: int | None = None
        self._first_number = 0
        self._numbers_lock, self._state_lock = threading.Lock(), threading.Lock()

    # ------------------------------------------------------------------ units of work

    def uow(self, company: str, *, write: bool = False, now: datetime | None = None) -> UnitOfWork:
        """Open a unit of work of ``company``. ``write`` takes the write lock at once."""
        kind = Session if write else ReadingSession
        session = kind(self.engine(company, write=write), expire_on_commit=False)
        return UnitOfWork(self, company, session, now or self.clock.now(), writes=write)

    def engine(self, company: str, *, write: bool) -> Engine:
        """The engine of the company's database, to ``write`` or to read."""
        return self._databases[company].engine(write=write)

    def commit_in_order(self, session: Session, new: Sequence[Event | StoredMail]) -> None:
        """Commit ``session`` with ``new``, which get the next numbers of this world's events and mails.

        A reader of a number finds all lower ones: no other unit of work commits numbers at the same time. The
        session takes its write lock before, so that nobody waits for one here.
        """
        session.connection()
        session.flush()
        with self._numbers_lock:
            last = self._find_last_number()
            for number, record in enumerate(new, last + 1):
                record.number = number
            session.add_all(new)
            self._last_number = None  # unknown if the commit fails
            session.commit()
            self._last_number = self._known_number = last + len(new)

    def changed(self) -> None:
        """Wake up those who wait in ``wait_for``."""
        self.usage.notify()

    def wait_for(self, look: Callable[[], Found | None], seconds: float) -> Found | None:
        """Call ``look`` after each change of this world until it finds something, for up to ``seconds`` of real time.

        Only for users of the world. Between two calls of ``look``, a single user may have the world.

        Raises:
            ConflictError: the world was restored or dropped in the meantime.
        """
        return self.usage.wait_for(look, seconds)

    # ------------------------------------------------------------------ what happened

    def journal(self, after: int = 0, kind: str = "", most: int | None = None) -> list[Event]:
        """The events numbered above ``after``, of kinds that begin with ``kind``: the first ``most``, in order."""
        return records.earliest(self, Event, self._committed(Event, records.events(after, kind)), most)

    def messages(
        self, recipient: str = "", subject: str = "", after: int = 0, most: int | None = None
    ) -> list[StoredMail]:
        """The first ``most`` mails to ``recipient`` with ``subject`` in their subjects, numbered above ``after``."""
        return records.earliest(
            self, StoredMail, self._committed(StoredMail, records.mails(recipient, subject, after)), most
        )

    def see(self, kind: str, title: str, **details: str) -> None:
        """Keep that a page was opened, or a job done. No database is asked for it."""
        self.sightings.add(self._known_number, self.clock.now(), kind, title, details)
        if kind == JOB and self.recording:
            self.recording.job_done()
        if self.sightings.watched:
            self.changed()

    def last_number(self) -> int:
        """The number of the last event or mail."""
        with self._numbers_lock:
            self._last_number = self._find_last_number()
            return self._last_number

    def first_number(self) -> int:
        """The number of the last event or mail of those that an earlier process has stored."""
        self.last_number()
        return self._first_number

    # ------------------------------------------------------------------ addresses

    @property
    def suffix(self) -> str:
        """What follows a documented host name in this world, with the port."""
        return self.hosts.suffix(self.name)

    @property
    def host_suffix(self) -> str:
        """What follows a documented host name in this world."""
        return self.hosts.host_suffix(self.name)

    def local(self, url: str) -> str:
        """Where the documented ``https://`` address is served in this world."""
        return self.hosts.local(url, self.name)

    def send(self, request: Call) -> CallResult:
        """Call another company; never inside a transaction."""
        return self.transport.send(request, self.local(request.url))

    # ------------------------------------------------------------------ files

    def file(self, company: str) -> Path:
        """The company's database file."""
        return self._databases[company].path

    def create_tables(self, company: Company) -> None:
        """Create the tables in the company's empty database."""
        self._databases[company.name].create_tables(company.metadata)

    def set_frozen(self, frozen: bool) -> None:  # noqa: FBT001 - the state itself, not an option
        """Stop the clock, or let it follow real time."""
        if frozen:
            self.clock.freeze()
        else:
            self.clock.run()
        self.save()
        self.changed()

    @property
    def language(self) -> str:
        """The language of mails to accounts that have chosen none."""
        return self._state.language

    def speak(self, language: str) -> None:
        """Have mails to accounts that have chosen no language in this one from now on."""
        if language != self._state.language:
            self._state = replace(self._state, language=language)
            self.save()

    def save(self) -> None:
        """Store the clock and the language."""
        with self._state_lock:
            self._folder.write(self.state())

    def state(self) -> StoredState:
        """The current state, with the clock."""
        return replace(self._state, clock=self.clock.as_facts())

    def copy_to(self, folder: Path) -> None:
        """Copy the databases into the existing ``folder``; only while at rest."""
        for database in self._databases.values():
            database.copy_to(folder / database.path.name)

    def digest(self) -> str:
        """The same in every world with the same rows and the same clock; only while at rest."""
        digest = hashlib.sha256(repr((self.seed.text, self.clock.now(), self.clock.frozen)).encode())
        for company, database in self._databases.items():
            digest.update(company.encode())
            for row in database.rows():
                digest.update(repr(row).encode())
        return digest.hexdigest()

    def remove_remains(self) -> None:
        """Remove what an earlier process was writing when it was killed."""
        for folder in (self._folder, *map(StateFolder, self._folder.path.glob("snapshots/*"))):
            folder.remove_remains()

    def release_files(self) -> None:
        """Close the files until they are needed again."""
        for database in self._databases.values():
            database.close()

    # ------------------------------------------------------------------ inside

    def _committed(self, kind: type[Record], wanted: Select[Record]) -> Select[Record]:
        """``wanted`` up to the last number of now. The companies are read one after the other: of what is committed
        meanwhile, a later number may be seen without an earlier one.
        """
        return wanted.where(kind.number <= self.last_number())

    def _find_last_number(self) -> int:
        """The last number; only while holding the lock of the numbers."""
        if self._last_number is not None:
            return self._last_number
        last = 0
        for company in self.companies:
            with self.uow(company) as uow:
                for column in (Event.number, StoredMail.number):
                    last = max(last, uow.session.scalar(select(func.max(column))) or 0)
        if self._known_number is None:
            self._first_number = last
        self._known_number = last
        return last
