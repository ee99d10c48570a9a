"""Whatever a seller answers, the marketplace judges it, stores it and shows it escaped."""

import json
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.protocol import operations
from mock_sites.huawei.seller_center import cases, drafting, sending
from mock_sites.huawei.seller_gateway import live, sellers
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.fuzzing import byte_texts, json_values, steady, texts
from mock_sites.tests.support.gateway import drive
from mock_sites.tests.support.subscribing import buy
from mock_sites.world import sockets
from mock_sites.world.world import World

ADDRESS: Final = "http://seller.example/isv"
SURROGATE: Final = b'{"resultCode":"000000","instanceId":"a\\ud800b","resultMsg":"\\udfff","\\ud800":1}'

answers = st.one_of(
    st.binary(max_size=60),
    json_values.map(lambda value: json.dumps(value).encode()),
    st.fixed_dictionaries(
        {"resultCode": st.one_of(st.sampled_from(["000000", "000004", "000001"]), json_values)},
        optional={
            "instanceId": st.one_of(texts, json_values),
            "info": st.one_of(
                json_values, st.lists(st.fixed_dictionaries({"instanceId": texts, "appInfo": json_values}))
            ),
            "appInfo": st.one_of(json_values, st.dictionaries(st.sampled_from(list(live.LONGEST)), texts)),
            "encryptType": json_values,
            "resultMsg": texts,
        },
    ).map(lambda value: json.dumps(value).encode()),
)


@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_any_answer_is_shown_escaped(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch, protocol: str
) -> None:
    instance = buy(world)
    drive(world, ADDRESS, protocol)
    center = browse("https://seller.huaweicloud.com/")

    @settings(steady, max_examples=steady.max_examples // 4)
    @example(status=200, name="Body-Sign", value="x", body=SURROGATE, operation="newInstance")
    @example(status=200, name="X", value="x", body=SURROGATE, operation="queryInstance")
    @example(status=302, name="Location", value="http://[", body=b"", operation="newInstance")
    @example(status=200, name="X", value="x", body=b"[" * 100_000, operation="newInstance")
    @given(
        status=st.sampled_from([200, 200, 200, 302, 404, 500]),
        name=st.sampled_from(["Body-Sign", "Location", "Content-Type", "X-Odd"]),
        value=byte_texts,
        body=answers,
        operation=st.sampled_from(["newInstance", "queryInstance"]),
    )
    def check(status: int, name: str, value: str, body: bytes, operation: str) -> None:
        answer = sockets.SocketAnswer(status, {name: value}, body)
        monkeypatch.setattr(sockets, "fetch", lambda *_args, **_limits: answer)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
        number = send_by_hand(world, protocol, operation)
        live.look_up(world, instance)
        with world.uow("huawei", write=True) as uow:
            cases.save(uow, number)
        for path in (f"/calls/{number}", f"/calls/{number}/edit", "/", f"/api/calls/{number}"):
            shown = center.get(path)
            assert shown.status_code == 200, (path, shown.text)
            assert "<script>alert" not in shown.text or path.startswith("/api/")
        cases.replay(world)
        assert center.get("/cases").status_code == 200
        with world.uow("huawei", write=True) as uow:
            cases.delete(uow, number)

    check()


def send_by_hand(world: World, protocol: str, operation: str) -> int:
    """Send an operation with the values for debugging. Returns the number of the call."""
    with world.uow("huawei") as uow:
        agreed = sellers.agreed(uow, catalogue.GUANCE_CONTENT)
        found = operations.find(protocol, operation)
        assert found
        values = drafting.prefilled(uow, agreed, found)
    return sending.by_hand(world, catalogue.GUANCE_CONTENT, operation, values)
