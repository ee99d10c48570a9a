"""Signing in and out at the sites: whose sign-in a cookie is, and where a sign-in leads."""

from urllib.parse import quote

import pytest

from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import Visit, visit
from mock_sites.tests.support.sending import token
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.store import Worlds
from mock_sites.world.world import World

__all__ = ["visit"]

CONSOLE = "https://console.huaweicloud.com/"

SIGN_INS = [
    ("https://auth.huaweicloud.com/authui/login", "huaweicloud.com", {"name": "hw_liwei"}),
    ("https://boss.guance.com/signin", "boss.guance.com", {"username": "zhaomin"}),
    ("https://cn4-auth.guance.com/login/pwd", "guance.com", {"username": "zhaomin"}),
]


def test_a_browser_that_is_open_while_a_world_is_restored_is_never_signed_in_as_somebody_else(
    worlds: Worlds, world: World, visit: Visit
) -> None:
    worlds.snapshot(world.name, "before")
    open_before = visit("hw_liwei")
    assert "Li Wei" in open_before.get(world.local(CONSOLE)).text

    worlds.restore(world.name, "before")
    other = visit("hw_wangfang")

    assert "Wang Fang" in other.get(world.local(CONSOLE)).text
    answer = open_before.get(world.local(CONSOLE))
    assert "Wang Fang" not in answer.text
    assert answer.status_code == 302


@pytest.mark.parametrize("label", ["a.", "", "a" * 64])
@pytest.mark.parametrize(("address", "domain", "who"), SIGN_INS, ids=["huawei", "billing-center", "guance"])
def test_an_address_that_is_none_leads_to_the_first_page(
    browse: Browse, world: World, address: str, domain: str, who: dict[str, str], label: str
) -> None:
    client = browse(address)
    wanted = f"{address}?next={quote(f'http://{label}.{domain}{world.suffix}/', safe='')}"
    form = who | {"csrf_token": token(client.get(world.local(wanted))), "password": PASSWORD}

    answer = client.post(world.local(wanted), data=form)

    assert answer.status_code == 302
    assert f"//{label}.{domain}" not in answer.headers["location"]
