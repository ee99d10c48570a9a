"""Demos that somebody wants to see in a world, for programs that play them: ``POST /api/demos/next`` and on."""

from collections.abc import Sequence
from dataclasses import dataclass

from mock_sites.client.connection import ClientError, Connection

LONGEST_TITLE = 200
LONGEST_FAILURE = 500
"""The most characters that the server takes."""


@dataclass(frozen=True, kw_only=True)
class PlayableJourney:
    """A journey that a player has, titled in both languages of the pages."""

    name: str
    en: str
    zh: str


class Demo:
    """A journey to play in a world.

    Attributes:
        world: the name of the world.
        journey: the name of the journey.
        language: the language of the pages, ``en`` or ``zh``.
    """

    def __init__(self, connection: Connection, number: int, world: str, journey: str, language: str) -> None:
        """Made by ``Demos``."""
        self.world, self.journey, self.language = world, journey, language
        self._api, self._path = connection, ("demos", str(number))

    def begin(self) -> bool:
        """Take it, so that no other player does. False: another one has, or its world has gone."""
        try:
            self._api.ask("POST", *self._path, "begin")
        except ClientError:
            return False
        return True

    def step(self, title: str, *, actor: str, number: int, steps: int) -> None:
        """Say that step ``number`` of so many begins."""
        body = {"title": title[:LONGEST_TITLE], "actor": actor, "number": number, "steps": steps}
        self._api.ask("POST", *self._path, "steps", body=body)

    def end(self, failure: str = "") -> None:
        """Say that it was played to its end, or why not."""
        self._api.ask("POST", *self._path, "end", body={"failure": failure[:LONGEST_FAILURE]})


class Demos:
    """The demos that are asked for on the pages of a server's worlds."""

    def __init__(self, connection: Connection) -> None:
        """Made by ``Worlds``."""
        self._api = connection

    def next(self, journeys: Sequence[PlayableJourney]) -> Demo | None:
        """Wait some seconds for somebody to choose one of these ``journeys``. None: nobody has; ask again."""
        described = [{"name": each.name, "en": each.en, "zh": each.zh} for each in journeys]
        found = self._api.ask("POST", "demos", "next", body={"journeys": described})["demo"]
        return found and Demo(self._api, found["number"], found["world"], found["journey"], found["language"])
