"""Sensitive fields of the seller protocol, V1.0, as both ends encrypt them (spec huawei 2.3).

Java's ``KeyGenerator`` makes the key from a ``SHA1PRNG`` that is seeded with the agreed key. The same is done here, so
that sellers who follow Huawei's Java sample can read the values.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

KEY_BITS: Final[Mapping[str, int]] = {"1": 256, "2": 128}
"""Bits of the AES key for each ``encryptType``; "1" is the default."""

BLOCK_BITS: Final = 128
"""Bits of a block of AES."""

IV_LENGTH: Final = 16
LONGEST: Final = 128
"""Characters of an encrypted value, with the initialization vector before it."""

_IV = re.compile(r"[0-9A-Za-z]{16}")


def derive_key(key: str, bits: int) -> bytes:
    """The AES key of ``bits`` bits that Java makes from ``key``."""
    return _sha1prng(key.encode(), bits // 8)


def encrypt(key: str, text: str, iv: str, encrypt_type: str = "1") -> str:
    """The wire value of ``text``: ``iv``, 16 letters and digits, followed by the ciphertext in Base64.

    Raises:
        ValueError: ``encrypt_type`` is unknown, or ``iv`` is malformed.
    """
    if not _IV.fullmatch(iv):
        raise ValueError("the initialization vector is not 16 letters and digits")
    padder, encryptor = PKCS7(BLOCK_BITS).padder(), _cipher(key, iv, encrypt_type).encryptor()
    padded = padder.update(text.encode()) + padder.finalize()
    return iv + base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def decrypt(key: str, value: str, encrypt_type: str = "1") -> str:
    """The text behind a wire value.

    Raises:
        ValueError: ``encrypt_type`` is unknown, or the value was not made with this key; the text says what is wrong.
    """
    iv, encoded = value[:IV_LENGTH], value[IV_LENGTH:]
    if not _IV.fullmatch(iv):
        raise ValueError("the value does not begin with 16 letters and digits")
    ciphertext = base64.b64decode(encoded, validate=True)
    decryptor, unpadder = _cipher(key, iv, encrypt_type).decryptor(), PKCS7(BLOCK_BITS).unpadder()
    padded = decryptor.update(ciphertext) + decryptor.finalize()
    return (unpadder.update(padded) + unpadder.finalize()).decode()


def _cipher(key: str, iv: str, encrypt_type: str) -> Cipher[CBC]:
    if encrypt_type not in KEY_BITS:
        raise ValueError("encryptType is neither 1 nor 2")
    return Cipher(AES(derive_key(key, KEY_BITS[encrypt_type])), CBC(iv.encode()))


def _sha1prng(seed: bytes, length: int) -> bytes:
    """The first bytes of Java's ``SHA1PRNG``, which adds up signed bytes."""
    state, output = hashlib.sha1(seed, usedforsecurity=False).digest(), b""
    while len(output) < length:
        block = hashlib.sha1(state, usedforsecurity=False).digest()
        output += block
        state = _advance(state, block)
    return output[:length]


def _advance(state: bytes, block: bytes) -> bytes:
    carry, following = 1, bytearray()
    for left, right in zip(state, block, strict=True):
        total = _signed(left) + _signed(right) + carry
        following.append(total & 0xFF)
        carry = total >> 8
    if bytes(following) == state:
        following[0] = (following[0] + 1) & 0xFF
    return bytes(following)


def _signed(octet: int) -> int:
    return octet - 256 if octet > 127 else octet
