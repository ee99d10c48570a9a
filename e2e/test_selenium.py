"""The main journey by a tool other than Playwright, which finds elements by their text and clicks where it sees them.

Selenium is no dependency: ``pip install selenium``, and have chromedriver on the path. Nothing is downloaded.
"""

import os
import subprocess
from pathlib import Path

import pytest

from e2e.bench.comparison import write_given
from e2e.bench.peers import SELENIUM, find_peers
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

    done = subprocess.run(
        selenium.command,
        env={**os.environ, **selenium.environment, "GIVEN": str(given)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert {"guance.subscription.opened", "guance.account.signed-in"} <= {event.kind for event in world.journal()}
