"""What a server loads before it answers: little, as every run of tests waits for it."""

import subprocess
import sys
from typing import Final

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
        "print(gc.get_freeze_count() > 100_000 and gc.isenabled())"
    )
    output = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert output.splitlines() == ["", "True"]
