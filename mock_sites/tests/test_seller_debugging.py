"""The Seller Center shows what the debugging page says to a debug call, in the page's own words."""

import html

import httpx
import pytest

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.protocol import debugging, signing_v1
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.conform_command import Serve, serve
from mock_sites.tests.support.conforming import KEY
from mock_sites.tests.support.gateway import drive
from mock_sites.tests.support.seller_center import suggested
from mock_sites.tests.support.wrong_seller import WrongSeller
from mock_sites.world.world import World

__all__ = ["serve"]


@pytest.fixture
def center(browse: Browse) -> httpx.Client:
    return browse("https://seller.huaweicloud.com")


def call(center: httpx.Client, operation: str, parameters: dict[str, str] | None = None) -> int:
    asked = {"product": catalogue.GUANCE_CONTENT, "operation": operation, "parameters": parameters}
    sent = center.post("/api/calls", json={name: value for name, value in asked.items() if value})
    assert sent.status_code == 201, sent.text
    return int(sent.json()["number"])


@pytest.mark.parametrize(
    ("protocol", "mistake", "said"),
    [
        ("v1", "", debugging.MISSING.format(field="frontEndUrl")),
        ("v2", "", debugging.SAVED),
        ("v2", "processing", debugging.SAVED),
        ("v2", "key-wrong", debugging.RESULT_CODE),
        ("v2", "no-instance-id", debugging.MISSING.format(field="instanceId")),
        ("v2", "no-json", debugging.NO_JSON),
        ("v2", "content-type", debugging.CONTENT_TYPE.format(contentType="text/html")),
        ("v1", "content-type", debugging.CONTENT_TYPE.format(contentType="text/html")),
        ("v1", "body-sign-missing", signing_v1.EMPTY),
        ("v1", "body-sign-quotes", signing_v1.MALFORMED),
        ("v2", "redirect", debugging.HTTP_CODE.format(httpCode=302)),
    ],
)
def test_the_message_of_the_debugging_page_stands_beside_the_verdict(
    world: World, center: httpx.Client, serve: Serve, protocol: str, mistake: str, said: str
) -> None:
    drive(world, serve(WrongSeller(KEY, mistake)), protocol)

    number = call(center, "newInstance")

    assert center.get(f"/api/calls/{number}").json()["debugged"] == said
    assert f'<span lang="zh-CN">{said}</span>' in html.unescape(center.get(f"/calls/{number}").text)


def test_a_seller_that_is_stopped_cannot_be_reached(world: World, center: httpx.Client) -> None:
    drive(world, "http://127.0.0.1:9/isv")

    assert center.get(f"/api/calls/{call(center, 'newInstance')}").json()["debugged"] == debugging.UNREACHABLE


def test_a_call_of_the_kit_and_a_real_one_have_none(world: World, center: httpx.Client, serve: Serve) -> None:
    drive(world, serve(WrongSeller(KEY)))
    real = suggested(world, "newInstance") | {"testFlag": "0"}

    numbers = [call(center, "tenantSync"), call(center, "newInstance", real)]

    assert [center.get(f"/api/calls/{number}").json()["debugged"] for number in numbers] == ["", ""]
