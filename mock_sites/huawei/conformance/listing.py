"""What a seller has listed: the kinds of products, and the optional parameters that it asked for.

The marketplace makes only the calls that belong to them (spec huawei 2.4 and 2.6).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, Self

from mock_sites.huawei.protocol import names, operations
from mock_sites.huawei.protocol.activities import Activity, V1Activity
from mock_sites.huawei.protocol.parameters import Interface


class Kind(StrEnum):
    """A kind of product."""

    PERIOD = "period"
    TRIAL = "trial"
    ON_DEMAND = "on-demand"
    ONE_TIME = "one-time"
    PACKAGE = "package"
    LICENCE = "licence"


EVERY: Final = tuple(Kind)
WITH_PERIOD: Final = (Kind.PERIOD, Kind.TRIAL)
USUAL: Final = (Kind.PERIOD, Kind.TRIAL)
"""What is checked if the seller does not say what it has listed."""

ON_REQUEST: Final[Mapping[str, frozenset[str]]] = {
    "v1": frozenset({V1Activity.UPGRADE, V1Activity.INSTANCE_STATUS, Activity.QUERY_INSTANCE}),
    "v2": frozenset({Activity.ORDER_NOTIFY, Activity.UPGRADE_INSTANCE}),
}
"""By protocol: the operations that not every seller has. They have asked for them (``sources.ORDER_NOTIFICATIONS``),
have listed an upgrade, or support them in V1.0. The debugging page requires none of them (``sources.DEBUGGING``).
"""

_FIXED: Final = (names.TEST_FLAG, names.TRIAL_FLAG, names.TRIAL_TO_FORMAL)
"""Optional parameters that the kind of product decides."""


@dataclass(frozen=True)
class Listing:
    """The kinds of products, the main one first, and what the seller has asked for: optional parameters of their calls,
    and operations on request.
    """

    kinds: tuple[Kind, ...] = USUAL
    parameters: frozenset[str] | None = None
    """None if it is not known: all are sent that belong to the kinds."""

    @property
    def main(self) -> Kind:
        """The kind with which calls are tried that any kind has."""
        return self.kinds[0]

    def with_what_packages_need(self) -> Self:
        """This listing, with on-demand products before packages, which are deducted from their usage."""
        if Kind.PACKAGE not in self.kinds:
            return self
        kinds = [kind for kind in self.kinds if kind is not Kind.ON_DEMAND]
        kinds.insert(kinds.index(Kind.PACKAGE), Kind.ON_DEMAND)
        return replace(self, kinds=tuple(kinds))

    def first_of(self, kinds: tuple[Kind, ...]) -> Kind | None:
        """The first kind of this listing that is one of ``kinds``. None if it has none of them."""
        return next((kind for kind in self.kinds if kind in kinds), None)

    def requires(self, kinds: tuple[Kind, ...], required_for: tuple[Kind, ...]) -> bool:
        """Whether the debugging page requires a case for ``kinds`` here, if it does so for ``required_for``."""
        return any(kind in kinds and kind in required_for for kind in self.kinds)

    def sent(
        self, protocol: str, operation: str, fields: Mapping[str, Any], asked_for: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The fields of a call. A listing that names parameters gets those of ``asked_for`` that it names, and no other
        optional ones.
        """
        if self.parameters is None:
            return dict(fields)
        known = optional(protocol, operation)
        wanted = {name: asked_for[name] for name in asked_for if name in known & self.parameters}
        return wanted | {name: fields[name] for name in fields if name not in known - self.parameters}


def optional(protocol: str, operation: str = "") -> frozenset[str]:
    """The optional parameters of an operation of the production interface, or of all operations."""
    return frozenset(
        parameter.name
        for one in operations.OPERATIONS[protocol]
        for parameter in one.parameters
        if one.interface is Interface.PRODUCTION and operation in {"", one.name}
        if not parameter.mandatory and parameter.name not in _FIXED
    )
