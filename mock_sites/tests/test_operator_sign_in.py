"""The operator signs ready-made people in without a password, by a pass that works once."""

import re
from collections.abc import Iterator
from typing import Final

import httpx
import pytest

from mock_sites.control.register import people
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.handing_over import hand_over
from mock_sites.world import jobs
from mock_sites.world.world import World

WITHOUT_DOORS: Final = {"huawei.auth", "huawei.unified_login", "guance.auth"}
"""Apps with a sign-in and no page of their own behind it, and the one for members, none of whom is ready-made."""


@pytest.fixture
def control(dispatcher: Dispatcher) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(dispatcher), base_url="http://localhost:8700") as client:
        yield client


def doors(world: World) -> list[tuple[str, str]]:
    """All people of the world with the hosts they can be signed in to."""
    found = list[tuple[str, str]]()
    for company, person in people(world):
        with world.uow(company) as uow:
            own = world.companies[company].doors(uow, [person.username])[person.username]
        found += [(person.key, door.host) for door in own]
    return found


def test_everybody_is_signed_in_at_every_site_by_one_button(
    control: httpx.Client, browse: Browse, world: World
) -> None:
    names = {person.key: person for _, person in people(world)}
    for key, host in doors(world):
        client = browse(f"https://{host}")
        address, token = hand_over(control, world, key, host)

        answer = client.post(address, data={"pass": token})

        assert (answer.status_code, answer.headers["Location"]) == (302, "/"), host
        client.follow_redirects = True
        assert names[key].username in client.get("/").text, host


def test_every_site_with_accounts_has_somebody_to_sign_in(dispatcher: Dispatcher, world: World) -> None:
    hosts = {host for _, host in doors(world)}
    apps = {site.app.name for host, site in dispatcher.sites.items() if host in hosts}
    with_sign_in = {site.app.name for site in dispatcher.sites.values() if "operator_pass" in site.app.blueprints}

    assert with_sign_in - apps == WITHOUT_DOORS


def test_a_pass_works_once_at_its_own_site_within_a_minute(control: httpx.Client, browse: Browse, world: World) -> None:
    address, token = hand_over(control, world, "workspace-owner", "cn4-console.guance.com")
    for host in ("console.guance.com", "boss.guance.com", "console.huaweicloud.com"):
        assert_refused(browse, f"https://{host}", token)
    assert browse("https://cn4-console.guance.com").post(address, data={"pass": token}).headers["Location"] == "/"
    assert_refused(browse, "https://cn4-console.guance.com", token)

    _, late = hand_over(control, world, "workspace-owner", "cn4-console.guance.com")
    jobs.advance(world, 60)
    assert_refused(browse, "https://cn4-console.guance.com", late)


def assert_refused(browse: Browse, site: str, token: str) -> None:
    answer = browse(site).post("/operator-pass", data={"pass": token})
    assert answer.status_code == 302
    assert re.search(r"/(login|authui/login|signin)", answer.headers["Location"])
