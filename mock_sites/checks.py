"""What a machine has of the things a run needs: one look each."""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from mock_sites import listening, packages
from mock_sites.browsers import VARIABLE, Chromium, candidates, playwright_build, start
from mock_sites.default_port import DEFAULT_PORT

_OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Finding:
    """What a look showed."""

    ok: bool
    detail: str


def python() -> Finding:
    """The version this runs on."""
    return Finding(sys.version_info >= _OLDEST_PYTHON, f"Python {platform.python_version()}")


def locked_packages() -> Finding:
    """What the lock names, in the version it names, whole."""
    lost = packages.problems()
    return Finding(not lost, "; ".join(lost) if lost else f"as {packages.LOCK.name} has them")


def headless_browser() -> Finding:
    """A browser that starts, with or without a window; those that were tried before it are named too."""
    return _first_that_starts(candidates(headed=False))


def windowed_browser() -> Finding:
    """A browser that starts and can show a window; those that were tried before it are named too."""
    return _first_that_starts(candidates(headed=True))


def _first_that_starts(browsers: list[Chromium]) -> Finding:
    told: list[str] = []
    for chromium in browsers:
        trial = start(chromium)
        where = f"{chromium.executable}, {chromium.source}"
        if trial.ok:
            return Finding(ok=True, detail="; ".join([f"{trial.words} ({where})", *told]))
        told.append(f"does not start: {trial.words} ({where})")
        if chromium.source == VARIABLE:  # nothing is tried in its place
            break
    return Finding(ok=False, detail="; ".join(told) or "none found")


def chinese_font() -> Finding:
    """A font with Chinese characters that browsers find."""
    if sys.platform == "darwin":
        return Finding(ok=True, detail="comes with macOS")
    if not shutil.which("fc-list"):
        return Finding(ok=False, detail="fontconfig is not installed")
    listed = subprocess.run(("fc-list", ":lang=zh", "family"), capture_output=True, text=True, check=False)
    families = sorted({line.split(",")[0] for line in listed.stdout.splitlines()})
    return Finding(bool(families), ", ".join(families[:2]) or "none found")


def display() -> Finding:
    """Somewhere to show a window."""
    if sys.platform == "darwin":
        return Finding(ok=True, detail="comes with macOS")
    name = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    return Finding(bool(name), name or "neither DISPLAY nor WAYLAND_DISPLAY is set")


def writable_folders() -> Finding:
    """The folder this runs in, for recordings, and the one for temporary files, for worlds and browsers."""
    named = os.environ.get("TMPDIR")
    folders = (Path.cwd(), Path(named or tempfile.gettempdir()))
    for folder in folders:
        try:
            tempfile.TemporaryFile(dir=folder).close()
        except OSError as error:
            # Python would take another folder in its place without a word; browsers do not.
            variable = "TMPDIR is " if named and folder == folders[1] else ""
            return Finding(ok=False, detail=f"{variable}{folder}: {error.strerror}")
    return Finding(ok=True, detail=", ".join(map(str, folders)))


def port() -> Finding:
    """The port the sites are served on unless another is asked for, on all loopback addresses."""
    try:
        opened = listening.listen("localhost", DEFAULT_PORT)
    except listening.ListeningError as error:
        return Finding(ok=False, detail=str(error))
    for each in opened:
        each.close()
    return Finding(ok=True, detail=f"free on {' and '.join(listening.loopback_addresses())}")


def git() -> Finding:
    """The program, on the path."""
    path = shutil.which("git")
    return Finding(path is not None, path or "not on PATH")


def ffmpeg() -> Finding:
    """Playwright's own encoder, without which it records no video."""
    found = playwright_build("ffmpeg")
    return Finding(found is not None, "Playwright's own" if found else "Playwright's own is not installed")
