"""Browsers of Playwright's own servers show pages that come from this machine, or from sites that many runs share.

The servers are processes of their own.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psutil
import pytest
from playwright.sync_api import Browser, Playwright

from e2e.journeys import Journey, Listener
from e2e.recording.session import RecordingSession
from e2e.scenario.browsers import check_reach, connect
from e2e.scenario.scenario import Scenario
from fixtures.browsers import server_of
from fixtures.inner_runs import ROOT, run_pytest
from mock_sites import BrowserError, find_chromium
from mock_sites.client import Worlds

TEST: Final = """
def test_a_person_opens_a_page(visitor, mock_server):
    assert visitor.opens("https://marketplace.huaweicloud.com/") == 200
    assert visitor.world.name.startswith("run")
    assert mock_server.shared

def test_a_look_into_the_server(server):
    pass
"""


@dataclass(frozen=True)
class BrowserServer:
    """A Playwright server in a process of its own.

    Attributes:
        url: the address for clients, with the browser of this machine as the one to start.
        process: the program.
    """

    url: str
    process: psutil.Process

    def asks_itself(self, port: int) -> bool:
        """Whether one of its processes is connected to ``port``."""
        family = [self.process, *self.process.children(recursive=True)]
        return any(each.raddr and each.raddr.port == port for one in family for each in one.net_connections("tcp"))


@pytest.fixture(scope="module")
def servers() -> Iterator[list[BrowserServer]]:
    """Two servers."""
    chromium = find_chromium(headed=False)
    assert chromium
    browser = quote(json.dumps({"executablePath": str(chromium.executable)}))
    with ExitStack() as stack:
        started = [stack.enter_context(_started()) for _each in range(2)]
        yield [
            BrowserServer(f"{_address(process)}?launch-options={browser}", psutil.Process(process.pid))
            for process in started
        ]


@contextmanager
def _started() -> Generator[subprocess.Popen[str]]:
    """A server, which ends on SIGINT; after SIGTERM it only closes its browsers."""
    with subprocess.Popen(
        # Only with --unsafe a client may name the browser, and this machine may have none of Playwright's own.
        [sys.executable, "-m", "playwright", "run-server", "--host", "127.0.0.1", "--port", "0", "--unsafe"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        yield process
        os.killpg(process.pid, signal.SIGINT)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().split()[-1]


def test_journeys_are_recorded_in_the_browsers_of_two_servers_in_turn(
    servers: list[BrowserServer], playwright: Playwright, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[tuple[Browser | None, bool]] = []

    def short(journey: Journey, scenario: Scenario, *listeners: Listener) -> None:
        for step in journey.steps[:1]:
            step.play(scenario, *listeners)
        port = int(scenario.world.port.removeprefix(":"))
        asked = any(server.asks_itself(port) for server in servers)
        begun.append((scenario.actor(journey.steps[0].actor).context.browser, asked))

    monkeypatch.setattr(Journey, "play", short)
    monkeypatch.setattr("e2e.demo.setting.started_playwright", lambda: nullcontext(playwright))
    names = ["prepaid-card", "purchase-to-login"]
    session = RecordingSession(
        names=names,
        mock_server="",
        browser_servers=[server.url for server in servers],
        language="en",
        output=tmp_path,
        images="none",
    )

    session.record()

    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{name}-en" for name in names]
    assert len({browser for browser, _asked in begun}) == 2
    assert not any(asked for _browser, asked in begun), "the machine of the browser asks the sites itself"


@pytest.fixture
def sites() -> Iterator[str]:
    """The address of mock sites that another process serves."""
    with subprocess.Popen(
        [sys.executable, "-m", "mock_sites", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        yield _address(process)
        process.terminate()


def test_a_run_of_tests_uses_a_browser_and_sites_of_other_processes(
    servers: list[BrowserServer], sites: str, tmp_path: Path
) -> None:
    shutil.copy(ROOT / "conftest.py", tmp_path)
    (tmp_path / "test_it.py").write_text(TEST, encoding="utf-8")
    own = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path), "-p", "no:cacheprovider"]

    code, output = run_pytest(tmp_path, *own, "--browser-server", servers[0].url, "--mock-server", sites, "test_it.py")

    assert code == 0, output
    assert "1 passed, 1 skipped" in output
    assert "SKIPPED [1] test_it.py:7: The test looks into the server, which is another process" in output
    with Worlds(sites) as worlds:
        assert [world.name for world in worlds.all()] == ["main"]
    assert re.search(r"\bbrowser 0[,;]", output), "no browser of this machine"


@pytest.mark.parametrize(
    ("servers", "chosen"), [([], ["", "", ""]), (["a"], ["a", "a", "a"]), (["a", "b"], ["a", "b", "a"])]
)
def test_workers_take_turns_with_the_servers(servers: list[str], chosen: list[str]) -> None:
    assert [server_of(servers, f"gw{number}") for number in range(3)] == chosen


def test_a_server_that_gives_no_browser_is_reported_in_a_sentence(playwright: Playwright) -> None:
    with pytest.raises(
        BrowserError, match=r"^The browser server at ws://localhost:9/x gives no browser\. Start it with"
    ) as refused:
        connect(playwright.chromium, "ws://me:secret@localhost:9/x?token=secret", headed=False)

    assert "secret" not in str(refused.value).partition(" Playwright says: ")[0]


def test_a_browser_that_does_not_reach_the_sites_is_reported_in_a_sentence(browser: Browser) -> None:
    with pytest.raises(
        BrowserError, match=r"^The browser of the browser server does not reach the sites at http://localhost:9/\."
    ):
        check_reach(browser, "http://localhost:9/")
