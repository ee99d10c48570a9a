"""Demos that are asked for on the page of a world, and the players that play them.

A player is a program with journeys and a browser, such as ``journeys player``. It asks for the next demo and waits
for one, begins it, reports each step, and says how it ended. Meanwhile it asks again and again whether somebody has
stopped the demo; a player that does not ask any more is lost. The server starts no program, and a player plays nothing
but its own journeys.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final

from mock_sites.process.blocking import blocking
from mock_sites.world.clock import steady
from mock_sites.world.errors import N_, ConflictError, UnknownWorldError

GAP: Final = 5.0
"""Seconds between two questions of a player during which it still counts as there: the way from one to the next."""

MOST_PLAYERS: Final = 4
"""How many players wait at once. Each blocks a thread of the server while it waits."""

NO_DEMO: Final = N_("Demo {number} is over, or has never been asked for.")

MOST_KEPT: Final = 100
"""How many demos are remembered, the last ones."""

Timer = Callable[[float, Callable[[], None]], Callable[[], None]]
"""Calls a function after some seconds, unless what it returns is called before."""


def real_timer(seconds: float, act: Callable[[], None]) -> Callable[[], None]:
    """A timer that follows real time."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()
    return timer.cancel


@dataclass(frozen=True)
class Playable:
    """A journey that a player has, titled in both languages of the pages.

    ``after_en`` and ``after_zh`` say after what it begins. It can be played in a world if they are empty.
    """

    name: str
    en: str
    zh: str
    after_en: str = ""
    after_zh: str = ""

    def title(self, language: str) -> str:
        """The title on a page."""
        return self.zh if language == "zh" else self.en

    def after(self, language: str) -> str:
        """After what it begins, on a page."""
        return self.after_zh if language == "zh" else self.after_en


@dataclass(frozen=True, kw_only=True)
class Demo:
    """A journey that was asked for in a world."""

    number: int
    world: str
    journey: Playable
    language: str
    speed: float = 0
    """How fast it is to be played. 0: as the player was started."""
    begun: bool = False
    stopped: bool = False
    """Whether somebody has stopped it. Its player ends it after the step that it plays."""
    known: bool = False
    """Whether its player knows that."""
    lost: bool = False
    """Whether its player does not ask any more. It may come back, as a machine can be busy or asleep."""
    ended: bool = False


class Demos:
    """The demos of a server, and what the players that wait can play. They are gone when the server ends."""

    def __init__(self, on_lost: Callable[[Demo], object], timer: Timer = real_timer) -> None:
        """No player has asked yet. ``on_lost`` is called when the player of a demo is lost."""
        self._on_lost, self._timer = on_lost, timer
        self._changed = threading.Condition()
        self._demos: dict[int, Demo] = {}
        self._numbers = count(1)
        self._questions = defaultdict[int, int](int)
        """How often the player of each demo has asked."""
        self._alarms: dict[int, Callable[[], None]] = {}
        """What cancels the timer after which a player is lost."""
        self.waiting = 0
        """How many players wait."""
        self._last_seen = float("-inf")
        self._journeys: Sequence[Playable] = ()

    def known(self) -> Sequence[Playable]:
        """The journeys of the player that waits; nothing if none waits."""
        with self._changed:
            return self._journeys if self._is_there() else ()

    def current(self) -> list[Demo]:
        """The demos that were asked for and have not ended, but for those whose players are lost."""
        with self._changed:
            return [demo for demo in self._demos.values() if not demo.ended and not demo.lost]

    def ask(self, world: str, journey: str, language: str, speed: float = 0) -> Demo:
        """Ask for a journey in a world.

        Raises:
            ConflictError: no player waits that has it, or another one waits to be played.
        """
        with self._changed:
            known = {each.name: each for each in self._journeys if not each.after_en} if self._is_there() else {}
            if journey not in known:
                raise ConflictError(N_("No player waits that has this journey. Start one."), field="journey")
            if self._next() is not None:
                raise ConflictError(N_("Another journey is about to be played. Try again soon."), field="journey")
            chosen = known[journey]
            demo = Demo(number=next(self._numbers), world=world, journey=chosen, language=language, speed=speed)
            self._demos[demo.number] = demo
            while len(self._demos) > MOST_KEPT:
                self._forget(next(iter(self._demos)))
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
            ConflictError: another player has taken it, or somebody has stopped it.
        """
        with self._changed:
            demo = self._find(number)
            if demo.ended:
                raise ConflictError(N_("Demo {number} was stopped."), number=number)
            if demo.begun:
                raise ConflictError(N_("Another player has begun demo {number}."), number=number)
            self._last_seen = float("-inf")
            self._wind(number)
            return self._change(demo, begun=True)

    def running(self, number: int) -> Demo:
        """A demo whose player says something of it.

        Raises:
            UnknownWorldError: there is no such demo.
            ConflictError: it has not begun, or has ended.
        """
        with self._changed:
            demo = self._find(number)
            if demo.ended or not demo.begun:
                raise ConflictError(N_("Demo {number} is not being played."), number=number)
            if demo.lost:
                self._wind(number)
            return self._change(demo, lost=False)

    def wait_for_stop(self, number: int, seconds: float) -> Demo:
        """The demo, for its player, as soon as somebody has stopped it or ``seconds`` have passed; raises as
        ``running``.
        """
        with self._changed:
            self.running(number)
            self._questions[number] += 1
            question = self._questions[number]
            self._unwind(number)
            self._changed.notify_all()  # an earlier question of the player waits no longer
            with blocking():
                self._changed.wait_for(lambda: self._is_answered(number, question), seconds)
            demo = self._find(number)
            if demo.ended or self._questions[number] != question:
                return demo
            self._wind(number)
            return self._change(demo, known=demo.stopped)

    def find(self, number: int, world: str) -> Demo:
        """A demo that was asked for in a world.

        Raises:
            UnknownWorldError: there is none.
        """
        with self._changed:
            demo = self._find(number)
            if demo.world != world:
                raise UnknownWorldError(NO_DEMO, number=number)
            return demo

    def stop(self, number: int) -> Demo:
        """Stop a demo. One that has begun ends when its player hears of it.

        Raises:
            UnknownWorldError: there is no such demo.
            ConflictError: it has ended, or has been stopped already.
        """
        with self._changed:
            demo = self._find(number)
            if demo.ended or demo.stopped:
                raise ConflictError(N_("The demo was stopped already, or has ended."))
            self._changed.notify_all()
            return self._change(demo, stopped=True, ended=not demo.begun)

    def end(self, number: int) -> Demo:
        """A demo has ended, in whatever way; its player will wait for the next one. Raises as ``running``."""
        with self._changed:
            demo = self._change(self.running(number), ended=True)
            self._unwind(number)
            self._last_seen = steady()
            self._changed.notify_all()
            return demo

    def _is_there(self) -> bool:
        return self.waiting > 0 or steady() - self._last_seen < GAP

    def _next(self) -> Demo | None:
        return next((demo for demo in self._demos.values() if not demo.begun and not demo.ended), None)

    def _find(self, number: int) -> Demo:
        demo = self._demos.get(number)
        if demo is None:
            raise UnknownWorldError(NO_DEMO, number=number)
        return demo

    def _change(self, demo: Demo, **changes: Any) -> Demo:
        changed = self._demos[demo.number] = replace(demo, **changes)
        return changed

    def _forget(self, number: int) -> None:
        del self._demos[number]
        self._unwind(number)
        self._questions.pop(number, None)

    def _is_answered(self, number: int, question: int) -> bool:
        demo = self._demos.get(number)
        over = demo is None or demo.ended or (demo.stopped and not demo.known)
        return over or self._questions[number] != question

    def _wind(self, number: int) -> None:
        """If the player of a demo does not ask again for ``GAP`` seconds, it is lost."""
        self._unwind(number)
        asked = self._questions[number]
        self._alarms[number] = self._timer(GAP, lambda: self._lose(number, asked))

    def _unwind(self, number: int) -> None:
        self._alarms.pop(number, lambda: None)()

    def _lose(self, number: int, asked: int) -> None:
        with self._changed:
            demo = self._demos.get(number)
            if demo is None or demo.ended or self._questions[number] != asked:
                return
            demo = self._change(demo, lost=True)
        self._on_lost(demo)
