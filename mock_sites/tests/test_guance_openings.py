"""Creating a workspace on a visit from Huawei Cloud (S1, Create New Workspace)."""

from dataclasses import replace

import pytest

from mock_sites.guance.domain import accounts, billing_accounts, bindings, codes, openings
from mock_sites.guance.domain.openings import NewOwner, Opening
from mock_sites.guance.domain.sites import SITES
from mock_sites.tests.support.binding import (
    BUYER,
    OWNER_EMAIL,
    bind_account,
    bind_workspace,
    code_mail,
    confirm,
    there,
    visit_from,
)
from mock_sites.tests.support.mailbox import last_code
from mock_sites.world.errors import Refusal
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World

NEWCOMER = NewOwner(username="wendy", password="Secret-2026", phone="")


def opening(world: World, email: str = OWNER_EMAIL) -> Opening:
    """The fields of both forms, with a valid code."""
    with world.uow("guance", write=True) as uow:
        codes.send(uow, email, openings.PURPOSE, code_mail)
    return Opening("Acme staging", "en", email, last_code(world, email))


def test_a_workspace_is_created_for_a_guance_account_of_the_site_and_bound(world: World) -> None:
    visit_id = visit_from(world)
    bind_account(world, visit_id, "sunli", "sun.li@lakeside.example.com")
    form = opening(world)
    with world.uow("guance", write=True) as uow:
        workspace_id = openings.create(uow, there(uow, visit_id), form).id
    with world.uow("guance") as uow:
        row = bindings.find(uow, there(uow, visit_id), workspace_id)
    assert row
    assert row.is_bound
    assert (row.workspace.owner.username, row.workspace.billing_account.username) == ("zhaomin", "sunli")
    assert confirm(world, visit_id)[0].cloud_account_id == BUYER


def test_only_the_reader_of_the_mail_learns_that_an_email_has_no_guance_account_on_the_site(world: World) -> None:
    visit_id = visit_from(world)
    bind_account(world, visit_id)
    good = opening(world)
    with world.uow("guance", write=True) as uow:
        bindings.choose_site(uow, there(uow, visit_id), "za1")
    for form, field in ((replace(good, code="000000"), "code"), (good, "email")):
        with world.uow("guance", write=True) as uow, pytest.raises(Refusal) as refusal:
            openings.create(uow, there(uow, visit_id), form)
        assert refusal.value.field == field
    assert not [
        event for event in world.journal(kind="guance.workspace") if event.details.get("name") == "Acme staging"
    ]


def test_the_site_plays_no_part_in_binding_and_is_that_of_a_new_workspace(world: World) -> None:
    visit_id = visit_from(world)
    with world.uow("guance", write=True) as uow:
        bindings.choose_site(uow, there(uow, visit_id), "za1")
    bind_account(world, visit_id)
    assert bind_workspace(world, visit_id).site == "cn4"
    form = opening(world, "wendy@acme.example.com")
    with world.uow("guance", write=True) as uow:
        workspace = openings.register_and_create(uow, there(uow, visit_id), form, NEWCOMER)
        assert (workspace.site, workspace.owner.site) == ("za1", "za1")
    assert len(confirm(world, visit_id)) == 2


def test_a_newcomer_gets_a_guance_account_and_no_second_fee_center_account(world: World) -> None:
    visit_id = visit_from(world)
    bind_account(world, visit_id, "sunli", "sun.li@lakeside.example.com")
    form = opening(world, "wendy@acme.example.com")
    with world.uow("guance", write=True) as uow:
        openings.register_and_create(uow, there(uow, visit_id), form, NEWCOMER)
    with world.uow("guance", write=True) as uow:
        account = accounts.check_password(uow, SITES["cn4"], "wendy", NEWCOMER.password)
        assert account.phone == ""
        assert not billing_accounts.is_username_taken(uow, "wendy")


@pytest.mark.parametrize(
    ("newcomer", "email", "field"),
    [
        (replace(NEWCOMER, username="ab"), "wendy@acme.example.com", "username"),
        (replace(NEWCOMER, username="ZhaoMin"), "wendy@acme.example.com", "username"),
        (replace(NEWCOMER, username="zhouhao"), "wendy@acme.example.com", "username"),
        (replace(NEWCOMER, password="short"), "wendy@acme.example.com", "password"),
        (NEWCOMER, OWNER_EMAIL, "email"),
    ],
)
def test_what_a_newcomer_may_not_have_is_refused_for_its_field(
    world: World, newcomer: NewOwner, email: str, field: str
) -> None:
    visit_id = visit_from(world)
    bind_account(world, visit_id, "sunli", "sun.li@lakeside.example.com")
    form = opening(world, email)
    with world.uow("guance", write=True) as uow, pytest.raises(Refusal) as refusal:
        openings.register_and_create(uow, there(uow, visit_id), form, newcomer)
    assert refusal.value.field == field


def test_the_holder_may_use_the_fee_center_username_for_the_guance_account_too(world: World) -> None:
    visit_id = visit_from(world)
    bind_account(world, visit_id, "sunli", "sun.li@lakeside.example.com")
    form = opening(world, "sun.li@lakeside.example.com")
    with world.uow("guance", write=True) as uow:
        openings.register_and_create(uow, there(uow, visit_id), form, replace(NEWCOMER, username="sunli"))
    with world.uow("guance", write=True) as uow:
        assert accounts.check_password(uow, SITES["cn4"], "sunli", NEWCOMER.password)
    with world.uow("guance", write=True) as uow:
        assert billing_accounts.check_password(uow, "sunli", PASSWORD)


def test_nothing_is_created_before_a_fee_center_account_is_bound(world: World) -> None:
    visit_id, form = visit_from(world), opening(world)
    with world.uow("guance", write=True) as uow, pytest.raises(Refusal, match="fee center account first"):
        openings.create(uow, there(uow, visit_id), form)
