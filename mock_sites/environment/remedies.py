"""Installs what a machine lacks: first by Playwright's own download, then by the system's packages."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mock_sites.environment.browsers import VARIABLE, playwright_build

_SET_UP = Path(__file__).parents[2] / ".ci" / "setup"

_DOWNLOAD_SECONDS = 300
_PACKAGES_SECONDS = 900
# Short, for networks that drop packets instead of refusing them.
_CONNECT_SECONDS = 5

_APT_GET = (
    "env",
    "DEBIAN_FRONTEND=noninteractive",
    "apt-get",
    "-o=DPkg::Lock::Timeout=60",
    f"-o=Acquire::http::Timeout={_CONNECT_SECONDS}",
    f"-o=Acquire::https::Timeout={_CONNECT_SECONDS}",
)


@dataclass(frozen=True)
class RemedyStep:
    """One command that may repair something."""

    says: str
    """What it does, as a text for the person who waits."""
    command: tuple[str, ...]
    seconds: int
    """Seconds after which it is stopped."""


@dataclass(frozen=True)
class _Manager:
    """A package manager, and its names for the things we need. Of several names, the first that exists is enough."""

    command: str
    install: tuple[str, ...]
    refresh: tuple[str, ...] | None
    """Fetches the list of packages, if installing does not do it."""
    as_root: bool
    headless: tuple[str, ...]
    windowed: tuple[str, ...]
    font: tuple[str, ...]


_MANAGERS = (
    _Manager(
        command="apt-get",
        install=(*_APT_GET, "install", "--yes", "--no-install-recommends"),
        refresh=(*_APT_GET, "update"),
        as_root=True,
        headless=("chromium-headless-shell", "chromium"),
        windowed=("chromium",),
        font=("fonts-noto-cjk",),
    ),
    _Manager(
        command="dnf",
        install=("dnf", "install", "--assumeyes"),
        refresh=None,
        as_root=True,
        headless=("chromium",),
        windowed=("chromium",),
        font=("google-noto-sans-cjk-fonts",),
    ),
    _Manager(
        command="pacman",
        install=("pacman", "--sync", "--noconfirm", "--needed"),
        refresh=None,
        as_root=True,
        headless=("chromium",),
        windowed=("chromium",),
        font=("noto-fonts-cjk",),
    ),
    _Manager(
        command="brew",
        install=("brew", "install", "--cask"),
        refresh=None,
        as_root=False,
        headless=("chromium",),
        windowed=("chromium",),
        font=("font-noto-sans-cjk",),
    ),
)


def locked_packages() -> Iterator[RemedyStep]:
    """The tool that made the environment makes it again."""
    if _SET_UP.exists():
        yield RemedyStep(".ci/setup", (str(_SET_UP),), _PACKAGES_SECONDS)


def headless_browser() -> Iterator[RemedyStep]:
    """Ways to a browser without a window."""
    manager = _manager()
    yield from _browser("chromium-headless-shell", _packages(manager, manager.headless) if manager else ())


def windowed_browser() -> Iterator[RemedyStep]:
    """Ways to a browser with a window."""
    manager = _manager()
    yield from _browser("chromium", _packages(manager, manager.windowed) if manager else ())


def chinese_font() -> Iterator[RemedyStep]:
    """Ways to a font with Chinese characters."""
    manager = _manager()
    if manager:
        yield from _packages(manager, manager.font)


def take(step: RemedyStep) -> str | None:
    """Run the step's command to its end. Return what went wrong in one line, or an empty text."""
    with subprocess.Popen(
        step.command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env={"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": str(_CONNECT_SECONDS * 1000), **os.environ},
        # A process group of its own, so that a download which the command started ends with it.
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(timeout=step.seconds)
        except subprocess.TimeoutExpired:
            return f"no end after {step.seconds} seconds"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
    return _complaint(output) if process.returncode else None


def _browser(build: str, packages: Iterable[RemedyStep]) -> Iterator[RemedyStep]:
    if os.environ.get(VARIABLE):
        # It has priority over anything that would be installed.
        return
    playwright = (sys.executable, "-m", "playwright")
    if not playwright_build(build):
        yield RemedyStep(f"playwright install {build}", (*playwright, "install", build), _DOWNLOAD_SECONDS)
    # The download is the browser alone. On a minimal Linux the libraries that it needs are missing.
    root = _root()
    if playwright_build(build) and root is not None and shutil.which("apt-get"):
        command = (*root, *playwright, "install-deps", build)
        yield RemedyStep(f"playwright install-deps {build}", command, _PACKAGES_SECONDS)
    yield from packages


def _packages(manager: _Manager, names: tuple[str, ...]) -> Iterator[RemedyStep]:
    """Each name in turn, first with the list of packages as it is, then with a new one."""
    root = _root() if manager.as_root else ()
    if root is None:
        return
    installs = [
        RemedyStep(f"{manager.command} install {name}", (*root, *manager.install, name), _PACKAGES_SECONDS)
        for name in names
    ]
    yield from installs
    if manager.refresh:
        yield RemedyStep(f"{manager.command} update", (*root, *manager.refresh), _PACKAGES_SECONDS)
        yield from installs


def _manager() -> _Manager | None:
    return next((manager for manager in _MANAGERS if shutil.which(manager.command)), None)


def _root() -> tuple[str, ...] | None:
    """The prefix of a command that needs root's rights. None if they need a password."""
    if os.geteuid() == 0:
        return ()
    if (
        shutil.which("sudo")
        and subprocess.run(("sudo", "-n", "true"), capture_output=True, check=False).returncode == 0
    ):
        return ("sudo", "-n")
    return None


def _complaint(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = (line for line in lines if line.startswith(("E:", "Error:", "error:")))
    return next(errors, lines[-1] if lines else "no reason given")
