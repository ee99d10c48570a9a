"""pytest fixtures for tests against the mock sites; every installation of this package with pytest has them.

    def test_a_person_signs_in(mock_world, mock_people, page):
        page.goto(mock_world.local("https://auth.huaweicloud.com/authui/login"))
        page.get_by_label("Username").fill(mock_people["verified-buyer"].username)

Options of the command line go before those of the configuration (``mock_seed``, ``mock_server``, ``mock_domain``,
``mock_browser``).

This module is imported in every run of pytest in its environment: it imports pytest only, and what a fixture needs is
imported when that is first used.
"""

from __future__ import annotations

import os
import secrets
import warnings
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from mock_sites.client import Buyer, Mailbox, Person, World, Worlds

# ruff: noqa: PLC0415

PLAYWRIGHT: Final = "playwright"
"""What pytest-playwright is called among the plugins."""

WHEN: Final = ("auto", "always", "never")
"""The values of ``mock_browser``."""

USED: Final = pytest.StashKey[bool]()
"""Whether it is known that a test of the run uses the mock sites."""

BROWSER_LEFT_ALONE: Final = pytest.StashKey[bool]()
"""Whether the browser was started before that was known."""


@dataclass(frozen=True)
class MockServer:
    """Mock sites that are being served."""

    url: str
    """Their start page."""
    token: str = ""
    """What they ask for where other machines can reach them."""
    shared: bool = False
    """Whether other runs may use them too."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and settings."""
    group = parser.getgroup("mock sites")
    server = "Use the mock sites at this address instead of starting some; MOCK_SITES_TOKEN is the token they ask for."
    domain = "What all host names of the mock sites end with, in place of localhost. They lead to this machine."
    seed = "Make worlds from this seed: ids, codes and secrets come from it."
    group.addoption("--mock-server", metavar="URL", help=server)
    group.addoption("--mock-domain", metavar="DOMAIN", help=domain)
    group.addoption("--mock-seed", metavar="SEED", help=seed)
    reviews = parser.getgroup("reviews of what tests show")
    reviews.addoption("--review", action="store_true", help="fail tests that show something else than their baselines")
    reviews.addoption("--approve", action="store_true", help="make what tests show their baselines")
    baselines = "Folder of the baselines of tests, with a folder for each test."
    reviews.addoption("--baselines", metavar="DIR", help=baselines)
    parser.addini("mock_baselines", baselines, default="baselines")
    parser.addini("mock_server", server, default="")
    parser.addini("mock_domain", domain, default="")
    parser.addini("mock_seed", seed, default="")
    parser.addini(
        "mock_browser",
        "When to start a Chromium of this machine that reaches this machine only: auto (in runs with tests that use "
        "the mock sites), always or never.",
        default="auto",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Find the browser, in place of pytest-playwright; whatever conftest files say goes before that."""
    if early_config.pluginmanager.hasplugin(PLAYWRIGHT):
        from mock_sites.pytest_plugin import browsers

        early_config.pluginmanager.register(browsers, "mock_sites_browsers")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a setting that means nothing.

    Raises:
        pytest.UsageError: ``mock_browser`` is none of its values.
    """
    config.addinivalue_line(
        "markers",
        "mock_world(seed, file): the test's world is made from this seed, or from this file beside the test, which "
        "`mock-sites worlds export` or a recording has written.",
    )
    if config.getini("mock_browser") not in WHEN:
        raise pytest.UsageError(f"mock_browser is {config.getini('mock_browser')!r}. Use one of {', '.join(WHEN)}.")
    if config.getoption("--review") or config.getoption("--approve"):
        _review_tests(config)


def _review_tests(config: pytest.Config) -> None:
    try:
        from mock_sites.pytest_plugin import reviews
    except ImportError as error:
        raise pytest.UsageError(
            f"--review and --approve need a package that is not installed ({error}). "
            "Install the wheel with its extras pytest and review: mock-marketplace[pytest,review]"
        ) from error
    reviews.refuse_options(config)
    config.pluginmanager.register(reviews, "mock_sites_reviews")


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the hook of reviews."""
    from mock_sites.pytest_plugin import hooks

    pluginmanager.add_hookspecs(hooks)


def shared_server(config: pytest.Config) -> MockServer | None:
    """The mock sites that ``--mock-server`` or the configuration names. None: the run is to start some."""
    address = config.getoption("--mock-server") or config.getini("mock_server")
    if not address:
        return None
    from mock_sites.client.connection import server_address

    with _refusals_told():
        url = server_address(address)
    return MockServer(f"{url}/", os.environ.get("MOCK_SITES_TOKEN", ""), shared=True)


@pytest.fixture(scope="session")
def mock_domain(pytestconfig: pytest.Config) -> str:
    """What all host names of the mock sites end with."""
    return pytestconfig.getoption("--mock-domain") or pytestconfig.getini("mock_domain") or "localhost"


@pytest.fixture(scope="session")
def mock_server(pytestconfig: pytest.Config, mock_domain: str) -> Iterator[MockServer]:
    """The mock sites: those of ``--mock-server``, or some on a free port of this machine until the run ends."""
    pytestconfig.stash[USED] = True
    if pytestconfig.stash.get(BROWSER_LEFT_ALONE, False):
        warnings.warn(
            "The browser was started before it was known that a test uses the mock sites (request.getfixturevalue). "
            "Set mock_browser = always in the configuration of pytest.",
            pytest.PytestWarning,
            stacklevel=2,
        )
    if shared := shared_server(pytestconfig):
        yield shared
        return
    from mock_sites import Server, ServerError

    try:
        served = Server(port=0, domain=mock_domain)
    except ServerError as error:
        pytest.fail(str(error), pytrace=False)
    with served as server:
        yield MockServer(server.url)


@pytest.fixture(scope="session")
def mock_worlds(mock_server: MockServer) -> Iterator[Worlds]:
    """The worlds of the mock sites; those that a test makes itself it drops itself.

    On a shared server their names have a prefix that no other run has. Those that stopped runs have left are dropped.
    """
    from mock_sites.client import Worlds, new_prefix

    prefix = new_prefix() if mock_server.shared else ""
    with Worlds(mock_server.url, mock_server.token, prefix=prefix) as worlds:
        if mock_server.shared:
            with _refusals_told():
                worlds.drop_left()
        yield worlds


@pytest.fixture
def mock_world(mock_worlds: Worlds, request: pytest.FixtureRequest) -> Iterator[World]:
    """A new world for the test, whose clock stands still; it is dropped afterwards.

    The marker ``mock_world`` says from which seed, or from which file.
    """
    marker = request.node.get_closest_marker("mock_world")
    asked: dict[str, str] = marker.kwargs if marker else {}
    config = request.config
    seed = asked.get("seed") or config.getoption("--mock-seed") or config.getini("mock_seed")
    with _refusals_told():
        if file := asked.get("file"):
            world = mock_worlds.import_file(request.path.parent / file, f"file-{secrets.token_hex(4)}")
            world.clock.freeze()
        else:
            world = mock_worlds.make(seed=seed or None)
    yield world
    with _refusals_told():
        _drop(world, mock_worlds)


@pytest.fixture
def mock_mailbox(mock_world: World) -> Mailbox:
    """The mails of the test's world."""
    return mock_world.mailbox


@pytest.fixture
def mock_people(mock_world: World) -> dict[str, Person]:
    """The ready-made people of the test's world by their keys, such as ``verified-buyer``."""
    return mock_world.people()


@pytest.fixture
def mock_passwords() -> Callable[[int], str]:
    """Makes up passwords by the sites' rules: the same one each time for the same number."""
    return lambda number: f"Mock-{number}a{number}b-Pass"


@pytest.fixture
def mock_buyer(mock_world: World) -> Buyer:
    """The ready-made buyer of the test's world, signed in: buys and onboards without a browser."""
    with _refusals_told():
        return mock_world.buyer()


def _drop(world: World, worlds: Worlds) -> None:
    """Drop ``world``, unless the test has done so itself."""
    from mock_sites.client import ClientError

    try:
        world.drop()
    except ClientError:
        if any(other.name == world.name for other in worlds.all()):
            raise


@contextmanager
def _refusals_told() -> Generator[None]:
    """Fail the test with the sentence that says why there is no world."""
    from mock_sites.client import ClientError

    try:
        yield
    except ClientError as error:
        reason = str(error)
    else:
        return
    pytest.fail(reason, pytrace=False)
