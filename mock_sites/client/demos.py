"""Demos that somebody wants to see in a world, for programs that play them: ``POST /api/demos/next`` and on."""

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from mock_sites.client.connection import ClientError, Connection

LONGEST_TITLE = 200
LONGEST_FAILURE = 500
"""The most characters that the server takes."""


@dataclass(frozen=True, kw_only=True)
class PlayableJourney:
    """A journey that a player has, titled in both languages of the pages.

    ``after_en`` and ``after_zh`` say after what it begins, if a new world is not enough: then it cannot be chosen.
    """

    name: str
    en: str
    zh: str
    after_en: str = ""
    after_zh: str = ""


class Demo:
    """A journey to play in a world.

    Attributes:
        world: the name of the world.
        journey: the name of the journey.
        language: the language of the pages, ``en`` or ``zh``.
        speed: how fast to go. 0: as the player was started.
    """

    def __init__(self, connection: Connection, asked: Mapping[str, Any]) -> None:
        """Made by ``Demos``, of what the server answers."""
        self.world: str = asked["world"]
        self.journey: str = asked["journey"]
        self.language: str = asked["language"]
        self.speed: float = asked["speed"]
        self._api, self._path = connection, ("demos", str(asked["number"]))
        self._stopped, self._ended = threading.Event(), threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether somebody has stopped it: it is to be ended then."""
        return self._stopped.is_set()

    def begin(self) -> bool:
        """Take it, so that no other player does. False: another one has, it was stopped, or its world has gone.

        From now on a thread tells the server that this program is there, until ``end``.
        """
        try:
            self._api.ask("POST", *self._path, "begin")
        except ClientError:
            return False
        threading.Thread(target=self._watch, name="demo", daemon=True).start()
        return True

    def step(self, title: str, *, actor: str, number: int, steps: int) -> None:
        """Say that step ``number`` of so many begins."""
        body = {"title": title[:LONGEST_TITLE], "actor": actor, "number": number, "steps": steps}
        self._api.ask("POST", *self._path, "steps", body=body)

    def end(self, failure: str = "", *, stopped: bool = False) -> None:
        """Say that it was played to its end, that it ended early because somebody had stopped it, or why it failed."""
        self._ended.set()
        body = {"failure": failure[:LONGEST_FAILURE], "stopped": stopped}
        self._api.ask("POST", *self._path, "end", body=body)

    def _watch(self) -> None:
        with suppress(ClientError):  # what the program asks next says so too
            while not self._ended.is_set():
                if self._api.ask("POST", *self._path, "watch")["stopped"]:
                    self._stopped.set()


class Demos:
    """The demos that are asked for on the pages of a server's worlds."""

    def __init__(self, connection: Connection) -> None:
        """Made by ``Worlds``."""
        self._api = connection

    def next(self, journeys: Sequence[PlayableJourney]) -> Demo | None:
        """Wait some seconds for somebody to choose one of these ``journeys``. None: nobody has; ask again."""
        described = [asdict(each) for each in journeys]
        found = self._api.ask("POST", "demos", "next", body={"journeys": described})["demo"]
        return found and Demo(self._api, found)
