"""Fresh worlds, and clients for their sites, without a browser or a socket."""

import signal
from collections.abc import Callable, Iterator

import httpx
import pytest
from hypothesis import settings

from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.fuzzing import repeatable
from mock_sites.tests.support.slow_work import watching
from mock_sites.tests.support.users import Users, populate
from mock_sites.world.store import Worlds
from mock_sites.world.world import World

Browse = Callable[[str], httpx.Client]

settings.register_profile("repeatable", repeatable)
settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def dispatcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dispatcher]:
    """One dispatcher for all tests. Every test has its own worlds in it."""
    dispatcher = Dispatcher(tmp_path_factory.mktemp("worlds"), port=8700)
    yield dispatcher
    dispatcher.worlds.close()


@pytest.fixture(autouse=True)
def nobody_waits_for_slow_work() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]
    """While a transaction may write, no password is hashed, no page rendered and no other server called."""
    with watching() as watch:
        yield
    if watch.found:
        pytest.fail(f"Done while nobody else could write: {', '.join(watch.found)}")


@pytest.fixture
def worlds(dispatcher: Dispatcher) -> Iterator[Worlds]:
    """The dispatcher's worlds. A test drops those that it makes: other tests look at all there are."""
    before = {*dispatcher.worlds.names()}
    yield dispatcher.worlds
    if left := {*dispatcher.worlds.names()} - before:
        pytest.fail(f"The test has made worlds and not dropped them: {', '.join(sorted(left))}")


@pytest.fixture
def world(worlds: Worlds) -> Iterator[World]:
    """A fresh world whose clock is stopped."""
    world = worlds.make(running=False)
    yield world
    worlds.drop(world.name)


@pytest.fixture
def users(dispatcher: Dispatcher) -> Iterator[Users]:
    """People of both companies in a world for one test, whose clock is stopped."""
    users = populate(dispatcher)
    yield users
    dispatcher.worlds.drop(users.world.name)


@pytest.fixture
def browse(dispatcher: Dispatcher, world: World) -> Iterator[Browse]:
    """Opens a client for a documented address in the world. It keeps cookies and follows no redirects."""
    clients: list[httpx.Client] = []

    def open_client(address: str) -> httpx.Client:
        client = httpx.Client(transport=httpx.WSGITransport(dispatcher), base_url=world.local(address))
        clients.append(client)
        return client

    yield open_client
    for client in clients:
        client.close()


@pytest.fixture
def hangup() -> Iterator[None]:
    """SIGHUP ends programs, as when a terminal is closed, even if ``nohup`` started the test run."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)
