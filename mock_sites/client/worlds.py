"""The worlds of a running server."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from mock_sites.client.connection import Answered, connect, read
from mock_sites.client.world import World

_NAME: Final = re.compile("[a-z0-9-]+")
"""Names that can stand in an address; the server refuses others in a sentence."""


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


@dataclass(frozen=True, kw_only=True)
class UnusableWorld:
    """A world that another version of the mock sites made, or whose files are damaged. It can be dropped."""

    name: str
    reason: str


class Worlds:
    """The worlds of a server, as a context manager or with ``close``."""

    def __init__(self, server: str, token: str = "") -> None:
        """Of the server whose start page is at ``server``.

        Args:
            server: the address, such as ``http://localhost:8700``. It is on this machine.
            token: what the server asks for where other machines can reach it.

        Raises:
            ClientError: ``server`` is no address.
        """
        self._api = connect(server, token)

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

    def make(self, name: str | None = None, *, running: bool = False, seed: str | None = None) -> World:
        """Make a world.

        Args:
            name: what it is called: 1 to 40 lower-case letters, digits and hyphens. Without one it is the next free of
                w1, w2, ...
            running: whether its clock follows real time; it stands still otherwise.
            seed: what ids, codes and secrets come from; without one it is that of every world.
        """
        asked = {"running": running} | ({} if seed is None else {"seed": seed})
        if name and _NAME.fullmatch(name):
            return self._world(self._api.ask("PUT", "worlds", name, body=asked))
        return self._world(self._api.ask("POST", "worlds", body=asked | {"name": name}))

    def get(self, name: str) -> World:
        """The world called ``name``."""
        return self._world(self._api.ask("GET", "worlds", name))

    def fork(self, world: World | str, name: str | None = None) -> World:
        """A new world that begins as ``world`` (or the one called so) is now, its time included."""
        origin = world if isinstance(world, str) else world.name
        return self._world(self._api.ask("POST", "worlds", origin, "fork", body={"name": name}))

    def import_file(self, file: Path, name: str) -> World:
        """Make a world called ``name`` from a file that ``World.export`` has written, with its time."""
        return self._world(self._api.upload(file.read_bytes(), "worlds", name, "file"))

    def drop(self, name: str) -> None:
        """Remove the world called ``name`` and its snapshots, usable or not."""
        self._api.ask("DELETE", "worlds", name)

    def _world(self, described: Mapping[str, Any]) -> World:
        return World(self._api, described)
