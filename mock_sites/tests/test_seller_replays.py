"""A replay of many cases ends soon, whatever the seller does. The next one continues where it ended."""

from itertools import count

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.seller_center import cases, sending
from mock_sites.tests.support.gateway import ReceivedRequest, drive, log_of, seller
from mock_sites.world.world import World

QUERY = {"instanceId": "i", "testFlag": "1"}


def save(world: World, content_id: str) -> int:
    """Call the seller of a product and save the call as a case."""
    number = sending.by_hand(world, content_id, "queryInstance", QUERY)
    with world.uow("huawei", write=True) as uow:
        cases.save(uow, number)
    return number


def test_a_seller_that_is_silent_is_called_once_and_the_others_are_replayed(world: World) -> None:
    with seller(lambda _: None) as address:
        drive(world, address, product=catalogue.PLAN_CONTENT)
        silent = [save(world, catalogue.PLAN_CONTENT) for _ in range(3)]
    other = save(world, catalogue.GUANCE_CONTENT)

    replay = cases.replay(world)

    assert replay.left_out == silent
    sent = [call.repeats for call in log_of(world, origin="replay")]
    assert sent == [silent[0], other, other]
    assert world.journal(kind="huawei.seller.cases-replayed")[-1].details["left_out"] == silent


def test_a_slow_seller_is_called_for_half_a_minute_and_the_next_replay_goes_on(world: World) -> None:
    numbers = [save(world, catalogue.GUANCE_CONTENT) for _ in range(3)]
    replay = cases.replay(world, clock=count(0, 10).__next__)
    assert replay.left_out == numbers
    assert [call.repeats for call in log_of(world, origin="replay")] == numbers[:2]

    again = cases.replay(world, clock=count(0, 10).__next__)
    assert again.left_out == numbers
    assert [call.repeats for call in log_of(world, origin="replay")][2:] == [numbers[2], numbers[0]]

    assert cases.replay(world).left_out == []


def test_an_answer_that_is_wrong_is_an_answer(world: World) -> None:
    def angry(received: ReceivedRequest) -> None:
        received.status = 500

    number = save(world, catalogue.GUANCE_CONTENT)
    with seller(angry) as address:
        drive(world, address)
        replay = cases.replay(world)
    assert replay.left_out == []
    assert [call.status for call in log_of(world, origin="replay")] == [500, 500]
    assert [case.call.number for case in replay.cases if case.differences] == [number]
