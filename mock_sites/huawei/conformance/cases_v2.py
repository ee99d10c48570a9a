"""The cases of the production interface, V2.0 (spec huawei 2.5 to 2.7).

The order ids are those that Huawei publishes for tests by sellers. MONTY is Huawei's spelling.
"""

from typing import Any, Final

from mock_sites.huawei.conformance import rules
from mock_sites.huawei.conformance.model import AnswerCheck, ConformanceCase, Weight
from mock_sites.huawei.protocol import names, orders
from mock_sites.huawei.protocol.activities import Activity
from mock_sites.huawei.protocol.codes import PROCESSING, SUCCESS, UNKNOWN_INSTANCE


def order(name: str) -> dict[str, str]:
    """An order and its line."""
    return {names.ORDER_ID: name, names.ORDER_LINE_ID: orders.line_of(name)}


YEARLY: Final = order(orders.MOCK_YEAR)
NEW: Final = {**YEARLY, names.BUSINESS_ID: "{token}1"}
_MADE: Final = (SUCCESS, PROCESSING)
_LATER: Final = {names.EXPIRE_TIME: "{expire}"}


def _refresh(scene: str, order_id: str, instance: str, **more: Any) -> ConformanceCase:
    return ConformanceCase(
        name=f"refreshInstance-{scene}",
        title=f"Refresh, scene {scene}",
        operation=Activity.REFRESH_INSTANCE,
        fields={names.SCENE: scene, **order(order_id), names.INSTANCE_ID: instance, **_LATER},
        rule=rules.V2_REFRESH,
        **more,
    )


OPENING: Final = (
    ConformanceCase(
        name=Activity.NEW_INSTANCE,
        title="A new order for a year",
        operation=Activity.NEW_INSTANCE,
        fields=NEW,
        rule=rules.V2_NEW,
        codes=_MADE,
        check=AnswerCheck.NEW_INSTANCE,
        instance="yearly",
    ),
    ConformanceCase(
        name="newInstance-repeated",
        title="The same order line again, with another businessId",
        operation=Activity.NEW_INSTANCE,
        fields={**YEARLY, names.BUSINESS_ID: "{token}2"},
        rule=rules.IDEMPOTENT,
        codes=_MADE,
        check=AnswerCheck.SAME_INSTANCE,
        instance="yearly",
    ),
    ConformanceCase(
        name="newInstance-trial",
        title="Another order: a trial",
        operation=Activity.NEW_INSTANCE,
        fields={**order(orders.MOCK_TRIAL), names.BUSINESS_ID: "{token}3"},
        rule=rules.V2_NEW,
        codes=_MADE,
        check=AnswerCheck.OTHER_INSTANCE,
        instance="trial",
    ),
    ConformanceCase(
        name=Activity.QUERY_INSTANCE,
        title="What a buyer sees in the resource details",
        operation=Activity.QUERY_INSTANCE,
        fields={names.INSTANCE_ID: "{yearly}"},
        rule=rules.V2_QUERY,
        check=AnswerCheck.INFO,
    ),
    ConformanceCase(
        name="queryInstance-several",
        title="Two instances in one call",
        operation=Activity.QUERY_INSTANCE,
        fields={names.INSTANCE_ID: "{yearly},{trial}"},
        rule=rules.V2_QUERY,
        check=AnswerCheck.INFO,
        mistake="one-instance-a-query",
    ),
    _refresh(orders.TRIAL_TO_FORMAL, orders.MOCK_TRIAL_TO_FORMAL, "{trial}"),
    _refresh(orders.RENEWAL, orders.MOCK_RENEWAL, "{yearly}"),
    _refresh(orders.UNSUBSCRIBE_RENEWAL_PERIOD, orders.MOCK_UNSUBSCRIBE, "{yearly}"),
    _refresh(orders.RENEWAL_CHANGE, orders.MOCK_CHANGE, "{yearly}", weight=Weight.MAY),
    ConformanceCase(
        name=Activity.CHANGE_INSTANCE_CHECK,
        title="May it be renewed as another product?",
        operation=Activity.CHANGE_INSTANCE_CHECK,
        fields={
            names.INSTANCE_ID: "{yearly}",
            names.PRODUCT_INFO: {
                names.PRODUCT_ID: "OFFI1",
                names.SKU_CODE: "sku-1",
                names.LINEAR_VALUE: 1,
                names.PRODUCT_NAME: "Product",
            },
        },
        rule=rules.V2_CHECK,
        weight=Weight.MAY,
    ),
    ConformanceCase(
        name=Activity.UPGRADE_INSTANCE,
        title="Upgrade by a new order",
        operation=Activity.UPGRADE_INSTANCE,
        fields={names.INSTANCE_ID: "{yearly}", **order(orders.MOCK_CHANGE)},
        rule=rules.V2_UPGRADE,
    ),
    *(
        ConformanceCase(
            name=f"updateInstanceStatus-{status}",
            title=f"Change the state to {status}",
            operation=Activity.UPDATE_INSTANCE_STATUS,
            fields={names.INSTANCE_ID: "{yearly}", names.STATUS: status},
            rule=rules.V2_STATUS,
        )
        for status in orders.STATUSES
    ),
)
"""The cases from the creation of an instance to its release."""

CLOSING: Final = (
    ConformanceCase(
        name=Activity.RELEASE_INSTANCE,
        title="Give the instance up",
        operation=Activity.RELEASE_INSTANCE,
        fields={names.INSTANCE_ID: "{yearly}", **order(orders.MOCK_UNSUBSCRIBE)},
        rule=rules.V2_RELEASE,
    ),
    ConformanceCase(
        name="releaseInstance-repeated",
        title="Give it up again, as after a lost answer",
        operation=Activity.RELEASE_INSTANCE,
        fields={names.INSTANCE_ID: "{yearly}", **order(orders.MOCK_UNSUBSCRIBE)},
        rule=rules.V2_RELEASE,
        codes=(SUCCESS, UNKNOWN_INSTANCE),
        weight=Weight.MAY,
    ),
    ConformanceCase(
        name="releaseInstance-without-order",
        title="Give the trial up, without an order (it is optional)",
        operation=Activity.RELEASE_INSTANCE,
        fields={names.INSTANCE_ID: "{trial}"},
        rule=rules.V2_RELEASE,
    ),
)
