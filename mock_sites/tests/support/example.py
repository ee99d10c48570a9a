"""The example seller, docs/example_seller.py, on a socket of this machine."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from werkzeug.serving import make_server

EXAMPLE = Path(__file__).parents[3] / "docs" / "example_seller.py"
KEY = "mock-access-key"


@dataclass(frozen=True)
class Example:
    """Its address, and its instances by their ids."""

    address: str
    instances: dict[str, str]


@pytest.fixture(scope="module")
def example() -> Iterator[Example]:
    """The example seller."""
    module: dict[str, Any] = run_path(str(EXAMPLE))
    server = make_server("127.0.0.1", 0, module["create_app"](KEY))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005})
    thread.start()
    yield Example(f"http://127.0.0.1:{server.server_port}", module["INSTANCES"])
    server.shutdown()
    thread.join()
    server.server_close()
