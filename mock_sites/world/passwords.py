"""Password rules and hashes, the same for both companies.

A hash takes about 19 ms. While one transaction may write, no other can, so hashes are computed and compared outside.
"""

import hashlib
import os
import re
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Final, Protocol, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Mapped

from mock_sites.process.blocking import blocking
from mock_sites.world import hashes, throttle
from mock_sites.world.errors import N_, Refusal
from mock_sites.world.seed import DEFAULT_SEED, Seed
from mock_sites.world.unit_of_work import UnitOfWork

SHORTEST: Final = 8
LONGEST: Final = 64

WELL_KNOWN: Final = "Mock-2026-Pass"
"""The password of the people who are in a world that was made from the usual seed."""

_hashes_at_once: Final = threading.Semaphore(os.cpu_count() or 1)
"""How many hashes are computed at once. More would take the processors from the pages, and 19 MiB each."""


class Holder(Protocol):
    """A row with a password."""

    id: Mapped[str]
    password_hash: Mapped[str]


Held = TypeVar("Held", bound=Holder)


def check_policy(password: str, *, field: str = "password") -> None:
    """Refuse a password that is too weak.

    8 to 64 characters with a letter and a digit, no character three times in a row (architecture, decisions).

    Raises:
        Refusal: for ``field``.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refusal(N_("A password has 8 to 64 characters."), field=field)
    if not (re.search(r"[^\W\d_]", password) and re.search(r"\d", password)):
        raise Refusal(N_("A password needs at least one letter and one digit."), field=field)
    if re.search(r"(.)\1\1", password):
        raise Refusal(N_("A password must not have the same character three times in a row."), field=field)


def stamp(password_hash: str, *more: str) -> str:
    """What a session keeps between two steps of a sign-in. It differs after the password, or ``more``, was changed."""
    return hashlib.sha256("/".join((password_hash, *more)).encode()).hexdigest()[:32]


def ready_made(seed: Seed) -> str:
    """The password of the ready-made people: public for the public seed, else made from the seed."""
    if seed.text == DEFAULT_SEED:
        return WELL_KNOWN
    letters, digits = (
        seed.random_text(f"ready-made/{kind}", 10, kind) for kind in ("abcdefghjkmnpqrstuvwxyz", "23456789")
    )
    return f"Mock-{''.join(map(''.join, zip(letters, digits, strict=True)))}"


def ready_made_hash(uow: UnitOfWork) -> str:
    """The hash of that password. All ready-made people of a world share it, so it is computed once."""
    salt = uow.world.seed.random_bytes("ready-made/salt", 16)
    with _hashing(uow):
        return _hash(hashes.hasher, ready_made(uow.world.seed), salt)


@lru_cache(maxsize=16)
def _hash(chosen: PasswordHasher, password: str, salt: bytes) -> str:
    return chosen.hash(password, salt=salt)


def new_hash(uow: UnitOfWork, who: str, password: str) -> str:
    """The Argon2id hash to store for the holder called ``who``. Call this before anything is changed.

    The salt is repeatable from the world's seed, and differs for each holder and moment.
    """
    salt = uow.world.seed.random_bytes(f"{uow.company}/salt/{who}/{uow.now.isoformat()}", 16)
    with _hashing(uow):
        return hashes.hasher.hash(password, salt=salt)


def guessed(
    uow: UnitOfWork, realm: str, name: str, password: str, holders: Sequence[Held], *, field: str = ""
) -> Held | None:
    """The first of ``holders``, the rows for ``name``, whose password it is. A wrong password counts and gives None.

    The limit is checked twice. The second check is in the transaction that counts: others may have guessed during the
    comparison, and a client over the limit then does not learn whether the password was right.

    Call this before anything is changed.

    Raises:
        Refusal: for ``field``: there were too many wrong passwords for this account or from this IP address.
    """
    account = holders[0].id if len(holders) == 1 else name.strip().lower()
    throttle.check(uow, realm, account, field=field)
    found = next((holder for holder in holders or (None,) if opens(uow, password, holder)), None)
    throttle.check(uow, realm, account, field=field)
    if found is None:
        throttle.count(uow, realm, account)
    else:
        throttle.forget(uow, realm, account)
    return found


def opens(uow: UnitOfWork, password: str, holder: Holder | None) -> bool:
    """Whether ``password`` is the password of ``holder``. Without a holder it takes as long and gives False.

    Where somebody may be guessing, use ``guessed``.

    Call this before anything is changed. A password that is replaced during the comparison gives False.
    """
    stored = holder.password_hash if holder else None
    with _hashing(uow):
        right = _verify(stored or hashes.unused_hash(), password)
    return right and holder is not None and holder.password_hash == stored


@contextmanager
def _hashing(uow: UnitOfWork) -> Generator[None]:
    with uow.aside(), _hashes_at_once, blocking():
        yield


def _verify(stored: str, password: str) -> bool:
    try:
        return hashes.hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
