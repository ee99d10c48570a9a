"""The cases of the production interface, V1.0 (spec huawei 2.2 to 2.4)."""

from typing import Any, Final

from mock_sites.huawei.conformance import rules
from mock_sites.huawei.conformance.model import Check, ConformanceCase, Flaw, Rule, Weight
from mock_sites.huawei.protocol import orders
from mock_sites.huawei.protocol.codes import INVALID_PARAMETER, SUCCESS, UNKNOWN_INSTANCE

NEW: Final = {
    "customerId": "68cbc86abc2018ab880d92f36422fa0e",
    "skuCode": "d0abcd12-1234-5678-ab90-11ab012aaaa1",
    "productId": "00301-666666-0--0",
    "orderId": "CS{token}1",
    "businessId": "{token}1",
}
_EXTENDED: Final = "W3sibmFtZSI6ImVtYWlsRG9tYWluTmFtZSIsInZhbHVlIjoiYWNtZSJ9XQ%3D%3D"
"""Base64 of ``[{"name":"emailDomainName","value":"acme"}]``, URL-encoded once more, as documented."""
EVERYTHING: Final = {
    **NEW,
    "customerName": "示例 & Söhne = 1+1, 100%",
    "userId": "42fa0e68cbc86abc2018ab880d92f364",
    "userName": "buyer@example.com",
    "mobilePhone": "{mobile}",
    "email": "{email}",
    "trialFlag": "0",
    "expireTime": "{expire}",
    "chargingMode": "1",
    "periodType": "year",
    "periodNumber": "1",
    "orderAmount": "120.500",
    "amount": "10",
    "diskSize": "50",
    "bandWidth": "5",
    "saasExtendParams": _EXTENDED,
    "orderId": "CS{token}2",
    "businessId": "{token}2",
}


def _later(name: str, title: str, operation: str, rule: Rule, **fields: Any) -> ConformanceCase:
    """A call about the instance that the first case brought."""
    return ConformanceCase(
        name=name, title=title, operation=operation, fields={"instanceId": "{yearly}", **fields}, rule=rule
    )


OPENING: Final = (
    ConformanceCase(
        name="newInstance",
        title="A new order, with mandatory parameters only",
        operation="newInstance",
        fields=NEW,
        rule=rules.V1_NEW,
        check=Check.NEW_INSTANCE,
        instance="yearly",
    ),
    ConformanceCase(
        name="newInstance-repeated",
        title="The same order again, with another businessId",
        operation="newInstance",
        fields={**NEW, "businessId": "{token}9"},
        rule=rules.IDEMPOTENT,
        check=Check.SAME_INSTANCE,
        instance="yearly",
    ),
    ConformanceCase(
        name="newInstance-everything",
        title="Another order, with all parameters: Chinese, blanks, +, & and % in them, phone and email encrypted",
        operation="newInstance",
        fields=EVERYTHING,
        rule=rules.V1_TOKEN,
        check=Check.OTHER_INSTANCE,
        instance="everything",
        mistake="signs-encoded-values",
    ),
    ConformanceCase(
        name="newInstance-trial",
        title="A trial",
        operation="newInstance",
        fields={**NEW, "trialFlag": "1", "expireTime": "{expire}", "orderId": "CS{token}3", "businessId": "{token}3"},
        rule=rules.V1_NEW,
        check=Check.OTHER_INSTANCE,
        instance="trial",
    ),
    ConformanceCase(
        name="queryInstance",
        title="Information about the instance",
        operation="queryInstance",
        fields={"instanceId": "{yearly}"},
        rule=rules.V1_QUERY,
        check=Check.INFO,
    ),
    ConformanceCase(
        name="queryInstance-token-with-plus",
        title="A call whose authToken has a +",
        operation="queryInstance",
        fields={"instanceId": "{yearly}"},
        rule=rules.V1_TOKEN,
        flaw=Flaw.PLUS,
        mistake="plus-became-blank",
    ),
    ConformanceCase(
        name="queryInstance-several",
        title="Two instances in one call",
        operation="queryInstance",
        fields={"instanceId": "{yearly},{trial}"},
        rule=rules.V1_QUERY,
        check=Check.INFO,
        mistake="one-instance-a-query",
    ),
    ConformanceCase(
        name="refreshInstance-trial-to-formal",
        title="A trial becomes formal",
        operation="refreshInstance",
        fields={"instanceId": "{trial}", "orderId": "CS{token}4", "trialToFormal": "1", "expireTime": "{expire}"},
        rule=rules.V1_REFRESH,
    ),
    _later(
        "refreshInstance",
        "Renew by a new order",
        "refreshInstance",
        rules.V1_REFRESH,
        orderId="CS{token}5",
        productId=NEW["productId"],
        expireTime="{expire}",
        periodType="year",
        periodNumber="1",
        orderAmount="120.5",
    ),
    _later(
        "upgrade",
        "Upgrade by a new order",
        "upgrade",
        rules.V1_UPGRADE,
        orderId="CS{token}6",
        skuCode=NEW["skuCode"],
        productId=NEW["productId"],
        amount="20",
    ),
    ConformanceCase(
        name="getLicense",
        title="A licence, which only sellers of licence products give",
        operation="getLicense",
        fields={**NEW, "orderId": "CS{token}9"},
        rule=rules.V1_LICENSE,
        codes=(SUCCESS, INVALID_PARAMETER),
        weight=Weight.MAY,
    ),
    *(
        _later(f"instanceStatus-{status}", title, "instanceStatus", rules.V1_STATUS, instanceStatus=status)
        for status, title in zip(orders.STATUSES_V1, ("Freeze", "Take into use again"), strict=True)
    ),
    _later("expireInstance", "Tell that it has expired", "expireInstance", rules.V1_EXPIRE, orderId=NEW["orderId"]),
)
"""The life of an instance, up to its end."""

CLOSING: Final = (
    _later("releaseInstance", "Give the instance up", "releaseInstance", rules.V1_RELEASE, orderId=NEW["orderId"]),
    ConformanceCase(
        name="releaseInstance-repeated",
        title="Give it up again, as after a lost answer",
        operation="releaseInstance",
        fields={"instanceId": "{yearly}", "orderId": NEW["orderId"]},
        rule=rules.V1_RELEASE,
        codes=(SUCCESS, UNKNOWN_INSTANCE),
        weight=Weight.MAY,
    ),
)
