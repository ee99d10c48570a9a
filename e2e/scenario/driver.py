"""Starts Playwright so that its processes and files do not stay when this process ends."""

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Final

from playwright.sync_api import Playwright, sync_playwright  # noqa: TID251 - what everything else uses is made of it

from mock_sites import temporary_folder

_OUTLIVE_SIGNALS: Final = "--import=data:text/javascript,['SIGTERM','SIGHUP'].forEach(name=>process.on(name,()=>{}))"
"""Terminals and process managers send a signal to every process of a group. Playwright's driver, a Node program, waits
for its client after SIGINT only; after the others too, the client can still close its browsers."""

_RESOLVE_LOOPBACK: Final = (
    "--import=data:text/javascript,import%20dns%20from'node:dns/promises';const{lookup}=dns;"
    "dns.lookup=(name,...options)=>lookup(name.endsWith('.localhost')?'localhost':name,...options)"
)
"""The driver asks the sites in the name of a browser elsewhere. Names that end with .localhost are this machine's
(RFC 6761), but the system's resolver does not know them everywhere."""


@contextmanager
def started_playwright() -> Generator[Playwright]:
    """Playwright's API, with a driver that ends when its client asks for it or ends itself."""
    with temporary_folder() as scratch:
        options = f"{os.environ.get('NODE_OPTIONS', '')} {_OUTLIVE_SIGNALS} {_RESOLVE_LOOPBACK}".strip()
        manager = sync_playwright()
        with _environment({"TMPDIR": str(scratch), "NODE_OPTIONS": options}):
            playwright = manager.start()
        try:
            yield playwright
        finally:
            playwright.stop()


@contextmanager
def _environment(variables: Mapping[str, str]) -> Generator[None]:
    """Within the block, processes are started with these variables."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
