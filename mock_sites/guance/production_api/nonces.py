"""Nonces of signed calls, and what replaces them in V1.0. Each works once."""

from sqlalchemy import delete

from mock_sites.guance.domain.tables import Nonce
from mock_sites.guance.production_api.signing import SKEW
from mock_sites.world.unit_of_work import UnitOfWork


def use_up(uow: UnitOfWork, nonce: str) -> bool:
    """Whether ``nonce`` is new. It is used up by this. Nonces whose timestamps are too old are deleted."""
    uow.session.execute(delete(Nonce).where(Nonce.seen_at < uow.now - 2 * SKEW))
    if uow.session.get(Nonce, nonce) is not None:
        return False
    uow.session.add(Nonce(nonce=nonce, seen_at=uow.now))
    return True
