"""RSA-OAEP (RFC 8017, 7.1.1) with given randomness, so that a world's calls are the same each time.

Libraries use their own randomness. This module only encrypts; decryption uses a library.
"""

import hashlib
from collections.abc import Mapping
from typing import Final

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

DIGESTS: Final[Mapping[str, str]] = {"SHA-256": "sha256", "SHA-1": "sha1"}
"""The hashes that OAEP may use for digest and mask, by the names in sellers' settings. Java mixes them."""


def seed_size(digest: str) -> int:
    """How many random bytes an encryption needs."""
    return hashlib.new(DIGESTS[digest]).digest_size


def encrypt(key: RSAPublicKey, message: bytes, seed: bytes, *, digest: str, mgf_hash: str) -> bytes:
    """Encrypt the message for the holder of the private key. ``seed`` has ``seed_size`` bytes.

    Raises:
        ValueError: the message is too long for the key.
    """
    size, hashed = (key.key_size + 7) // 8, hashlib.new(DIGESTS[digest]).digest()
    padding_size = size - 2 * len(hashed) - 2 - len(message)
    if padding_size < 0:
        raise ValueError(f"the message is {-padding_size} octets too long for the key")
    block = hashed + bytes(padding_size) + b"\x01" + message
    masked_block = _xor(block, _mask(seed, len(block), mgf_hash))
    masked_seed = _xor(seed, _mask(masked_block, len(seed), mgf_hash))
    numbers = key.public_numbers()
    encoded = int.from_bytes(b"\x00" + masked_seed + masked_block)
    return pow(encoded, numbers.e, numbers.n).to_bytes(size)


def _mask(seed: bytes, length: int, mgf_hash: str) -> bytes:
    """MGF1 (RFC 8017, B.2.1)."""
    mask, counter = b"", 0
    while len(mask) < length:
        mask += hashlib.new(DIGESTS[mgf_hash], seed + counter.to_bytes(4)).digest()
        counter += 1
    return mask[:length]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
