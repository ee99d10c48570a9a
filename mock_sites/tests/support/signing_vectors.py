"""The signature vectors of spec huawei 2.5 and 4.1, which both companies have to give."""

from typing import Final

KEY, NONCE, TIMESTAMP = "mock-access-key", "0123456789abcdef0123456789abcdef", "1700000000000"

NEW_INSTANCE: Final = {
    "testFlag": "1",
    "activity": "newInstance",
    "orderId": "MOCKPERIODYEARNEW",
    "orderLineId": "MOCKPERIODYEARNEW-000001",
    "businessId": "03pf80c2bae96vc49b80b917bea776d7",
}
CALL_SIGNATURE: Final = "701010db1b372b7d69efd048ffa1eb26591289a23ea5b07464db867d4825023d"

TENANT_SYNC: Final = {
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
SYNC_SIGNATURE: Final = "cd9b9dadd32436752427b8dee8ad5c91ee971f1dd6ef8ad928cb570399fd65eb"
