"""My Credentials: who is signed in, the projects, access keys whose secrets are shown once, and the password."""

import re
from typing import Final

import httpx
import pytest
from sqlalchemy import select

from mock_sites.huawei.domain import regions
from mock_sites.huawei.domain.tables import AccessKey
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.huawei_pages import AUTH, Buyer, Visit, visit, words_of
from mock_sites.tests.support.sending import post
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

__all__ = ["visit"]

IAM: Final = "https://console.huaweicloud.com/iam"
KEYS: Final = f"{IAM}/accessKey"
CREDENTIALS: Final = f"{IAM}/apiCredential"


def value_of(page: httpx.Response, field: str) -> str:
    found = re.search(rf'name="{field}" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def create(world: World, client: httpx.Client, **fields: str) -> httpx.Response:
    return post(client, world.local(f"{KEYS}/new"), **{"description": "Pipeline", "password": PASSWORD} | fields)


def iam_client(browse: Browse, name: str) -> httpx.Client:
    client = browse(AUTH)
    post(client, "/authui/iam-login", account="hw_liwei", name=name, password=PASSWORD)
    return client


def test_the_account_and_its_users_have_one_account_id_and_projects_and_a_user_id_each(
    world: World, visit: Visit, browse: Browse
) -> None:
    pages = [each.get(world.local(CREDENTIALS)).text for each in (visit("hw_liwei"), iam_client(browse, "chen.tao"))]
    ids = [re.findall(r'id="(?:user|account)-id-value" value="([0-9a-f]{32})"', page) for page in pages]
    projects = [re.findall(r'class="mono">([0-9a-f]{32})<', page) for page in pages]

    assert ids[0][1] == ids[1][1]
    assert len({ids[0][0], ids[1][0], ids[0][1]}) == 3
    assert projects[0] == projects[1]
    assert len(set(projects[0])) == 10
    other = visit("hw_wangfang").get(world.local(CREDENTIALS)).text
    assert not set(re.findall(r"[0-9a-f]{32}", other)) & {*ids[0], *projects[0]}


@pytest.mark.parametrize("text", ["guiyang", "贵阳", "cn-southwest-2"])
def test_projects_are_searched_by_region_and_name(world: World, visit: Visit, text: str) -> None:
    buyer = visit("hw_liwei")
    page = words_of(buyer.get(world.local(CREDENTIALS), params={"search": text}))

    assert "CN Southwest-Guiyang1" in page
    assert "AP-Bangkok" not in page
    assert "No project fits." in words_of(buyer.get(world.local(CREDENTIALS), params={"search": "moon"}))
    assert f"of {len(regions.REGIONS)}" in words_of(buyer.get(world.local(f"{CREDENTIALS}?page=2")))


def test_the_secret_of_a_key_is_shown_once(world: World, visit: Visit) -> None:
    buyer = visit("hw_liwei")
    answer = create(world, buyer)
    page = buyer.get(world.local(KEYS))
    secret, key = value_of(page, "secret_access_key"), value_of(page, "access_key_id")

    assert answer.headers["location"] == "/iam/accessKey"
    assert re.fullmatch("[A-Z0-9]{20}", key)
    assert re.fullmatch("[A-Za-z0-9]{40}", secret)
    again = buyer.get(world.local(KEYS)).text
    assert secret not in again
    assert key in again
    assert secret not in str(world.journal())


def test_a_user_has_two_keys_at_most(world: World, visit: Visit) -> None:
    buyer = visit("hw_liwei")
    answers = [create(world, buyer) for _ in range(3)]
    page = buyer.get(world.local(KEYS))

    assert [answer.status_code for answer in answers] == [302, 302, 422]
    assert "two access keys" in answers[2].text
    assert len(world.journal(kind="huawei.access-key.created")) == 2
    assert page.text.count('name="secret_access_key"') == 2
    assert "accessKey/new" not in page.text


def test_a_key_needs_the_password_of_who_is_signed_in(world: World, visit: Visit) -> None:
    answer = create(world, visit("hw_liwei"), password="Wrong-2026")

    assert answer.status_code == 422
    assert "This is not your password." in answer.text
    assert world.journal(kind="huawei.access-key.created") == []


def test_keys_are_disabled_described_and_deleted(world: World, visit: Visit) -> None:
    client = visit("hw_liwei")
    buyer = Buyer(world, client)
    create(world, client)
    key = value_of(client.get(world.local(KEYS)), "access_key_id")

    buyer.sends(KEYS, to=f"{KEYS}/{key}/enabled", enabled="")
    assert "Disabled" in buyer.text_of(KEYS)
    buyer.sends(KEYS, to=f"{KEYS}/{key}/enabled", enabled="y")
    assert "Enabled" in buyer.text_of(KEYS)
    buyer.sends(f"{KEYS}/{key}", description="Another pipeline")
    assert "Another pipeline" in buyer.text_of(KEYS)
    buyer.sends(f"{KEYS}/{key}/delete")
    assert "You have no access keys." in buyer.text_of(KEYS)


def test_each_user_has_keys_of_its_own_and_they_go_with_the_user(world: World, visit: Visit, browse: Browse) -> None:
    reader, owner = iam_client(browse, "audit"), visit("hw_liwei")
    create(world, reader)
    key = value_of(reader.get(world.local(KEYS)), "access_key_id")

    assert key not in owner.get(world.local(KEYS)).text
    assert owner.get(world.local(f"{KEYS}/{key}")).status_code == 404
    for user in set(re.findall(r"/iam/users/([0-9a-f]{32})/delete", owner.get(world.local(f"{IAM}/users")).text)):
        post(owner, world.local(f"{IAM}/users/{user}/delete"))
    with world.uow("huawei") as uow:
        assert uow.session.scalars(select(AccessKey)).all() == []


@pytest.mark.parametrize("name", ["hw_liwei", "audit"])
def test_a_password_is_changed_by_who_knows_it_and_others_are_signed_out(
    world: World, visit: Visit, browse: Browse, name: str
) -> None:
    one, other = (visit(name) if name == "hw_liwei" else iam_client(browse, name) for _ in range(2))
    page, new = world.local(f"{IAM}/password"), "Sesame-2026"

    wrong = post(one, page, current="Wrong-2026", password=new, confirmation=new)
    assert "This is not your password." in wrong.text
    assert ">Confirm new password</label>" in wrong.text
    same = post(one, page, current=PASSWORD, password=PASSWORD, confirmation=PASSWORD)
    assert "must differ from the current one" in same.text
    answer = post(one, page, current=PASSWORD, password=new, confirmation=new)

    assert answer.status_code == 302
    assert "Your password has been changed." in one.get(page).text
    assert other.get(page).status_code == 302
