"""Checks of a machine, one for each thing that a run needs."""

import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, Queue

from mock_sites.environment import packages
from mock_sites.environment.browsers import VARIABLE, Chromium, candidates, playwright_build, start
from mock_sites.http.host_names import LOCALHOST
from mock_sites.serving import listening
from mock_sites.serving.default_port import DEFAULT_PORT

_OLDEST_PYTHON = (3, 11)
_RESOLVER_SECONDS = 3


@dataclass(frozen=True)
class CheckResult:
    """Whether what was looked at will do, and what was found."""

    ok: bool
    detail: str


def python() -> CheckResult:
    """The version this runs on."""
    return CheckResult(sys.version_info >= _OLDEST_PYTHON, f"Python {platform.python_version()}")


def locked_packages() -> CheckResult:
    """All packages of the lock, or of the installed wheel, complete and in the right version."""
    lost = packages.problems()
    return CheckResult(not lost, "; ".join(lost) if lost else f"as {packages.expected_by()}")


def headless_browser() -> CheckResult:
    """A browser that starts, with or without a window. The ones that were tried before it are named too."""
    return _first_that_starts(candidates(headed=False))


def windowed_browser() -> CheckResult:
    """A browser that starts and can show a window. The ones that were tried before it are named too."""
    return _first_that_starts(candidates(headed=True))


def _first_that_starts(browsers: list[Chromium]) -> CheckResult:
    if not find_spec("playwright"):
        return CheckResult(ok=True, detail="not needed, as Playwright (the extra pytest) is not installed")
    failures: list[str] = []
    for chromium in browsers:
        trial = start(chromium)
        where = f"{chromium.executable}, {chromium.source}"
        if trial.ok:
            return CheckResult(ok=True, detail="; ".join([f"{trial.words} ({where})", *failures]))
        failures.append(f"does not start: {trial.words} ({where})")
        if chromium.source == VARIABLE:  # nothing is tried in its place
            break
    return CheckResult(ok=False, detail="; ".join(failures) or "none found")


def chinese_font() -> CheckResult:
    """A font with Chinese characters that browsers find."""
    if sys.platform == "darwin":
        return CheckResult(ok=True, detail="comes with macOS")
    if not shutil.which("fc-list"):
        return CheckResult(ok=False, detail="fontconfig is not installed")
    listed = subprocess.run(("fc-list", ":lang=zh", "family"), capture_output=True, text=True, check=False)
    families = sorted({line.split(",")[0] for line in listed.stdout.splitlines()})
    return CheckResult(bool(families), ", ".join(families[:2]) or "none found")


def display() -> CheckResult:
    """A display for windows."""
    if sys.platform == "darwin":
        return CheckResult(ok=True, detail="comes with macOS")
    name = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    return CheckResult(bool(name), name or "neither DISPLAY nor WAYLAND_DISPLAY is set")


def writable_folders() -> CheckResult:
    """The current folder, for recordings, and the folder for temporary files, for worlds and browsers."""
    named = os.environ.get("TMPDIR")
    folders = (Path.cwd(), Path(named or tempfile.gettempdir()))
    for folder in folders:
        try:
            tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            # Python would use another folder without a message; browsers do not.
            variable = "TMPDIR is " if named and folder == folders[1] else ""
            return CheckResult(ok=False, detail=f"{variable}{folder}: {error.strerror}")
    return CheckResult(ok=True, detail=", ".join(map(str, folders)))


def port() -> CheckResult:
    """The port the sites are served on unless another is asked for, on all loopback addresses."""
    try:
        opened = listening.listen("localhost", DEFAULT_PORT)
    except listening.ListeningError as error:
        return CheckResult(ok=False, detail=str(error))
    for each in opened:
        each.close()
    return CheckResult(ok=True, detail=f"free on {' and '.join(listening.loopback_addresses())}")


def host_names() -> CheckResult:
    """Whether programs other than browsers find the host names of the sites, by the resolver of this machine."""
    name = f"macroverse.huaweicloud.com.{os.environ.get('MOCK_SITES_DOMAIN') or LOCALHOST}"
    found = _resolved(name)
    elsewhere = [address for address in found if not listening.is_loopback(address)]
    if elsewhere:
        return CheckResult(ok=False, detail=f"{name} leads to {', '.join(elsewhere)}, which is not this machine")
    return CheckResult(bool(found), f"{name} leads to {', '.join(found)}" if found else f"{name} is not found")


def _resolved(name: str) -> list[str]:
    """The addresses of a host name. None if there is no answer within the time limit, as without a name server."""
    answers: Queue[list[str]] = Queue()

    def ask() -> None:
        try:
            known = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
        except OSError:
            known = []
        answers.put(list(dict.fromkeys(str(each[4][0]) for each in known)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        return answers.get(timeout=_RESOLVER_SECONDS)
    except Empty:
        return []


def git() -> CheckResult:
    """The program, on the path."""
    path = shutil.which("git")
    return CheckResult(path is not None, path or "not on PATH")


def ffmpeg() -> CheckResult:
    """Playwright's own encoder, without which it records no video."""
    found = playwright_build("ffmpeg")
    return CheckResult(found is not None, "Playwright's own" if found else "Playwright's own is not installed")
