"""A test that leaves the process changed which it shares with all others fails, and says what it changed."""

import gc
import logging
import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from fixtures.inner_runs import ROOT, run_pytest
from fixtures.shared_process import changes, look

Do = Callable[[], Any]
LOG: Final = logging.getLogger("shared-process")
LIMIT: Final = resource.getrlimit(resource.RLIMIT_FSIZE)
UMASK: Final = os.umask(0)
os.umask(UMASK)


def _forget_filter() -> None:
    del warnings.filters[0]  # pyright: ignore[reportIndexIssue, reportUnknownMemberType] - it is a list


CHANGES: Final[list[tuple[Do, Do, str]]] = [
    (lambda: os.environ.update(MOON="1"), lambda: os.environ.pop("MOON"), "environment variable MOON was added"),
    (lambda: os.chdir("/"), lambda: os.chdir(ROOT), "setting current directory was changed"),
    (lambda: os.umask(0o777), lambda: os.umask(UMASK), "setting umask was changed"),
    (lambda: sys.path.append("moon"), lambda: sys.path.remove("moon"), "setting sys.path was changed"),
    (
        lambda: setattr(sys, "stderr", None),
        lambda: setattr(sys, "stderr", sys.__stderr__),
        "setting sys.stderr was changed",
    ),
    (gc.disable, gc.enable, "setting garbage collection was changed"),
    (lambda: warnings.simplefilter("ignore"), _forget_filter, "setting warnings filters was changed"),
    (lambda: setattr(LOG, "disabled", True), lambda: setattr(LOG, "disabled", False), f"logger {LOG.name} was changed"),
    (
        lambda: logging.disable(logging.ERROR),
        lambda: logging.disable(logging.NOTSET),
        "setting logging.disable was changed",
    ),
    (
        lambda: signal.signal(signal.SIGUSR1, signal.SIG_IGN),
        lambda: signal.signal(signal.SIGUSR1, signal.SIG_DFL),
        "signal handler SIGUSR1 was changed",
    ),
    (
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2**40, LIMIT[1])),
        lambda: resource.setrlimit(resource.RLIMIT_FSIZE, LIMIT),
        "resource limit RLIMIT_FSIZE was changed",
    ),
]

TESTS: Final = """
import importlib, os, sys, this

def test_clean():
    os.environ["MOON"] = "1"
    del os.environ["MOON"]
    import colorsys

def test_replaces():
    sys.modules["this"] = sys

def test_imports_and_removes(monkeypatch):
    import xml.dom.minidom
    for name in [name for name in sys.modules if name.startswith("xml")]:
        del sys.modules[name]

def test_after():
    import xml.dom.minidom
"""


@pytest.mark.parametrize(("change", "undo", "change_text"), CHANGES, ids=[text for *_, text in CHANGES])
def test_what_a_test_changes_is_noticed(change: Do, undo: Do, change_text: str) -> None:
    before = look()

    change()
    after = look()
    undo()

    assert changes(before, after) == [change_text]


def test_a_test_that_changes_the_process_fails_and_the_next_one_does_not(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")

    alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    code, output = run_pytest(tmp_path, "-p", "fixtures.shared_process", environment=alone)

    assert code == pytest.ExitCode.TESTS_FAILED
    assert "4 passed, 2 errors" in output
    assert "ERROR at teardown of test_replaces" in output
    assert "module this was changed." in output
    assert "ERROR at teardown of test_imports_and_removes" in output
    assert "module xml.dom was imported and removed" in output
