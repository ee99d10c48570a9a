"""The joint-operation kit: calls to the seller about enterprises, departments and members (spec huawei 3 and 4.1)."""

import base64
import json
import re
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from sqlalchemy import select

from mock_sites import guance
from mock_sites.huawei.domain import enterprises, members
from mock_sites.huawei.domain.members import Details
from mock_sites.huawei.domain.tables import Enterprise, FailedSync, Member, Resource
from mock_sites.huawei.protocol import operations
from mock_sites.huawei.protocol.activities import KitInterface
from mock_sites.huawei.protocol.parameters import Operation, ValueType
from mock_sites.huawei.seller_gateway import live, log
from mock_sites.huawei.seller_gateway.verdict import NO_ANSWER
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.enterprises import PASSWORD
from mock_sites.tests.support.gateway import drive, log_of, seller
from mock_sites.tests.support.huawei_pages import MARKETPLACE, Visit, visit
from mock_sites.tests.support.recording_seller import RecordingSeller
from mock_sites.tests.support.sending import token
from mock_sites.tests.support.subscribing import buy, buyer, enterprise_with_wendy
from mock_sites.tests.support.users import Users
from mock_sites.world import jobs
from mock_sites.world.agreement import AUTH_CENTRE, SELLER_MAIL, seller_keys
from mock_sites.world.sockets import Cause
from mock_sites.world.world import World

__all__ = ["visit"]

PRIVATE_KEY = Path(guance.__file__).parent / "production_api" / "mock_private_key.pem"
UNUSABLE = "The answer of the seller cannot be used."
BOUND = ["tenantSync", "applicationSync", "allOrgSync"]


@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_the_seller_gets_all_calls_in_the_documented_order(world: World, protocol: str) -> None:
    listener = RecordingSeller()
    with seller(listener) as address:
        drive(world, address, protocol, mgf_hash="SHA-1")
        enterprise_id = enterprise_with_wendy(world, buy(world))
        jobs.run_due(world)
        with world.uow("huawei", write=True) as uow:
            enterprise = uow.session.get_one(Enterprise, enterprise_id)
            (wendy,) = uow.session.scalars(members.members_of(enterprise))
            for _ in range(2):
                members.cancel_authorization(uow, enterprise, wendy.id)
        jobs.run_due(world)

    assert listener.interfaces == [*BOUND, "singleOrgSync", "authSync", "authSync"]
    assert {call.verdict for call in log_of(world)} == {"accepted"}
    bodies = [body for _, body in listener.received]
    tenant, application, all_orgs, single_org, granted, withdrawn = bodies
    assert (tenant["tenantId"], tenant["tenantCode"], tenant["flag"]) == (enterprise_id, "acme", 1)
    assert tenant["domainName"] == world.local(AUTH_CENTRE)
    assert {body["instanceId"] for body in bodies} == {"ins-1"}
    padding = OAEP(mgf=MGF1(SHA1()), algorithm=SHA256(), label=None)  # noqa: S303 - as Java does by default
    private_key = load_pem_private_key(PRIVATE_KEY.read_bytes(), password=None)
    assert isinstance(private_key, RSAPrivateKey)
    secret = private_key.decrypt(base64.b64decode(application["clientSecret"]), padding).decode()
    assert secret == seller_keys(world.seed).client_secret
    assert application["clientSecret"] not in log.shown(log_of(world, activity="applicationSync")[0].body)
    rows = json.loads(all_orgs["orgInfo"]) if protocol == "v1" else all_orgs["orgInfoList"]
    assert [row["name" if protocol == "v1" else "orgName"] for row in rows] == ["Acme Research"]
    assert (single_org["orgName"], single_org["parentCode"]) == ("Research", rows[0]["orgCode"])
    users = json.loads(granted["userList"]) if protocol == "v1" else granted["userList"]
    assert [(user["userName"], user["orgCode"], user["enable"]) for user in users] == [
        ("wendy", single_org["orgCode"], "true")
    ]
    assert (granted["flag"], withdrawn["flag"]) == (1, 0 if protocol == "v1" else 3)
    for interface, body in listener.received:
        check_documented(operations.of(protocol, interface), body)


def check_documented(operation: Operation, body: dict[str, Any]) -> None:
    """A call has what ``huawei/protocol`` says, and nothing else. So has each object in its list."""
    names = {one.name for one in operation.parameters}
    assert body.keys() - {"timeStamp"} <= names, operation.name
    assert operation.mandatory <= body.keys()
    for parameter in (one for one in operation.parameters if one.kind is ValueType.LIST):
        value = body[parameter.name]
        for row in json.loads(value) if isinstance(value, str) else value:
            assert row.keys() <= {one.within or one.name for one in parameter.nested}
            assert {one.name for one in parameter.nested if one.mandatory} <= row.keys()


def test_a_new_service_of_an_enterprise_gets_its_authorized_members_too(world: World) -> None:
    listener = RecordingSeller()
    with seller(listener) as address:
        drive(world, address)
        enterprise_id = enterprise_with_wendy(world, buy(world))
        jobs.run_due(world)
        listener.received.clear()
        with world.uow("huawei", write=True) as uow:
            resource = uow.session.get_one(Resource, "ins-1")
            resource.enterprise_id = None
            enterprises.bind(uow, buyer(uow), resource, enterprise_id)
        jobs.run_due(world)
    assert listener.interfaces == [*BOUND, "authSync"]


def test_a_known_department_is_not_sent_again(world: World) -> None:
    listener = RecordingSeller()
    with seller(listener) as address:
        drive(world, address)
        enterprise_id = enterprise_with_wendy(world, buy(world))
        for account, department in (("max", "Research"), ("eva", "Acme Research")):
            with world.uow("huawei", write=True) as uow:
                details = Details(name=account, department=department, phone="13800000009", email="", account=account)
                members.add(uow, uow.session.get_one(Enterprise, enterprise_id), details, password=PASSWORD)
        jobs.run_due(world)
    assert listener.interfaces.count("singleOrgSync") == 1


def test_a_failed_call_is_listed_until_the_buyer_sends_it_again(world: World, visit: Visit, browse: Browse) -> None:
    listener = RecordingSeller("tenantSync")
    with seller(listener) as address:
        drive(world, address)
        enterprise_with_wendy(world, buy(world))
        jobs.advance(world, 4 * 3600)
        assert listener.interfaces.count("tenantSync") == 1
        assert listener.interfaces == ["tenantSync", "singleOrgSync", "authSync"]
        assert [mail.subject for mail in world.messages(SELLER_MAIL)] == ["tenantSync failed: Guance SaaS Edition"]
        failed = log_of(world, activity="tenantSync")[0].number
        mailed = world.messages(SELLER_MAIL)[0].source.decode()
        assert "The seller reports an internal error." in mailed
        assert f"https://seller.huaweicloud.com/calls/{failed}" in mailed
        center = browse("https://seller.huaweicloud.com")
        assert f'href="/calls/{failed}"' in center.get("/messages").text
        [message] = center.get("/api/messages").json()["messages"]
        assert message["hindrance"] == "The buyer sends it again, in Partner Services."
        assert center.post(f"/api/messages/{failed}/restart").status_code == 422

        listener.refused.clear()
        page, stranger = visit("hw_liwei"), visit("hw_wangfang")
        listed = page.get(world.local(f"{MARKETPLACE}/buyer/partner-services"))
        assert "Not accepted by the seller" in listed.text
        assert "The seller reports an internal error." in listed.text
        retry = world.local(f"{MARKETPLACE}/buyer/partner-services/failures/1/retry")
        other = token(stranger.get(world.local(f"{MARKETPLACE}/contents/181f3d92-f40b-48d7-8ad5-420df0a682d2/buy")))
        assert stranger.post(retry, data={"csrf_token": other}).status_code == 404
        for _ in range(2):
            assert page.post(retry, data={"csrf_token": token(listed)}).status_code == 302
        jobs.run_due(world)

    assert listener.interfaces.count("tenantSync") == 2
    assert listener.interfaces[-3:] == [*BOUND[1:], "authSync"]
    after = page.get(world.local(f"{MARKETPLACE}/buyer/partner-services"))
    assert "Not accepted by the seller" not in after.text


@pytest.mark.parametrize("interface", KitInterface)
@pytest.mark.parametrize(
    ("explanation", "details", "shown"),
    [
        (NO_ANSWER[Cause.REFUSED], {}, "There was no answer."),
        ("The seller redirects (HTTP {status}) to {target}.", {"status": 302, "target": "http://x"}, UNUSABLE),
        ("The answer has no resultCode.", {}, UNUSABLE),
        ("The seller reports an internal error.", {}, "The seller reports an internal error."),
    ],
    ids=["no answer", "redirect", "no code", "refusal"],
)
def test_a_buyer_reads_what_was_not_accepted_and_no_internals_of_the_seller(
    users: Users, interface: KitInterface, explanation: str, details: dict[str, Any], shown: str
) -> None:
    with users.world.uow("huawei", write=True) as uow:
        failed = uow.session.get_one(FailedSync, int(users.ids["failure"]))
        failed.interface, failed.explanation, failed.details = interface, explanation, details
    page = users.visitor("huawei.marketplace", "owner").get("/buyer/partner-services").text
    [listed] = re.findall(r'<h2 id="failures">.*?</section>', page, re.DOTALL)
    assert shown in listed
    assert not [word for word in (interface, "http", "resultCode") if word in listed]


def test_the_buyer_cancels_an_authorization_on_the_page_of_members(world: World, visit: Visit) -> None:
    enterprise_with_wendy(world, buy(world))
    page = visit("hw_liwei")
    listed = page.get(world.local(f"{MARKETPLACE}/buyer/partner-services/members"))
    assert "Cancel authorization" in listed.text
    with world.uow("huawei") as uow:
        member = uow.session.scalars(select(Member)).first()
        assert member
    cancel = world.local(f"{MARKETPLACE}/buyer/partner-services/members/{member.id}/cancel-authorization")
    assert page.post(cancel).status_code == 400
    assert page.post(cancel, data={"csrf_token": token(listed)}).status_code == 302
    assert page.post(cancel.replace(member.id, "x"), data={"csrf_token": token(listed)}).status_code == 404
    assert len(world.journal(kind="huawei.member.authorization-cancelled")) == 1


@pytest.mark.parametrize("protocol", ["v1", "v2"])
def test_the_built_in_seller_accepts_everything_in_both_protocols(world: World, protocol: str) -> None:
    drive(world, "", protocol, access_key="")
    instance_id = buy(world)
    enterprise_with_wendy(world, instance_id)
    jobs.run_due(world)
    assert live.look_up(world, instance_id).answered
    assert {(call.protocol, call.verdict) for call in log_of(world)} == {(protocol, "accepted")}
    assert {call.activity for call in log_of(world, interface="kit")} == {*BOUND, "singleOrgSync", "authSync"}
