"""One world: the companies' databases, one clock, one seed, one journal, one mailbox."""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from mock_sites.world.agenda import Agenda
from mock_sites.world.book import Book
from mock_sites.world.clock import Clock
from mock_sites.world.company import Company
from mock_sites.world.database import Database, Reading
from mock_sites.world.errors import N_, ConflictError
from mock_sites.world.ledger import Event, Message
from mock_sites.world.seed import Seed
from mock_sites.world.wire import Exchange, Outgoing, Wire

MAIN = "main"
"""The world whose host names carry no world label."""

FACTS_FILE = "world.json"

log = logging.getLogger("mock_sites.world")

Found = TypeVar("Found")
Row = TypeVar("Row", Event, Message)


class World:
    """An isolated set of mock companies."""

    def __init__(self, name: str, folder: Path, companies: Mapping[str, Company], wire: Wire, port: int) -> None:
        """Open the world whose files are in ``folder``."""
        facts = json.loads((folder / FACTS_FILE).read_text())
        self.name = name
        self.folder = folder
        self.seed = Seed(facts["seed"])
        self.clock = Clock.from_facts(facts["clock"])
        self.companies = companies
        self.port = port
        self.wire = wire
        self._databases = {company: Database(folder / f"{company}.db") for company in companies}
        self._numbers: Iterator[int] | None = None
        lock = threading.RLock()
        self._news, self._rest = threading.Condition(lock), threading.Condition(lock)
        self._users = self._aside = 0
        self._closed = False
        self.jobs_lock = threading.Lock()
        self.agenda = Agenda()

    # ------------------------------------------------------------------ units of work

    def book(self, company: str, *, write: bool = False, now: datetime | None = None) -> Book:
        """Open a unit of work of ``company``; ``write`` takes the right to write at once."""
        engine, kind = self._databases[company].engine(write=write), Session if write else Reading
        session = kind(engine, expire_on_commit=False)
        return Book(self, company, session, now or self.clock.now(), writes=write)

    def next_number(self) -> int:
        """The next number in the order of this world's events and mails."""
        with self._news:
            if self._numbers is None:
                self._numbers = count(self._last_number() + 1)
            return next(self._numbers)

    def changed(self) -> None:
        """Wake up whoever waits in ``wait_for``."""
        with self._news:
            self._news.notify_all()

    def wait_for(self, look: Callable[[], Found | None], seconds: float) -> Found | None:
        """What ``look`` finds, looked for anew after each change of this world, for up to ``seconds`` of real time.

        Only while ``in_use``. Between two looks the world may be put at rest.

        Raises:
            ConflictError: the world was restored or dropped in the meantime.
        """
        limit = time.monotonic() + seconds
        with self._news:
            while (found := look()) is None and (left := limit - time.monotonic()) > 0:
                self._stand_aside(left)
                if self._closed:
                    raise ConflictError(N_("World {name} was restored or dropped in the meantime."), name=self.name)
        return found

    # ------------------------------------------------------------------ what happened

    def journal(self, after: int = 0, kind: str = "") -> list[Event]:
        """The events numbered above ``after``, of kinds that begin with ``kind``, in order."""
        wanted = select(Event).where(Event.number > after, Event.kind.startswith(kind, autoescape=True))
        events = [event for company in self.companies for event in self._read(company, wanted)]
        return sorted(events, key=lambda event: event.number)

    def messages(self, recipient: str = "", subject: str = "", after: int = 0) -> list[Message]:
        """Mails to ``recipient`` whose subject contains ``subject``, numbered above ``after``, oldest first."""
        wanted = select(Message).where(Message.number > after)
        if recipient:
            wanted = wanted.where(Message.recipient == recipient.lower())
        if subject:
            wanted = wanted.where(Message.subject.contains(subject, autoescape=True))
        mails = [mail for company in self.companies for mail in self._read(company, wanted)]
        return sorted(mails, key=lambda mail: mail.number)

    # ------------------------------------------------------------------ addresses

    @property
    def suffix(self) -> str:
        """What stands behind a documented host name in this world, port included."""
        return f"{self.host_suffix}:{self.port}"

    @property
    def host_suffix(self) -> str:
        """What stands behind a documented host name in this world."""
        return ".localhost" if self.name == MAIN else f".{self.name}.localhost"

    def local(self, url: str) -> str:
        """Where the documented ``https://`` address is served in this world."""
        return re.sub(r"^https://([^/?#]+)", lambda found: f"http://{found[1]}{self.suffix}", url)

    def send(self, request: Outgoing) -> Exchange:
        """Call another company; never inside a transaction."""
        return self.wire.send(request, self.local(request.url))

    # ------------------------------------------------------------------ files

    def set_frozen(self, frozen: bool) -> None:  # noqa: FBT001 - the state itself, not an option
        """Stop the clock, or let it follow real time."""
        if frozen:
            self.clock.freeze()
        else:
            self.clock.run()
        self.save()
        self.changed()

    def save(self) -> None:
        """Write down seed and clock."""
        write_facts(self.folder, self.seed.text, self.clock)

    @contextmanager
    def in_use(self) -> Generator[None]:
        """Keep the world's files open and in place for the time of a request."""
        with self._news:
            self._users += 1
        try:
            yield
        finally:
            with self._news:
                self._users -= 1
                self._rest.notify_all()

    @property
    def idle(self) -> bool:
        """Whether nobody is using the world right now."""
        return self._users == self._aside == 0

    @contextmanager
    def at_rest(self, patience: float = 10) -> Generator[None]:
        """Wait until nobody uses the world, and keep it so.

        Raises:
            ConflictError: it was in use for ``patience`` seconds of real time.
        """
        with self._news:
            if not self._rest.wait_for(lambda: self._users == 0, patience):
                raise ConflictError(
                    N_("World {name} stayed in use for {seconds:g} seconds. Try again."),
                    name=self.name,
                    seconds=patience,
                )
            yield

    def copy_to(self, folder: Path) -> None:
        """Copy the world's files into the existing ``folder``; only while ``at_rest``."""
        for company, database in self._databases.items():
            database.copy_to(folder / f"{company}.db")
        write_facts(folder, self.seed.text, self.clock)

    def close(self) -> None:
        """Let go of the files, for good: whoever waits for something here is told."""
        self._closed = True
        self.changed()
        for database in self._databases.values():
            database.close()

    # ------------------------------------------------------------------ inside

    def _stand_aside(self, seconds: float) -> None:
        """Wait for news without being in the way of whoever wants the world at rest."""
        self._users, self._aside = self._users - 1, self._aside + 1
        self._rest.notify_all()
        self._news.wait(seconds)
        self._users, self._aside = self._users + 1, self._aside - 1

    def _read(self, company: str, wanted: Select[Row]) -> Sequence[Row]:
        with self.book(company) as book:
            return book.session.scalars(wanted).all()

    def _last_number(self) -> int:
        last = 0
        for company in self.companies:
            with self.book(company) as book:
                for column in (Event.number, Message.number):
                    last = max(last, book.session.scalar(select(func.max(column))) or 0)
        return last


def write_facts(folder: Path, seed: str, clock: Clock) -> None:
    """Write a world's seed and clock into ``folder``, whole or not at all."""
    draft = folder / f"{FACTS_FILE}.new"
    draft.write_text(json.dumps({"seed": seed, "clock": clock.as_facts()}))
    draft.replace(folder / FACTS_FILE)
