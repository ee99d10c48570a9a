"""The signatures of the seller protocol, checked with the vectors of spec huawei 2.5 and 4.1."""

from mock_sites.huawei.protocol import signing

KEY, NONCE, TIMESTAMP = "mock-access-key", "0123456789abcdef0123456789abcdef", "1700000000000"


def test_a_production_call_is_signed_as_the_vector_says() -> None:
    body = signing.payload(
        {
            "testFlag": "1",
            "orderId": "MOCKPERIODYEARNEW",
            "businessId": "03pf80c2bae96vc49b80b917bea776d7",
            "activity": "newInstance",
            "orderLineId": "MOCKPERIODYEARNEW-000001",
            "nothing": None,
        }
    )
    assert body == (
        b'{"activity":"newInstance","businessId":"03pf80c2bae96vc49b80b917bea776d7",'
        b'"orderId":"MOCKPERIODYEARNEW","orderLineId":"MOCKPERIODYEARNEW-000001","testFlag":"1"}'
    )
    signature = signing.sign_call(KEY, NONCE, TIMESTAMP, body)
    assert signature == "701010db1b372b7d69efd048ffa1eb26591289a23ea5b07464db867d4825023d"


def test_a_kit_call_is_signed_as_the_vector_says() -> None:
    body = signing.payload(
        {
            "instanceId": "ins-1",
            "orderId": "MOCKPERIODYEARNEW",
            "tenantId": "t-1",
            "tenantCode": "acme",
            "name": "ACME",
            "domainName": "https://acme.example.test",
            "flag": 1,
            "testFlag": 1,
            "timeStamp": "20231115061320000",
        }
    )
    signature = signing.sign_sync(KEY, NONCE, TIMESTAMP, body)
    assert signature == "cd9b9dadd32436752427b8dee8ad5c91ee971f1dd6ef8ad928cb570399fd65eb"
