"""Members after they were added: edited, disabled, enabled, deleted; new passwords; administrators."""

import pytest
from sqlalchemy import select

from mock_sites.guance.domain.tables import TenantMember
from mock_sites.huawei.domain import member_management, members
from mock_sites.huawei.domain.tables import Department, Enterprise, Member
from mock_sites.huawei.domain.unified_login import authenticate
from mock_sites.tests.support.enterprises import PASSWORD, WENDY
from mock_sites.tests.support.partner_services import buyer
from mock_sites.tests.support.users import Users
from mock_sites.tests.support.visitors import Visitor, nothing_changes
from mock_sites.world import jobs
from mock_sites.world.agreement import seller_keys
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World

__all__ = ["buyer"]

ROOT = "/buyer/partner-services"
NEW_PASSWORD = "Renewed-2026"


def at_guance(world: World) -> tuple[str, bool, bool] | None:
    """The role of Wendy as Guance knows it, and whether she is enabled and authorized."""
    jobs.run_due(world)
    with world.uow("guance") as uow:
        found = uow.session.scalars(select(TenantMember).where(TenantMember.user_name == "wendy")).first()
        return (found.role, found.enabled, found.authorized) if found else None


def logs_in(world: World, password: str = PASSWORD) -> None:
    with world.uow("huawei", write=True) as uow:
        authenticate(uow, "wendy@acme", password)


def test_a_disabled_member_is_in_a_list_of_its_own_and_can_use_nothing_until_it_is_enabled(
    users: Users, buyer: Visitor
) -> None:
    wendy = f"{ROOT}/members/{users.ids['member']}"
    assert "Disable this member?" in buyer.get(f"{wendy}/disable").text
    buyer.get("/language/zh")
    assert ">禁用</button>" in buyer.get(f"{wendy}/disable").text
    buyer.get("/language/en")
    assert buyer.post(f"{wendy}/disable", {}).status_code == 302
    assert "wendy@acme" not in buyer.get(f"{ROOT}/members").text
    assert "wendy@acme" in buyer.get(f"{ROOT}/members/disabled").text
    assert "wendy@acme" not in buyer.get(f"{ROOT}/authorize").text
    with pytest.raises(Refusal, match="Your account is disabled"):
        logs_in(users.world)
    assert at_guance(users.world) == ("admin", False, True)
    with nothing_changes(users.world):
        assert "Pick at least one member." in buyer.post(f"{ROOT}/members/enable", {}).text
    picked = {"members": [users.ids["member"], users.ids["disabled"]]}
    assert buyer.post(f"{ROOT}/members/enable", picked).status_code == 302
    assert "Members enabled: 2." in buyer.get(f"{ROOT}/members").text
    assert at_guance(users.world) == ("admin", True, True)
    logs_in(users.world)


def test_only_disabled_members_are_deleted_and_only_after_a_question(users: Users, buyer: Visitor) -> None:
    wendy, delete = users.ids["member"], f"{ROOT}/members/delete"
    with nothing_changes(users.world):
        refused = buyer.post(delete, {"members": wendy, "confirmed": "yes"})
    assert (refused.status_code, "Pick disabled members" in refused.text) == (422, True)
    buyer.post(f"{ROOT}/members/{wendy}/disable", {})
    jobs.run_due(users.world)
    with nothing_changes(users.world):
        assert "Delete members" in buyer.post(delete, {"one": wendy}).text
    assert buyer.post(delete, {"members": wendy, "confirmed": "yes"}).status_code == 302
    assert "wendy@acme" not in buyer.get(f"{ROOT}/members/disabled").text
    assert buyer.get(f"{ROOT}/members/{wendy}/edit").status_code == 404
    assert at_guance(users.world) is None
    with pytest.raises(Refusal, match="incorrect"):
        logs_in(users.world)
    with users.world.uow("huawei", write=True) as uow:
        enterprise = uow.session.get_one(Enterprise, users.ids["enterprise"])
        members.add(uow, enterprise, WENDY, password=NEW_PASSWORD)
    logs_in(users.world, NEW_PASSWORD)


def test_a_department_is_deleted_after_its_members_were(users: Users, buyer: Visitor) -> None:
    code, delete = users.ids["code"], f"{ROOT}/departments/{users.ids['code']}/delete"
    buyer.post(f"{ROOT}/members/{users.ids['member']}/disable", {})
    assert "The department still has members, some of whom may be disabled." in buyer.post(delete, {}).text
    both = [users.ids["member"], users.ids["disabled"]]
    buyer.post(f"{ROOT}/members/delete", {"members": both, "confirmed": "yes"})
    assert buyer.post(delete, {}).status_code == 302
    with users.world.uow("huawei") as uow:
        assert uow.session.get(Department, code) is None
        assert uow.session.get_one(Member, both[0]).department.name == "Acme Research"


def test_a_reset_password_is_an_initial_one_and_signs_out(users: Users, buyer: Visitor) -> None:
    wendy = f"{ROOT}/members/{users.ids['member']}/reset-password"
    member = users.visitor("huawei.unified_login", "owner")
    with nothing_changes(users.world):
        assert buyer.post(wendy, {"password": "short"}).status_code == 422
    assert buyer.post(wendy, {"password": NEW_PASSWORD}).status_code == 302
    with pytest.raises(Refusal, match="incorrect"):
        logs_in(users.world)
    logs_in(users.world, NEW_PASSWORD)
    with users.world.uow("huawei") as uow:
        assert uow.session.get_one(Member, users.ids["member"]).password_is_initial
    assert NEW_PASSWORD not in buyer.get(f"{ROOT}/members").text
    assert (
        "You are logged in as"
        not in member.get(f"/unified-login/portal-login?ind=UNOP&appId={seller_keys(users.world.seed).app_id}").text
    )


def test_the_details_of_a_member_are_changed_but_not_the_account(users: Users, buyer: Visitor) -> None:
    edit = f"{ROOT}/members/{users.ids['member']}/edit"
    details = {"name": "Wendy Gu", "department": "Sales", "phone": "13800000000", "email": ""}
    with nothing_changes(users.world):
        refused = buyer.post(edit, details | {"phone": ""})
    assert (refused.status_code, "a phone number, an email address or both" in refused.text) == (422, True)
    assert buyer.post(edit, details | {"account": "other"}).status_code == 302
    with users.world.uow("huawei") as uow:
        wendy = uow.session.get_one(Member, users.ids["member"])
        assert (wendy.name, wendy.department.path, wendy.account, wendy.email) == ("Wendy Gu", "Sales", "wendy", "")
    jobs.run_due(users.world)
    with users.world.uow("guance") as uow:
        [known] = uow.session.scalars(select(TenantMember).where(TenantMember.user_name == "wendy"))
        assert (known.name, known.mobile, known.org_code) == ("Wendy Gu", "13800000000", wendy.department_code)


@pytest.mark.parametrize("account", ["wendy", "wendy@acme"])
def test_administrators_are_appointed_and_dismissed(users: Users, buyer: Visitor, account: str) -> None:
    page = f"{ROOT}/administrators"
    assert buyer.post(f"{page}/{users.ids['member']}/remove", {}).status_code == 302
    assert at_guance(users.world) == ("user", True, True)
    for unknown in ("nobody", "dora", "wendy@globex"):
        with nothing_changes(users.world):
            assert "No active member of the enterprise has this account." in buyer.post(page, {"account": unknown}).text
    for _ in range(2):
        assert buyer.post(page, {"account": account}).status_code == 302
    assert at_guance(users.world) == ("admin", True, True)
    assert len(users.world.journal(kind="huawei.administrator.appointed")) == 2


def test_disabling_twice_is_disabling_once(users: Users) -> None:
    with users.world.uow("huawei", write=True) as uow:
        for _ in range(2):
            member_management.disable(uow, uow.session.get_one(Member, users.ids["member"]))
    assert len(users.world.journal(kind="huawei.member.disabled")) == 2
