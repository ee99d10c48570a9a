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
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.production_api import orders
from mock_sites.huawei.conformance.model import Verdict
from mock_sites.tests.conforming import KEY, complaints, run
from mock_sites.town import Town
from mock_sites.world.agreement import PRODUCTION_ADDRESS, seller_keys
from mock_sites.world.world import World

EXAMPLE = Path(__file__).parents[2] / "docs" / "example_seller.py"
TODAY = {"newInstance", "queryInstance", "releaseInstance"}
"""The operations of V2.0 that the built-in seller answers."""


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


@pytest.fixture
def _bought(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """The order query answers for every order."""

    def look_up(_world: World, order_id: str, order_line_id: str) -> Purchase:
        return Purchase(order_id, order_line_id, "0" * 32, "OFFI845592654693900288", "Guance SaaS Edition")

    monkeypatch.setattr(orders, "look_up", look_up)


@pytest.mark.usefixtures("_bought")
@pytest.mark.parametrize("protocol", ["v1", "v2"])
@pytest.mark.xfail(reason="the built-in seller does not answer V1.0, the kit and all operations of V2.0 yet")
def test_the_built_in_seller_conforms(town: Town, world: World, protocol: str) -> None:
    address, key = world.local(PRODUCTION_ADDRESS), seller_keys(world.seed).access_key

    assert complaints(run(town, protocol, address=address, key=key, now=world.clock.now)) == set()


@pytest.mark.usefixtures("_bought")
def test_the_built_in_seller_conforms_in_what_it_does(town: Town, world: World) -> None:
    address, key = world.local(PRODUCTION_ADDRESS), seller_keys(world.seed).access_key

    results = run(town, "v2", address=address, key=key, kit=False, now=world.clock.now)

    short = {result.case.operation for result in results if result.verdict is Verdict.FAILED}
    assert short.isdisjoint(TODAY)
