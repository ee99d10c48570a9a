"""How passwords are hashed: with Argon2id, at one cost for all worlds of the process."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher

hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's parameters, about 19 ms


@cache
def unused_hash() -> str:
    """What is compared for an unknown account, so that it takes as long as a known one."""
    return hasher.hash("nobody's password", salt=bytes(16))


@contextmanager
def cheap_hashes() -> Generator[None]:
    """Hash with the lowest cost that Argon2id allows, in this process: for tests, which hash hundreds of passwords.

    Hashes that were made with another cost are still compared at theirs.
    """
    global hasher  # noqa: PLW0603 - the one setting that all worlds of the process share
    before = hasher
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    unused_hash.cache_clear()
    try:
        yield
    finally:
        hasher = before
        unused_hash.cache_clear()
