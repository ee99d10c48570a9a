"""What people do in a world while it is recorded: the pages that they open and the forms that they send. What the
operator does to the world is part of it: its clock is moved, and the switches of customers are turned.

A recording is kept in memory, as what is typed may be a password. It begins with a copy of the world.
"""

from __future__ import annotations

import secrets
import threading
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Final

from mock_sites.process.temporary import temporary_folder
from mock_sites.world.clock import START
from mock_sites.world.folders import StateFolder
from mock_sites.world.world_files import pack

if TYPE_CHECKING:
    from mock_sites.world.store import Worlds

MOST: Final = 500
"""How many visits and acts a recording has: as many as the timeline keeps. It then ends by itself."""

_LEVEL: Final = 1
"""Of zlib: a page takes a tenth of the memory, and a fraction of a millisecond."""


LARGEST_FILE: Final = 16 * 1024
"""The bytes of a file that are kept: more than a sheet of members has. Our choice."""


LARGEST_FORM: Final = 64 * 1024
"""The characters of a form that are kept: fifteen times as many as the longest text that a site takes. Our choice."""


@dataclass(frozen=True)
class SentFile:
    """A file that was sent with a form: its beginning, by which sites see its kind, and how many bytes follow."""

    field: str
    name: str
    kind: str
    content: bytes
    left_out: int = 0


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in where a page is: the subject at a company, and the documented address of the sign-in page."""

    company: str
    subject: str
    page: str


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request of a browser, and what it got."""

    number: int
    at: datetime
    """The world's time."""
    due: bool
    """Whether a job was done since the visit before it."""
    browser: int
    """Which browser it was. 0: that of the next visit, to which this one leads."""
    method: str
    url: str
    """The documented address, with its query."""
    by_person: bool
    """Whether somebody did it, and not the page itself (Fetch Metadata, ``Sec-Fetch-User``)."""
    stays: bool = False
    """Whether a script of the page sent a form, and the page stays."""
    fields: tuple[tuple[str, str], ...] = ()
    left_out: int = 0
    """How many characters of the fields were not kept: the last ones of the form."""
    files: tuple[SentFile, ...] = ()
    status: int = 200
    leads_to: str = ""
    """The documented address to which it was redirected."""
    packed: bytes = b""
    """The page as it was shown, or what the script got."""
    signed_in: SignedIn | None = None
    was_signed_in: bool = False
    """Whether the browser was signed in before."""

    @property
    def place(self) -> str:
        """The host and path. The query is left out, as it may have a code or a token."""
        return self.url.partition("?")[0].removeprefix("https://")

    @property
    def page(self) -> str:
        """The page as it was shown, or what the script got. Empty if there was a redirect."""
        return zlib.decompress(self.packed).decode() if self.packed else ""


@dataclass(frozen=True, kw_only=True)
class Turned:
    """A switch that was turned on or off for a customer, by its English name."""

    name: str
    customer: str
    on: bool


@dataclass(frozen=True, kw_only=True)
class Act:
    """What the operator did. The clock was moved, unless a switch was turned."""

    after: int
    """The number of the last visit before."""
    at: datetime
    """The world's time afterwards."""
    due: bool
    """Whether a job was done since the visit or act before it."""
    turned: Turned | None = None


class Recording:
    """The recording of a world.

    Attributes:
        key: what its browsers are marked with.
        began: the world's time at which it began.
        seed: the seed of the world.
        world_file: the world as it was then. None: it was as new.
        running: whether it goes on.
    """

    def __init__(self, began: datetime, seed: str, world_file: bytes | None) -> None:
        """Nothing is recorded yet."""
        self.key = secrets.token_hex(4)
        self.began = began
        self.seed = seed
        self.world_file = world_file
        self.running = True
        self._visits: list[Visit] = []
        self._acts: list[Act] = []
        self._browsers = count(1)
        self._due = False
        self._lock = threading.Lock()

    @property
    def visits(self) -> list[Visit]:
        """What was recorded, in order."""
        with self._lock:
            return list(self._visits)

    @property
    def acts(self) -> list[Act]:
        """What the operator did, in order."""
        with self._lock:
            return list(self._acts)

    @property
    def entries(self) -> list[Visit | Act]:
        """Visits and acts, in order."""
        visits, acts = self.visits, self.acts
        return sorted([*visits, *acts], key=lambda each: each.number if isinstance(each, Visit) else each.after)

    def new_browser(self) -> int:
        """The number of one more browser."""
        return next(self._browsers)

    def job_done(self) -> None:
        """Keep that a job was done."""
        self._due = True

    def add(self, page: str, **facts: object) -> None:
        """Keep a visit, whose facts are those of ``Visit``. The last possible one ends the recording."""
        packed = zlib.compress(page.encode(), _LEVEL) if page else b""
        with self._lock:
            if self.running:
                visit = Visit(number=len(self._visits) + 1, due=self._due, packed=packed, **facts)  # pyright: ignore[reportArgumentType]
                self._visits.append(visit)
                self._count()

    def act(self, at: datetime, turned: Turned | None = None) -> None:
        """Keep what the operator has done."""
        with self._lock:
            if self.running:
                self._acts.append(Act(after=len(self._visits), at=at, due=self._due, turned=turned))
                self._count()

    def _count(self) -> None:
        self._due = False
        self.running = len(self._visits) + len(self._acts) < MOST

    def stop(self) -> None:
        """Record no more. What was recorded stays."""
        self.running = False


def beginning_of(form: Iterable[tuple[str, str]]) -> tuple[tuple[tuple[str, str], ...], int]:
    """The fields of a form as far as they are kept, and how many of its characters are left out."""
    kept, left, left_out = list[tuple[str, str]](), LARGEST_FORM, 0
    for name, text in form:
        part = text[: max(0, left - len(name))]
        if len(name) < left:
            kept.append((name, part))
            left -= len(name) + len(part)
            left_out += len(text) - len(part)
        else:
            left = 0
            left_out += len(name) + len(text)
    return tuple(kept), left_out


def begin(worlds: Worlds, name: str) -> Recording:
    """Record the world called ``name`` from now on, in place of an earlier recording.

    Raises:
        UnknownWorldError: there is none.
    """
    archive = BytesIO()
    with temporary_folder() as scratch:
        folder = StateFolder(scratch / "world")
        worlds.save(name, folder.path)
        state = folder.read()
        new = worlds.templates.has_made(state.seed, folder.databases(state))
        pack(folder, archive)
    began = START if new else datetime.fromisoformat(state.clock["moment"])
    with worlds.using(name) as world:
        world.recording = Recording(began, state.seed, None if new else archive.getvalue())
        return world.recording
