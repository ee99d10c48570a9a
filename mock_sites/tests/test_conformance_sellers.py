"""Sellers that have to conform: the example for beginners, over a real socket, and the built-in one."""

import importlib.util
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from werkzeug.serving import make_server

from mock_sites.cli import main
from mock_sites.huawei.conformance.model import Verdict
from mock_sites.huawei.conformance.sealing import sealer
from mock_sites.tests.conforming import KEY, run
from mock_sites.town import Town
from mock_sites.world.agreement import GUANCE_PUBLIC_KEY, PRODUCTION_ADDRESS, seller_keys
from mock_sites.world.world import World

EXAMPLE = Path(__file__).parents[2] / "docs" / "example_seller.py"


@pytest.fixture(scope="module")
def example() -> Iterator[str]:
    """Where the example seller answers."""
    spec = importlib.util.spec_from_file_location("example_seller", EXAMPLE)
    assert spec
    assert spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = make_server("127.0.0.1", 0, module.create_app(KEY))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("protocol", "counts"), [("v1", "falls short: 0"), ("v2", "note: 0, falls short: 0")])
def test_the_example_seller_conforms(example: str, protocol: str, counts: str) -> None:
    result = CliRunner().invoke(main, ["conform", example, "--key", KEY, "--protocol", protocol, "--live"])

    assert result.exit_code == 0, result.output
    assert f"{counts}, not run: 0" in result.stdout


def test_the_example_seller_is_short_and_stands_alone() -> None:
    source = EXAMPLE.read_text(encoding="utf-8")

    assert len(source.splitlines()) < 150
    assert "mock_sites" not in source


SEAL = sealer(GUANCE_PUBLIC_KEY.encode(), digest="sha256", mgf="sha256")


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_the_built_in_seller_conforms(town: Town, world: World, protocol: str, live: bool) -> None:  # noqa: FBT001
    address, key = world.local(PRODUCTION_ADDRESS), seller_keys(world.seed).access_key

    results = run(town, protocol, address=address, key=key, live=live, encrypt=SEAL, now=world.clock.now)

    short = {result.case.name: result.got for result in results if result.verdict in {Verdict.FAILED, Verdict.SKIPPED}}
    assert short == {}
