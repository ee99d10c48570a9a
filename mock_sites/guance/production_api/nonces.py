"""Nonces of signed calls, and what stands for one in V1.0: each is good once."""

from sqlalchemy import delete

from mock_sites.guance.domain.tables import Nonce
from mock_sites.guance.production_api.signing import SKEW
from mock_sites.world.unit_of_work import UnitOfWork


def use_up(uow: UnitOfWork, nonce: str) -> bool:
    """Whether ``nonce`` is new; from now on it is not. Those whose timestamps are too old by now are forgotten."""
    uow.session.execute(delete(Nonce).where(Nonce.seen_at < uow.now - 2 * SKEW))
    if uow.session.get(Nonce, nonce) is not None:
        return False
    uow.session.add(Nonce(nonce=nonce, seen_at=uow.now))
    return True
