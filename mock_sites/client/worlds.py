"""The worlds of a running server."""

import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from mock_sites.client.connection import Answered, ClientError, connect, read
from mock_sites.client.demos import Demos
from mock_sites.client.world import World

_NAME: Final = re.compile("[a-z0-9-]+")
"""Names that can stand in an address; the server refuses others in a sentence."""

DAY: Final = 24 * 60 * 60
"""Seconds."""

_OF_A_RUN: Final = re.compile("run[0-9a-f]{8}-")


def new_prefix() -> str:
    """A prefix for the worlds of one run of one process, such as ``run0f3a97c2``: no two runs have the same.

    It has no hyphen, so all worlds of a run are on one server where several share the work.
    """
    return f"run{secrets.token_hex(4)}"


@dataclass(frozen=True, kw_only=True)
class WorldState:
    """A world in the list of all."""

    name: str
    seed: str
    now: str
    """The world's time, in ISO 8601."""
    frozen: bool
    """Whether its clock stands still."""
    snapshots: list[str]
    url: str
    """Its start page."""
    stored_at: str
    """When it was made or its clock was last set, by the clock of the server's machine, in ISO 8601."""


@dataclass(frozen=True, kw_only=True)
class UnusableWorld:
    """A world that another version of the mock sites made, or whose files are damaged. It can be dropped."""

    name: str
    reason: str
    stored_at: str
    """As ``WorldState.stored_at``."""


class Worlds:
    """The worlds of a server, as a context manager or with ``close``.

    Attributes:
        url: the start page of the server.
        demos: the demos that are asked for on the pages of its worlds.
    """

    def __init__(self, server: str, token: str = "", *, prefix: str = "") -> None:
        """Of the server whose start page is at ``server``.

        Args:
            server: the address, such as ``http://localhost:8700``. It is on this machine.
            token: what the server asks for where other machines can reach it.
            prefix: what the names of new worlds begin with, before a hyphen, so that those of several users of one
                server differ: ``new_prefix``.

        Raises:
            ClientError: ``server`` is no address.
        """
        self._api = connect(server, token)
        self.url = f"{self._api.site}/"
        self.demos = Demos(self._api)
        self._prefix, self._numbers = prefix, count(1)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections to the server; its worlds stay."""
        self._api.close()

    def all(self) -> Iterator[WorldState | UnusableWorld]:
        """Every world as it is now: main first, the others by name."""
        after: str | None = ""
        while after is not None:
            page = self._api.ask("GET", "worlds", query={"after": after})
            for answer in page["worlds"]:
                yield read(WorldState, Answered(answer | answer["clock"]))
            for answer in page["unusable"]:
                yield read(UnusableWorld, answer)
            after = page["next"]

    def make(
        self, name: str | None = None, *, running: bool = False, seed: str | None = None, language: str = "en"
    ) -> World:
        """Make a world.

        Args:
            name: what it is called: 1 to 40 lower-case letters, digits and hyphens. Without one it is the next free of
                w1, w2, ..., or of PREFIX-1, PREFIX-2, ...
            running: whether its clock follows real time; it stands still otherwise.
            seed: what ids, codes and secrets come from; without one it is that of every world.
            language: "en" or "zh", that of mails to people who have not signed in, until somebody signs in.
        """
        name, asked = self._named(name), {"running": running, "language": language}
        asked |= {} if seed is None else {"seed": seed}
        if name and _NAME.fullmatch(name):
            return self._world(self._api.ask("PUT", "worlds", name, body=asked))
        return self._world(self._api.ask("POST", "worlds", body=asked | {"name": name}))

    def get(self, name: str) -> World:
        """The world called ``name``."""
        return self._world(self._api.ask("GET", "worlds", name))

    def fork(self, world: World | str, name: str | None = None) -> World:
        """A new world that begins as ``world`` (or the one called so) is now, its time included."""
        origin = world if isinstance(world, str) else world.name
        return self._world(self._api.ask("POST", "worlds", origin, "fork", body={"name": self._named(name)}))

    def import_file(self, file: Path, name: str) -> World:
        """Make a world called ``name`` from a file that ``World.export`` has written, with its time."""
        return self._world(self._api.upload(file.read_bytes(), "worlds", self._prefixed(name), "file"))

    def drop(self, name: str) -> None:
        """Remove the world called ``name`` and its snapshots, usable or not."""
        self._api.ask("DELETE", "worlds", name)

    def drop_left(self, *, older_than: float = DAY) -> list[str]:
        """Drop the worlds of runs that were stopped before they dropped them, and return their names.

        Their names begin with a ``new_prefix``, and they were stored more than ``older_than`` seconds ago, by the clock
        of this machine. A world that is in use stays.
        """
        latest = datetime.now(UTC) - timedelta(seconds=older_than)
        dropped: list[str] = []
        for world in list(self.all()):
            if _OF_A_RUN.match(world.name) and datetime.fromisoformat(world.stored_at) < latest:
                with suppress(ClientError):  # it is in use, or somebody else has dropped it
                    self.drop(world.name)
                    dropped.append(world.name)
        return dropped

    def _named(self, name: str | None) -> str | None:
        """The name of a new world. With a prefix, one that may have any name gets the next number."""
        if self._prefix and not name:
            return self._prefixed(str(next(self._numbers)))
        return self._prefixed(name) if name else name

    def _prefixed(self, name: str) -> str:
        return f"{self._prefix}-{name}" if self._prefix else name

    def _world(self, described: Mapping[str, Any]) -> World:
        return World(self._api, described)
