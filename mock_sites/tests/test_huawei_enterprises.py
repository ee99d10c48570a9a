"""Enterprises, members and authorization (S1, Step Two)."""

import pytest

from mock_sites.huawei.domain import enterprises, members
from mock_sites.huawei.domain.members import Details
from mock_sites.huawei.domain.tables import Enterprise
from mock_sites.tests.support.enterprises import WENDY, add, ready, service_of, set_up
from mock_sites.world import jobs
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World


def test_an_enterprise_needs_a_role(world: World) -> None:
    with world.uow("huawei", write=True) as uow:
        account, resource = service_of(uow)
        resource.role = ""
        with pytest.raises(Refusal, match="Select a role") as refusal:
            enterprises.set_up(uow, account, resource, name="Acme", domain="acme")
        assert refusal.value.field == "role"


def test_a_role_that_does_not_exist_is_refused(world: World) -> None:
    with world.uow("huawei", write=True) as uow, pytest.raises(Refusal, match="Select a role"):
        enterprises.choose_role(uow, service_of(uow)[1], "resale")


def test_the_set_up_of_an_enterprise_takes_one_to_three_minutes_and_nothing_later_can_be_done(world: World) -> None:
    enterprise_id = set_up(world)
    jobs.advance(world, 59)
    with pytest.raises(Refusal, match="still being set up"):
        add(world, enterprise_id)
    with world.uow("huawei", write=True) as uow, pytest.raises(Refusal, match="still being set up"):
        members.authorize(uow, uow.session.get_one(Enterprise, enterprise_id), ["x"], agreed=True)
    jobs.advance(world, 121)
    add(world, enterprise_id)


def test_name_and_domain_of_an_enterprise_can_never_be_changed(world: World) -> None:
    enterprise_id = ready(world)
    for name, domain in (("Another name", "acme"), ("Acme Research", "other")):
        with pytest.raises(Refusal, match="cannot be changed"):
            set_up(world, name, domain)
    with world.uow("huawei") as uow:
        kept = uow.session.get_one(Enterprise, enterprise_id)
        assert (kept.name, kept.domain) == ("Acme Research", "acme")


def test_the_same_set_up_sent_twice_is_one_enterprise(world: World) -> None:
    assert set_up(world) == set_up(world)


def test_a_domain_is_unique_among_organizations_whatever_its_case(world: World) -> None:
    set_up(world)
    with pytest.raises(Refusal, match="taken") as refusal:
        set_up(world, "Globex", "ACME", buyer="hw_wangfang")
    assert refusal.value.field == "domain"


@pytest.mark.parametrize("domain", ["a", "-a", "a-", "ac me", "a@b", "x" * 31, "域名"])
def test_a_malformed_domain_is_refused(world: World, domain: str) -> None:
    with pytest.raises(Refusal, match="2 to 30") as refusal:
        set_up(world, domain=domain)
    assert refusal.value.field == "domain"


def test_only_the_first_member_is_filled_in_with_the_buyers_details(world: World) -> None:
    enterprise_id = ready(world)
    with world.uow("huawei") as uow:
        enterprise = uow.session.get_one(Enterprise, enterprise_id)
        filled = members.prefilled(uow, service_of(uow)[0], enterprise)
    assert filled == Details(
        name="Li Wei",
        department="Acme Research",
        phone="13800000001",
        email="li.wei@acme.example.com",
        account="hw_liwei",
    )
    add(world, enterprise_id)
    with world.uow("huawei") as uow:
        enterprise = uow.session.get_one(Enterprise, enterprise_id)
        assert members.prefilled(uow, service_of(uow)[0], enterprise) is None


def test_an_account_is_unique_within_its_enterprise(world: World) -> None:
    enterprise_id = ready(world)
    add(world, enterprise_id)
    with pytest.raises(Refusal, match="exists in the enterprise") as refusal:
        add(world, enterprise_id)
    assert refusal.value.field == "account"


@pytest.mark.parametrize("password", ["short1", "onlyletters", "1234567890", "aaa-2026-bbb", "a1" * 33])
def test_a_weak_initial_password_is_refused(world: World, password: str) -> None:
    enterprise_id = ready(world)
    with pytest.raises(Refusal) as refusal:
        add(world, enterprise_id, password=password)
    assert refusal.value.field == "password"


def test_nothing_is_mailed_when_a_member_is_added_and_authorized(world: World) -> None:
    enterprise_id = ready(world)
    member_id = add(world, enterprise_id)
    with world.uow("huawei", write=True) as uow:
        members.authorize(uow, uow.session.get_one(Enterprise, enterprise_id), [member_id], agreed=True)
    jobs.run_due(world)
    assert world.messages(WENDY.email) == world.messages(subject="Wendy") == []


def test_authorizing_needs_a_picked_member_and_the_terms(world: World) -> None:
    enterprise_id = ready(world)
    member_id = add(world, enterprise_id)
    for picked, agreed, reason in (
        ([], True, "at least one"),
        ([member_id], False, "terms"),
        (["other"], True, "only"),
    ):
        with world.uow("huawei", write=True) as uow, pytest.raises(Refusal, match=reason):
            members.authorize(uow, uow.session.get_one(Enterprise, enterprise_id), picked, agreed=agreed)
    assert world.journal(kind="huawei.member.authorized") == []
