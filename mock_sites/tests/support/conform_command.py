"""``mock-sites conform``, run against a seller that is served for the test."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result
from werkzeug.serving import make_server

from mock_sites.cli import main
from mock_sites.tests.support.conforming import KEY

Serve = Callable[[Any], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves a WSGI app on a free port."""
    servers: list[tuple[Any, threading.Thread]] = []

    def start(app: Any) -> str:
        server = make_server("127.0.0.1", 0, app)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/produce"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def conform(address: str, *words: str, key: str = KEY) -> Result:
    """Run the cases of V2.0 against the seller at ``address``, without the joint-operation kit."""
    return CliRunner().invoke(
        main, ["conform", address, "--protocol", "v2", "--no-kit", *words], env={"MOCK_SITES_SELLER_KEY": key}
    )


def refused(result: Result) -> str:
    """The message on stderr. It is one line, and the exit code is 2."""
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    [line] = result.stderr.splitlines()
    return line
