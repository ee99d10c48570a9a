"""Nonces of signed calls, and what stands for one in V1.0: each is good once."""

from sqlalchemy import delete

from mock_sites.guance.domain.tables import Nonce
from mock_sites.guance.production_api.signing import SKEW
from mock_sites.world.book import Book


def use_up(book: Book, nonce: str) -> bool:
    """Whether ``nonce`` is new; from now on it is not. Those whose timestamps are too old by now are forgotten."""
    book.session.execute(delete(Nonce).where(Nonce.seen_at < book.now - 2 * SKEW))
    if book.session.get(Nonce, nonce) is not None:
        return False
    book.session.add(Nonce(nonce=nonce, seen_at=book.now))
    return True
