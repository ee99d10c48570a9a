"""Mock sites of a cloud marketplace and of a seller on it, for browser tests and demos.

This is the public entry: serve the sites, and reach them from Python and by a browser of this machine. What it names
is loaded when it is first used, so that the command line answers at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mock_sites.process.imports import lasting_imports

if TYPE_CHECKING:
    from mock_sites.cli.common import Commands, Problem, ask_to_replace, yes_option
    from mock_sites.environment.browsers import Chromium, LaunchOptions, find_chromium, launch_options
    from mock_sites.environment.launching import BrowserError, browser_options, has_display, is_debugged
    from mock_sites.http.clients import LoopbackTransport
    from mock_sites.http.loopback import ServerGoneError, loopback_client
    from mock_sites.process.printing import console_for, folding_table
    from mock_sites.process.program import run_program
    from mock_sites.process.signals import orderly_interruption
    from mock_sites.process.temporary import temporary_folder
    from mock_sites.process.whole_files import write_whole
    from mock_sites.serving.default_port import DEFAULT_PORT
    from mock_sites.serving.server import Server, ServerError
    from mock_sites.world.hashes import cheap_hashes

__all__ = [
    "DEFAULT_PORT",
    "BrowserError",
    "Chromium",
    "Commands",
    "LaunchOptions",
    "LoopbackTransport",
    "Problem",
    "Server",
    "ServerError",
    "ServerGoneError",
    "ask_to_replace",
    "browser_options",
    "cheap_hashes",
    "console_for",
    "find_chromium",
    "folding_table",
    "has_display",
    "is_debugged",
    "launch_options",
    "loopback_client",
    "orderly_interruption",
    "run_program",
    "temporary_folder",
    "write_whole",
    "yes_option",
]


_HOMES = {
    "BrowserError": "environment.launching",
    "Chromium": "environment.browsers",
    "LaunchOptions": "environment.browsers",
    "find_chromium": "environment.browsers",
    "launch_options": "environment.browsers",
    "browser_options": "environment.launching",
    "has_display": "environment.launching",
    "is_debugged": "environment.launching",
    "LoopbackTransport": "http.clients",
    "ServerGoneError": "http.loopback",
    "loopback_client": "http.loopback",
    "Commands": "cli.common",
    "Problem": "cli.common",
    "ask_to_replace": "cli.common",
    "yes_option": "cli.common",
    "DEFAULT_PORT": "serving.default_port",
    "console_for": "process.printing",
    "folding_table": "process.printing",
    "orderly_interruption": "process.signals",
    "run_program": "process.program",
    "temporary_folder": "process.temporary",
    "write_whole": "process.whole_files",
    "cheap_hashes": "world.hashes",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    with lasting_imports():
        home = import_module(f"mock_sites.{_HOMES.get(name, 'serving.server')}")
    return getattr(home, name)
