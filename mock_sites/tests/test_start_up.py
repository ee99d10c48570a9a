"""What a server loads before it answers: little, as every run of tests waits for it."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import mock_sites

SELDOM_NEEDED: Final = {
    "apiflask": "the interfaces for programs",
    "authlib": "unified login",
    "mock_sites.guance.console": "the pages of a site",
    "mock_sites.huawei.conformance": "`mock-sites conform`",
    "mock_sites.huawei.marketplace": "the pages of a site",
}
"""Modules, with what they are for."""


def test_the_pages_of_a_site_are_loaded_when_it_is_first_visited_and_kept_from_the_garbage_collector() -> None:
    code = (
        "import gc, sys\n"
        "from mock_sites import Server\n"
        "with Server(port=0) as server:\n"
        "    server.worlds.make('main')\n"
        f"print(*(name for name in {sorted(SELDOM_NEEDED)} if name in sys.modules))\n"
        "print(gc.get_freeze_count() > 100_000 and gc.isenabled())\n"
        f"print(*(name for name in {_modules_with_tables()} if name not in sys.modules))"
    )
    output = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert output.splitlines() == ["", "True", ""]


def _modules_with_tables() -> list[str]:
    """The modules that a world needs to have all its tables."""
    root = Path(mock_sites.__file__).parent
    paths = [path for folder in ("huawei", "guance") for path in (root / folder).rglob("*.py")]
    declaring = [path for path in paths if "__tablename__ =" in path.read_text(encoding="utf-8")]
    return sorted(".".join(path.relative_to(root.parent).with_suffix("").parts) for path in declaring)


def test_the_command_keeps_what_it_loads_from_the_garbage_collector_too() -> None:
    code = (
        "import gc, sys\n"
        "from contextlib import contextmanager\n"
        "from mock_sites.cli import main\n"
        "from mock_sites.process import signals\n"
        "@contextmanager\n"
        "def stop_at_once():\n"
        "    yield lambda: print(gc.get_freeze_count() > 100_000 and gc.isenabled())\n"
        "signals.stop_signals = stop_at_once\n"
        "main(['serve', '--port', '0'])"
    )
    output = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert output.splitlines()[-2:] == ["True", "Stopped."]


def test_pages_that_are_loaded_later_are_kept_from_it_as_well() -> None:
    code = (
        "import gc\n"
        "from mock_sites import Server\n"
        "from mock_sites.huawei import sites\n"
        "with Server(port=0):\n"
        "    before = gc.get_freeze_count()\n"
        "    sites()[0].load()\n"
        "    print(gc.get_freeze_count() > before + 1_000)"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "True\n"
