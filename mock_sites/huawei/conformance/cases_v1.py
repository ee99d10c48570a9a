"""The cases of the production interface, V1.0 (spec huawei 2.2 to 2.4)."""

from typing import Final

from mock_sites.huawei.conformance import rules
from mock_sites.huawei.conformance.listing import EVERY, WITH_PERIOD, Kind
from mock_sites.huawei.conformance.model import AnswerCheck, ConformanceCase, Flaw, Weight, later
from mock_sites.huawei.conformance.phrases import Phrase
from mock_sites.huawei.protocol import names, orders
from mock_sites.huawei.protocol.activities import Activity, V1Activity
from mock_sites.huawei.protocol.codes import SUCCESS, UNKNOWN_INSTANCE
from mock_sites.world.errors import N_

_CHARGED: Final = {Kind.ON_DEMAND: "0", Kind.PERIOD: "1", Kind.TRIAL: "1", Kind.ONE_TIME: "3", Kind.PACKAGE: "5"}
"""``chargingMode`` by kind (spec huawei 2.4)."""

PRODUCT: Final = {
    names.CUSTOMER_ID: "68cbc86abc2018ab880d92f36422fa0e",
    names.CUSTOMER_NAME: "mock_customer",
    names.SKU_CODE: "d0abcd12-1234-5678-ab90-11ab012aaaa1",
    names.PRODUCT_ID: "00301-666666-0--0",
}
_EXTENDED: Final = "W3sibmFtZSI6ImVtYWlsRG9tYWluTmFtZSIsInZhbHVlIjoiYWNtZSJ9XQ=="
"""Base64 of ``[{"name":"emailDomainName","value":"acme"}]``."""

_PERIOD: Final = {
    names.EXPIRE_TIME: "{expire}",
    names.PERIOD_TYPE: "year",
    names.PERIOD_NUMBER: "1",
}


def order_of(kind: Kind) -> str:
    """The order that buys a product of this kind."""
    return f"CS{{token}}-{kind}"


def new(kind: Kind) -> dict[str, str]:
    """The mandatory parameters of a purchase, and those that tell a trial or a package."""
    bought = {**PRODUCT, names.ORDER_ID: order_of(kind), names.BUSINESS_ID: f"{{token}}-{kind}"}
    if kind is Kind.TRIAL:
        return bought | {names.TRIAL_FLAG: "1", names.EXPIRE_TIME: "{expire}"}
    return bought | ({names.CHARGING_MODE: _CHARGED[kind]} if kind is Kind.PACKAGE else {})


def activity_of(kind: Kind) -> str:
    """The operation of a purchase."""
    return V1Activity.GET_LICENSE if kind is Kind.LICENCE else Activity.NEW_INSTANCE


def _optional(kind: Kind) -> dict[str, str]:
    """The optional parameters of a purchase. A listing that asks for one gets it with each purchase."""
    return {
        names.USER_ID: "42fa0e68cbc86abc2018ab880d92f364",
        names.USER_NAME: "buyer@example.com",
        names.MOBILE_PHONE: "{mobile}",
        names.EMAIL: "{email}",
        **({names.CHARGING_MODE: _CHARGED[kind]} if kind in _CHARGED else {}),
        names.ORDER_AMOUNT: "120.500",
        names.AMOUNT: "10",
        names.DISK_SIZE: "50",
        names.BAND_WIDTH: "5",
        names.SAAS_EXTEND_PARAMS: _EXTENDED,
        **(_PERIOD if kind in {*WITH_PERIOD, Kind.LICENCE} else {}),
    }


def _everything(kind: Kind) -> dict[str, str]:
    """All parameters of a purchase."""
    return {
        **PRODUCT,
        **_optional(kind),
        names.CUSTOMER_NAME: "示例 & Söhne = 1+1, 100%",
        names.TRIAL_FLAG: "0",
        names.ORDER_ID: "CS{token}2",
        names.BUSINESS_ID: "{token}2",
    }


def _purchases(main: Kind) -> tuple[ConformanceCase, ...]:
    return tuple(
        ConformanceCase(
            name=activity_of(kind) if kind is main else f"{activity_of(kind)}-{kind}",
            title=Phrase("A new order ({kind})", kind=kind),
            operation=activity_of(kind),
            fields=new(kind),
            asked_for=_optional(kind),
            rule=rules.V1_LICENSE if kind is Kind.LICENCE else rules.V1_NEW,
            check=AnswerCheck.NEW_INSTANCE if kind is main else AnswerCheck.OTHER_INSTANCE,
            instance=kind,
            kinds=(kind,),
            required_for=(Kind.PERIOD, Kind.ONE_TIME),
        )
        for kind in (main, *(kind for kind in Kind if kind is not main))
    )


def _repeated(main: Kind) -> tuple[ConformanceCase, ...]:
    return (
        ConformanceCase(
            name=f"{activity_of(main)}-repeated",
            title=N_("The same order again, with another businessId"),
            operation=activity_of(main),
            fields={**new(main), names.BUSINESS_ID: "{token}9"},
            asked_for=_optional(main),
            rule=rules.IDEMPOTENT,
            check=AnswerCheck.SAME_INSTANCE,
            instance=main,
            kinds=(main,),
        ),
    )


def _full(main: Kind) -> tuple[ConformanceCase, ...]:
    return (
        ConformanceCase(
            name="newInstance-everything",
            title=N_(
                "Another order, with all parameters: Chinese, blanks, plus signs, ampersands and percent signs in them"
            ),
            operation=Activity.NEW_INSTANCE,
            fields=_everything(main),
            rule=rules.V1_TOKEN,
            check=AnswerCheck.OTHER_INSTANCE,
            instance="everything",
            mistake="special-signs",
            kinds=(main,),
        ),
    )


def _with_plus(main: Kind) -> ConformanceCase:
    return ConformanceCase(
        name=f"{activity_of(main)}-token-with-plus",
        title=N_("A call whose authToken has a +"),
        operation=activity_of(main),
        fields={**new(main), names.BUSINESS_ID: "{token}8"},
        asked_for=_optional(main),
        rule=rules.V1_TOKEN,
        flaw=Flaw.PLUS,
        mistake="plus-became-blank",
        kinds=(main,),
    )


_QUERIED: Final = (Kind.PERIOD, Kind.TRIAL, Kind.ON_DEMAND, Kind.PACKAGE)
_RENEWED: Final = {
    names.ORDER_ID: "CS{token}5",
    names.PRODUCT_ID: PRODUCT[names.PRODUCT_ID],
    **_PERIOD,
    names.ORDER_AMOUNT: "120.5",
}

_LATER: Final = (
    later(
        Activity.QUERY_INSTANCE,
        N_("Information about the instance"),
        Activity.QUERY_INSTANCE,
        rules.V1_QUERY,
        {},
        _QUERIED,
        check=AnswerCheck.INFO,
        on_request=Activity.QUERY_INSTANCE,
        weight=Weight.MAY,
    ),
    later(
        "queryInstance-several",
        N_("Two instances in one call, their IDs separated by a comma"),
        Activity.QUERY_INSTANCE,
        rules.V1_QUERY,
        {names.INSTANCE_ID: "{instance},{other}"},
        _QUERIED,
        check=AnswerCheck.INFO,
        on_request=Activity.QUERY_INSTANCE,
        mistake="one-instance-a-query",
    ),
    later(
        "refreshInstance-trial-to-formal",
        N_("A trial becomes formal"),
        Activity.REFRESH_INSTANCE,
        rules.V1_REFRESH,
        {
            names.INSTANCE_ID: "{for_trial}",
            names.ORDER_ID: "CS{token}4",
            names.TRIAL_TO_FORMAL: "1",
            names.EXPIRE_TIME: "{expire}",
        },
        WITH_PERIOD,
        required_for=(Kind.PERIOD,),
    ),
    later(
        Activity.REFRESH_INSTANCE,
        N_("Renew by a new order"),
        Activity.REFRESH_INSTANCE,
        rules.V1_REFRESH,
        _RENEWED,
        (Kind.PERIOD,),
        required_for=(Kind.PERIOD,),
    ),
    later(
        "refreshInstance-without-product",
        N_("Renew by a new order, without productId"),
        Activity.REFRESH_INSTANCE,
        rules.V1_REFRESH,
        {names.ORDER_ID: "CS{token}7", names.EXPIRE_TIME: "{expire}"},
        (Kind.PERIOD,),
        required_for=(Kind.PERIOD,),
    ),
    later(
        V1Activity.UPGRADE,
        N_("Upgrade by a new order"),
        V1Activity.UPGRADE,
        rules.V1_UPGRADE,
        {
            names.ORDER_ID: "CS{token}6",
            names.SKU_CODE: PRODUCT[names.SKU_CODE],
            names.PRODUCT_ID: PRODUCT[names.PRODUCT_ID],
            names.AMOUNT: "20",
        },
        (Kind.PERIOD,),
        on_request=V1Activity.UPGRADE,
        weight=Weight.MAY,
    ),
    *(
        later(
            f"instanceStatus-{status}",
            title,
            V1Activity.INSTANCE_STATUS,
            rules.V1_STATUS,
            {names.INSTANCE_STATUS: status},
            (Kind.PERIOD, Kind.TRIAL, Kind.ON_DEMAND, Kind.LICENCE),
            on_request=V1Activity.INSTANCE_STATUS,
            weight=Weight.MAY,
        )
        for status, title in zip(orders.STATUSES_V1, (N_("Freeze"), N_("Take into use again")), strict=True)
    ),
    later(
        V1Activity.EXPIRE_INSTANCE,
        N_("Tell that it has expired"),
        V1Activity.EXPIRE_INSTANCE,
        rules.V1_EXPIRE,
        {names.ORDER_ID: "{order}"},
        WITH_PERIOD,
        required_for=(Kind.PERIOD,),
    ),
)


def opening(main: Kind) -> tuple[ConformanceCase, ...]:
    """The cases from the creation of instances to their release, for every kind; ``main`` is bought first."""
    first, *others = _purchases(main)
    full = () if main is Kind.LICENCE else _full(main)
    return (first, *_repeated(main), *full, _with_plus(main), *others, *_LATER)


CLOSING: Final = (
    *(
        ConformanceCase(
            name=f"{Activity.RELEASE_INSTANCE}-{kind}",
            title=Phrase("Give the instance up ({kind})", kind=kind),
            operation=Activity.RELEASE_INSTANCE,
            fields={names.INSTANCE_ID: f"{{{kind}}}", names.ORDER_ID: order_of(kind)},
            rule=rules.V1_RELEASE,
            kinds=(kind,),
            required_for=(Kind.PERIOD, Kind.ONE_TIME),
        )
        for kind in Kind
    ),
    ConformanceCase(
        name="releaseInstance-repeated",
        title=N_("Give it up again, as after a lost answer"),
        operation=Activity.RELEASE_INSTANCE,
        fields={names.INSTANCE_ID: "{instance}", names.ORDER_ID: "{order}"},
        rule=rules.V1_RELEASE,
        codes=(SUCCESS, UNKNOWN_INSTANCE),
        weight=Weight.MAY,
        kinds=EVERY,
    ),
)
