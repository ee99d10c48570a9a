"""The language of mails to people who have not signed in themselves: that of the last sign-in in the world."""

from io import BytesIO

import pytest
from sqlalchemy import select

from mock_sites.guance.domain import members, profile
from mock_sites.guance.domain.members import STANDARD
from mock_sites.guance.domain.tables import BillingAccount
from mock_sites.huawei.domain import messages
from mock_sites.huawei.domain.tables import Account
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.bills import workspace_of
from mock_sites.tests.support.mailbox import received
from mock_sites.tests.support.sending import post
from mock_sites.world import world_files
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.store import Worlds
from mock_sites.world.world import World


@pytest.fixture
def chinese(world: World, browse: Browse) -> World:
    """A world in which one person has signed in to a console in Chinese."""
    client = browse("https://cn4-auth.guance.com")
    client.headers["Accept-Language"] = "zh"
    assert post(client, "/login/pwd", username="zhaomin", password=PASSWORD).status_code == 302
    return world


def test_a_billing_center_account_that_nobody_has_signed_in_to_is_mailed_in_it(chinese: World) -> None:
    with chinese.uow("guance", write=True) as uow:
        account = uow.session.scalars(select(BillingAccount).where(BillingAccount.username == "zhaomin")).one()
        profile.set_password(uow, account, account.password_hash)
    assert chinese.messages("zhao.min@northwind.example.com")[-1].subject == "您的费用中心密码已修改"


def test_a_huawei_cloud_account_that_nobody_has_signed_in_to_is_mailed_in_it(chinese: World) -> None:
    with chinese.uow("huawei", write=True) as uow:
        account = uow.session.scalars(select(Account).where(Account.name == "hw_chenjing")).one()
        messages.real_name_approved(uow, account)
    assert received(chinese, account.email) == [("您的实名认证已通过", "账号hw_chenjing已完成实名认证。")]


def test_who_has_signed_in_is_mailed_in_the_language_of_that_sign_in(chinese: World, browse: Browse) -> None:
    post(browse("https://auth.huaweicloud.com"), "/authui/login", name="hw_chenjing", password=PASSWORD)
    chinese.speak("zh")
    with chinese.uow("huawei", write=True) as uow:
        account = uow.session.scalars(select(Account).where(Account.name == "hw_chenjing")).one()
        messages.real_name_approved(uow, account)
    [(subject, _text)] = received(chinese, account.email)
    assert subject == "Your real-name authentication was approved"


def test_an_invitation_is_in_the_language_of_the_owner_unless_the_guest_has_one(chinese: World) -> None:
    with chinese.uow("guance", write=True) as uow:
        members.invite(uow, workspace_of(uow), "guest@example.com", STANDARD)
    assert received(chinese, "guest@example.com")[0][0] == "邀请您加入观测云工作空间“northwind-prod”"


def test_copies_of_a_world_keep_its_language(chinese: World, worlds: Worlds) -> None:
    archive = BytesIO()
    world_files.export_world(worlds, chinese.name, archive)
    copies = [worlds.fork(chinese.name), world_files.import_world(worlds, archive)]
    assert [copy.language for copy in copies] == ["zh", "zh"]
    for copy in copies:
        worlds.drop(copy.name)
