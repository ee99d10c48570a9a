"""Application management: who can log in to an application that was stopped, and what its seller gets."""

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from mock_sites.guance.domain.tables import TenantMember
from mock_sites.huawei.domain import applications, login_tokens, member_management, members
from mock_sites.huawei.domain.states import ResourceState
from mock_sites.huawei.domain.tables import Enterprise, Member, Resource, SellerCall
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.enterprises import PASSWORD, WENDY, add
from mock_sites.tests.support.gateway import drive
from mock_sites.tests.support.oauth import ask_for_tokens, authorized_member, code_for
from mock_sites.tests.support.partner_services import buyer
from mock_sites.tests.support.reaching import reach
from mock_sites.tests.support.sending import post
from mock_sites.tests.support.users import Users
from mock_sites.tests.support.visitors import Visitor, nothing_changes
from mock_sites.world import jobs
from mock_sites.world.agreement import AUTH_CENTRE, seller_keys
from mock_sites.world.world import World

__all__ = ["buyer"]

ROOT = "/buyer/partner-services/applications"
STOPPED = "Your enterprise has stopped this application. Ask its administrator to start it."


def turn(world: World, *, on: bool) -> None:
    """Start or stop the only application of the enterprise acme, and let its seller be called."""
    with world.uow("huawei", write=True) as uow:
        enterprise = uow.session.scalars(select(Enterprise).where(Enterprise.domain == "acme")).one()
        [application] = uow.session.scalars(applications.of_enterprise(enterprise))
        (applications.start if on else applications.stop)(uow, enterprise, application)
    jobs.run_due(world)


def at_guance(world: World) -> dict[str, bool]:
    """The members that Guance knows, and whether they are authorized."""
    jobs.run_due(world)
    with world.uow("guance") as uow:
        return {one.user_name: one.authorized for one in uow.session.scalars(select(TenantMember))}


def calls(world: World) -> list[tuple[int, list[str]]]:
    """The calls of authSync: their flags and members."""
    with world.uow("huawei") as uow:
        wanted = select(SellerCall).where(SellerCall.activity == "authSync").order_by(SellerCall.number)
        bodies: list[dict[str, Any]] = [json.loads(call.body) for call in uow.session.scalars(wanted)]
    return [(body["flag"], sorted(user["userName"] for user in body["userList"])) for body in bodies]


def portal(world: World) -> str:
    return f"/unified-login/portal-login?ind=UNOP&appId={seller_keys(world.seed).app_id}"


def test_a_switch_stops_an_application_after_a_question_and_starts_it_again(users: Users, buyer: Visitor) -> None:
    instance, member = users.ids["instance_id"], users.visitor("huawei.unified_login", "owner")
    with nothing_changes(users.world):
        assert "Stop Guance SaaS Edition?" in buyer.get(f"{ROOT}/{instance}/stop").text
    assert at_guance(users.world)["wendy"]
    assert buyer.post(f"{ROOT}/{instance}/stop", {}).status_code == 302
    page = buyer.get(f"{ROOT}/").text
    assert 'aria-pressed="false"' in page
    assert 'aria-pressed="true"' not in page
    assert "is stopped: no member can log in to it." in buyer.get("/buyer/partner-services/authorize").text
    assert not at_guance(users.world)["wendy"]
    assert STOPPED in member.get(member.post(portal(users.world), {"go_on": "1"}).location or "").text
    with users.world.uow("huawei") as uow:
        assert uow.session.get_one(Member, users.ids["member"]).authorized

    assert buyer.post(f"{ROOT}/{instance}/start", {}).status_code == 302
    assert 'aria-pressed="true"' in buyer.get(f"{ROOT}/").text
    assert at_guance(users.world)["wendy"]


def test_nobody_logs_in_to_a_stopped_application_and_its_codes_and_tokens_are_not_valid(
    world: World, browse: Browse
) -> None:
    member_id, client = authorized_member(world), browse(AUTH_CENTRE)
    token = ask_for_tokens(world, client, code=code_for(world, member_id)).json()["access_token"]
    who = {"Authorization": f"Bearer {token}"}
    code = code_for(world, member_id)
    turn(world, on=False)

    answer = post(client, portal(world), account="wendy@acme", password=PASSWORD)
    assert (answer.status_code, STOPPED in answer.text) == (422, True)
    assert "incorrect" in post(client, portal(world), account="wendy@acme", password="Wrong-2026").text
    logins = browse("https://marketplace.huaweicloud.com")
    assert logins.post("/api/logins", json={"account": "wendy@acme", "password": PASSWORD}).json()["message"] == STOPPED
    assert ask_for_tokens(world, client, code=code).json()["error"] == "invalid_grant"
    assert client.get("/api/v1/oauth2/userinfo", headers=who).status_code == 401
    turn(world, on=True)
    assert client.get("/api/v1/oauth2/userinfo", headers=who).status_code == 200
    assert post(client, portal(world), account="wendy@acme", password=PASSWORD).status_code == 302


def test_a_seller_gets_nothing_of_a_stopped_application_but_deletions_and_the_authorized_at_its_start(
    world: World,
) -> None:
    member_id = authorized_member(world)
    with world.uow("huawei") as uow:
        enterprise_id = uow.session.get_one(Member, member_id).enterprise_id
    other = add(world, enterprise_id, replace(WENDY, account="otto", name="Otto"))
    third = add(world, enterprise_id, replace(WENDY, account="pia", name="Pia"))
    with world.uow("huawei", write=True) as uow:
        members.authorize(uow, uow.session.get_one(Enterprise, enterprise_id), [other], agreed=True)
    jobs.run_due(world)
    turn(world, on=False)
    turn(world, on=False)
    before = len(calls(world))
    assert calls(world)[-1] == (3, ["otto", "wendy"])
    with world.uow("huawei", write=True) as uow:
        enterprise, wendy = uow.session.get_one(Enterprise, enterprise_id), uow.session.get_one(Member, member_id)
        members.authorize(uow, enterprise, [third], agreed=True)
        members.cancel_authorization(uow, enterprise, other)
        member_management.edit(uow, wendy, name="Wen", department="Research", phone="", email=wendy.email)
    jobs.run_due(world)
    assert len(calls(world)) == before
    with world.uow("huawei", write=True) as uow:
        member_management.disable(uow, uow.session.get_one(Member, member_id))
        member_management.delete(uow, uow.session.get_one(Enterprise, enterprise_id), [member_id])
    turn(world, on=True)
    turn(world, on=True)
    assert calls(world)[before:] == [(0, ["wendy"]), (1, ["pia"])]


def test_in_v1_which_has_no_flag_for_it_a_stopped_application_deletes_its_members(world: World) -> None:
    authorized_member(world)
    drive(world, "http://localhost:9", "v1", encrypt_type="1")
    turn(world, on=False)
    turn(world, on=True)
    with world.uow("huawei") as uow:
        wanted = select(SellerCall).where(SellerCall.activity == "authSync").order_by(SellerCall.number)
        flags = [call.asked["flag"] for call in uow.session.scalars(wanted)]
        bodies = [call.body for call in uow.session.scalars(wanted)]
    assert flags[-2:] == [3, 1]
    assert [b'"flag":0' in body or b"flag=0" in body for body in bodies[-2:]] == [True, False]


def test_a_member_cannot_log_in_to_an_application_that_the_enterprise_does_not_use(
    world: World, browse: Browse
) -> None:
    member_id = authorized_member(world)
    drive(world, "https://isv.example.com", login_address="https://isv.example.com/login")
    answer = post(browse(AUTH_CENTRE), portal(world), account="wendy@acme", password=PASSWORD)
    assert (answer.status_code, "Your enterprise does not use this application." in answer.text) == (422, True)
    with world.uow("huawei", write=True) as uow:
        member = uow.session.get_one(Member, member_id)
        login_tokens.store_code(uow, "c" * 32, member, seller_keys(world.seed).client_id)
    assert ask_for_tokens(world, browse(AUTH_CENTRE), code="c" * 32).json()["error"] == "invalid_grant"


def test_an_application_whose_service_has_expired_has_no_switch(users: Users, buyer: Visitor) -> None:
    instance = users.ids["instance_id"]
    with users.world.uow("huawei", write=True) as uow:
        other = uow.session.get_one(Resource, users.ids["plan"])
        other.enterprise_id = users.ids["enterprise"]
        reach(uow.session.get_one(Resource, instance), ResourceState.FROZEN, "state")
    page = buyer.get(f"{ROOT}/").text
    assert instance in page
    assert f"{instance}/stop" not in page
    refusal = "Only an application whose service is in use can be stopped and started."
    with nothing_changes(users.world):
        assert refusal in buyer.post(f"{ROOT}/{instance}/stop", {}).text
        assert buyer.post(f"{ROOT}/{instance}/start", {}).status_code == 302
    assert refusal in buyer.get(f"{ROOT}/").text
