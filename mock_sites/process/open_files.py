"""How many files, with connections, this process may have open."""

import resource
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

_UNLIMITED: Final = 2**20


def allowed() -> int:
    """How many files this process may have open now."""
    return _number(resource.getrlimit(resource.RLIMIT_NOFILE)[0])


@contextmanager
def allowing(number: int) -> Generator[None]:
    """Within the block this process may have ``number`` files open, or as many as the system lets it have."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(number, _number(most))
    if _number(now) < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (now, most))


def _number(limit: int) -> int:
    return _UNLIMITED if limit == resource.RLIM_INFINITY else limit
