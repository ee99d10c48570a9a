"""The order in which the documents list parameters. Sellers who do not sort sign in it, or in that of their classes."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from mock_sites.huawei.protocol import names, operations, signing_v1

_WITHIN: Final = (
    names.PRODUCT_ID,
    names.SKU_CODE,
    names.LINEAR_VALUE,
    names.PRODUCT_NAME,
    names.USER_NAME,
    names.NAME,
    names.ORG_CODE,
    names.ORG_NAME,
    names.PARENT_CODE,
    names.ROLE,
    names.ENABLE,
    names.POSITION,
    names.EMPLOYEE_CODE,
    names.MOBILE,
    names.EMAIL,
)
"""The members of objects within a call: of ``productInfo``, ``userList`` and ``orgInfoList``."""


def documented(protocol: str, fields: Mapping[str, Any]) -> list[str]:
    """The names of ``fields`` in the order of the documents. The operation is that which has most of them."""
    every = operations.OPERATIONS[protocol]
    operation = operations.find(protocol, str(fields.get(names.ACTIVITY))) or max(
        every, key=lambda one: sum(one.parameter(name) is not None for name in fields)
    )
    return _sorted(fields, (names.ACTIVITY, *(one.name for one in operation.parameters), signing_v1.TIMESTAMP))


def documented_within(value: Any, *, top: bool = True) -> Any:
    """``value`` with the members of the objects within it in the order of the documents."""
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        order = list(fields) if top else _sorted(fields, _WITHIN)
        return {name: documented_within(fields[name], top=False) for name in order}
    if isinstance(value, list):
        return [documented_within(one, top=False) for one in cast("list[Any]", value)]
    return value


def _sorted(found: Iterable[str], order: tuple[str, ...]) -> list[str]:
    return sorted(found, key=lambda name: order.index(name) if name in order else len(order))
