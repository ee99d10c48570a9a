"""The cases of the production interface, V2.0 (spec huawei 2.5 to 2.7).

The order ids are those that Huawei publishes for tests by sellers. MONTY is Huawei's spelling. The number of the line
is that of the run: a seller that stores its orders knows them by order and line (spec huawei 2.2, idempotency).
"""

from typing import Any, Final

from mock_sites.huawei.conformance import rules
from mock_sites.huawei.conformance.listing import EVERY, WITH_PERIOD, Kind
from mock_sites.huawei.conformance.model import AnswerCheck, ConformanceCase, Weight, later
from mock_sites.huawei.conformance.phrases import Phrase
from mock_sites.huawei.protocol import names, orders
from mock_sites.huawei.protocol.activities import Activity
from mock_sites.huawei.protocol.codes import PROCESSING, SUCCESS, UNKNOWN_INSTANCE
from mock_sites.world.errors import N_

KINDS: Final = (Kind.PERIOD, Kind.TRIAL, Kind.ON_DEMAND, Kind.ONE_TIME, Kind.PACKAGE)
"""V2.0 has no operation for licences."""

_ORDERS: Final = {
    Kind.PERIOD: orders.MOCK_YEAR,
    Kind.TRIAL: orders.MOCK_TRIAL,
    Kind.ON_DEMAND: orders.MOCK_ON_DEMAND,
    Kind.ONE_TIME: orders.MOCK_ONE_TIME,
    Kind.PACKAGE: orders.MOCK_PACKAGE,
}
_MADE: Final = (SUCCESS, PROCESSING)
_ENDS: Final = {names.EXPIRE_TIME: "{expire}"}


def order(name: str) -> dict[str, str]:
    """An order and the run's line of it."""
    return {names.ORDER_ID: name, names.ORDER_LINE_ID: f"{name}-{{line}}"}


def new(kind: Kind) -> dict[str, str]:
    """The parameters of a purchase."""
    return {**order(_ORDERS[kind]), names.BUSINESS_ID: f"{{token}}-{kind}"}


def _purchases(main: Kind) -> tuple[ConformanceCase, ...]:
    return tuple(
        ConformanceCase(
            name=Activity.NEW_INSTANCE if kind is main else f"{Activity.NEW_INSTANCE}-{kind}",
            title=Phrase("A new order ({kind})", kind=kind),
            operation=Activity.NEW_INSTANCE,
            fields=new(kind),
            rule=rules.V2_NEW,
            codes=_MADE,
            check=AnswerCheck.NEW_INSTANCE if kind is main else AnswerCheck.OTHER_INSTANCE,
            instance=kind,
            kinds=(kind,),
            required_for=(Kind.PERIOD, Kind.ONE_TIME, Kind.ON_DEMAND),
        )
        for kind in (main, *(kind for kind in KINDS if kind is not main))
    )


def _repeated(main: Kind) -> ConformanceCase:
    return ConformanceCase(
        name="newInstance-repeated",
        title=N_("The same order line again, with another businessId"),
        operation=Activity.NEW_INSTANCE,
        fields={**new(main), names.BUSINESS_ID: "{token}2"},
        rule=rules.IDEMPOTENT,
        codes=_MADE,
        check=AnswerCheck.SAME_INSTANCE,
        instance=main,
        kinds=(main,),
    )


def _on_request(operation: Activity) -> dict[str, Any]:
    """What a case has that only sellers get that have asked for, or listed, ``operation``."""
    return {"on_request": operation, "weight": Weight.MAY}


def _notification(main: Kind) -> ConformanceCase:
    return ConformanceCase(
        name=Activity.ORDER_NOTIFY,
        title=N_("An order was paid"),
        operation=Activity.ORDER_NOTIFY,
        fields=order(_ORDERS[main]),
        rule=rules.V2_NOTIFY,
        kinds=KINDS,
        **_on_request(Activity.ORDER_NOTIFY),
    )


def _refresh(
    scene: str, order_id: str, kinds: tuple[Kind, ...], *, instance: str = "{instance}", **more: Any
) -> ConformanceCase:
    fields = {names.SCENE: scene, **order(order_id), names.INSTANCE_ID: instance, **_ENDS}
    name, title = f"refreshInstance-{scene}", Phrase("Refresh, scene {scene}", scene=scene)
    return later(name, title, Activity.REFRESH_INSTANCE, rules.V2_REFRESH, fields, kinds, **more)


_LATER: Final = (
    later(
        Activity.QUERY_INSTANCE,
        N_("What a buyer sees in the resource details"),
        Activity.QUERY_INSTANCE,
        rules.V2_QUERY,
        {},
        KINDS,
        check=AnswerCheck.INFO,
        required_for=(Kind.ON_DEMAND,),
    ),
    later(
        "queryInstance-several",
        N_("Two instances in one call, their IDs separated by a comma"),
        Activity.QUERY_INSTANCE,
        rules.V2_QUERY,
        {names.INSTANCE_ID: "{instance},{other}"},
        KINDS,
        check=AnswerCheck.INFO,
        mistake="one-instance-a-query",
    ),
    _refresh(
        orders.TRIAL_TO_FORMAL,
        orders.MOCK_TRIAL_TO_FORMAL,
        WITH_PERIOD,
        instance="{for_trial}",
        required_for=(Kind.PERIOD,),
    ),
    _refresh(orders.RENEWAL, orders.MOCK_RENEWAL, (Kind.PERIOD,), required_for=(Kind.PERIOD,)),
    later(
        "refreshInstance-with-product",
        N_("Renew, with the optional productId"),
        Activity.REFRESH_INSTANCE,
        rules.V2_REFRESH,
        {names.SCENE: orders.RENEWAL, **order(orders.MOCK_RENEWAL), names.PRODUCT_ID: "OFFI1", **_ENDS},
        (Kind.PERIOD,),
        required_for=(Kind.PERIOD,),
    ),
    _refresh(orders.UNSUBSCRIBE_RENEWAL_PERIOD, orders.MOCK_UNSUBSCRIBE, (Kind.PERIOD,)),
    _refresh(orders.RENEWAL_CHANGE, orders.MOCK_CHANGE, (Kind.PERIOD,)),
    later(
        Activity.CHANGE_INSTANCE_CHECK,
        N_("May it be renewed as another product?"),
        Activity.CHANGE_INSTANCE_CHECK,
        rules.V2_CHECK,
        {
            names.PRODUCT_INFO: {
                names.PRODUCT_ID: "OFFI1",
                names.SKU_CODE: "sku-1",
                names.LINEAR_VALUE: 1,
                names.PRODUCT_NAME: "Product",
            },
        },
        (Kind.PERIOD,),
    ),
    later(
        Activity.UPGRADE_INSTANCE,
        N_("Upgrade by a new order"),
        Activity.UPGRADE_INSTANCE,
        rules.V2_UPGRADE,
        order(orders.MOCK_CHANGE),
        (Kind.PERIOD,),
        **_on_request(Activity.UPGRADE_INSTANCE),
    ),
    *(
        later(
            f"updateInstanceStatus-{status}",
            Phrase("Change the state to {status}", status=status),
            Activity.UPDATE_INSTANCE_STATUS,
            rules.V2_STATUS,
            {names.STATUS: status},
            (Kind.PERIOD, Kind.TRIAL, Kind.ON_DEMAND),
            # Freezing is how V2.0 tells that an instance has expired (spec huawei 2.6).
            required_for=(Kind.PERIOD, Kind.ON_DEMAND) if status == orders.FREEZE else (Kind.ON_DEMAND,),
        )
        for status in orders.STATUSES
    ),
)


def opening(main: Kind) -> tuple[ConformanceCase, ...]:
    """The cases from the creation of instances to their release, for every kind; ``main`` is bought first."""
    first, *others = _purchases(main)
    return (first, _repeated(main), *others, _notification(main), *_LATER)


CLOSING: Final = (
    *(
        ConformanceCase(
            name=f"{Activity.RELEASE_INSTANCE}-{kind}",
            title=Phrase("Give the instance up ({kind})", kind=kind),
            operation=Activity.RELEASE_INSTANCE,
            # The order is optional; a trial is released without one.
            fields={
                names.INSTANCE_ID: f"{{{kind}}}",
                **(order(orders.MOCK_UNSUBSCRIBE) if kind is not Kind.TRIAL else {}),
            },
            rule=rules.V2_RELEASE,
            kinds=(kind,),
            required_for=(Kind.PERIOD, Kind.ONE_TIME, Kind.ON_DEMAND),
        )
        for kind in KINDS
    ),
    ConformanceCase(
        name="releaseInstance-repeated",
        title=N_("Give it up again, as after a lost answer"),
        operation=Activity.RELEASE_INSTANCE,
        fields={names.INSTANCE_ID: "{instance}", **order(orders.MOCK_UNSUBSCRIBE)},
        rule=rules.V2_RELEASE,
        codes=(SUCCESS, UNKNOWN_INSTANCE),
        weight=Weight.MAY,
        kinds=EVERY,
    ),
)
