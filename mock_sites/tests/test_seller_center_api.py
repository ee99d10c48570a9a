"""The Seller Center's API: everything that its pages show and do, with a message for every refusal."""

import json

import httpx
import pytest

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.jobs import Activity
from mock_sites.huawei.protocol import signing
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.gateway import KEY, drive, log_of, silence
from mock_sites.tests.support.subscribing import buy
from mock_sites.world.agreement import seller_keys
from mock_sites.world.world import World

CONTENT = catalogue.GUANCE_CONTENT


@pytest.fixture
def api(browse: Browse) -> httpx.Client:
    return browse("https://seller.huaweicloud.com/api")


def test_a_call_is_sent_read_resent_and_edited(world: World, api: httpx.Client) -> None:
    sent = api.post("/calls", json={"product": CONTENT, "operation": "newInstance"})
    assert sent.status_code == 201, sent.text
    call = sent.json()
    assert (call["verdict"], call["origin"], call["code"]) == ("accepted", "hand", "000000")
    assert json.loads(call["body"])["testFlag"] == "1"
    assert call["string_to_sign"].startswith("<access key>")
    assert api.get("/calls/1").json() == call
    key = seller_keys(world.seed).access_key
    assert call["string_to_sign"].endswith(signing.body_hash(key, call["body"].encode()))

    again = api.post("/calls/1/resend", json={}).json()
    assert (again["repeats"], again["answer_body"]) == (1, call["answer_body"])
    fields = json.loads(call["body"]) | {"businessId": "b2"}
    del fields["activity"]
    edited = api.post("/calls/1/resend", json={"parameters": fields}).json()
    assert json.loads(edited["body"])["businessId"] == "b2"


def test_calls_are_listed_and_narrowed(world: World, api: httpx.Client) -> None:
    buy(world)
    listed = api.get("/calls", params={"operation": "newInstance", "verdict": "accepted", "product": CONTENT}).json()
    assert (listed["page"], listed["pages"], listed["total"]) == (1, 1, 1)
    assert listed["calls"][0]["origin"] == "delivery"
    assert api.get("/calls", params={"operation": "x"}).json()["calls"] == []
    assert api.get("/calls", params={"verdict": "x"}).status_code == 422
    assert api.get("/calls", params={"colour": "x"}).status_code == 422


def test_cases_are_saved_replayed_and_deleted(api: httpx.Client) -> None:
    api.post("/calls", json={"product": CONTENT, "operation": "newInstance"})
    assert api.put("/cases/1").json()["saved"] is True
    assert api.get("/cases").json() == {
        "cases": [{"number": 1, "operation": "newInstance", "replays": [], "differences": []}]
    }
    assert api.post("/cases/replay").json()["cases"][0] == {
        "number": 1,
        "operation": "newInstance",
        "replays": [2, 3],
        "differences": [],
    }
    assert api.delete("/cases/1").status_code == 204
    assert api.get("/cases").json() == {"cases": []}


def test_operations_are_listed_with_their_parameters_and_coverage(api: httpx.Client) -> None:
    api.post("/calls", json={"product": CONTENT, "operation": "newInstance"})
    answer = api.get("/operations", params={"product": CONTENT}).json()
    assert answer["protocol"] == "v2"
    api.post("/calls/1/resend", json={})
    answer = api.get("/operations", params={"product": CONTENT}).json()
    numbers = {one["name"]: repr((one["calls"], one["accepted"])) for one in answer["operations"]}
    assert (numbers["newInstance"], numbers["allOrgSync"]) == ("(2, 2)", "(0, 0)")
    (order, *_) = answer["operations"][0]["parameters"]
    assert order == {
        "name": "orderId",
        "mandatory": True,
        "longest": 64,
        "about": "",
        "value": "MOCKPERIODYEARNEW",
    }


def test_a_message_is_restarted_once(world: World, api: httpx.Client) -> None:
    silence(world, Activity.UPDATE_INSTANCE_STATUS, instance=buy(world), status="FREEZE", tries=60)
    (message,) = api.get("/messages").json()["messages"]
    assert message["hindrance"] == ""
    path = f"/messages/{message['number']}/restart"
    assert api.post(path).json()["restarted"] is True
    refused = api.post(path)
    assert (refused.status_code, refused.json()) == (422, {"message": "It has been restarted already."})


def test_settings_are_changed_and_reset_and_the_key_is_never_returned(api: httpx.Client) -> None:
    path = f"/sellers/{CONTENT}"
    changes = {"production_address": "http://localhost:9000", "access_key": KEY, "protocol": "v1"}
    changed = api.patch(path, json=changes).json()
    assert (changed["built_in"], changed["has_access_key"], changed["protocol"]) == (False, True, "v1")
    assert KEY not in json.dumps(changed) + api.get(path).text + api.get("/sellers").text
    refused = api.patch(path, json={"production_address": "file:///etc/passwd"})
    assert refused.status_code == 422
    assert refused.json()["message"].startswith("production_address: Enter an address")
    assert api.get(path).json() == changed
    assert api.delete(path).json()["built_in"] is True


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/calls/7", None),
        ("GET", "/calls/99999999999999999999", None),
        ("POST", "/calls/7/resend", {}),
        ("POST", "/calls", {"product": "nothing", "operation": "newInstance"}),
        ("POST", "/calls", {"product": CONTENT, "operation": "upgrade"}),
        ("POST", "/calls", {"product": CONTENT, "operation": "upgrade", "parameters": {}}),
        ("PUT", "/cases/7", None),
        ("DELETE", "/cases/7", None),
        ("POST", "/messages/7/restart", None),
        ("GET", "/operations?product=nothing", None),
        ("GET", "/sellers/nothing", None),
        ("PATCH", "/sellers/nothing", {}),
        ("DELETE", "/sellers/nothing", None),
    ],
)
def test_what_does_not_exist_is_reported_as_json(
    world: World, api: httpx.Client, method: str, path: str, body: dict[str, str] | None
) -> None:
    answer = api.request(method, path, json=body)
    assert answer.status_code == 404
    assert list(answer.json()) == ["message"]
    assert not log_of(world)


def test_parameters_that_cannot_be_sent_are_reported(api: httpx.Client) -> None:
    wanted = {"product": CONTENT, "operation": "newInstance", "parameters": {"orderId": "x"}}
    answer = api.post("/calls", json=wanted)
    assert (answer.status_code, answer.json()) == (422, {"message": "orderLineId: orderLineId is mandatory."})


def test_pages_elsewhere_cannot_call_it_and_only_json_is_read(api: httpx.Client) -> None:
    assert api.get("/calls", headers={"Origin": "http://evil.example"}).status_code == 403
    assert api.post("/cases/replay", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert api.post("/calls", data={"product": CONTENT}).status_code == 415


def test_its_document_describes_every_address(api: httpx.Client) -> None:
    document = api.get("/openapi.json").json()
    assert {"/api/calls", "/api/calls/{number}", "/api/cases/replay", "/api/sellers/{product}"} <= set(
        document["paths"]
    )


def test_a_key_in_an_answer_is_masked(world: World, api: httpx.Client) -> None:
    drive(world, "http://127.0.0.1:9/", access_key="refused")
    api.post("/calls", json={"product": CONTENT, "operation": "newInstance"})
    assert "refused" not in api.get("/calls/1").json()["fault"]
