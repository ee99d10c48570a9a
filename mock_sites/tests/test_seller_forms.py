"""The forms of calls that a product's settings choose, where the pages of the documents differ (spec huawei 2.6a)."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from mock_sites.huawei.conformance.model import ConformanceCase, Flaw
from mock_sites.huawei.conformance.requests import SellerConnection
from mock_sites.huawei.conformance.running import RunPlan
from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.domain.jobs import Activity, KitCall, KitInterface, OperationCall, Sync, Unit
from mock_sites.huawei.protocol import kit as kit_facts
from mock_sites.huawei.protocol import usage_push
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_gateway import delivery, envelope, kit, sellers
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.gateway import drive, log_of
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
        call = KitCall(interface=interface, flag=1, department=Unit("0", "Research", ""))
        return json.loads(kit.prepare(uow, Sync.of(call, enterprise, instance)).body)


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


def test_the_query_of_v1_has_its_names_in_order_and_the_token_last(world: World) -> None:
    instance_id = subscribe(world)
    drive(world, OUTSIDE, "v1")
    with world.uow("huawei", write=True) as uow:
        asked = OperationCall(activity=Activity.QUERY_INSTANCE, instance=instance_id)
        urls = [delivery.prepare(uow, asked).url]
    line = SellerConnection(OUTSIDE, "key", "v1", live=False)
    urls += [
        line.call(case, {"customerName": "a,b+c/d= é"}, datetime.now(UTC)).outgoing.url for case in conforming("v1")
    ]
    assert len(urls) > 20
    for url in urls:
        query = urlsplit(url).query
        names = [part.partition("=")[0] for part in query.split("&")]
        assert (names[:-1], names[-1]) == (sorted(names[:-1]), "authToken"), url
        assert not set(query) & set(" ,/é")
    assert "customerName=a%2Cb%2Bc%2Fd%3D+%C3%A9" in urls[-1]


def conforming(protocol: str) -> list[ConformanceCase]:
    """The cases of the production interface with rightly formed calls."""
    planned = RunPlan(SellerConnection(OUTSIDE, "key", protocol, live=False)).cases
    return [case for case in planned if case.interface is Interface.PRODUCTION and case.flaw in {Flaw.NONE, Flaw.PLUS}]


@pytest.mark.parametrize("as_text", [False, True])
def test_guance_reads_product_info_in_both_forms(world: World, browse: Browse, *, as_text: bool) -> None:
    subscribe(world)
    drive(world, "", access_key="", sends_product_info_as_text=as_text)
    call = {"product": catalogue.GUANCE_CONTENT, "operation": Activity.CHANGE_INSTANCE_CHECK}
    sent = browse("https://seller.huaweicloud.com").post("/api/calls", json=call).json()
    body = json.loads(log_of(world, activity="changeInstanceCheck")[0].body)
    assert isinstance(body["productInfo"], str) is as_text
    assert (sent["verdict"], sent["code"]) == ("accepted", "000000")


@pytest.mark.parametrize(("protocol", "flags"), [("v1", {0, 1}), ("v2", {0, 1, 2})])
def test_tenant_sync_has_the_flags_of_its_version_and_empty_ids_as_empty_texts(
    world: World, protocol: str, flags: set[int]
) -> None:
    planned = RunPlan(SellerConnection(OUTSIDE, "key", protocol, live=False)).cases
    cases = [case for case in planned if case.operation == KitInterface.TENANT]
    assert {case.fields["flag"] for case in cases} == flags
    [credential] = [case for case in cases if case.debug_only]
    assert (credential.fields["instanceId"], credential.fields["orderId"]) == ("", "")
    [parameter] = [
        one.parameter("flag")
        for one in (kit_facts.V1 if protocol == "v1" else kit_facts.V2)
        if one.name == KitInterface.TENANT
    ]
    assert parameter
    assert ("2 modify" in parameter.about) is (2 in flags)
    drive(world, OUTSIDE, protocol)
    sent_by_hand = {"instanceId": "", "orderId": "", "tenantId": "t", "tenantCode": "c", "name": "N"}
    with world.uow("huawei", write=True) as uow:
        agreed = sellers.agreed(uow, catalogue.GUANCE_CONTENT)
        body = json.loads(envelope.kit(uow, agreed, KitInterface.TENANT, sent_by_hand).body)
    assert (body["instanceId"], body["orderId"]) == ("", "")


def test_codes_without_a_meaning_are_never_answered() -> None:
    assert not set(usage_push.WITHOUT_MEANING) & usage_push.ANSWERS.keys()
