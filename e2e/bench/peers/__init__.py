"""The tools that play the main journey, as people set them up: they are found, never installed."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

SELENIUM: Final = "Selenium"

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True)
class Peer:
    """A tool, and how it plays the journey."""

    name: str
    version: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict[str, str])


def find_peers() -> tuple[list[Peer], dict[str, str]]:
    """The tools on this machine, this project's harness first, and those that are not, each with the reason."""
    playwright = f"Playwright {version('playwright')} for Python"
    found = [
        Peer("Harness", playwright, [sys.executable, "-m", f"{__name__}.harness"]),
        Peer("Playwright script", playwright, [sys.executable, str(_HERE / "playwright_script.py")]),
    ]
    skipped = dict[str, str]()
    for name, find in (("Playwright Test", _find_playwright_test), (SELENIUM, _find_selenium)):
        peer = find(name)
        if isinstance(peer, Peer):
            found.append(peer)
        else:
            skipped[name] = peer
    return found, skipped


def _find_playwright_test(name: str) -> Peer | str:
    """Playwright Test for Node, or the reason why it is not there."""
    node = shutil.which("node")
    if node is None:
        return "node is not on the path."
    folders = [*filter(None, os.environ.get("NODE_PATH", "").split(os.pathsep)), "node_modules"]
    for folder in map(Path, folders):
        package = folder.absolute() / "@playwright" / "test"
        if (package / "cli.js").exists():
            known = json.loads((package / "package.json").read_text())["version"]
            command = [node, str(package / "cli.js"), "test", "--config", str(_HERE / "playwright.config.js")]
            return Peer(
                name, f"{known}, Node {_ask(node, '--version')}", command, {"NODE_PATH": str(folder.absolute())}
            )
    return "@playwright/test is neither in NODE_PATH nor in node_modules here; npm install @playwright/test brings it."


def _find_selenium(name: str) -> Peer | str:
    """Selenium for Python, or the reason why it is not there."""
    chromedriver = shutil.which("chromedriver")
    if chromedriver is None:
        return "chromedriver is not on the path; on Debian and Ubuntu apt-get install chromium-driver brings it."
    try:
        known = version("selenium")
    except PackageNotFoundError:
        return "selenium is not installed; .venv/bin/pip install selenium brings it."
    script = str(_HERE / "selenium_script.py")
    return Peer(
        name, f"{known}, {_ask(chromedriver, '--version')}", [sys.executable, script], {"CHROMEDRIVER": chromedriver}
    )


def _ask(program: str, option: str) -> str:
    words = subprocess.check_output([program, option], text=True).split()
    return " ".join(word for word in words if not word.startswith("("))
