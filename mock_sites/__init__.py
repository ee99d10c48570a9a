"""Mock sites of a cloud marketplace and of a seller on it, for browser tests and demos.

This is the public entry: serve the sites, and reach them from Python and by a browser of this machine. What it names
is loaded when it is first used, so that the command line answers at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mock_sites.browsers import Chromium, LaunchOptions, find_chromium, launch_options
    from mock_sites.cli.common import Commands, Problem
    from mock_sites.default_port import DEFAULT_PORT
    from mock_sites.http_clients import LoopbackTransport
    from mock_sites.loopback import ServerGoneError, loopback_client
    from mock_sites.program import run_program
    from mock_sites.server import Server, ServerError
    from mock_sites.signals import orderly_interruption
    from mock_sites.temporary import temporary_folder

__all__ = [
    "DEFAULT_PORT",
    "Chromium",
    "Commands",
    "LaunchOptions",
    "LoopbackTransport",
    "Problem",
    "Server",
    "ServerError",
    "ServerGoneError",
    "find_chromium",
    "launch_options",
    "loopback_client",
    "orderly_interruption",
    "run_program",
    "temporary_folder",
]


_HOMES = {
    "Chromium": "browsers",
    "LaunchOptions": "browsers",
    "LoopbackTransport": "http_clients",
    "ServerGoneError": "loopback",
    "Commands": "cli.common",
    "DEFAULT_PORT": "default_port",
    "Problem": "cli.common",
    "find_chromium": "browsers",
    "launch_options": "browsers",
    "loopback_client": "loopback",
    "orderly_interruption": "signals",
    "run_program": "program",
    "temporary_folder": "temporary",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"mock_sites.{_HOMES.get(name, 'server')}"), name)
