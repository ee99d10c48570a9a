"""The operations of the production interface with their parameters (spec huawei 2.4 and 2.6)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from mock_sites.huawei.protocol import answers, names, orders, sources
from mock_sites.huawei.protocol.activities import Activity, V1Activity
from mock_sites.huawei.protocol.parameters import Interface, Operation, Parameter, ValueType, mandatory
from mock_sites.world.errors import N_

_TITLES: Final[Mapping[str, str]] = {
    Activity.NEW_INSTANCE: N_("Create an instance"),
    Activity.QUERY_INSTANCE: N_("Query instances"),
    Activity.REFRESH_INSTANCE: N_("Renew an instance"),
    Activity.UPDATE_INSTANCE_STATUS: N_("Change the status of an instance"),
    Activity.RELEASE_INSTANCE: N_("Release an instance"),
    Activity.UPGRADE_INSTANCE: N_("Upgrade an instance"),
    Activity.CHANGE_INSTANCE_CHECK: N_("Check a change of renewal"),
    Activity.ORDER_NOTIFY: N_("Notify of an order"),
    V1Activity.EXPIRE_INSTANCE: N_("Expire an instance"),
    V1Activity.UPGRADE: N_("Upgrade an instance"),
    V1Activity.INSTANCE_STATUS: N_("Change the status of an instance"),
    V1Activity.GET_LICENSE: N_("Get a license"),
}
_DEBUG: Final = N_("1 for a debug call, which must not touch business data; 0 for real.")
_EXPIRES: Final = N_("The end in UTC, as yyyyMMddHHmmss.")
_ACCEPTED: Final = N_(
    "Under service supervision: when the buyer accepted, in UTC as yyyyMMddHHmmssSSS. The call is repeated with it."
)
_SECRET: Final = N_("Write it plainly; it is sent encrypted.")

MOST_INSTANCES: Final = 100
"""The most instances in one queryInstance call."""

NO_IAM_USERS_SINCE: Final = date(2025, 10, 25)
"""Products listed since then get no IAM user of the buyer."""

CHECKED_SINCE: Final = date(2025, 11, 13)
"""When ``changeInstanceCheck`` was documented."""

TEST_FLAG: Final = Parameter(names.TEST_FLAG, 2, "1", about=_DEBUG)
_INSTANCE: Final = mandatory(names.INSTANCE_ID, answers.LONGEST_ID, "$instance")
_INSTANCES: Final = mandatory(
    names.INSTANCE_ID,
    MOST_INSTANCES * (answers.LONGEST_ID + 1),
    "$instance",
    N_("Up to 100 instances, separated by commas."),
)
_BUSINESS: Final = mandatory(names.BUSINESS_ID, 64, "$business", N_("Another one for each request."))
_PRODUCT: Final = mandatory(names.PRODUCT_ID, 64, "$product")
_PRODUCT_IF_ANY: Final = Parameter(names.PRODUCT_ID, 64, "$product")
_SKU: Final = mandatory(names.SKU_CODE, 64, "$sku")
_END: Final = mandatory(names.EXPIRE_TIME, 20, "$expires", _EXPIRES)
_END_IF_ANY: Final = Parameter(names.EXPIRE_TIME, 20, "$expires", about=_EXPIRES)
_CUSTOMER: Final = mandatory(names.CUSTOMER_ID, 100, "$customer")
_PERIOD: Final = (
    Parameter(names.PERIOD_TYPE, 10, "year", about="year, month"),
    Parameter(names.PERIOD_NUMBER, 4, "1"),
)
_PRICE: Final = Parameter(names.ORDER_AMOUNT, 20)
_AMOUNT: Final = Parameter(names.AMOUNT, 10, "1")
_SIZES: Final = (_AMOUNT, Parameter(names.DISK_SIZE, 10), Parameter(names.BAND_WIDTH, 10))


def _order(example: str) -> Parameter:
    return mandatory(names.ORDER_ID, 64, example)


def _order_line(example: str) -> tuple[Parameter, Parameter]:
    return _order(example), mandatory(names.ORDER_LINE_ID, 64, orders.line_of(example))


def _order_line_if_any(example: str) -> tuple[Parameter, Parameter]:
    return Parameter(names.ORDER_ID, 64, example), Parameter(names.ORDER_LINE_ID, 64, orders.line_of(example))


def _operation(
    name: str, source: str, *parameters: Parameter, since: date | None = None, test_flag: Parameter = TEST_FLAG
) -> Operation:
    return Operation(
        name=name,
        title=_TITLES[name],
        interface=Interface.PRODUCTION,
        parameters=(*parameters, test_flag),
        source=source,
        since=since,
    )


V2: Final = (
    _operation(Activity.NEW_INSTANCE, sources.V2_NEW_INSTANCE, *_order_line(orders.MOCK_YEAR), _BUSINESS),
    _operation(Activity.QUERY_INSTANCE, sources.V2_QUERY_INSTANCE, _INSTANCES),
    _operation(
        Activity.REFRESH_INSTANCE,
        sources.V2_REFRESH_INSTANCE,
        mandatory(names.SCENE, 64, orders.RENEWAL, ", ".join(orders.SCENES)),
        *_order_line(orders.MOCK_RENEWAL),
        _INSTANCE,
        _PRODUCT_IF_ANY,
        _END,
    ),
    _operation(
        Activity.UPDATE_INSTANCE_STATUS,
        sources.V2_UPDATE_INSTANCE_STATUS,
        _INSTANCE,
        mandatory(names.STATUS, 64, orders.FREEZE, ", ".join(orders.STATUSES)),
    ),
    _operation(
        Activity.RELEASE_INSTANCE,
        sources.V2_RELEASE_INSTANCE,
        _INSTANCE,
        *_order_line_if_any(orders.MOCK_UNSUBSCRIBE),
    ),
    _operation(Activity.UPGRADE_INSTANCE, sources.V2_UPGRADE_INSTANCE, _INSTANCE, *_order_line(orders.MOCK_CHANGE)),
    _operation(
        Activity.CHANGE_INSTANCE_CHECK,
        sources.V2_CHANGE_INSTANCE_CHECK,
        _INSTANCE,
        mandatory(
            names.PRODUCT_INFO,
            4000,
            "$product_info",
            N_("A JSON object: the product that the instance is to be renewed as."),
            ValueType.OBJECT,
        ),
        since=CHECKED_SINCE,
    ),
    _operation(
        Activity.ORDER_NOTIFY,
        sources.V2_ORDER_NOTIFY,
        *_order_line(orders.MOCK_YEAR),
        test_flag=replace(TEST_FLAG, mandatory=True),
    ),
)
"""V2.0: POST, the parameters are the members of a JSON body."""

V1: Final = (
    _operation(
        Activity.NEW_INSTANCE,
        sources.V1_NEW_INSTANCE,
        _CUSTOMER,
        mandatory(names.CUSTOMER_NAME, 64, "mock_customer"),
        Parameter(names.USER_ID, 64, until=NO_IAM_USERS_SINCE),
        Parameter(names.USER_NAME, 64, until=NO_IAM_USERS_SINCE),
        Parameter(names.MOBILE_PHONE, 60, "13800000000", about=_SECRET, kind=ValueType.SECRET),
        Parameter(names.EMAIL, 60, "mock@example.com", about=_SECRET, kind=ValueType.SECRET),
        _BUSINESS,
        _order(orders.MOCK_YEAR),
        _SKU,
        _PRODUCT,
        Parameter(names.TRIAL_FLAG, 2, "0", about=N_("1 for a trial.")),
        _END_IF_ANY,
        Parameter(names.CHARGING_MODE, 4, "1", about=N_("0 on demand, 1 by period, 3 one-time, 5 on-demand package.")),
        *_PERIOD,
        _PRICE,
        *_SIZES,
        Parameter(names.SAAS_EXTEND_PARAMS, 2048, about=N_("Base64 of a JSON list of name and value.")),
        Parameter(names.ACCEPTANCE_TIME, 20, about=_ACCEPTED),
    ),
    _operation(
        Activity.REFRESH_INSTANCE,
        sources.V1_REFRESH_INSTANCE,
        _order(orders.MOCK_RENEWAL),
        _INSTANCE,
        _PRODUCT_IF_ANY,
        _END,
        Parameter(names.TRIAL_TO_FORMAL, 2, about=N_("1 when a trial is made formal.")),
        *_PERIOD,
        _PRICE,
    ),
    _operation(V1Activity.EXPIRE_INSTANCE, sources.V1_EXPIRE_INSTANCE, _INSTANCE, _order(orders.MOCK_YEAR)),
    _operation(Activity.RELEASE_INSTANCE, sources.V1_RELEASE_INSTANCE, _INSTANCE, _order(orders.MOCK_YEAR)),
    _operation(
        V1Activity.UPGRADE,
        sources.V1_UPGRADE,
        _INSTANCE,
        _order(orders.MOCK_CHANGE),
        _SKU,
        _PRODUCT,
        *_SIZES,
    ),
    _operation(
        V1Activity.INSTANCE_STATUS,
        sources.V1_INSTANCE_STATUS,
        _INSTANCE,
        mandatory(names.INSTANCE_STATUS, 20, orders.FREEZE, ", ".join(orders.STATUSES_V1)),
    ),
    _operation(Activity.QUERY_INSTANCE, sources.V1_QUERY_INSTANCE, _INSTANCES),
    _operation(
        V1Activity.GET_LICENSE,
        sources.V1_GET_LICENSE,
        _CUSTOMER,
        Parameter(names.CUSTOMER_NAME, 64, "mock_customer"),
        _BUSINESS,
        _order(orders.MOCK_YEAR),
        Parameter(names.SKU_CODE, 64, "$sku"),
        _PRODUCT,
        _END_IF_ANY,
        *_PERIOD,
        _AMOUNT,
    ),
)
"""V1.0: GET, the parameters are in the query."""
