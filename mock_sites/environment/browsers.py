"""Which Chromium to start, and how.

In this order: the one named by ``MOCK_SITES_CHROMIUM``, Playwright's own build, one that is already on the machine.
Some executables exist but do not start, such as the placeholder of a package that was never installed. So each browser
is asked for its version, unless it is the only one. That takes about 50 milliseconds and no driver of Playwright.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TypedDict

from mock_sites.http.host_names import LOCALHOST

VARIABLE = "MOCK_SITES_CHROMIUM"

# Inside Playwright's registry: the folder of a browser, then its executable on Linux and macOS.
_PLAYWRIGHT_BUILDS = {
    "chromium-headless-shell": ("chrome-headless-shell-*/chrome-headless-shell",),
    "chromium": ("chrome-linux*/chrome", "chrome-mac*/*.app/Contents/MacOS/*"),
    "ffmpeg": ("ffmpeg-linux", "ffmpeg-mac"),
}
_HEADLESS_COMMANDS = ("chromium-headless-shell", "chrome-headless-shell")
_COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_APPLICATIONS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
)

# Switches that Playwright does not set itself. No request may leave the machine: foreign names do not
# resolve, and no proxy is used. (The headless shell does not know --no-proxy-server.)
_HERE_ONLY = "MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]"
_DIRECT = ("--proxy-server=direct://", "--disable-quic")

# Chromium takes the last of several such switches, so the features that Playwright 1.65 disables are named again.
# RenderDocument makes a new frame for every page, which costs a third of the time that a page needs in the browser.
_DISABLED_FEATURES = (
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "RenderDocument",
    "ThirdPartyStoragePartitioning",
)


@dataclass(frozen=True)
class Chromium:
    """One browser on this machine."""

    executable: Path
    headless_shell: bool
    """Whether it is the small build that cannot show a window."""
    source: str
    """Where it was found, as text."""


@dataclass(frozen=True)
class Trial:
    """The result of starting a browser."""

    ok: bool
    words: str
    """Its version, or why it does not start."""


class LaunchOptions(TypedDict):
    """Keyword arguments of Playwright's ``browser_type.launch``."""

    executable_path: Path
    headless: bool
    chromium_sandbox: bool
    env: dict[str, str | float | bool]
    handle_sigint: bool
    handle_sigterm: bool
    handle_sighup: bool
    args: list[str]


def find_chromium(*, headed: bool) -> Chromium | None:
    """The first suitable browser that starts. Without a window, the headless shell is preferred.

    A path in ``MOCK_SITES_CHROMIUM`` is used without a check, so that a wrong path gives an error at the start. If no
    browser starts, the first one is returned for the same reason.
    """
    found = candidates(headed=headed)
    if len(found) > 1 and found[0].source != VARIABLE:
        return next((chromium for chromium in found if _first_trial(chromium).ok), found[0])
    return found[0] if found else None


def candidates(*, headed: bool) -> list[Chromium]:
    """The suitable browsers, the preferred one first."""
    return [chromium for chromium in _ladder() if not (headed and chromium.headless_shell)]


def start(chromium: Chromium) -> Trial:
    """Ask a browser for its version: that loads the libraries it needs, and shows which are missing."""
    try:
        asked = subprocess.run(
            (chromium.executable, "--version"),
            capture_output=True,
            text=True,
            errors="replace",
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Trial(ok=False, words=str(error))
    if asked.returncode:
        complaint = asked.stderr.strip().splitlines() or [f"exit code {asked.returncode}"]
        return Trial(ok=False, words=complaint[-1])
    return Trial(ok=True, words=asked.stdout.strip())


_first_trial = cache(start)
"""As ``start``, but each browser is only started once in this process."""


def launch_options(chromium: Chromium, *, headed: bool, domain: str = LOCALHOST) -> LaunchOptions:
    """Playwright's options to start this browser without access to other machines.

    All names below ``domain`` are this machine.
    """
    rules = _HERE_ONLY if domain == LOCALHOST else f"MAP *.{domain} 127.0.0.1, {_HERE_ONLY}"
    return LaunchOptions(
        executable_path=chromium.executable,
        headless=not headed,
        # The sandbox needs rights that root, containers and some distributions do not give, and
        # the browser only opens pages of this machine.
        chromium_sandbox=False,
        # The variables of this process, whatever those of Playwright's driver are, and Python's folder for temporary
        # files: where TMPDIR names none that can be used, Python takes another one, and browsers do not start.
        env={**os.environ, "TMPDIR": tempfile.gettempdir()},
        # On a signal, the program that started the browser closes it. Else the browser would close while it is in use.
        handle_sigint=False,
        handle_sigterm=False,
        handle_sighup=False,
        args=[f"--host-resolver-rules={rules}", *_DIRECT, f"--disable-features={','.join(_DISABLED_FEATURES)}"],
    )


def playwright_build(name: str) -> Path | None:
    """The executable that ``playwright install NAME`` installs, if it is there.

    The names: chromium-headless-shell, chromium, ffmpeg.
    """
    driver = _driver()
    if driver is None:
        return None
    folder = _registry(driver) / f"{name.replace('-', '_')}-{_revisions(driver).get(name)}"
    found = chain.from_iterable(folder.glob(pattern) for pattern in _PLAYWRIGHT_BUILDS[name])
    return next(found, None)


def _ladder() -> Iterator[Chromium]:
    named = os.environ.get(VARIABLE)
    if named:
        path = Path(shutil.which(named) or named)
        yield Chromium(path, headless_shell="headless" in path.name, source=VARIABLE)
    for name in ("chromium-headless-shell", "chromium"):
        path = playwright_build(name)
        if path:
            yield Chromium(path, headless_shell=name != "chromium", source="Playwright's own build")
    for path in _installed(_HEADLESS_COMMANDS):
        yield Chromium(path, headless_shell=True, source="installed on this machine")
    for path in chain(_installed(_COMMANDS), _mac_applications()):
        yield Chromium(path, headless_shell=False, source="installed on this machine")


def _installed(commands: tuple[str, ...]) -> Iterator[Path]:
    return (Path(path) for path in map(shutil.which, commands) if path)


def _mac_applications() -> Iterator[Path]:
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            yield from filter(Path.exists, (folder / application for application in _APPLICATIONS))


@cache
def _driver() -> Path | None:
    spec = find_spec("playwright")
    driver = Path(spec.origin).parent / "driver" / "package" if spec and spec.origin else None
    return driver if driver and driver.exists() else None


@cache
def _revisions(driver: Path) -> dict[str, str]:
    listed = json.loads((driver / "browsers.json").read_bytes())
    return {browser["name"]: browser["revision"] for browser in listed["browsers"]}


def _registry(driver: Path) -> Path:
    """Playwright's folder of browsers, by the rules of its driver."""
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if chosen == "0":
        return driver / ".local-browsers"
    if chosen:
        return Path(chosen).absolute()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ms-playwright"
