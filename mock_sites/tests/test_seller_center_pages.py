"""The Seller Center's pages: what they show and do, and what they refuse."""

import html
import re
import shlex
from collections.abc import Mapping
from itertools import pairwise

import httpx
import pytest

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.jobs import Activity
from mock_sites.huawei.protocol import retries
from mock_sites.huawei.protocol.operations import OPERATIONS
from mock_sites.huawei.seller_center import sending
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.gateway import KEY, ReceivedRequest, drive, log_of, seller, silence
from mock_sites.tests.support.sending import token, without_tags
from mock_sites.tests.support.subscribing import buy, subscribe
from mock_sites.web import paging
from mock_sites.world.world import World

CONTENT = catalogue.GUANCE_CONTENT
QUERY = {"instanceId": "i", "testFlag": "1"}


@pytest.fixture
def center(browse: Browse) -> httpx.Client:
    return browse("https://seller.huaweicloud.com")


def post(center: httpx.Client, path: str, fields: Mapping[str, str] | None = None) -> str:
    """Send a form with its token and follow its redirect. Returns the text of the page there."""
    form = center.get(f"/settings/{CONTENT}")
    answer = center.post(path, data={"csrf_token": token(form), **(fields or {})}, follow_redirects=True)
    return html.unescape(answer.text)


def test_no_sign_in_is_needed_and_the_page_says_so(center: httpx.Client) -> None:
    page = center.get("/").text
    assert "needs no sign-in" in page
    assert "No seller has been called yet" in page


def test_calls_are_listed_latest_first_by_pages_and_narrowed(
    world: World, center: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "SIZE", 2)
    silence(world, Activity.QUERY_INSTANCE, instance=buy(world))
    for _ in range(2):
        sending.by_hand(world, CONTENT, "tenantSync", _tenant())

    first, second = center.get("/").text, center.get("/", params={"page": "99"}).text
    assert first.index("Call 4: tenantSync") < first.index("Call 3: tenantSync")
    assert "Call 2: queryInstance" in second
    assert second.index("Call 2: queryInstance") < second.index("Call 1: newInstance")
    assert 'aria-label="Page 2" aria-current="page"' in second
    assert "There is no answer within the time limit." in second
    refused = {"product": CONTENT, "operation": "queryInstance", "verdict": "fault"}
    assert "Call 2: queryInstance" in center.get("/", params=refused).text
    for wrong in ("product", "operation", "verdict"):
        assert "No call fits" in center.get("/", params=refused | {wrong: "x"}).text


def _tenant() -> dict[str, str]:
    return {"tenantId": "t", "tenantCode": "c", "name": "N", "domainName": "https://x", "flag": "1", "testFlag": "1"}


def test_a_call_is_shown_whole_and_masked(world: World, center: httpx.Client) -> None:
    buy(world)
    page = html.unescape(center.get("/calls/1").text)
    (call,) = log_of(world)
    for shown in (call.signature, "<access key>", "POST https://openapi.guance.com", call.asked["order"], "HTTP 200"):
        assert shown in page
    assert sellers.seller_keys(world.seed).access_key not in page


def test_a_call_is_sent_by_hand_as_it_is_prefilled(world: World, center: httpx.Client) -> None:
    form = center.get(f"/send/{CONTENT}/newInstance").text
    assert "Mandatory, up to 64 characters." in form
    assert 'value="MOCKPERIODYEARNEW-000001"' in form
    fields = {"orderId": "MOCKONDEMAND", "orderLineId": "MOCKONDEMAND-000001", "businessId": "b", "testFlag": "1"}
    assert "Accepted" in post(center, f"/send/{CONTENT}/newInstance", fields)
    assert [(call.origin, call.verdict) for call in log_of(world)] == [("hand", "accepted")]


def test_the_debugging_page_has_the_labels_of_the_documents(world: World, center: httpx.Client) -> None:
    center.headers["Accept-Language"] = "zh"
    there = [(text, center.get(path).text) for path, text in (("/settings", "生产地址管理"), ("/keys", "密钥管理"))]
    assert all(f"<h1>{text}</h1>" in page for text, page in there)
    assert f'href="/send#{CONTENT}"' in there[0][1]
    assert f'id="{CONTENT}"' in center.get("/send").text
    assert "调试用例管理" in there[0][1]
    labels = {protocol: _labels(world, center, protocol) for protocol in ("v1", "v2")}
    assert labels == {"v1": {"生成链接地址", "调测并保存用例"}, "v2": {"生成请求命令", "调测并保存用例"}}


def _labels(world: World, center: httpx.Client, protocol: str) -> set[str]:
    drive(world, "", protocol, access_key="")
    page = center.get(f"/send/{CONTENT}/newInstance").text
    return {text for text in ("生成链接地址", "生成请求命令", "调测并保存用例") if f">{text}</button>" in page}


@pytest.mark.parametrize("protocol", ["v1", "v2"])
@pytest.mark.parametrize("operation", ["queryInstance", "tenantSync"])
def test_the_command_of_a_call_is_shown_and_makes_it(
    world: World, center: httpx.Client, protocol: str, operation: str
) -> None:
    drive(world, "", protocol, access_key="")
    fields = QUERY if operation == "queryInstance" else _tenant()

    page = html.unescape(post(center, f"/send/{CONTENT}/{operation}", {**fields, "then": "show"}))

    assert not log_of(world)
    [command] = re.findall("<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert f'data-copy="{command}"' in page
    words = shlex.split(command)
    if words[0] != "curl":
        assert command.startswith("https://openapi.guance.com/huaweicloud?")
        assert "authToken=" in command
        return
    method, url, *rest = words[2:]
    headers = dict(word.split(": ", 1) for flag, word in pairwise(rest) if flag == "-H")
    answer = center.request(method, world.local(url), headers=headers, content=rest[-1])
    assert answer.json()["resultCode"] != "000001"


def test_a_call_that_is_answered_rightly_is_saved_as_a_case(world: World, center: httpx.Client) -> None:
    fields = {"orderId": "MOCKONDEMAND", "orderLineId": "MOCKONDEMAND-000001", "businessId": "b", "testFlag": "1"}

    assert "调测用例成功并保存成功" in post(center, f"/send/{CONTENT}/newInstance", {**fields, "then": "save"})
    assert "saved as a case" in post(center, f"/send/{CONTENT}/tenantSync", {**_tenant(), "then": "save"})
    wrong = {"orderId": "none", "orderLineId": "none", "businessId": "b", "testFlag": "1", "then": "save"}
    with seller(lambda one: setattr(one, "answer", b'{"resultCode":"000005"}')) as address:
        drive(world, address)
        assert "调用失败，生产接口resultCode返回错误." in post(center, f"/send/{CONTENT}/newInstance", wrong)
    assert [call.saved for call in log_of(world)] == [True, True, False]


def test_what_cannot_be_sent_is_reported_beside_the_field(world: World, center: httpx.Client) -> None:
    assert "Fill in this field." in post(center, f"/send/{CONTENT}/newInstance", {"orderId": "kept"})
    assert "Fill in a whole number." in post(center, f"/send/{CONTENT}/tenantSync", _tenant() | {"flag": "x"})
    assert "Remove control characters" in post(center, f"/send/{CONTENT}/tenantSync", _tenant() | {"name": "a\0b"})
    assert not log_of(world)


def test_a_call_is_resent_edited_saved_replayed_and_deleted(world: World, center: httpx.Client) -> None:
    number = sending.by_hand(world, CONTENT, "queryInstance", QUERY)
    assert "The call was sent again." in post(center, f"/calls/{number}/resend")
    assert "i</textarea>" in center.get(f"/calls/{number}/edit").text
    assert "Call 3" in post(center, f"/calls/{number}/edit", QUERY | {"instanceId": "j"})
    assert "saved as a case" in post(center, f"/calls/{number}/save")
    assert "Every case was answered as before" in post(center, "/cases/replay")
    assert [call.origin for call in log_of(world)] == ["hand", "resend", "resend", "replay", "replay"]
    assert "Same answer" in center.get("/cases").text
    assert "No case has been saved" in post(center, f"/cases/{number}/delete")


def test_a_case_with_a_different_answer_is_shown(world: World, center: httpx.Client) -> None:
    received: list[ReceivedRequest] = []

    def answer(one: ReceivedRequest) -> None:
        received.append(one)
        one.answer = b'{"resultCode":"00000%d"}' % len(received)

    with seller(answer) as address:
        drive(world, address)
        number = sending.by_hand(world, CONTENT, "queryInstance", QUERY)
        post(center, f"/calls/{number}/save")
        page = post(center, "/cases/replay")
    assert "1 case is answered differently." in page
    assert "The two replays were answered differently: resultCode." in without_tags(page)


def test_failures_are_counted_and_a_settled_one_is_not_restarted(
    world: World, center: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert retries.TOLERATED_FAILURES == 5
    monkeypatch.setattr(retries, "TOLERATED_FAILURES", 0)
    assert "No operation has finally failed." in center.get("/messages").text
    silence(world, Activity.NEW_INSTANCE, order=subscribe(world), tries=19)
    assert "cancelled and refunded" in center.get("/messages").text
    assert "cancelled and refunded" in post(center, "/messages/1/restart")
    page = center.get("/coverage").text
    assert "Failed orders this month: 1" in page
    assert "would delist this product" in page
    assert f"Exercised: 1 of {len(OPERATIONS['v2'])} operations" in page


def test_a_status_is_restarted(world: World, center: httpx.Client) -> None:
    silence(world, Activity.UPDATE_INSTANCE_STATUS, instance=buy(world), status="FREEZE", tries=60)
    number = log_of(world, given_up=True)[0].number
    assert "Restart updateInstanceStatus of call" in center.get("/messages").text
    assert "It has been restarted." in post(center, f"/messages/{number}/restart")


def test_settings_are_saved_without_ever_showing_the_key_and_taken_back(world: World, center: httpx.Client) -> None:
    path = f"/settings/{CONTENT}"
    usual = {"protocol": "v1", "encrypt_type": "2", "oaep_digest": "SHA-256", "mgf_hash": "SHA-1"}
    typed = usual | {"production_address": "http://localhost:9000/isv/", "access_key": KEY}
    saved = post(center, path, typed)
    assert "The settings were saved." in saved
    assert "A key is set, and is never shown." in saved
    assert KEY not in saved + center.get("/settings").text
    post(center, path, usual | {"production_address": "http://localhost:9001"})
    with world.uow("huawei") as uow:
        agreed = sellers.agreed(uow, CONTENT)
    assert (agreed.production_address, agreed.protocol) == ("http://localhost:9001", "v1")
    assert set(agreed.keys.values()) == {KEY}

    refused = post(center, path, typed | {"production_address": "ftp://shop.example"})
    assert "begins with http:// or https://" in refused
    assert KEY not in refused

    assert "delivers this product again" in post(center, f"{path}/built-in")
    with world.uow("huawei") as uow:
        agreed = sellers.agreed(uow, CONTENT)
    assert agreed.built_in
    assert KEY not in agreed.keys.values()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/calls/1"),
        ("GET", "/calls/1/edit"),
        ("GET", "/calls/99999999999999999999"),
        ("GET", "/send/nothing/newInstance"),
        ("GET", f"/send/{CONTENT}/upgrade"),
        ("GET", "/settings/nothing"),
        *(("POST", path) for path in ("/calls/1/resend", "/calls/1/save", "/cases/1/delete", "/messages/1/restart")),
        ("POST", "/settings/nothing/built-in"),
    ],
)
def test_what_does_not_exist_is_not_found(world: World, center: httpx.Client, method: str, path: str) -> None:
    data = {"csrf_token": token(center.get(f"/settings/{CONTENT}"))}
    answer = center.get(path) if method == "GET" else center.post(path, data=data)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert not log_of(world)


def test_only_a_call_that_failed_for_good_is_a_message(world: World, center: httpx.Client) -> None:
    number = sending.by_hand(world, CONTENT, "queryInstance", QUERY)
    data = {"csrf_token": token(center.get(f"/settings/{CONTENT}"))}
    assert center.post(f"/messages/{number}/restart", data=data).status_code == 404
