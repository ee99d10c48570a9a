"""A key for each class of interfaces: kept, shown, renewed and used, and taken for each other by a seller."""

import re
from typing import Any

import httpx
import pytest

from mock_sites.huawei.domain.catalogue import PLAN_CONTENT
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.conform_command import Serve, serve
from mock_sites.tests.support.conforming import KEY
from mock_sites.tests.support.gateway import drive, log_of
from mock_sites.tests.support.sending import token
from mock_sites.tests.support.wrong_seller import WrongSeller
from mock_sites.world.agreement import GUANCE_CONTENT
from mock_sites.world.world import World

__all__ = ["serve"]

KIT_KEY = "the-key-of-the-kit"
FIELDS = {
    "protocol": "v2",
    "production_address": "http://localhost:9000/isv",
    "encrypt_type": "1",
    "oaep_digest": "SHA-256",
    "mgf_hash": "SHA-256",
    "billing_cycle": "day",
    "order_queries_a_minute": "0",
}
"""What the form of the settings sends, without a change."""
BOTH = pytest.mark.parametrize("protocol", ["v1", "v2"])


@pytest.fixture
def center(browse: Browse) -> httpx.Client:
    return browse("https://seller.huaweicloud.com")


def call(center: httpx.Client, operation: str) -> dict[str, Any]:
    """The call of an operation by hand."""
    sent = center.post("/api/calls", json={"product": GUANCE_CONTENT, "operation": operation})
    assert sent.status_code == 201, sent.text
    return dict(sent.json())


def keys_of(world: World) -> list[str]:
    with world.uow("huawei") as uow:
        return [sellers.agreed(uow, GUANCE_CONTENT).keys[one] for one in Interface]


@BOTH
def test_calls_of_each_class_are_signed_and_their_answers_verified_with_its_key(
    world: World, center: httpx.Client, serve: Serve, protocol: str
) -> None:
    drive(world, serve(WrongSeller(KEY, kit_key=KIT_KEY)), protocol, kit_key=KIT_KEY)

    assert [call(center, name)["verdict"] for name in ("newInstance", "tenantSync")] == ["accepted", "accepted"]


@BOTH
def test_a_seller_with_one_key_has_it_for_both_classes(
    world: World, center: httpx.Client, serve: Serve, protocol: str
) -> None:
    drive(world, serve(WrongSeller(KEY)), protocol)

    assert [call(center, name)["verdict"] for name in ("newInstance", "tenantSync")] == ["accepted", "accepted"]


def test_the_mocks_own_seller_has_one_key_in_v1_and_one_for_each_class_in_v2(world: World) -> None:
    drive(world, "", "v1", access_key="")
    assert len(set(keys_of(world))) == 1
    drive(world, "", "v2", access_key="")
    assert len(set(keys_of(world))) == 2


@BOTH
@pytest.mark.parametrize(
    ("operation", "its_key", "its_kit_key"), [("newInstance", KIT_KEY, KIT_KEY), ("tenantSync", KEY, KEY)]
)
def test_the_key_of_the_other_class_is_named(
    world: World, center: httpx.Client, serve: Serve, protocol: str, operation: str, its_key: str, its_kit_key: str
) -> None:
    drive(world, serve(WrongSeller(its_key, kit_key=its_kit_key)), protocol, kit_key=KIT_KEY)
    refused = call(center, operation)["number"]

    found = center.post(f"/api/calls/{refused}/explanation").json()

    assert found["mistakes"] == ["key-of-other-class"]


@BOTH
@pytest.mark.parametrize("operation", ["newInstance", "tenantSync"])
def test_a_service_that_still_uses_the_former_key_is_found(
    world: World, center: httpx.Client, serve: Serve, protocol: str, operation: str
) -> None:
    drive(world, serve(WrongSeller(KEY)), protocol)
    old = call(center, operation)
    renewed = "production" if protocol == "v1" or operation == "newInstance" else "kit"
    assert center.post(f"/api/sellers/{GUANCE_CONTENT}/keys/{renewed}/renew").status_code == 200
    refused = call(center, operation)["number"]

    found = center.post(f"/api/calls/{refused}/explanation").json()

    assert found["mistakes"] == ["key-former"]
    compared = center.post(f"/api/calls/{old['number']}/diagnosis", json={"signature": old["signature"]}).json()
    assert compared["mistakes"] == ["key-former"]


def test_the_former_key_is_kept_for_each_class_and_shown_nowhere(world: World, center: httpx.Client) -> None:
    drive(world, "http://127.0.0.1:9/isv")
    center.patch(f"/api/sellers/{GUANCE_CONTENT}", json={"kit_key": KIT_KEY})
    center.patch(f"/api/sellers/{GUANCE_CONTENT}", json={"protocol": "v1"})
    with world.uow("huawei") as uow:
        assert sellers.agreed(uow, GUANCE_CONTENT).former_keys[Interface.KIT] == KEY
    center.patch(f"/api/sellers/{GUANCE_CONTENT}", json={"access_key": "key-of-today"})
    sent = center.post(
        "/api/calls",
        json={
            "product": GUANCE_CONTENT,
            "operation": "releaseInstance",
            "parameters": {"instanceId": KEY, "orderId": "1"},
        },
    )
    assert sent.status_code == 201, sent.text
    pages = [center.get(path).text for path in ("/keys", f"/settings/{GUANCE_CONTENT}", "/api/sellers", "/api/calls")]
    assert not any(KEY in text for text in (*pages, sent.text, str(world.journal())))


def test_the_page_shows_whose_key_each_class_has_and_makes_new_ones(world: World, center: httpx.Client) -> None:
    page = center.get("/keys")
    assert "New key" not in page.text
    drive(world, "http://localhost:9000/isv")
    page = center.get("/keys")
    states = re.findall(r">([^<]+ (?:set|used)\.)<", page.text)
    assert {"A key of its own is set.", "That of the production interfaces is used."} <= set(states)
    assert KEY not in page.text

    renew = f"/keys/{GUANCE_CONTENT}/kit/renew"
    made = center.post(renew, data={"csrf_token": token(center.get(renew))})

    assert (made.status_code, made.headers["Location"]) == (302, "/keys")
    shown = center.get("/keys").text
    [key] = re.findall('name="access_key" value="(.*?)"', shown)
    assert keys_of(world) == [KEY, key]
    assert "Your new key: Guance SaaS Edition, Joint-operation kit interfaces</h2>" in shown
    assert key not in center.get("/keys").text
    assert key not in str(world.journal())


def test_the_api_makes_new_keys_and_the_old_one_is_good_no_longer(
    world: World, center: httpx.Client, serve: Serve
) -> None:
    path = f"/api/sellers/{GUANCE_CONTENT}/keys"
    assert center.post(f"{path}/production/renew").status_code == 422
    drive(world, serve(WrongSeller(KEY)))
    assert center.post(f"{path}/licence/renew").status_code == 404
    assert center.post("/api/sellers/none/keys/kit/renew").status_code == 404

    made = center.post(f"{path}/production/renew").json()["access_key"]

    assert keys_of(world) == [made, made]
    assert call(center, "newInstance")["verdict"] != "accepted"
    assert center.patch(f"/api/sellers/{GUANCE_CONTENT}", json={"access_key": KEY, "kit_key": ""}).status_code == 200
    assert call(center, "newInstance")["verdict"] == "accepted"
    assert {one.activity for one in log_of(world)} == {"newInstance"}


def test_the_key_of_a_seller_outside_is_not_removed(world: World, center: httpx.Client) -> None:
    path = f"/api/sellers/{GUANCE_CONTENT}"
    center.patch(path, json={"production_address": "http://localhost:9000/isv"})
    assert "None is set, so your service cannot check calls." in center.get("/keys").text
    drive(world, "http://localhost:9000/isv")
    refused = center.patch(path, json={"access_key": ""})
    assert (refused.status_code, keys_of(world)) == (422, [KEY, KEY])
    assert "Your service needs a key." in refused.json()["message"]
    assert center.patch(path, json={"production_address": "", "access_key": ""}).status_code == 200


def test_a_new_key_is_made_only_after_a_question_that_names_what_it_is_for(world: World, center: httpx.Client) -> None:
    for product in (GUANCE_CONTENT, PLAN_CONTENT):
        drive(world, "http://localhost:9000/isv", product=product)

    question = center.get(f"/keys/{GUANCE_CONTENT}/production/renew").text

    assert keys_of(world) == [KEY, KEY]
    assert 'href="/keys" aria-current="page"' in question
    text = " ".join(re.sub("<.*?>", " ", question.partition('id="renew-title">')[2]).split())
    assert text.startswith("New key: Guance SaaS Edition, Production interfaces ")
    assert "It is the key of these interfaces too: Guance SaaS Edition, Joint-operation kit interfaces." in text
    kept = re.search("These have the same key today, and keep it: (.*?)\\.", text)
    assert kept
    assert "Commercial Plan, Production interfaces" in kept[1]
    assert "Guance SaaS Edition" not in kept[1]
    assert KEY not in question
    made = center.post(f"/api/sellers/{GUANCE_CONTENT}/keys/production/renew").json()
    assert (made["title"], made["classes"]) == ("Guance SaaS Edition", ["production", "kit"])
    unknown = center.post(f"/api/sellers/{GUANCE_CONTENT}/keys/base/renew")
    classes = "The classes are: production (Production interfaces), kit (Joint-operation kit interfaces)."
    assert (unknown.status_code, classes in unknown.json()["message"]) == (404, True)


def test_each_new_key_is_another_one_of_the_full_length(world: World, center: httpx.Client) -> None:
    drive(world, "http://localhost:9000/isv")
    path = f"/api/sellers/{GUANCE_CONTENT}/keys"

    made = [center.post(f"{path}/{one}/renew").json()["access_key"] for one in ("production", "kit", "kit")]

    assert len(set(made)) == 3
    assert all(re.fullmatch("[0-9a-f]{32}", key) for key in made)
    assert keys_of(world) == [made[0], made[2]]


def test_v1_has_no_second_key_to_renew(world: World, center: httpx.Client) -> None:
    drive(world, "http://localhost:9000/isv", "v1")
    path = f"/sellers/{GUANCE_CONTENT}/keys"
    page = center.get("/keys")
    assert f"/keys/{GUANCE_CONTENT}/kit/renew" not in page.text
    assert "V1.0 has one key. Make a new one for the production interfaces." in page.text

    refused = center.post(f"/api{path}/kit/renew")
    assert (refused.status_code, refused.json()["message"]) == (
        422,
        "V1.0 has one key. Make a new one for the production interfaces.",
    )
    question = center.get(f"/keys/{GUANCE_CONTENT}/production/renew")
    shown = center.post(f"/keys/{GUANCE_CONTENT}/kit/renew", data={"csrf_token": token(question)})
    assert (shown.status_code, "Your new key" in shown.text) == (422, False)
    assert keys_of(world) == [KEY, KEY]
    made = center.post(f"/api{path}/production/renew").json()["access_key"]
    assert keys_of(world) == [made, made]


def test_the_key_of_the_kit_is_removed_in_the_form(world: World, center: httpx.Client) -> None:
    drive(world, "http://localhost:9000/isv", kit_key=KIT_KEY)
    page = center.get(f"/settings/{GUANCE_CONTENT}")

    sent = center.post(
        f"/settings/{GUANCE_CONTENT}",
        data={**FIELDS, "removes_kit_key": "y", "kit_key": "typed-as-well", "csrf_token": token(page)},
    )

    assert sent.status_code == 302
    assert keys_of(world) == [KEY, KEY]
    assert "removes_kit_key" in page.text
    assert "removes_kit_key" not in center.get(f"/settings/{GUANCE_CONTENT}").text


def test_keys_that_are_left_empty_in_the_form_stay(world: World, center: httpx.Client) -> None:
    drive(world, "http://localhost:9000/isv", kit_key=KIT_KEY)
    page = center.get(f"/settings/{GUANCE_CONTENT}")

    sent = center.post(f"/settings/{GUANCE_CONTENT}", data={**FIELDS, "csrf_token": token(page)})

    assert sent.status_code == 302
    assert keys_of(world) == [KEY, KIT_KEY]
    assert KIT_KEY not in page.text


def renew_on_the_page(center: httpx.Client, interface: str) -> None:
    question = f"/keys/{GUANCE_CONTENT}/{interface}/renew"
    assert center.post(question, data={"csrf_token": token(center.get(question))}).status_code == 302


def shown_keys(page: httpx.Response) -> list[str]:
    return re.findall(r'name="access_key" value="(.*?)"', page.text)


def test_new_keys_that_were_made_in_two_tabs_are_both_shown(world: World, center: httpx.Client) -> None:
    drive(world, "http://localhost:9000/isv")

    renew_on_the_page(center, "production")
    renew_on_the_page(center, "kit")
    center.head("/keys")

    assert shown_keys(center.get("/keys")) == keys_of(world)
    assert shown_keys(center.get("/keys")) == []


def test_a_key_that_was_set_since_is_not_shown_as_the_new_one(world: World, center: httpx.Client) -> None:
    drive(world, "http://localhost:9000/isv")
    renew_on_the_page(center, "production")

    drive(world, "http://localhost:9000/isv", access_key="typed-by-somebody")

    assert shown_keys(center.get("/keys")) == []
