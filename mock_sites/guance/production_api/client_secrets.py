"""Decrypting the OAuth client secret that the marketplace sends (spec huawei 4.1, applicationSync; 4.4)."""

import base64
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from mock_sites.world.agreement import OAEP_DIGEST, OAEP_MGF_HASH

PRIVATE_KEY: Final = Path(__file__).parent / "mock_private_key.pem"
"""A key for this mock only. It is public, and so is its other half in ``mock_sites.world.agreement``."""

HASHES: Final[Mapping[str, type[HashAlgorithm]]] = {"SHA-256": SHA256, "SHA-1": SHA1}
"""The allowed OAEP parameters. Java's default mixes two hashes: a SHA-256 digest with a SHA-1 mask."""


def decrypt(client_secret: str, digest: str = OAEP_DIGEST, mgf_hash: str = OAEP_MGF_HASH) -> str:
    """The secret, decrypted from its Base64 value in a call.

    Raises:
        ValueError: it was not encrypted with Guance's public key, or with other hashes.
    """
    padding = OAEP(mgf=MGF1(HASHES[mgf_hash]()), algorithm=HASHES[digest](), label=None)
    return _key().decrypt(base64.b64decode(client_secret, validate=True), padding).decode()


@cache
def _key() -> RSAPrivateKey:
    key = load_pem_private_key(PRIVATE_KEY.read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError(f"{PRIVATE_KEY.name} holds no RSA key")
    return key
