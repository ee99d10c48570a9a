"""Passwords are hashed and compared between transactions, and changes by others in between are noticed."""

import subprocess
import sys

import pytest
from sqlalchemy import select, update

from mock_sites.guance.domain import profile
from mock_sites.guance.domain.tables import BillingAccount
from mock_sites.world import hashes, passwords
from mock_sites.world.errors import Refusal
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.unit_of_work import UnitOfWork
from mock_sites.world.world import World


def zhao_min(uow: UnitOfWork) -> BillingAccount:
    return uow.session.scalars(select(BillingAccount).where(BillingAccount.username == "zhaomin")).one()


def replace_while_comparing(world: World, patch: pytest.MonkeyPatch) -> None:
    """Let another session change the password while one is compared."""
    verify = hashes.hasher.verify

    def slowly(stored: str, password: str) -> bool:
        with world.uow("guance", write=True) as other:
            other.session.execute(update(BillingAccount).values(password_hash="another"))
        return verify(stored, password)

    patch.setattr(hashes.hasher, "verify", slowly)


def test_others_write_while_a_password_is_compared_and_one_replaced_meanwhile_opens_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.uow("guance", write=True) as uow:
        assert passwords.opens(uow, PASSWORD, zhao_min(uow))
    replace_while_comparing(world, monkeypatch)
    with world.uow("guance", write=True) as uow, pytest.raises(Refusal, match="not your current password"):
        profile.change_password(uow, zhao_min(uow), PASSWORD, "Another-2026")


def test_slow_work_after_a_change_is_an_error(world: World) -> None:
    with world.uow("guance", write=True) as uow:
        zhao_min(uow).company = "Changed"
        with pytest.raises(RuntimeError, match="before anything is changed"):
            passwords.new_hash(uow, "zhaomin", PASSWORD)
    with world.uow("guance") as uow:
        assert zhao_min(uow).company == "Changed"


def test_the_sites_hash_at_the_cost_that_owasp_asks_for_and_tests_at_less() -> None:
    """Runs in its own process, because hashing costs less in this one."""
    code = (
        "from mock_sites.world import hashes\n"
        "print(hashes.unused_hash()[:30])\n"
        "with hashes.cheap_hashes():\n"
        "    print(hashes.unused_hash()[:26])\n"
        "print(hashes.unused_hash()[:30])"
    )
    costly, cheap = "$argon2id$v=19$m=19456,t=2,p=1", "$argon2id$v=19$m=8,t=1,p=1"
    output = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert output.splitlines() == [costly, cheap, costly]
    assert hashes.unused_hash().startswith(cheap)


def test_a_salt_comes_from_the_seed_and_is_each_holders_own(world: World) -> None:
    with world.uow("guance") as uow, world.uow("guance") as again:
        first, other = (passwords.new_hash(uow, who, PASSWORD) for who in ("zhaomin", "sunli"))
        assert first == passwords.new_hash(again, "zhaomin", PASSWORD) != other
