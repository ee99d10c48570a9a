"""Nobody waits for a world that others use, copy or write to, except for work on that very world."""

import threading
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from mock_sites.tests.support.faults import SHOP, Errand, Ware
from mock_sites.world import database, jobs, usage
from mock_sites.world.errors import ConflictError, UnknownWorldError
from mock_sites.world.job import AnyHandler, CallHandler, Handler, Jobs
from mock_sites.world.store import Worlds
from mock_sites.world.templates import Templates
from mock_sites.world.transport import Call, CallResult, Transport
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World

PATIENCE = 60
"""Seconds after which an action that should not wait is taken to wait."""


@pytest.fixture
def worlds(tmp_path: Path) -> Iterator[Worlds]:
    """Two worlds, ``a`` and ``b``, and a snapshot of each."""
    worlds = Worlds(tmp_path / "data", [SHOP])
    for name in ("a", "b"):
        worlds.make(name, running=False)
        worlds.snapshot(name, "kept")
    yield worlds
    worlds.close()


class Stop:
    """A point where a thread stops until it is released."""

    def __init__(self) -> None:
        """No thread is here yet."""
        self._reached, self._go = threading.Event(), threading.Event()

    def hold(self) -> None:
        """Wait here."""
        self._reached.set()
        assert self._go.wait(PATIENCE)

    @contextmanager
    def reached_by(self, act: Callable[[], object]) -> Generator[None]:
        """Another thread does ``act``. It stops here for the time of the block."""
        with ThreadPoolExecutor() as threads:
            done = threads.submit(act)
            assert self._reached.wait(PATIENCE)
            try:
                yield
            finally:
                self._go.set()
            done.result()


def _use_all_but_a(worlds: Worlds, aside: Path) -> None:
    """All actions that do not need the world ``a``."""

    def do() -> None:
        with worlds.using("b") as world, world.uow("shop") as uow:
            assert uow.session.scalars(select(Ware.name)).all() == ["ready-made"]
        assert worlds.names() == ["a", "b"]
        assert worlds.look("a").name == "a"
        assert worlds.snapshots("a") == ["kept"]
        worlds.snapshot("b", "kept")
        worlds.restore("b", "kept")
        worlds.fork("b", "c")
        worlds.save("b", aside)
        worlds.load(aside, "d")
        for name in ("c", "d"):
            worlds.drop(name)
        worlds.drop(worlds.make().name)

    with ThreadPoolExecutor() as threads:
        threads.submit(do).result(PATIENCE)


@pytest.mark.parametrize("verb", ["snapshot", "fork", "save"])
def test_a_world_that_is_being_copied_holds_up_no_other(
    verb: str, worlds: Worlds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, copy, a = Stop(), World.copy_to, worlds.get("a")

    def held_up(world: World, folder: Path) -> None:
        if world is a:
            stop.hold()
        copy(world, folder)

    monkeypatch.setattr(World, "copy_to", held_up)
    acts: dict[str, Callable[[], object]] = {
        "snapshot": lambda: worlds.snapshot("a", "kept"),
        "fork": lambda: worlds.fork("a", "forked"),
        "save": lambda: worlds.save("a", tmp_path / "saved"),
    }
    with stop.reached_by(acts[verb]):
        _use_all_but_a(worlds, tmp_path / "aside")


@pytest.mark.parametrize("verb", ["restore", "drop"])
def test_a_world_that_stays_in_use_holds_up_no_other(
    verb: str, worlds: Worlds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "REST_PATIENCE", PATIENCE)
    stop, begun = Stop(), worlds.get("a").usage.at_rest
    waiting = threading.Event()

    def use() -> None:
        with worlds.using("a"):
            stop.hold()

    @contextmanager
    def watched() -> Generator[bool]:
        waiting.set()
        with begun() as there:
            yield there

    monkeypatch.setattr(worlds.get("a").usage, "at_rest", watched)
    acts: dict[str, Callable[[], object]] = {
        "restore": lambda: worlds.restore("a", "kept"),
        "drop": lambda: worlds.drop("a"),
    }
    with ThreadPoolExecutor() as threads, stop.reached_by(use):
        wanted = threads.submit(acts[verb])
        assert waiting.wait(PATIENCE)
        _use_all_but_a(worlds, tmp_path / "aside")
        assert not wanted.done()
    wanted.result()


def test_a_seed_that_is_being_prepared_holds_up_no_world(
    worlds: Worlds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, fill = Stop(), Templates._fill  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]

    def held_up(templates: Templates, folder: Path, seed: str) -> None:
        if seed == "slow":
            stop.hold()
        fill(templates, folder, seed)

    monkeypatch.setattr(Templates, "_fill", held_up)
    with stop.reached_by(lambda: worlds.make("slow", "slow")):
        _use_all_but_a(worlds, tmp_path / "aside")


def test_a_request_for_a_world_that_is_replaced_gets_the_new_one(
    worlds: Worlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = worlds.get("a")
    with ThreadPoolExecutor() as threads, old.usage.at_rest():
        restored = threads.submit(worlds.restore, "a", "kept")
        entered = threads.submit(_name_in_use, worlds)
    assert restored.result() is worlds.get("a") is not old
    assert entered.result() == "a"
    assert not old.usage.enter()

    with worlds.get("a").usage.at_rest(), ThreadPoolExecutor() as threads:
        monkeypatch.setattr(usage, "REST_PATIENCE", 0)
        with pytest.raises(ConflictError):
            threads.submit(worlds.drop, "a").result()
    worlds.drop("a")
    with pytest.raises(UnknownWorldError):
        _name_in_use(worlds)


def test_many_concurrent_writers_all_have_their_turn(worlds: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", PATIENCE)
    world = worlds.get("a")

    def write(number: int) -> None:
        with worlds.using("a"), world.uow("shop", write=True) as uow:
            uow.session.add(Ware(name=f"ware {number}"))
            uow.record("sold")

    with ThreadPoolExecutor(max_workers=40) as threads:
        list(threads.map(write, range(200)))
    numbers = [event.number for event in world.journal(kind="shop.sold")]
    assert sorted(set(numbers)) == list(range(min(numbers), min(numbers) + 200))


def test_time_is_stored_by_many_at_the_same_time(worlds: Worlds) -> None:
    world = worlds.get("a")
    with ThreadPoolExecutor(max_workers=8) as threads:
        list(threads.map(world.set_frozen, [True, False] * 100))


def test_a_request_while_jobs_are_done_finds_them_done(tmp_path: Path) -> None:
    stop, done = Stop(), list[str]()

    def work(_uow: UnitOfWork, _job: Errand) -> None:
        stop.hold()
        done.append("job")

    world = _with_job(tmp_path, Handler(Errand, work))
    with ThreadPoolExecutor() as threads:
        with stop.reached_by(lambda: jobs.run_due(world)):
            second = threads.submit(jobs.run_due, world)
            assert done == []
            assert not second.done()
        assert second.result() == 0
        assert done == ["job"]


def test_a_request_during_a_call_to_a_seller_does_not_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = Stop()

    def prepare(_uow: UnitOfWork, _job: Errand) -> Call:
        return Call("GET", "https://nowhere.example/")

    def send(_transport: Transport, request: Call, _url: str) -> CallResult:
        stop.hold()
        return CallResult(request, 200)

    def answered(_uow: UnitOfWork, _job: Errand, _call_result: CallResult) -> None:
        """Do nothing."""

    monkeypatch.setattr(Transport, "send", send)
    world = _with_job(tmp_path, CallHandler(Errand, prepare, answered))
    with stop.reached_by(lambda: jobs.run_due(world)), ThreadPoolExecutor() as threads:
        assert threads.submit(jobs.run_due, world).result(PATIENCE) == 0


def _with_job(folder: Path, handler: AnyHandler) -> World:
    """A world in which a job is due."""
    world = Worlds(folder / "with jobs", [replace(SHOP, jobs=Jobs(Errand, handler))]).make("w", running=False)
    with world.uow("shop", write=True) as uow:
        uow.schedule(Errand())
    return world


def _name_in_use(worlds: Worlds) -> str:
    with worlds.using("a") as world:
        return world.name
