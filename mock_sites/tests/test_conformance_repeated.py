"""Conformance runs one after the other against a seller that stores its orders for good."""

import re

import pytest

from mock_sites.tests.support.conform_command import Serve, conform, serve
from mock_sites.tests.support.conforming import KEY, complaints, report, run
from mock_sites.tests.support.wrong_seller import Fields, WrongSeller

__all__ = ["serve"]


class Storing(WrongSeller):
    """Knows each order for good, by its id and its line, also after its instance was released."""

    def __init__(self) -> None:
        """Nothing is stored yet."""
        super().__init__(KEY)
        self.stored: dict[tuple[str, str], str] = {}
        self.lines: list[str] = []

    def create(self, fields: Fields) -> Fields:
        """The instance of the order, which may have been released."""
        order = (fields.get("orderId", ""), fields.get("orderLineId", ""))
        self.lines.append(order[1])
        if order in self.stored:
            return {"instanceId": self.stored[order]}
        made = super().create(fields)
        self.stored[order] = made["instanceId"]
        return made

    def operate(self, fields: Fields) -> Fields:
        """An instance that is released is gone."""
        answer = super().operate(fields)
        if fields.get("activity") == "releaseInstance":
            self.instances.discard(fields["instanceId"])
        return answer


@pytest.mark.parametrize("protocol", ["v1", "v2"])
@pytest.mark.parametrize("live", [False, True], ids=["debug", "live"])
def test_a_second_run_has_other_ids_and_a_repeated_one_the_same(protocol: str, *, live: bool) -> None:
    seller = Storing()

    for seed in ("first", "second"):
        assert complaints(run(seller, protocol, live=live, kit=False, seed=seed)) == set()
    repeated = run(seller, protocol, live=live, kit=False, seed="first")
    assert complaints(repeated) == {"forgets-instance"}
    [(sentence, _cases)] = report(repeated, protocol).to_fix.values()
    assert "un without --seed" in sentence


def test_lines_of_orders_have_the_form_of_the_documents() -> None:
    seller = Storing()
    run(seller, "v2", kit=False)

    assert all(re.fullmatch("MOCK[A-Z]+-[0-9]{6}", line) for line in seller.lines)


def test_the_command_has_other_ids_each_time_and_prints_how_to_repeat_them(serve: Serve) -> None:
    seller = Storing()
    address = serve(seller)

    first, second = conform(address), conform(address)
    assert (first.exit_code, second.exit_code) == (0, 0), second.output
    seeds = [re.findall("--seed ([0-9a-f]{8})", one.stdout) for one in (first, second)]
    assert len({*map(str, seeds)}) == 2
    seller.lines.clear()
    conform(address, "--seed", seeds[0][0])
    assert seller.lines[0] == next(iter(seller.stored))[1]
