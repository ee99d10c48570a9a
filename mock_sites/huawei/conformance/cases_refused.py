"""Calls to the production interface that a seller must refuse, may refuse, or must accept although they look wrong."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from mock_sites.huawei.conformance import cases_v1, cases_v2, rules
from mock_sites.huawei.conformance.model import AnswerCheck, ConformanceCase, Flaw, Rule, Weight
from mock_sites.huawei.protocol import names, orders
from mock_sites.huawei.protocol.activities import Activity, V1Activity
from mock_sites.huawei.protocol.codes import INVALID_PARAMETER, NOT_AUTHENTICATED, PROCESSING, SUCCESS, UNKNOWN_INSTANCE

Fields = Mapping[str, Any]
_ALWAYS_THE_SAME: Final = (SUCCESS, PROCESSING, NOT_AUTHENTICATED)
_MALFORMED: Final[dict[str, Any]] = {
    "codes": (INVALID_PARAMETER,),
    "any_refusal": True,
    "mistake": "accepts-malformed",
}


def _new(name: str, title: str, fields: Fields, rule: Rule, **more: Any) -> ConformanceCase:
    return ConformanceCase(
        name=f"newInstance-{name}", title=title, operation=Activity.NEW_INSTANCE, fields=fields, rule=rule, **more
    )


def _without(fields: Fields, name: str) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if key != name}


def _signature_cases(fields: Fields, signature: Rule) -> tuple[ConformanceCase, ...]:
    refused: dict[str, Any] = {"codes": (NOT_AUTHENTICATED,), "mistake": "accepts-wrong-signature"}
    unsigned: dict[str, Any] = {"codes": (NOT_AUTHENTICATED, INVALID_PARAMETER), "mistake": "accepts-unsigned"}
    return (
        _new("other-key", "Signed with another key", fields, signature, flaw=Flaw.OTHER_KEY, **refused),
        _new("tampered", "Changed after it was signed", fields, signature, flaw=Flaw.TAMPERED, **refused),
        _new("unsigned", "Without a signature", fields, signature, flaw=Flaw.UNSIGNED, **unsigned),
    )


def each_signature(
    cases: Iterable[ConformanceCase], signature: Rule, *, but: Collection[str]
) -> tuple[ConformanceCase, ...]:
    """The first case of every operation, except ``but``, signed with another key."""
    first: dict[str, ConformanceCase] = {}
    for case in cases:
        first.setdefault(case.operation, case)
    return tuple(
        replace(
            case,
            name=f"{operation}-other-key",
            title="Signed with another key",
            rule=signature,
            flaw=Flaw.OTHER_KEY,
            codes=(NOT_AUTHENTICATED,),
            mistake="accepts-wrong-signature",
            weight=Weight.MUST,
            check=None,
            instance="",
        )
        for operation, case in first.items()
        if operation not in but
    )


def _time_cases(fields: Fields, rule: Rule, *, documented: bool) -> tuple[ConformanceCase, ...]:
    refused: dict[str, Any] = {"codes": (NOT_AUTHENTICATED, INVALID_PARAMETER)}
    return (
        _new(
            "old",
            "Signed ten minutes ago",
            fields,
            rule,
            flaw=Flaw.OLD,
            mistake="accepts-stale" if documented else "accepts-old",
            weight=Weight.MUST if documented else Weight.MAY,
            **refused,
        ),
        _new(
            "ahead",
            "Signed ten minutes ahead of now",
            fields,
            rules.OPEN,
            flaw=Flaw.AHEAD,
            mistake="accepts-future",
            weight=Weight.MAY,
            **refused,
        ),
        _new(
            "no-time",
            "Without a timestamp",
            fields,
            rule,
            flaw=Flaw.NO_TIME,
            mistake="accepts-no-time",
            **refused,
        ),
    )


def _parameter_cases(fields: Fields, rule: Rule, later: Mapping[str, Fields]) -> tuple[ConformanceCase, ...]:
    """For each operation of ``later``: calls without a mandatory parameter, and calls about unknown instances."""
    # No page says what a seller must answer then, and Huawei's own sample does not look (spec huawei 2.6a).
    missing: dict[str, Any] = {"mistake": "accepts-missing-parameter", "weight": Weight.MAY}
    return (
        *(
            _new(name, f"Without {left_out}", _without(fields, left_out), rule, codes=(INVALID_PARAMETER,), **missing)
            for name, left_out in (("without-order", names.ORDER_ID), ("without-business", names.BUSINESS_ID))
        ),
        *(
            ConformanceCase(
                name=f"{operation}-without-instance",
                title="Without instanceId",
                operation=operation,
                fields=_without(more, names.INSTANCE_ID),
                rule=rules.CODES,
                codes=(INVALID_PARAMETER, UNKNOWN_INSTANCE),
                **missing,
            )
            for operation, more in later.items()
        ),
        *(
            ConformanceCase(
                name=f"{operation}-unknown-instance",
                title="For an instance that nobody knows",
                operation=operation,
                fields={**more, names.INSTANCE_ID: "unknown-{token}"},
                rule=rules.CODES,
                codes=(UNKNOWN_INSTANCE,),
                mistake="accepts-unknown-instance",
                weight=Weight.LIVE,
            )
            for operation, more in later.items()
        ),
        ConformanceCase(
            name="unknown-activity",
            title="An activity that does not exist",
            operation="danceInstance",
            fields={names.INSTANCE_ID: "unknown-{token}"},
            rule=rules.CODES,
            codes=(INVALID_PARAMETER,),
            any_refusal=True,
            mistake="accepts-unknown-activity",
        ),
    )


def _robustness_cases(fields: Fields) -> tuple[ConformanceCase, ...]:
    any_refusal: dict[str, Any] = {"codes": (INVALID_PARAMETER,), "any_refusal": True}
    return (
        _new(
            "replayed",
            "The very same call twice",
            fields,
            rules.IDEMPOTENT,
            flaw=Flaw.REPLAYED,
            codes=_ALWAYS_THE_SAME,
            check=AnswerCheck.SAME_INSTANCE,
            instance="yearly",
        ),
        _new(
            "oversized",
            "Far larger than any real call",
            fields,
            rules.OPEN,
            flaw=Flaw.OVERSIZED,
            mistake="accepts-oversized",
            weight=Weight.MAY,
            **any_refusal,
        ),
        _new(
            "other-method",
            "By the other HTTP method",
            fields,
            rules.COMMON,
            flaw=Flaw.OTHER_METHOD,
            mistake="accepts-other-method",
            weight=Weight.MAY,
            **any_refusal,
        ),
    )


V1: Final = (
    *_signature_cases(cases_v1.NEW, rules.V1_TOKEN),
    *each_signature(
        (*cases_v1.OPENING, *cases_v1.CLOSING), rules.V1_TOKEN, but=(Activity.NEW_INSTANCE, V1Activity.GET_LICENSE)
    ),
    *_time_cases(cases_v1.NEW, rules.V1_TOKEN, documented=False),
    *_parameter_cases(
        cases_v1.NEW,
        rules.V1_NEW,
        {
            Activity.REFRESH_INSTANCE: {names.ORDER_ID: "CS{token}7", names.EXPIRE_TIME: "{expire}"},
            V1Activity.EXPIRE_INSTANCE: {names.ORDER_ID: "CS{token}1"},
            Activity.RELEASE_INSTANCE: {names.ORDER_ID: "CS{token}1"},
            V1Activity.INSTANCE_STATUS: {names.INSTANCE_STATUS: orders.FREEZE},
            V1Activity.UPGRADE: {
                names.ORDER_ID: "CS{token}8",
                names.SKU_CODE: cases_v1.NEW[names.SKU_CODE],
                names.PRODUCT_ID: cases_v1.NEW[names.PRODUCT_ID],
            },
        },
    ),
    _new("broken-query", "A query with broken encoding", cases_v1.NEW, rules.COMMON, flaw=Flaw.BROKEN, **_MALFORMED),
    *_robustness_cases(cases_v1.NEW),
)

V2: Final = (
    *_signature_cases(cases_v2.NEW, rules.V2_SIGNATURE),
    *each_signature((*cases_v2.OPENING, *cases_v2.CLOSING), rules.V2_SIGNATURE, but=(Activity.NEW_INSTANCE,)),
    *_time_cases(cases_v2.NEW, rules.V2_TIME, documented=True),
    _new(
        "young",
        "Signed 30 seconds ago",
        cases_v2.NEW,
        rules.V2_TIME,
        flaw=Flaw.YOUNG,
        codes=(SUCCESS, PROCESSING),
        mistake="refuses-young",
    ),
    _new(
        "capitals",
        "Its signature in capital hex digits, as in Huawei's examples",
        cases_v2.NEW,
        rules.V2_SIGNATURE,
        flaw=Flaw.CAPITALS,
        codes=(SUCCESS, PROCESSING),
        mistake="refuses-capitals",
    ),
    _new(
        "unsorted",
        "Its body in another order than it is signed in",
        cases_v2.NEW,
        rules.V2_SIGNATURE,
        flaw=Flaw.UNSORTED,
        codes=(SUCCESS, PROCESSING),
        mistake="signs-body-as-it-came",
        # The marketplace sends it in this order, so who signs it as it came is right too (spec huawei 2.6a).
        weight=Weight.MAY,
    ),
    *_parameter_cases(
        cases_v2.NEW,
        rules.V2_NEW,
        {
            Activity.REFRESH_INSTANCE: {names.SCENE: orders.RENEWAL, **cases_v2.YEARLY, names.EXPIRE_TIME: "{expire}"},
            Activity.UPDATE_INSTANCE_STATUS: {names.STATUS: orders.FREEZE},
            Activity.RELEASE_INSTANCE: {},
            Activity.UPGRADE_INSTANCE: cases_v2.order(orders.MOCK_CHANGE),
        },
    ),
    _new("broken-json", "A body that is cut off", cases_v2.NEW, rules.COMMON, flaw=Flaw.BROKEN, **_MALFORMED),
    _new("json-array", "A body that is no JSON object", cases_v2.NEW, rules.COMMON, flaw=Flaw.LIST, **_MALFORMED),
    *_robustness_cases(cases_v2.NEW),
)
