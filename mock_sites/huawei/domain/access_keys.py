"""Access keys: what programs sign requests with (My Credentials > Access Keys). A secret is shown once."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, select

from mock_sites.huawei.domain.tables import AccessKey
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.seed import CAPITALS
from mock_sites.world.unit_of_work import UnitOfWork

MOST: Final = 2
"""The keys that a user can have (Identity and Access Management, Notes and Constraints)."""

LONGEST_DESCRIPTION: Final = 255

_MIXED: Final = CAPITALS + CAPITALS[:26].lower()


def keys_of(uow: UnitOfWork, user_id: str) -> Sequence[AccessKey]:
    """The keys of a user, the oldest first."""
    mine = select(AccessKey).where(AccessKey.user_id == user_id).order_by(AccessKey.created_at, AccessKey.id)
    return uow.session.scalars(mine).all()


def find(uow: UnitOfWork, user_id: str, key_id: str) -> AccessKey | None:
    """The key with this id, if it is one of the user."""
    key = uow.session.get(AccessKey, key_id)
    return key if key and key.user_id == user_id else None


def check_may_create(uow: UnitOfWork, user_id: str) -> None:
    """Check that a user has less than two keys.

    Raises:
        Refusal: there are two.
    """
    if len(keys_of(uow, user_id)) >= MOST:
        raise Refusal(N_("A user can have two access keys. Delete one before you create another."))


def create(uow: UnitOfWork, user_id: str, description: str) -> AccessKey:
    """Create a key.

    Raises:
        Refusal: the user has two already.
    """
    check_may_create(uow, user_id)
    key_id = uow.random_text("access-key", 20, CAPITALS)
    key = AccessKey(id=key_id, user_id=user_id, description=description, created_at=uow.now)
    uow.session.add(key)
    uow.record("access-key.created", access_key=key.id)
    return key


def secret_of(uow: UnitOfWork, key: AccessKey) -> str:
    """The Secret Access Key (SK). It comes from the world's seed and is not stored."""
    return uow.world.seed.random_text(f"huawei/secret-access-key/{key.id}", 40, _MIXED)


def enable(uow: UnitOfWork, key: AccessKey, *, enabled: bool) -> None:
    """Let a key be used, or not any more."""
    if key.enabled is not enabled:
        key.enabled = enabled
        uow.record("access-key.enabled" if enabled else "access-key.disabled", access_key=key.id)


def remove(uow: UnitOfWork, key: AccessKey) -> None:
    """Delete a key."""
    uow.session.delete(key)
    uow.record("access-key.deleted", access_key=key.id)


def remove_all(uow: UnitOfWork, user_id: str) -> None:
    """Delete the keys of a user who is deleted."""
    uow.session.execute(delete(AccessKey).where(AccessKey.user_id == user_id))
