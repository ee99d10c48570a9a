"""The rules of a server that other machines can reach: who operates the worlds, and which sellers may be called."""

import hashlib
import hmac
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Exposure:
    """A server that other machines can reach.

    Attributes:
        token: the secret that the operator's pages, the APIs, the Seller Center and the mailbox require.
        sellers: the only addresses of sellers that products may have.
    """

    token: str = field(repr=False)
    sellers: frozenset[str] = frozenset()

    @property
    def cookie(self) -> str:
        """What a browser stores instead of the token."""
        return hmac.digest(self.token.encode(), b"browser", hashlib.sha256).hex()

    def is_token(self, text: str) -> bool:
        """Whether ``text`` is the token. The comparison takes the same time for all texts."""
        return hmac.compare_digest(text.encode(errors="replace"), self.token.encode())

    def is_cookie(self, text: str) -> bool:
        """Whether ``text`` is what a browser stores instead of the token."""
        return hmac.compare_digest(text.encode(errors="replace"), self.cookie.encode())
