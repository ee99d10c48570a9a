"""What holds where other machines can reach the server: who looks after the worlds, and what these may do."""

import hashlib
import hmac
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Exposure:
    """A server that other machines can reach.

    Attributes:
        token: what the operator's room, the interfaces, the Seller Center and the mailbox ask for.
        sellers: the only addresses of sellers that products may have.
    """

    token: str = field(repr=False)
    sellers: frozenset[str] = frozenset()

    @property
    def cookie(self) -> str:
        """What a browser keeps in place of the token."""
        return hmac.digest(self.token.encode(), b"browser", hashlib.sha256).hex()

    def is_token(self, text: str) -> bool:
        """Whether ``text`` is the token, found out in the same time for all texts."""
        return hmac.compare_digest(text.encode(errors="replace"), self.token.encode())

    def is_cookie(self, text: str) -> bool:
        """Whether ``text`` is what a browser keeps in place of the token."""
        return hmac.compare_digest(text.encode(errors="replace"), self.cookie.encode())
