"""Members of a workspace: invited by mail, each with the rights of a role and no more."""

import re
from email import message_from_bytes
from email.policy import SMTP

import httpx
import pytest

from mock_sites.guance.domain import accounts, members
from mock_sites.guance.domain.members import ADMINISTRATOR, OWNER, READ_ONLY, ROLES, STANDARD
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import Member
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.bills import DAY, workspace_of
from mock_sites.tests.support.guance_pages import owned, signed_in
from mock_sites.tests.support.locking import lock
from mock_sites.tests.support.sending import post, token
from mock_sites.tests.support.visitors import methods, rules
from mock_sites.world import jobs, passwords
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

GUEST = "guest@example.com"


@pytest.fixture
def guest(world: World, browse: Browse) -> httpx.Client:
    """Somebody with an account at the same site, signed in to the console."""
    with world.uow("guance", write=True) as uow:
        accounts.create(
            uow,
            SITES["cn4"],
            username="guest",
            email=GUEST,
            password_hash=passwords.ready_made_hash(uow),
            phone="",
            company="",
        )
    client = browse("https://cn4-auth.guance.com")
    assert post(client, "/login/pwd", username="guest", password=PASSWORD).status_code == 302
    client.base_url = str(client.base_url).replace("cn4-auth", "cn4-console")
    return client


def join(world: World, role: str) -> None:
    """The guest is a member of Zhao Min's workspace."""
    with world.uow("guance", write=True) as uow:
        workspace = workspace_of(uow)
        account = accounts.with_email(uow, SITES["cn4"], GUEST)
        assert account
        members.accept(uow, members.invite(uow, workspace, GUEST, role), account)


def test_an_invitation_is_mailed_and_accepted(world: World, browse: Browse, guest: httpx.Client) -> None:
    owner, workspace = signed_in(browse), owned(world, "zhaomin")
    address = f"/workspace/{workspace.id}/settings/members"
    assert guest.get(f"/workspace/{workspace.id}/").status_code == 404
    assert post(owner, address, email=GUEST, role="standard").status_code == 302
    (mail,) = world.messages(GUEST)
    text = message_from_bytes(mail.source, policy=SMTP).get_content()
    (mailed,) = re.findall(r"https://cn4-console\.guance\.com(/\S+)", text)
    assert owner.get(mailed).status_code == 200
    (link,) = re.findall(r'href="(/invitations/\w+)"', guest.get(mailed).text)
    assert owner.get(link).status_code == 404
    assert post(guest, link).headers["location"] == f"/workspace/{workspace.id}/"
    page = guest.get(f"/workspace/{workspace.id}/").text
    assert "You are a member of northwind-prod now." in page
    assert workspace.name in guest.get("/workspaces").text
    assert guest.get("/").headers["location"] == f"/workspace/{workspace.id}/"
    assert guest.get(link).status_code == 404
    assert ">guest</th>" in owner.get(address).text


RIGHTS = {
    "": READ_ONLY,
    "logs": READ_ONLY,
    "settings": READ_ONLY,
    "settings/members": READ_ONLY,
    "settings/storage": READ_ONLY,
    "settings/deletions": READ_ONLY,
    "datakit": STANDARD,
    "billing": ADMINISTRATOR,
    "billing/high-consumption-alert": ADMINISTRATOR,
    "settings/token": ADMINISTRATOR,
    "settings/export": ADMINISTRATOR,
    "settings/access": READ_ONLY,
    "settings/import": READ_ONLY,
}


@pytest.mark.parametrize("role", [READ_ONLY, STANDARD, ADMINISTRATOR])
def test_a_role_sees_its_pages_and_no_others(world: World, guest: httpx.Client, role: str) -> None:
    join(world, role)
    base = f"/workspace/{owned(world, 'zhaomin').id}/"
    for page, least in RIGHTS.items():
        answer = guest.get(base + page)
        assert answer.status_code == (200 if members.reaches(role, least) else 403), page
        if answer.status_code == 200 and page != "settings/export":
            for name, needed in (("datakit", STANDARD), ("billing", ADMINISTRATOR)):
                assert (f'href="{base}{name}"' in answer.text) == members.reaches(role, needed)
            assert owned(world, "zhaomin").token not in answer.text or members.reaches(role, STANDARD)


CHANGES = {
    "settings": ADMINISTRATOR,
    "settings/members": ADMINISTRATOR,
    "settings/token": ADMINISTRATOR,
    "settings/access": ADMINISTRATOR,
    "settings/access/mfa": ADMINISTRATOR,
    "settings/import": ADMINISTRATOR,
    "settings/storage": OWNER,
    "settings/deletions": OWNER,
}


def test_every_form_of_the_settings_is_tried_by_every_role(dispatcher: Dispatcher) -> None:
    under = "/workspace/<workspace_id>/"
    there_are = {
        rule.rule.removeprefix(under)
        for app, rule in rules(dispatcher)
        if app == "guance.console" and rule.rule.startswith(f"{under}settings") and "POST" in methods(rule)
    }
    assert {path for path in there_are if "<" not in path} == CHANGES.keys()


@pytest.mark.parametrize("role", [READ_ONLY, STANDARD, ADMINISTRATOR])
def test_a_role_without_the_right_changes_nothing(world: World, guest: httpx.Client, role: str) -> None:
    join(world, role)
    base = f"/workspace/{owned(world, 'zhaomin').id}/"
    csrf, events = token(guest.get(base)), len(world.journal())
    for page, least in CHANGES.items():
        answer = guest.post(base + page, data={"csrf_token": csrf, "addresses": "nonsense", "required": "yes"})
        assert answer.status_code == (422 if members.reaches(role, least) else 403), page
    for page in ("billing-center", "dissolve"):
        guest.post(base + page, data={"csrf_token": csrf})
    assert len(world.journal()) == events


def test_a_role_is_changed_and_a_member_removed(world: World, browse: Browse, guest: httpx.Client) -> None:
    join(world, READ_ONLY)
    owner, base = signed_in(browse), f"/workspace/{owned(world, 'zhaomin').id}/"
    with world.uow("guance") as uow:
        member = uow.session.scalars(members.members_of(workspace_of(uow))).one().account_id
    address = f"{base}settings/members"
    csrf = token(owner.get(address))
    refused = owner.post(f"{address}/{member}/role", data={"csrf_token": csrf, "role": OWNER})
    assert refused.status_code == 422
    assert "Choose one of the roles." in refused.text
    assert owner.post(f"{address}/{member}/role", data={"csrf_token": csrf, "role": STANDARD}).status_code == 302
    assert guest.get(f"{base}datakit").status_code == 200
    assert owner.post(f"{address}/{member}/remove", data={"csrf_token": csrf}).status_code == 302
    assert guest.get(base).status_code == 404
    assert owner.post(f"{address}/{member}/remove", data={"csrf_token": csrf}).status_code == 404


@pytest.mark.parametrize(
    ("email", "role"), [("zhao.min@northwind.example.com", STANDARD), (GUEST, OWNER), ("x", STANDARD)]
)
def test_what_is_no_invitation_is_refused(world: World, browse: Browse, email: str, role: str) -> None:
    owner = signed_in(browse)
    answer = post(owner, f"/workspace/{owned(world, 'zhaomin').id}/settings/members", email=email, role=role)
    assert answer.status_code == 422
    assert not world.messages(email)


def test_an_invitation_ends_after_seven_days_or_when_it_is_replaced(world: World, guest: httpx.Client) -> None:
    with world.uow("guance", write=True) as uow:
        before = members.invite(uow, workspace_of(uow), GUEST, READ_ONLY).id
        after = members.invite(uow, workspace_of(uow), GUEST, STANDARD).id
    assert guest.get(f"/invitations/{before}").status_code == 404
    assert ROLES[STANDARD] in guest.get(f"/invitations/{after}").text
    jobs.advance(world, 7 * DAY)
    with world.uow("guance") as uow:
        assert not uow.session.scalars(members.invitations_of(uow, workspace_of(uow))).all()


def test_nobody_joins_or_leaves_a_locked_workspace(world: World, browse: Browse, guest: httpx.Client) -> None:
    join(world, READ_ONLY)
    with world.uow("guance", write=True) as uow:
        sent = members.invite(uow, workspace_of(uow), "other@example.com", READ_ONLY).id
        member = uow.session.scalars(members.members_of(workspace_of(uow))).one().account_id
    owner, base = signed_in(browse), f"/workspace/{owned(world, 'zhaomin').id}/"
    lock(world)
    assert "Unlock Now" not in guest.get(base).text
    csrf = token(owner.get(base))
    for page in (f"{member}/remove", f"{member}/role", f"invitations/{sent}/cancel"):
        answer = owner.post(f"{base}settings/members/{page}", data={"csrf_token": csrf, "role": STANDARD})
        assert answer.status_code == 422
        assert "nothing can be changed." in answer.text
    with world.uow("guance") as uow:
        assert uow.session.get_one(Member, (workspace_of(uow).id, member)).role == READ_ONLY
