"""The Seller Center finds out why a seller refuses a call, on the page and by the API."""

import html
from itertools import count

import httpx
import pytest

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.seller_center import explaining
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.conform_command import Serve, serve
from mock_sites.tests.support.conforming import KEY
from mock_sites.tests.support.gateway import ReceivedRequest, drive, log_of, seller
from mock_sites.tests.support.sending import token
from mock_sites.tests.support.wrong_seller import WrongSeller
from mock_sites.world.errors import Refusal
from mock_sites.world.transport import Call, CallResult
from mock_sites.world.world import World

__all__ = ["serve"]


@pytest.fixture
def center(browse: Browse) -> httpx.Client:
    return browse("https://seller.huaweicloud.com")


def call(center: httpx.Client, operation: str) -> int:
    """Send a call by hand. Returns its number."""
    sent = center.post("/api/calls", json={"product": catalogue.GUANCE_CONTENT, "operation": operation})
    assert sent.status_code == 201, sent.text
    return int(sent.json()["number"])


def refuse(received: ReceivedRequest) -> None:
    received.answer = b'{"resultCode":"000001","resultMsg":"no"}'


@pytest.mark.parametrize(
    ("protocol", "operation", "mistake", "look"),
    [
        ("v1", "newInstance", "local-time", ""),
        ("v1", "tenantSync", "utc-in-kit", "401"),
        ("v2", "tenantSync", "utc-in-kit", ""),
        ("v2", "newInstance", "timestamp-in-seconds", "login"),
        ("v2", "authSync", "only-top-level-sorted", ""),
        ("v2", "newInstance", "key-wrong", ""),
    ],
)
def test_the_mistake_for_which_a_call_is_refused_is_found_and_stored_with_it(
    world: World, center: httpx.Client, serve: Serve, protocol: str, operation: str, mistake: str, look: str
) -> None:
    drive(world, serve(WrongSeller(KEY, mistake, look=look)), protocol)
    number = call(center, operation)

    found = center.post(f"/api/calls/{number}/explanation").json()

    assert found["mistakes"] == [mistake]
    assert center.get(f"/api/calls/{number}").json()["advice"] == found["advice"] != []
    assert [one.number for one in log_of(world)] == [number]


def test_a_plus_that_became_a_blank_is_found_although_other_calls_are_accepted(
    world: World, center: httpx.Client, serve: Serve
) -> None:
    drive(world, serve(WrongSeller(KEY, "plus-became-blank")), "v1")
    number = call(center, "newInstance")
    while "+" not in log_of(world, number=number)[0].signature:
        number = call(center, "newInstance")

    assert center.post(f"/api/calls/{number}/explanation").json()["mistakes"] == ["plus-became-blank"]


@pytest.mark.parametrize("protocol", ["v1", "v2"])
@pytest.mark.parametrize("operation", ["newInstance", "tenantSync"])
def test_a_call_that_was_accepted_with_an_earlier_key_does_not_show_that_todays_is_right(
    world: World, center: httpx.Client, serve: Serve, protocol: str, operation: str
) -> None:
    address = serve(WrongSeller(KEY))
    drive(world, address, protocol)
    call(center, operation)
    for key in ("a-key-between", "the-new-key"):
        drive(world, address, protocol, access_key=key)
    number = call(center, operation)

    first = center.post(f"/api/calls/{number}/explanation").json()["mistakes"]

    assert [one.verdict == "accepted" for one in log_of(world)] == [True, False]
    assert first[0].startswith("key-wrong")
    assert center.post(f"/api/calls/{number}/explanation").status_code == 422

    drive(world, address, protocol)
    assert "Find the mistake" in center.get(f"/calls/{number}").text
    assert center.post(f"/api/calls/{number}/explanation").json()["mistakes"] == []
    assert center.get(f"/api/calls/{number}").json()["advice"] == ["The service says: refused"]


def test_a_call_that_was_accepted_with_todays_key_shows_that_it_is_right(
    world: World, center: httpx.Client, serve: Serve
) -> None:
    found: list[str] = []
    for accepted in (False, True):
        drive(world, serve(WrongSeller(KEY)))
        if accepted:
            call(center, "newInstance")
        with seller(refuse) as address:
            drive(world, address)
            number = call(center, "newInstance")
            found += center.post(f"/api/calls/{number}/explanation").json()["mistakes"]

    assert found == ["key-wrong", "signature-refused"]


def test_the_page_says_it_in_both_languages(world: World, center: httpx.Client, serve: Serve) -> None:
    drive(world, serve(WrongSeller(KEY, "no-body-hash")))
    number = call(center, "newInstance")
    page = center.get(f"/calls/{number}")
    assert "Find the mistake" in page.text

    shown = center.post(f"/calls/{number}/explain", data={"csrf_token": token(page)}, follow_redirects=True).text

    assert "The mistake was found." in shown
    assert "In the production interface its HMAC-SHA256 in hex digits takes its place." in html.unescape(shown)
    assert "Find the mistake" not in shown
    chinese = center.get(f"/calls/{number}", headers={"Accept-Language": "zh"}).text
    assert "生产接口应使用请求体的十六进制 HMAC-SHA256" in chinese


def test_what_has_another_cause_is_said_to_have_none_of_these(world: World, center: httpx.Client, serve: Serve) -> None:
    drive(world, serve(WrongSeller(KEY, "refuses-period")))
    number = call(center, "newInstance")

    assert center.post(f"/api/calls/{number}/explanation").json() == {"mistakes": [], "advice": []}


@pytest.mark.parametrize("protocol", ["v1", "v2"])
@pytest.mark.parametrize("status", [200, 401])
def test_what_is_wrong_with_the_refusal_itself_does_not_explain_it(
    world: World, center: httpx.Client, protocol: str, status: int
) -> None:
    def refuse_badly(received: ReceivedRequest) -> None:
        refuse(received)
        received.status, received.answer_headers["Content-Type"] = status, "text/html"

    with seller(refuse_badly) as address:
        drive(world, address, protocol)
        number = call(center, "newInstance")
        assert "Find the mistake" in center.get(f"/calls/{number}").text
        assert center.post(f"/api/calls/{number}/explanation").json()["mistakes"]
        assert center.post(f"/api/calls/{number}/explanation").status_code == 422


def test_a_call_that_was_accepted_is_not_looked_into(world: World, center: httpx.Client) -> None:
    drive(world, "", access_key="")
    number = call(center, "newInstance")

    assert center.post(f"/api/calls/{number}/explanation").status_code == 422
    assert center.post("/api/calls/99/explanation").status_code == 404
    with pytest.raises(Refusal):
        explaining.explain(world, number)
    assert "Find the mistake" not in center.get(f"/calls/{number}").text


def test_a_call_without_an_answer_or_that_is_being_processed_is_not_looked_into(
    world: World, center: httpx.Client
) -> None:
    def process(received: ReceivedRequest) -> None:
        received.answer = b'{"resultCode":"000004","resultMsg":"later","instanceId":"ins-1"}'

    with seller(process) as address:
        drive(world, address)
        numbers = [call(center, "newInstance")]
    numbers.append(call(center, "newInstance"))

    assert [one.verdict for one in log_of(world)] == ["processing", "fault"]
    for number in numbers:
        assert center.post(f"/api/calls/{number}/explanation").status_code == 422
        assert "Find the mistake" not in center.get(f"/calls/{number}").text


def test_nothing_more_is_sent_when_the_user_has_waited_for_long_enough(
    world: World, center: httpx.Client, serve: Serve
) -> None:
    seller = WrongSeller(KEY, "key-wrong")
    drive(world, serve(seller))
    number = call(center, "newInstance")
    heard = len(seller.nonces)
    times = iter([0.0, *[explaining.LIMIT] * 99])

    with pytest.raises(Refusal, match="not all usual mistakes were tried"):
        explaining.explain(world, number, clock=lambda: next(times))
    assert len(seller.nonces) == heard


def test_nothing_is_said_of_mistakes_when_a_call_got_no_answer(
    world: World, center: httpx.Client, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller, send, calls = WrongSeller(KEY, "utc-in-kit", look="401"), World.send, count()

    def break_off(world: World, request: Call) -> CallResult:
        broken = CallResult(request, fault="ConnectionResetError: Connection reset by peer")
        return broken if next(calls) == 5 else send(world, request)

    drive(world, serve(seller), "v1")
    number = call(center, "tenantSync")
    monkeypatch.setattr(World, "send", break_off)

    refused = center.post(f"/api/calls/{number}/explanation")

    assert refused.status_code == 422
    says = "One of the calls got no answer. Try again."
    assert refused.json()["message"] == says
    monkeypatch.undo()
    assert center.post(f"/api/calls/{number}/explanation").json()["mistakes"] == ["utc-in-kit"]
