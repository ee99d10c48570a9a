"""Sellers that must conform: the example seller, over a real socket, and the built-in one."""

import re

import pytest
from click.testing import CliRunner

from mock_sites.cli import main
from mock_sites.huawei.conformance.model import CaseVerdict
from mock_sites.huawei.conformance.sealing import sealer
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.support.conforming import run
from mock_sites.tests.support.example import EXAMPLE, KEY, Example, example
from mock_sites.world.agreement import GUANCE_PUBLIC_KEY, PRODUCTION_ADDRESS, seller_keys
from mock_sites.world.world import World

__all__ = ["example"]


@pytest.mark.parametrize(("protocol", "counts"), [("v1", "falls short: 0"), ("v2", "note: 0, falls short: 0")])
def test_the_example_seller_conforms(example: Example, protocol: str, counts: str) -> None:
    result = CliRunner().invoke(main, ["conform", example.address, "--key", KEY, "--protocol", protocol, "--live"])

    assert result.exit_code == 0, result.output
    assert counts in result.stdout
    [done, required] = re.findall("([0-9]+) of ([0-9]+) cases pass there", result.stdout)[0]
    assert done == required


def test_the_example_seller_is_short_and_needs_no_other_file() -> None:
    source = EXAMPLE.read_text(encoding="utf-8")

    assert len(source.splitlines()) < 200
    assert "mock_sites" not in source


SEAL = sealer(GUANCE_PUBLIC_KEY.encode(), digest="sha256", mgf="sha256")


@pytest.mark.parametrize("live", [False, True])
@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_the_built_in_seller_conforms(dispatcher: Dispatcher, world: World, protocol: str, live: bool) -> None:  # noqa: FBT001
    address, keys = world.local(PRODUCTION_ADDRESS), seller_keys(world.seed)
    kit_key = keys.kit_key if protocol == "v2" else ""
    classes = {"key": keys.access_key, "kit_key": kit_key}

    results = run(dispatcher, protocol, address=address, **classes, live=live, encrypt=SEAL, now=world.clock.now)

    short = {result.case.name: result.got for result in results if result.verdict is CaseVerdict.FAILED}
    assert short == {}
