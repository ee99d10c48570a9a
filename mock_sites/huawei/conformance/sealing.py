"""Encrypting the client secret of applicationSync for the seller (spec huawei 4.1)."""

import base64
from collections.abc import Callable
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from mock_sites.huawei.protocol.answers import LEAST_RSA_BITS

HASHES: Final[dict[str, HashAlgorithm]] = {"sha1": SHA1(), "sha256": SHA256()}  # noqa: S303 - OAEP of Java's default


def sealer(pem: bytes, *, digest: str, mgf: str) -> Callable[[str], str]:
    """A function that encrypts a text by RSA-OAEP with the public key ``pem`` into Base64.

    Raises:
        ValueError: it is not an RSA public key in PEM, or is too short. The text says which.
    """
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise ValueError("is no public key in PEM") from error
    if not isinstance(key, RSAPublicKey):
        raise ValueError("is no RSA key")  # noqa: TRY004 - what is wrong is the file's content
    if key.key_size < LEAST_RSA_BITS:
        raise ValueError(f"has {key.key_size} bits; the documents ask for {LEAST_RSA_BITS} or more")
    padding = OAEP(mgf=MGF1(HASHES[mgf]), algorithm=HASHES[digest], label=None)
    return lambda text: base64.b64encode(key.encrypt(text.encode(), padding)).decode()
