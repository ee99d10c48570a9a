"""RSA-OAEP with given randomness: a library can decrypt it, and it is the same each time in a world (spec
huawei 4.1).
"""

import json
from itertools import product
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from hypothesis import given, settings
from hypothesis import strategies as st

from mock_sites import guance
from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.seller_center import sending
from mock_sites.huawei.seller_gateway import oaep
from mock_sites.tests.support.gateway import log_of
from mock_sites.tests.support.seller_center import suggested
from mock_sites.world.errors import Refusal
from mock_sites.world.world import World

HASHES = {"SHA-1": SHA1(), "SHA-256": SHA256()}  # noqa: S303 - Java's default
PAIRS = list(product(HASHES, HASHES))
LONGEST = 3072 // 8 - 2 * 32 - 2


@pytest.fixture(scope="module")
def private_key() -> RSAPrivateKey:
    """Guance's private key."""
    pem = Path(guance.__file__).parent / "production_api" / "mock_private_key.pem"
    key = load_pem_private_key(pem.read_bytes(), password=None)
    assert isinstance(key, RSAPrivateKey)
    return key


@settings(max_examples=25)
@given(st.binary(max_size=LONGEST), st.binary(min_size=32, max_size=32), st.sampled_from(PAIRS))
def test_a_library_decrypts_it_with_whatever_hashes(
    private_key: RSAPrivateKey, message: bytes, seed: bytes, hashes: tuple[str, str]
) -> None:
    digest, mgf_hash = hashes
    seed = seed[: oaep.seed_size(digest)]
    sealed = oaep.encrypt(private_key.public_key(), message, seed, digest=digest, mgf_hash=mgf_hash)
    padding = OAEP(mgf=MGF1(HASHES[mgf_hash]), algorithm=HASHES[digest], label=None)
    assert private_key.decrypt(sealed, padding) == message
    assert oaep.encrypt(private_key.public_key(), message, seed, digest=digest, mgf_hash=mgf_hash) == sealed


def test_what_is_too_long_for_the_key_is_refused(world: World, private_key: RSAPrivateKey) -> None:
    with pytest.raises(ValueError, match="1 octets too long"):
        oaep.encrypt(private_key.public_key(), bytes(LONGEST + 1), bytes(32), digest="SHA-256", mgf_hash="SHA-1")

    typed = suggested(world, "applicationSync") | {"clientSecret": "密" * 128, "instanceId": "i"}
    with pytest.raises(Refusal, match="too long to be encrypted") as refusal:
        sending.by_hand(world, catalogue.GUANCE_CONTENT, "applicationSync", typed)
    assert refusal.value.field == "clientSecret"
    assert not log_of(world)


def test_each_call_is_encrypted_differently(world: World) -> None:
    for _ in range(2):
        sending.by_hand(world, catalogue.GUANCE_CONTENT, "applicationSync", suggested(world, "applicationSync"))
    first, second = log_of(world)
    assert (first.verdict, second.verdict) == ("accepted", "accepted")
    assert json.loads(first.body)["clientSecret"] != json.loads(second.body)["clientSecret"]
