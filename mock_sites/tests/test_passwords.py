"""Passwords are hashed and compared between transactions: what others do meanwhile is seen afterwards."""

import pytest
from sqlalchemy import select, update

from mock_sites.guance.domain import profile
from mock_sites.guance.domain.tables import BillingAccount
from mock_sites.world import passwords
from mock_sites.world.book import Book
from mock_sites.world.errors import Refusal
from mock_sites.world.passwords import WELL_KNOWN as PASSWORD
from mock_sites.world.world import World


def zhao_min(book: Book) -> BillingAccount:
    return book.session.scalars(select(BillingAccount).where(BillingAccount.username == "zhaomin")).one()


def replace_while_comparing(world: World, patch: pytest.MonkeyPatch) -> None:
    """Have somebody else set another password while one is compared."""
    verify = passwords.hasher.verify

    def slowly(stored: str, password: str) -> bool:
        with world.book("guance", write=True) as other:
            other.session.execute(update(BillingAccount).values(password_hash="another"))
        return verify(stored, password)

    patch.setattr(passwords.hasher, "verify", slowly)


def test_others_write_while_a_password_is_compared_and_one_replaced_meanwhile_opens_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world.book("guance", write=True) as book:
        assert passwords.opens(book, PASSWORD, zhao_min(book))
    replace_while_comparing(world, monkeypatch)
    with world.book("guance", write=True) as book, pytest.raises(Refusal, match="not your current password"):
        profile.change_password(book, zhao_min(book), PASSWORD, "Another-2026")


def test_what_was_changed_before_slow_work_is_not_lost_without_a_word(world: World) -> None:
    with world.book("guance", write=True) as book:
        zhao_min(book).company = "Changed"
        with pytest.raises(RuntimeError, match="before anything is changed"):
            passwords.new_hash(book, "zhaomin", PASSWORD)
    with world.book("guance") as book:
        assert zhao_min(book).company == "Changed"


def test_a_salt_comes_from_the_seed_and_is_each_holders_own(world: World) -> None:
    with world.book("guance") as book, world.book("guance") as again:
        first, other = (passwords.new_hash(book, who, PASSWORD) for who in ("zhaomin", "sunli"))
        assert first == passwords.new_hash(again, "zhaomin", PASSWORD) != other
