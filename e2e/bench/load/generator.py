"""The program that makes the load, with Locust. It reads its ``Task`` from stdin, and writes the ``Run`` to stdout.

It is a process of its own, because Locust replaces Python's sockets and threads by those of gevent.
"""

# ruff: noqa: I001 - Locust comes before anything that uses sockets or threads

import locust  # pyright: ignore[reportMissingImports]
import gevent  # pyright: ignore[reportMissingImports]

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any, Final

import httpx
import psutil
from locust.env import Environment  # pyright: ignore[reportMissingImports]

from e2e.bench.load.plan import Plan
from e2e.bench.load.replays import Replay, purchase_to_login, register_at_guance
from e2e.bench.load.results import Request, Run, StepResult, counted, summarized
from e2e.bench.load.visitor import UnexpectedPageError, Visitor
from e2e.scenario.people import People
from mock_sites.client import World, Worlds

MOST_KINDS: Final = 20
"""The most kinds of errors that are told."""


@dataclass(frozen=True)
class Task:
    """What to do: the address and the process number of the server, and the plan."""

    server: str
    pid: int
    plan: Plan

    @classmethod
    def from_json(cls, text: str) -> "Task":
        """The task that ``json.dumps(asdict(task))`` has written."""
        read = json.loads(text)
        return cls(read["server"], read["pid"], Plan(**read["plan"]))


class Measuring:
    """Collects requests and errors, and measures what they cost the server and this program."""

    def __init__(self, server: psutil.Process) -> None:
        self._server = server
        self._requests: list[Request] = []
        self._errors: list[str] = []
        self._all_errors: list[str] = []
        self.begin()

    def report(self, request: Request) -> None:
        """A request has its answer, or has failed."""
        self._requests.append(request)
        if request.error:
            self.report_error(request.error)

    def report_error(self, error: str) -> None:
        """A request has failed, or a journey cannot go on."""
        self._errors.append(error)
        self._all_errors.append(error)

    def begin(self) -> None:
        """Measure from now on."""
        self._requests, self._errors = [], []
        self._spent, self._began = self._processor_times(), time.perf_counter()

    def end(self, users: int) -> StepResult:
        """What was measured since ``begin``, with ``users`` at once."""
        server, generator = (now - before for now, before in zip(self._processor_times(), self._spent, strict=True))
        return summarized(
            [request.took for request in self._requests],
            users=users,
            errors=len(self._errors),
            seconds=time.perf_counter() - self._began,
            server=server,
            generator=generator,
            load_average=os.getloadavg()[0],
        )

    def errors(self) -> dict[str, int]:
        """How often each error occurred in all steps, the most frequent first."""
        return dict(counted(self._all_errors)[:MOST_KINDS])

    def _processor_times(self) -> tuple[float, float]:
        used = self._server.cpu_times()
        return used.user + used.system, time.process_time()


class Replays:
    """Replays journeys: each in a world of its own, or all in one."""

    def __init__(self, worlds: Worlds, server: str, plan: Plan, measuring: Measuring) -> None:
        self._worlds, self._server, self._plan, self._measuring = worlds, server, plan, measuring
        self._people, self._numbers = People("load", "en"), count(1)
        first = worlds.make("load-0")
        self._buyer = first.people()["verified-buyer"]
        self._shared = first if plan.worlds == "one" else None

    def play(self) -> None:
        """Play a journey once. Errors are reported."""
        world = self._shared or self._worlds.make(f"load-{next(self._numbers)}")
        journey = register_at_guance if self._shared else purchase_to_login
        try:
            journey(self._replay(world))
        except UnexpectedPageError as error:
            self._measuring.report_error(str(error))
        except httpx.HTTPError:
            pass  # the request was reported
        if not self._shared:
            world.drop()

    def _replay(self, world: World) -> Replay:
        enterprise = self._people.enterprise()
        return Replay(
            world=world,
            clock=f"{self._server}api/worlds/{world.name}/clock/advance",
            visitor=lambda: Visitor(self._measuring.report),
            buyer=self._buyer,
            enterprise=enterprise,
            employee=self._people.member(enterprise),
            registration=self._people.registration(enterprise),
        )


def main() -> None:
    """Run the plan, step by step."""
    task = Task.from_json(sys.stdin.read())
    plan, measuring = task.plan, Measuring(psutil.Process(task.pid))
    with Worlds(task.server) as worlds:
        replays = Replays(worlds, task.server, plan, measuring)

        class Player(locust.User):  # pyright: ignore[reportUntypedBaseClass]
            """Plays journeys, one after the other, without a pause between requests."""

            @locust.task  # pyright: ignore[reportUntypedFunctionDecorator]
            def play(self) -> None:
                replays.play()

        runner: Any = Environment(user_classes=[Player]).create_local_runner()
        steps: list[StepResult] = []
        for step, users in enumerate(plan.users):
            runner.start(users, spawn_rate=plan.spawn_rate(step))
            gevent.sleep(plan.settling(step))
            measuring.begin()
            gevent.sleep(plan.measured(step))
            steps.append(measuring.end(users))
        runner.quit()
    json.dump(asdict(Run(plan.worlds, steps, measuring.errors())), sys.stdout)


if __name__ == "__main__":
    main()
