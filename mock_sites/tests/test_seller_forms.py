"""The forms of calls that a product's settings choose, where the pages of the documents differ (spec huawei 2.6a)."""

import json
from typing import Any

import pytest

from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.jobs import Activity, KitCall, KitInterface, OperationCall, Sync
from mock_sites.huawei.protocol import kit as kit_facts
from mock_sites.huawei.seller_gateway import delivery, kit
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.gateway import drive
from mock_sites.tests.support.oauth import ask_for_tokens, authorized_member, code_for
from mock_sites.tests.support.plans import HIGHER, buy
from mock_sites.tests.support.subscribing import buy as subscribe
from mock_sites.tests.support.subscribing import enterprise_with_wendy
from mock_sites.world.agreement import AUTH_CENTRE
from mock_sites.world.world import World

OUTSIDE = "http://localhost:9000/isv"


def sent(world: World, asked: OperationCall) -> dict[str, Any]:
    """The body of a call of V2.0."""
    with world.uow("huawei", write=True) as uow:
        return json.loads(delivery.prepare(uow, asked).body)


def synced(world: World, enterprise: str, instance: str, interface: KitInterface) -> dict[str, Any]:
    """The body of a call of the joint-operation kit."""
    with world.uow("huawei", write=True) as uow:
        return json.loads(kit.prepare(uow, Sync.of(KitCall(interface=interface, flag=1), enterprise, instance)).body)


@pytest.mark.parametrize(("settings", "flag"), [({}, None), ({"sends_test_flag": True}, "0")])
def test_real_calls_have_test_flag_0_if_the_product_says_so(
    world: World, settings: dict[str, Any], flag: str | None
) -> None:
    instance_id = subscribe(world)
    drive(world, OUTSIDE, **settings)
    body = sent(world, OperationCall(activity=Activity.QUERY_INSTANCE, instance=instance_id))
    assert body.get("testFlag") == flag


@pytest.mark.parametrize("as_text", [False, True])
def test_product_info_is_an_object_or_a_text(world: World, *, as_text: bool) -> None:
    check = OperationCall(activity=Activity.CHANGE_INSTANCE_CHECK, instance=buy(world), specification=HIGHER)
    drive(world, OUTSIDE, product=catalogue.PLAN_CONTENT, sends_product_info_as_text=as_text)
    info = sent(world, check)["productInfo"]
    assert isinstance(info, str) is as_text
    assert (json.loads(info) if as_text else info)["productId"] == HIGHER


@pytest.mark.parametrize(
    ("protocol", "as_text", "name"),
    [("v2", False, "orgInfoList"), ("v2", True, "orgInfoList"), ("v1", False, "orgInfo"), ("v1", True, "orgInfo")],
)
def test_departments_are_a_list_or_a_text_and_all_have_a_parent(
    world: World, protocol: str, name: str, *, as_text: bool
) -> None:
    instance_id = subscribe(world)
    enterprise_id = enterprise_with_wendy(world, instance_id)
    drive(world, OUTSIDE, protocol, sends_departments_as_text=as_text)
    departments = synced(world, enterprise_id, instance_id, KitInterface.ALL_DEPARTMENTS)[name]
    assert isinstance(departments, str) is (as_text or protocol == "v1")
    rows = json.loads(departments) if isinstance(departments, str) else departments
    assert [row["parentCode"] for row in rows][:1] == [""]
    assert all(isinstance(row["parentCode"], str) for row in rows)


@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_what_is_empty_is_an_empty_text_and_not_null(world: World, protocol: str) -> None:
    instance_id = subscribe(world)
    enterprise_id = enterprise_with_wendy(world, instance_id)
    drive(world, OUTSIDE, protocol)
    for interface in KitInterface:
        assert "null" not in json.dumps(synced(world, enterprise_id, instance_id, interface)), interface


def test_a_member_in_debugging_calls_has_the_form_of_the_version() -> None:
    users: dict[str, dict[str, Any]] = {}
    for version, interfaces in (("v1", kit_facts.V1), ("v2", kit_facts.V2)):
        (authorization,) = (one for one in interfaces if one.name == KitInterface.AUTHORIZATION)
        parameter = authorization.parameter("userList")
        assert parameter
        (users[version],) = json.loads(parameter.example)
    details = {"employeeType", "workPlace", "entryDate"}
    assert details == set(users["v1"]["extension"])
    assert not details & set(users["v1"])
    assert details < set(users["v2"])
    assert (users["v1"]["extension"]["employeeType"], users["v2"]["employeeType"]) == ("1", 1)


@pytest.mark.parametrize("issues", [True, False])
def test_refresh_tokens_are_issued_unless_the_seller_switches_them_off(
    world: World, browse: Browse, *, issues: bool
) -> None:
    member_id, client = authorized_member(world), browse(AUTH_CENTRE)
    first = ask_for_tokens(world, client, code=code_for(world, member_id)).json()["refresh_token"]
    drive(world, "", issues_refresh_tokens=issues, access_key="")

    issued = ask_for_tokens(world, client, code=code_for(world, member_id))
    refreshed = ask_for_tokens(world, client, grant_type="refresh_token", refresh_token=first)

    assert (issued.status_code, "refresh_token" in issued.json()) == (200, issues)
    assert refreshed.status_code == (200 if issues else 400)
