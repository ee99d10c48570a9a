"""Demos that are asked for on the page of a world, and the players that play them.

A player is a program with journeys and a browser, such as ``journeys player``. It asks for the next demo and waits
for one, begins it, reports each step, and says how it ended. The server starts no program, and a player plays nothing
but its own journeys.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from mock_sites.process.blocking import blocking
from mock_sites.world.clock import steady
from mock_sites.world.errors import N_, ConflictError, UnknownWorldError

GAP: Final = 5.0
"""Seconds between two questions of a player during which it still counts as waiting: the way from one to the next."""

MOST_PLAYERS: Final = 4
"""How many players wait at once. Each blocks a thread of the server while it waits."""

MOST_KEPT: Final = 100
"""How many demos are remembered, the last ones."""


@dataclass(frozen=True)
class Playable:
    """A journey that a player can play in a world, titled in both languages of the pages."""

    name: str
    en: str
    zh: str

    def title(self, language: str) -> str:
        """The title on a page."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, kw_only=True)
class Demo:
    """A journey that was asked for in a world."""

    number: int
    world: str
    journey: Playable
    language: str
    begun: bool = False
    ended: bool = False


class Demos:
    """The demos of a server, and what the players that wait can play. They are gone when the server ends."""

    def __init__(self) -> None:
        """No player has asked yet."""
        self._changed = threading.Condition()
        self._demos: dict[int, Demo] = {}
        self._numbers = count(1)
        self.waiting = 0
        """How many players wait."""
        self._last_seen = float("-inf")
        self._journeys: Sequence[Playable] = ()

    def playable(self) -> Sequence[Playable]:
        """What the player that waits can play; nothing if none waits."""
        with self._changed:
            return self._journeys if self._is_there() else ()

    def playing(self) -> Demo | None:
        """A demo that has begun and not ended, the last one."""
        with self._changed:
            return next((demo for demo in reversed(self._demos.values()) if demo.begun and not demo.ended), None)

    def ask(self, world: str, journey: str, language: str) -> Demo:
        """Ask for a journey in a world.

        Raises:
            ConflictError: no player waits that has it, or another one waits to be played.
        """
        with self._changed:
            known = {each.name: each for each in self._journeys} if self._is_there() else {}
            if journey not in known:
                raise ConflictError(N_("No player waits that has this journey. Start one."), field="journey")
            if self._next() is not None:
                raise ConflictError(N_("Another journey is about to be played. Try again soon."), field="journey")
            demo = Demo(number=next(self._numbers), world=world, journey=known[journey], language=language)
            self._demos[demo.number] = demo
            while len(self._demos) > MOST_KEPT:
                del self._demos[next(iter(self._demos))]
            self._changed.notify_all()
            return demo

    def wait_for_next(self, journeys: Sequence[Playable], seconds: float) -> Demo | None:
        """The demo to play, for a player that has ``journeys``: it waits up to ``seconds`` for one.

        Raises:
            ConflictError: too many players wait already.
        """
        with self._changed:
            if self.waiting >= MOST_PLAYERS:
                raise ConflictError(N_("{most} players wait already."), most=MOST_PLAYERS)
            self._journeys, self.waiting = journeys, self.waiting + 1
            try:
                with blocking():
                    self._changed.wait_for(lambda: self._next() is not None, seconds)
                return self._next()
            finally:
                self.waiting, self._last_seen = self.waiting - 1, steady()

    def begin(self, number: int) -> Demo:
        """A player has taken a demo. No other one can take it afterwards, and the player no longer waits.

        Raises:
            UnknownWorldError: there is no such demo.
            ConflictError: another player has taken it.
        """
        with self._changed:
            demo = self._find(number)
            if demo.begun:
                raise ConflictError(N_("Another player has begun demo {number}."), number=number)
            self._last_seen = float("-inf")
            self._demos[number] = demo = replace(demo, begun=True)
            return demo

    def running(self, number: int) -> Demo:
        """A demo that a player plays.

        Raises:
            UnknownWorldError: there is no such demo.
            ConflictError: it has not begun, or has ended.
        """
        with self._changed:
            demo = self._find(number)
            if demo.ended or not demo.begun:
                raise ConflictError(N_("Demo {number} is not being played."), number=number)
            return demo

    def end(self, number: int) -> Demo:
        """A demo has ended, in whatever way; raises as ``running``."""
        with self._changed:
            demo = self.running(number)
            self._demos[number] = replace(demo, ended=True)
            return demo

    def _is_there(self) -> bool:
        return self.waiting > 0 or steady() - self._last_seen < GAP

    def _next(self) -> Demo | None:
        return next((demo for demo in self._demos.values() if not demo.begun), None)

    def _find(self, number: int) -> Demo:
        demo = self._demos.get(number)
        if demo is None:
            raise UnknownWorldError(N_("There is no demo {number}."), number=number)
        return demo
