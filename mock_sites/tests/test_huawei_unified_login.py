"""Unified login (S1, Log In to the Application)."""

from datetime import timedelta

import pytest

from mock_sites.huawei.domain import members, unified_login
from mock_sites.huawei.domain.tables import Enterprise, Member
from mock_sites.tests.test_huawei_enterprises import PASSWORD, add, ready
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World


@pytest.fixture
def member_id(world: World) -> str:
    """An authorized member, wendy@acme."""
    enterprise_id = ready(world)
    member_id = add(world, enterprise_id)
    with world.book("huawei", write=True) as book:
        members.authorize(book, book.session.get_one(Enterprise, enterprise_id), [member_id], agreed=True)
    return member_id


def sign_in(world: World, login_name: str, password: str) -> str:
    """Who signed in."""
    with world.book("huawei") as book:
        return unified_login.authenticate(book, login_name, password).id


def code_for(world: World, member_id: str) -> str:
    """A fresh code."""
    with world.book("huawei", write=True) as book:
        return unified_login.issue_code(book, book.session.get_one(Member, member_id))


def redeem(world: World, code: str) -> str | None:
    """The token for a code, if any."""
    with world.book("huawei", write=True) as book:
        token = unified_login.redeem_code(book, code)
        return token.token if token else None


def test_an_authorized_member_signs_in_with_account_and_domain(world: World, member_id: str) -> None:
    assert sign_in(world, "wendy@ACME", PASSWORD) == member_id


@pytest.mark.usefixtures("member_id")
def test_an_unknown_account_and_a_wrong_password_read_the_same(world: World) -> None:
    reasons: set[str] = set()
    for login_name, password in (("wendy@acme", "Wrong-2026"), ("nobody@acme", PASSWORD), ("wendy@other", PASSWORD)):
        with pytest.raises(Refusal) as refusal:
            sign_in(world, login_name, password)
        reasons.add(refusal.value.reason)
    assert len(reasons) == 1


def test_a_member_who_is_not_authorized_is_refused(world: World) -> None:
    add(world, ready(world))
    with pytest.raises(Refusal, match="not authorized"):
        sign_in(world, "wendy@acme", PASSWORD)


def test_the_initial_password_never_works_again(world: World, member_id: str) -> None:
    with world.book("huawei", write=True) as book:
        member = book.session.get_one(Member, member_id)
        with pytest.raises(Refusal, match="must differ"):
            unified_login.change_initial_password(book, member, PASSWORD)
        unified_login.change_initial_password(book, member, "Changed-2026")
    with pytest.raises(Refusal, match="incorrect"):
        sign_in(world, "wendy@acme", PASSWORD)
    assert sign_in(world, "wendy@acme", "Changed-2026") == member_id


def test_a_code_is_good_once_and_for_five_minutes(world: World, member_id: str) -> None:
    code = code_for(world, member_id)
    assert redeem(world, code)
    assert redeem(world, code) is None

    late = code_for(world, member_id)
    jobs.advance(world, unified_login.CODE_LIFETIME / timedelta(seconds=1))
    assert redeem(world, late) is None
    assert redeem(world, "invented") is None


def test_a_token_tells_who_the_member_is_until_it_expires_or_the_authorization_ends(
    world: World, member_id: str
) -> None:
    token = redeem(world, code_for(world, member_id)) or ""
    with world.book("huawei") as book:
        member = unified_login.member_of_token(book, token)
        assert member is not None
        assert member.login_name == "wendy@acme"
        assert unified_login.member_of_token(book, "invented") is None
    jobs.advance(world, 2 * 3600)
    with world.book("huawei") as book:
        assert unified_login.member_of_token(book, token) is None
