"""The hook by which a project says what its tests recorded."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.hookspec(firstresult=True)
def pytest_recordings_of_test(item: pytest.Item) -> Path | None:
    """The folder with what a test recorded, as soon as its function has ended: recordings, or Playwright traces.

    A report is written there too. None: the test recorded nothing. In a run with ``--review`` or ``--approve`` where no
    project has this hook, the plugin traces the browser contexts of each test.
    """
