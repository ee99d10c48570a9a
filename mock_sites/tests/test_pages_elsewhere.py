"""Web pages of other hosts cannot make a browser call the APIs."""

from typing import Final

import pytest

from mock_sites.tests.conftest import Browse
from mock_sites.world.world import World

CALLS: Final = [
    ("GET", "https://mail/api/messages"),
    ("GET", "https://mail/api/messages/wait?seconds=0"),
    ("GET", "https://mail/api/messages/1"),
    ("GET", "https://mail/api/openapi.json"),
    ("GET", "https://seller.huaweicloud.com/api/calls"),
    ("POST", "https://seller.huaweicloud.com/api/cases/replay"),
    ("GET", "https://marketplace.huaweicloud.com/api/offers"),
    ("POST", "https://marketplace.huaweicloud.com/api/sign-ins"),
    ("POST", "https://marketplace.huaweicloud.com/api/logins"),
    ("GET", "https://mkt.myhuaweicloud.com/api/mkp-openapi-public/global/v1/order/query?orderId=1"),
    ("POST", "https://macroverse.huaweicloud.com/api/v1/oauth2/token"),
    ("GET", "https://macroverse.huaweicloud.com/api/v1/oauth2/userinfo"),
    ("GET", "https://openapi.guance.com/huaweicloud?activity=newInstance"),
    ("POST", "https://openapi.guance.com/huaweicloud/produceAPI/v2/tenantSync"),
]


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
@pytest.mark.parametrize(("method", "address"), CALLS)
def test_a_page_of_another_host_is_refused(
    browse: Browse, world: World, method: str, address: str, headers: dict[str, str]
) -> None:
    client = browse(address)

    refused = client.request(method, world.local(address), headers=headers)
    assert refused.status_code == 403
    assert "This is for programs only" in refused.text or "Only pages of this host may call this API" in refused.text
    assert client.request(method, world.local(address)).status_code not in {403, 405}


def test_no_answer_lets_pages_elsewhere_read_it(browse: Browse, world: World) -> None:
    for method, address in CALLS:
        answer = browse(address).request(method, world.local(address))
        assert not any(name.lower().startswith("access-control-") for name in answer.headers)
