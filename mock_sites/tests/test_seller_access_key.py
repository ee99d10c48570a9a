"""What the Seller Center shows is enough to sign order queries and usage pushes by AK and SK, as Huawei's SDKs do."""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from mock_sites.huawei.domain import usage_records
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.subscribing import buy
from mock_sites.tests.support.usage_push import body_of, codes, record_of
from mock_sites.world import jobs
from mock_sites.world.world import World

Shown = Mapping[str, str]


def by_the_api(browse: Browse) -> Shown:
    return browse("https://seller.huaweicloud.com").get("/api/access-key").json()


def by_the_page(browse: Browse) -> Shown:
    page = browse("https://seller.huaweicloud.com").get("/keys").text
    fields = r'<(?:input|textarea) [^>]*name="(\w+)"(?: value="([^"]+)")?[^>]*readonly>([^<]*)'
    return {name: value or text for name, value, text in re.findall(fields, page)}


shown = pytest.mark.parametrize("shown", [by_the_api, by_the_page])


@dataclass(frozen=True)
class Sender:
    """Sends requests that are signed with the shown keys, over ``x-sdk-date`` and the headers ``signs``."""

    world: World
    browse: Browse
    shown: Shown
    signs: str = ""

    def send(self, method: str, address: str, body: bytes = b"", sent: Mapping[str, str] = {}) -> httpx.Response:
        """Send a request. Headers can be replaced after they were signed."""
        url, date = urlsplit(address), f"{self.world.clock.now():%Y%m%dT%H%M%SZ}"
        headers = {"host": url.netloc, "content-type": "application/json", "x-sdk-date": date}
        names = sorted(["x-sdk-date", *self.signs.split()])
        lines, hashed = "".join(f"{name}:{headers[name]}\n" for name in names), hashlib.sha256(body).hexdigest()
        canonical = "\n".join((method, f"{url.path}/", url.query, lines, ";".join(names), hashed))
        text = f"SDK-HMAC-SHA256\n{date}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        signature = hmac.digest(self.shown["secret_access_key"].encode(), text.encode(), hashlib.sha256).hex()
        parts = (f"Access={self.shown['access_key_id']}", f"SignedHeaders={';'.join(names)}", f"Signature={signature}")
        headers["authorization"] = f"SDK-HMAC-SHA256 {', '.join(parts)}"
        client = self.browse("https://mkt.myhuaweicloud.com")
        return client.request(method, address, content=body, headers={**headers, **sent})


@shown
@pytest.mark.parametrize("signs", ["", "host", "host content-type"])
def test_an_order_query_is_accepted(world: World, browse: Browse, shown: Callable[[Browse], Shown], signs: str) -> None:
    known = shown(browse)
    query = urlencode({"orderId": "MOCKONDEMAND", "orderLineId": "MOCKONDEMAND-000001"})

    answer = Sender(world, browse, known, signs).send("GET", f"{known['order_query']}?{query}")

    assert (answer.status_code, answer.json()["resultCode"]) == (200, "MKT.0000"), answer.text


@shown
def test_a_usage_push_is_accepted(world: World, browse: Browse, shown: Callable[[Browse], Shown]) -> None:
    known, instance = shown(browse), buy(world)
    jobs.advance(world, 3600)
    body = body_of(record_of(instance, world.clock.now()))

    answer = Sender(world, browse, known, "host").send("POST", known["usage_push"], body)

    assert (answer.status_code, answer.json()["error_code"]) == (200, "MKT.0000"), answer.text
    jobs.advance(world, usage_records.VALIDATION_SECONDS)
    assert codes(world) == [("accepted", "")]


def test_signed_headers_are_verified(world: World, browse: Browse) -> None:
    known = by_the_api(browse)
    address = f"{known['order_query']}?orderId=MOCKONDEMAND"

    changed = Sender(world, browse, known, "content-type").send("GET", address, sent={"content-type": "text/plain"})
    other_names = "SDK-HMAC-SHA256 Access=a, SignedHeaders=host, Signature=" + "0" * 64
    undated = Sender(world, browse, known).send("GET", address, sent={"authorization": other_names})

    assert changed.status_code == undated.status_code == 401
    assert undated.json()["diagnosis"] == "SignedHeaders must name x-sdk-date."


def test_each_world_has_its_own(world: World, browse: Browse) -> None:
    known = by_the_api(browse)
    assert known == by_the_page(browse)
    assert world.suffix in known["order_query"]
    assert world.suffix in known["usage_push"]
