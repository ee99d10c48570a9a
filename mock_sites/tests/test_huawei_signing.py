"""The signatures of the seller protocol, checked with the vectors of spec huawei 2.5 and 4.1."""

from mock_sites.huawei.protocol import signing
from mock_sites.tests.support.signing_vectors import (
    CALL_SIGNATURE,
    KEY,
    NEW_INSTANCE,
    NONCE,
    SYNC_SIGNATURE,
    TENANT_SYNC,
    TIMESTAMP,
)


def test_a_production_call_is_signed_as_the_vector_says() -> None:
    body = signing.payload({**NEW_INSTANCE, "nothing": None})
    assert body == (
        b'{"activity":"newInstance","businessId":"03pf80c2bae96vc49b80b917bea776d7",'
        b'"orderId":"MOCKPERIODYEARNEW","orderLineId":"MOCKPERIODYEARNEW-000001","testFlag":"1"}'
    )
    assert signing.sign_call(KEY, NONCE, TIMESTAMP, body) == CALL_SIGNATURE


def test_a_kit_call_is_signed_as_the_vector_says() -> None:
    assert signing.sign_sync(KEY, NONCE, TIMESTAMP, signing.payload(TENANT_SYNC)) == SYNC_SIGNATURE
