"""Calls to the production interface that a seller must refuse, may refuse, or must accept although they look wrong."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from mock_sites.huawei.conformance import cases_v1, cases_v2, rules
from mock_sites.huawei.conformance.listing import Kind
from mock_sites.huawei.conformance.model import UNKNOWN_ACTIVITY, AnswerCheck, ConformanceCase, Flaw, Rule, Weight
from mock_sites.huawei.conformance.phrases import Phrase
from mock_sites.huawei.protocol import names
from mock_sites.huawei.protocol.activities import Activity, V1Activity
from mock_sites.huawei.protocol.codes import INVALID_PARAMETER, NOT_AUTHENTICATED, PROCESSING, SUCCESS, UNKNOWN_INSTANCE
from mock_sites.world.errors import N_

Fields = Mapping[str, Any]
_ALWAYS_THE_SAME: Final = (SUCCESS, PROCESSING, NOT_AUTHENTICATED)
_MALFORMED: Final[dict[str, Any]] = {
    "codes": (INVALID_PARAMETER,),
    "any_refusal": True,
    "mistake": "accepts-malformed",
}


_NOT_ABOUT_ONE: Final = (
    Activity.NEW_INSTANCE,
    V1Activity.GET_LICENSE,
    Activity.QUERY_INSTANCE,
    Activity.CHANGE_INSTANCE_CHECK,
    Activity.ORDER_NOTIFY,
)
"""Operations that no instance has to be known for."""


@dataclass(frozen=True)
class _Purchase:
    """A rightly made purchase, from which the calls to refuse are made."""

    operation: str
    fields: Fields
    kind: Kind

    def call(self, name: str, title: str, rule: Rule, fields: Fields | None = None, **more: Any) -> ConformanceCase:
        """The purchase as another case."""
        return ConformanceCase(
            name=f"{self.operation}-{name}",
            title=title,
            operation=self.operation,
            fields=self.fields if fields is None else fields,
            rule=rule,
            **more,
        )


def _without(fields: Fields, name: str) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if key != name}


def _signature_cases(bought: _Purchase, signature: Rule) -> tuple[ConformanceCase, ...]:
    refused: dict[str, Any] = {"codes": (NOT_AUTHENTICATED,), "mistake": "accepts-wrong-signature"}
    unsigned: dict[str, Any] = {"codes": (NOT_AUTHENTICATED, INVALID_PARAMETER), "mistake": "accepts-unsigned"}
    return (
        bought.call("other-key", N_("Signed with another key"), signature, flaw=Flaw.OTHER_KEY, **refused),
        bought.call("tampered", N_("Changed after it was signed"), signature, flaw=Flaw.TAMPERED, **refused),
        bought.call("unsigned", N_("Without a signature"), signature, flaw=Flaw.UNSIGNED, **unsigned),
    )


def each_signature(
    cases: Iterable[ConformanceCase], signature: Rule, *, but: Collection[str]
) -> tuple[ConformanceCase, ...]:
    """The first case of every operation, except ``but``, signed with another key.

    An operation that a seller may not get may be refused with any code.
    """
    first: dict[str, ConformanceCase] = {}
    for case in cases:
        first.setdefault(case.operation, case)
    return tuple(
        replace(
            case,
            name=f"{operation}-other-key",
            title=N_("Signed with another key"),
            rule=signature,
            flaw=Flaw.OTHER_KEY,
            codes=(NOT_AUTHENTICATED,),
            any_refusal=bool(case.on_request),
            mistake="accepts-wrong-signature",
            weight=Weight.MUST,
            check=None,
            instance="",
            required_for=(),
        )
        for operation, case in first.items()
        if operation not in but
    )


def _time_cases(bought: _Purchase, rule: Rule, *, documented: bool) -> tuple[ConformanceCase, ...]:
    refused: dict[str, Any] = {"codes": (NOT_AUTHENTICATED, INVALID_PARAMETER)}
    return (
        bought.call(
            "old",
            N_("Signed ten minutes ago"),
            rule,
            flaw=Flaw.OLD,
            mistake="accepts-stale" if documented else "accepts-old",
            weight=Weight.MUST if documented else Weight.MAY,
            **refused,
        ),
        bought.call(
            "ahead",
            N_("Signed ten minutes ahead of now"),
            rules.OPEN,
            flaw=Flaw.AHEAD,
            mistake="accepts-future",
            weight=Weight.MAY,
            **refused,
        ),
        bought.call(
            "no-time",
            N_("Without a timestamp"),
            rule,
            flaw=Flaw.NO_TIME,
            mistake="accepts-no-time",
            **refused,
        ),
    )


def _parameter_cases(bought: _Purchase, rule: Rule, life: Iterable[ConformanceCase]) -> tuple[ConformanceCase, ...]:
    """Calls without a mandatory parameter, and for each operation calls about unknown instances."""
    later: dict[str, ConformanceCase] = {}
    for case in life:
        if case.operation not in _NOT_ABOUT_ONE:
            later.setdefault(case.operation, case)
    # No page says what a seller must answer then, and Huawei's own sample does not look (spec huawei 2.6a).
    missing: dict[str, Any] = {"mistake": "accepts-missing-parameter", "weight": Weight.MAY}
    return (
        *(
            bought.call(
                name,
                Phrase("Without {name}", name=left_out),
                rule,
                _without(bought.fields, left_out),
                codes=(INVALID_PARAMETER,),
                **missing,
            )
            for name, left_out in (("without-order", names.ORDER_ID), ("without-business", names.BUSINESS_ID))
        ),
        *(
            ConformanceCase(
                name=f"{operation}-without-instance",
                title=N_("Without instanceId"),
                operation=operation,
                fields=_without(one.fields, names.INSTANCE_ID),
                rule=rules.CODES,
                codes=(INVALID_PARAMETER, UNKNOWN_INSTANCE),
                **missing,
            )
            for operation, one in later.items()
        ),
        *(
            ConformanceCase(
                name=f"{operation}-unknown-instance",
                title=N_("For an instance that nobody knows"),
                operation=operation,
                fields={**one.fields, names.INSTANCE_ID: "unknown-{token}"},
                rule=rules.CODES,
                codes=(UNKNOWN_INSTANCE,),
                any_refusal=bool(one.on_request),
                mistake="accepts-unknown-instance",
                weight=Weight.LIVE,
            )
            for operation, one in later.items()
        ),
        ConformanceCase(
            name="unknown-activity",
            title=N_("An activity that does not exist"),
            operation=UNKNOWN_ACTIVITY,
            fields={names.INSTANCE_ID: "unknown-{token}"},
            rule=rules.CODES,
            codes=(INVALID_PARAMETER,),
            any_refusal=True,
            mistake="accepts-unknown-activity",
        ),
    )


def _robustness_cases(bought: _Purchase) -> tuple[ConformanceCase, ...]:
    any_refusal: dict[str, Any] = {"codes": (INVALID_PARAMETER,), "any_refusal": True}
    return (
        bought.call(
            "replayed",
            N_("The very same call twice"),
            rules.IDEMPOTENT,
            flaw=Flaw.REPLAYED,
            codes=_ALWAYS_THE_SAME,
            check=AnswerCheck.SAME_INSTANCE,
            instance=bought.kind,
        ),
        bought.call(
            "oversized",
            N_("Far larger than any real call"),
            rules.OPEN,
            flaw=Flaw.OVERSIZED,
            mistake="accepts-oversized",
            weight=Weight.MAY,
            **any_refusal,
        ),
        bought.call(
            "other-method",
            N_("By the other HTTP method"),
            rules.COMMON,
            flaw=Flaw.OTHER_METHOD,
            mistake="accepts-other-method",
            weight=Weight.MAY,
            **any_refusal,
        ),
    )


def v1(main: Kind, life: Collection[ConformanceCase]) -> tuple[ConformanceCase, ...]:
    """The cases of V1.0. ``life`` has the right calls, the purchase first."""
    bought = _Purchase(cases_v1.activity_of(main), next(iter(life)).fields, main)
    # No page says what a parameter is that cannot be decoded, and Tomcat leaves it out before the seller sees the call.
    undecodable: dict[str, Any] = {**_MALFORMED, "weight": Weight.MAY}
    return (
        *_signature_cases(bought, rules.V1_TOKEN),
        *each_signature(life, rules.V1_TOKEN, but=(bought.operation,)),
        *_time_cases(bought, rules.V1_TOKEN, documented=False),
        *_parameter_cases(bought, rules.V1_NEW, life),
        bought.call("broken-query", N_("A query with broken encoding"), rules.COMMON, flaw=Flaw.BROKEN, **undecodable),
        *_robustness_cases(bought),
    )


def v2(main: Kind, life: Collection[ConformanceCase]) -> tuple[ConformanceCase, ...]:
    """The cases of V2.0. ``life`` has the right calls."""
    bought = _Purchase(Activity.NEW_INSTANCE, cases_v2.new(main), main)
    return (
        *_signature_cases(bought, rules.V2_SIGNATURE),
        *each_signature(life, rules.V2_SIGNATURE, but=(bought.operation,)),
        *_time_cases(bought, rules.V2_TIME, documented=True),
        bought.call(
            "young",
            N_("Signed 30 seconds ago"),
            rules.V2_TIME,
            flaw=Flaw.YOUNG,
            codes=(SUCCESS, PROCESSING),
            mistake="refuses-young",
        ),
        bought.call(
            "capitals",
            N_("Its signature in capital hex digits, as in Huawei's examples"),
            rules.V2_SIGNATURE,
            flaw=Flaw.CAPITALS,
            codes=(SUCCESS, PROCESSING),
            mistake="refuses-capitals",
        ),
        bought.call(
            "unsorted",
            N_("Its body in another order than it is signed in"),
            rules.V2_SIGNATURE,
            flaw=Flaw.UNSORTED,
            codes=(SUCCESS, PROCESSING),
            mistake="signs-body-as-it-came",
            # The marketplace sends it in this order, so who signs it as it came is right too (spec huawei 2.6a).
            weight=Weight.MAY,
        ),
        *_parameter_cases(bought, rules.V2_NEW, life),
        bought.call("broken-json", N_("A body that is cut off"), rules.COMMON, flaw=Flaw.BROKEN, **_MALFORMED),
        bought.call("json-array", N_("A body that is no JSON object"), rules.COMMON, flaw=Flaw.LIST, **_MALFORMED),
        *_robustness_cases(bought),
    )
