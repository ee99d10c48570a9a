"""The main journey by this project's own harness, in a process of its own.

The variable GIVEN names the JSON that ``e2e.bench.comparison`` writes.
"""

import json
import os
from contextlib import closing
from pathlib import Path

from playwright.sync_api import BrowserContext

from e2e.journeys.purchase_to_login import purchase_to_login
from e2e.scenario.driver import started_playwright
from e2e.scenario.labels import LOCALES, Language
from e2e.scenario.scenario import Scenario
from mock_sites import browser_options
from mock_sites.client import Worlds


def main() -> None:
    """Play it in English."""
    given = json.loads(Path(os.environ["GIVEN"]).read_text())
    with (
        closing(Worlds(given["server"])) as worlds,
        started_playwright() as playwright,
        closing(playwright.chromium.launch(**browser_options(headed=False))) as browser,
    ):

        def open_browser(language: Language) -> BrowserContext:
            return browser.new_context(locale=LOCALES[language])

        purchase_to_login.play(Scenario(worlds.get(given["world"]), "en", open_browser))


if __name__ == "__main__":
    main()
