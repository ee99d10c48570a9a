"""Everything random in a world is made from its seed, so that it is the same every time."""

import hashlib
import hmac
from typing import Final

DEFAULT_SEED: Final = "2026"
"""The default seed. It is public, and so is everything that is made from it."""

HEX = "0123456789abcdef"
DIGITS = "0123456789"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


class Seed:
    """A source of repeatable values: the same seed and the same name give the same value."""

    def __init__(self, text: str) -> None:
        """Use any text as the seed."""
        self.text = text
        self._key = text.encode()

    def random_bytes(self, name: str, length: int) -> bytes:
        """``length`` bytes for ``name``."""
        stream, block = b"", 0
        while len(stream) < length:
            stream += hmac.digest(self._key, f"{name}#{block}".encode(), hashlib.sha256)
            block += 1
        return stream[:length]

    def random_text(self, name: str, length: int, alphabet: str = HEX) -> str:
        """``length`` characters of ``alphabet`` for ``name``."""
        return "".join(alphabet[octet % len(alphabet)] for octet in self.random_bytes(name, length))

    def random_int(self, name: str, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int.from_bytes(self.random_bytes(name, 8)) % (high - low + 1)

    def secret(self, name: str) -> str:
        """A secret that several parts share by its name, such as a key that two companies agreed on."""
        return self.random_text(f"secret/{name}", 40)
