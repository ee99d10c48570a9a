"""The main journey by a tool other than Playwright, which finds elements by their text and clicks where it sees them.

Selenium is no dependency: ``pip install selenium``, and have chromedriver on the path. Nothing is downloaded.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from e2e.bench.comparison import write_given
from e2e.bench.peers import SELENIUM, find_peers
from e2e.bench.process_trees import run_tree
from mock_sites import find_chromium
from mock_sites.client import World


def test_selenium_drives_the_main_journey(world: World, tmp_path: Path) -> None:
    peers, missing = find_peers()
    if SELENIUM in missing:
        pytest.skip(missing[SELENIUM])
    (selenium,) = (peer for peer in peers if peer.name == SELENIUM)
    chromium = find_chromium(headed=False)
    assert chromium, "No browser was found: mock-sites doctor says what to do."
    given = write_given(world, chromium.executable, tmp_path)

    environment = {**os.environ, **selenium.environment, "GIVEN": str(given)}
    if sys.platform == "linux":
        # Debian's browser is started by a shell script. The driver ends the script, and the browser stays.
        run_tree(selenium.command, environment)
    else:
        subprocess.run(selenium.command, env=environment, check=True)

    assert list(_left_running(given)) == []
    assert {"guance.subscription.opened", "guance.account.signed-in"} <= {event.kind for event in world.journal()}


def _left_running(given: Path) -> Iterator[str]:
    """The programs that have the variable of the play."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("GIVEN") == str(given):
                yield " ".join(process.cmdline())
