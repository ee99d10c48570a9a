"""The cases of the production interface, V1.0 (spec huawei 2.2 to 2.4)."""

from collections.abc import Mapping
from typing import Any, Final

from mock_sites.huawei.conformance import rules
from mock_sites.huawei.conformance.model import AnswerCheck, ConformanceCase, Flaw, Rule, Weight
from mock_sites.huawei.protocol import names, orders
from mock_sites.huawei.protocol.activities import Activity, V1Activity
from mock_sites.huawei.protocol.codes import INVALID_PARAMETER, SUCCESS, UNKNOWN_INSTANCE

NEW: Final = {
    names.CUSTOMER_ID: "68cbc86abc2018ab880d92f36422fa0e",
    names.SKU_CODE: "d0abcd12-1234-5678-ab90-11ab012aaaa1",
    names.PRODUCT_ID: "00301-666666-0--0",
    names.ORDER_ID: "CS{token}1",
    names.BUSINESS_ID: "{token}1",
}
_EXTENDED: Final = "W3sibmFtZSI6ImVtYWlsRG9tYWluTmFtZSIsInZhbHVlIjoiYWNtZSJ9XQ%3D%3D"
"""Base64 of ``[{"name":"emailDomainName","value":"acme"}]``, URL-encoded once more, as documented."""
EVERYTHING: Final = {
    **NEW,
    names.CUSTOMER_NAME: "示例 & Söhne = 1+1, 100%",
    names.USER_ID: "42fa0e68cbc86abc2018ab880d92f364",
    names.USER_NAME: "buyer@example.com",
    names.MOBILE_PHONE: "{mobile}",
    names.EMAIL: "{email}",
    names.TRIAL_FLAG: "0",
    names.EXPIRE_TIME: "{expire}",
    names.CHARGING_MODE: "1",
    names.PERIOD_TYPE: "year",
    names.PERIOD_NUMBER: "1",
    names.ORDER_AMOUNT: "120.500",
    names.AMOUNT: "10",
    names.DISK_SIZE: "50",
    names.BAND_WIDTH: "5",
    names.SAAS_EXTEND_PARAMS: _EXTENDED,
    names.ORDER_ID: "CS{token}2",
    names.BUSINESS_ID: "{token}2",
}


def _later(name: str, title: str, operation: str, rule: Rule, fields: Mapping[str, Any]) -> ConformanceCase:
    """A call about the instance that the first case created."""
    return ConformanceCase(
        name=name, title=title, operation=operation, fields={names.INSTANCE_ID: "{yearly}", **fields}, rule=rule
    )


OPENING: Final = (
    ConformanceCase(
        name=Activity.NEW_INSTANCE,
        title="A new order, with mandatory parameters only",
        operation=Activity.NEW_INSTANCE,
        fields=NEW,
        rule=rules.V1_NEW,
        check=AnswerCheck.NEW_INSTANCE,
        instance="yearly",
    ),
    ConformanceCase(
        name="newInstance-repeated",
        title="The same order again, with another businessId",
        operation=Activity.NEW_INSTANCE,
        fields={**NEW, names.BUSINESS_ID: "{token}9"},
        rule=rules.IDEMPOTENT,
        check=AnswerCheck.SAME_INSTANCE,
        instance="yearly",
    ),
    ConformanceCase(
        name="newInstance-everything",
        title="Another order, with all parameters: Chinese, blanks, +, & and % in them, phone and email encrypted",
        operation=Activity.NEW_INSTANCE,
        fields=EVERYTHING,
        rule=rules.V1_TOKEN,
        check=AnswerCheck.OTHER_INSTANCE,
        instance="everything",
        mistake="special-signs",
    ),
    ConformanceCase(
        name="newInstance-trial",
        title="A trial",
        operation=Activity.NEW_INSTANCE,
        fields={
            **NEW,
            names.TRIAL_FLAG: "1",
            names.EXPIRE_TIME: "{expire}",
            names.ORDER_ID: "CS{token}3",
            names.BUSINESS_ID: "{token}3",
        },
        rule=rules.V1_NEW,
        check=AnswerCheck.OTHER_INSTANCE,
        instance="trial",
    ),
    ConformanceCase(
        name=Activity.QUERY_INSTANCE,
        title="Information about the instance",
        operation=Activity.QUERY_INSTANCE,
        fields={names.INSTANCE_ID: "{yearly}"},
        rule=rules.V1_QUERY,
        check=AnswerCheck.INFO,
    ),
    ConformanceCase(
        name="queryInstance-token-with-plus",
        title="A call whose authToken has a +",
        operation=Activity.QUERY_INSTANCE,
        fields={names.INSTANCE_ID: "{yearly}"},
        rule=rules.V1_TOKEN,
        flaw=Flaw.PLUS,
        mistake="plus-became-blank",
    ),
    ConformanceCase(
        name="queryInstance-several",
        title="Two instances in one call",
        operation=Activity.QUERY_INSTANCE,
        fields={names.INSTANCE_ID: "{yearly},{trial}"},
        rule=rules.V1_QUERY,
        check=AnswerCheck.INFO,
        mistake="one-instance-a-query",
    ),
    ConformanceCase(
        name="refreshInstance-trial-to-formal",
        title="A trial becomes formal",
        operation=Activity.REFRESH_INSTANCE,
        fields={
            names.INSTANCE_ID: "{trial}",
            names.ORDER_ID: "CS{token}4",
            names.TRIAL_TO_FORMAL: "1",
            names.EXPIRE_TIME: "{expire}",
        },
        rule=rules.V1_REFRESH,
    ),
    _later(
        Activity.REFRESH_INSTANCE,
        "Renew by a new order",
        Activity.REFRESH_INSTANCE,
        rules.V1_REFRESH,
        {
            names.ORDER_ID: "CS{token}5",
            names.PRODUCT_ID: NEW[names.PRODUCT_ID],
            names.EXPIRE_TIME: "{expire}",
            names.PERIOD_TYPE: "year",
            names.PERIOD_NUMBER: "1",
            names.ORDER_AMOUNT: "120.5",
        },
    ),
    _later(
        V1Activity.UPGRADE,
        "Upgrade by a new order",
        V1Activity.UPGRADE,
        rules.V1_UPGRADE,
        {
            names.ORDER_ID: "CS{token}6",
            names.SKU_CODE: NEW[names.SKU_CODE],
            names.PRODUCT_ID: NEW[names.PRODUCT_ID],
            names.AMOUNT: "20",
        },
    ),
    ConformanceCase(
        name=V1Activity.GET_LICENSE,
        title="A licence, which only sellers of licence products give",
        operation=V1Activity.GET_LICENSE,
        fields={**NEW, names.ORDER_ID: "CS{token}9"},
        rule=rules.V1_LICENSE,
        codes=(SUCCESS, INVALID_PARAMETER),
        weight=Weight.MAY,
    ),
    *(
        _later(
            f"instanceStatus-{status}",
            title,
            V1Activity.INSTANCE_STATUS,
            rules.V1_STATUS,
            {names.INSTANCE_STATUS: status},
        )
        for status, title in zip(orders.STATUSES_V1, ("Freeze", "Take into use again"), strict=True)
    ),
    _later(
        V1Activity.EXPIRE_INSTANCE,
        "Tell that it has expired",
        V1Activity.EXPIRE_INSTANCE,
        rules.V1_EXPIRE,
        {names.ORDER_ID: NEW[names.ORDER_ID]},
    ),
)
"""The cases from the creation of an instance to its release."""

CLOSING: Final = (
    _later(
        Activity.RELEASE_INSTANCE,
        "Give the instance up",
        Activity.RELEASE_INSTANCE,
        rules.V1_RELEASE,
        {names.ORDER_ID: NEW[names.ORDER_ID]},
    ),
    ConformanceCase(
        name="releaseInstance-repeated",
        title="Give it up again, as after a lost answer",
        operation=Activity.RELEASE_INSTANCE,
        fields={names.INSTANCE_ID: "{yearly}", names.ORDER_ID: NEW[names.ORDER_ID]},
        rule=rules.V1_RELEASE,
        codes=(SUCCESS, UNKNOWN_INSTANCE),
        weight=Weight.MAY,
    ),
)
