"""All operations, by version of the protocol."""

from collections.abc import Mapping
from typing import Final

from mock_sites.huawei.protocol import kit, production
from mock_sites.huawei.protocol.parameters import Operation

OPERATIONS: Final[Mapping[str, tuple[Operation, ...]]] = {
    "v1": (*production.V1, *kit.V1),
    "v2": (*production.V2, *kit.V2),
}


def find(protocol: str, name: str) -> Operation | None:
    """The operation with this name in a version of the protocol. None if the version has none."""
    return next((one for one in OPERATIONS[protocol] if one.name == name), None)


def of(protocol: str, name: str) -> Operation:
    """The operation with this name.

    Raises:
        KeyError: this version of the protocol has none.
    """
    if found := find(protocol, name):
        return found
    raise KeyError(f"{protocol} has no operation {name}")
