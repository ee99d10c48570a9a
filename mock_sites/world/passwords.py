"""Password rules and hashes, the same for both companies."""

import re
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mock_sites.world.errors import N_, Refusal

SHORTEST: Final = 8
LONGEST: Final = 64

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's parameters, about 19 ms

_NOBODY: Final = _hasher.hash("nobody's password, compared so that an unknown account takes as long", salt=bytes(16))


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


def hash_password(password: str, salt: bytes) -> str:
    """The Argon2id hash to keep; ``salt`` (16 bytes) comes from the world's seed."""
    return _hasher.hash(password, salt=salt)


def matches(password: str, stored: str | None) -> bool:
    """Whether ``password`` is the one behind ``stored``; without a stored hash it takes as long and is not."""
    try:
        return _hasher.verify(stored or _NOBODY, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
