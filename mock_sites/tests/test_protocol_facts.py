"""The facts of the seller protocol are in ``huawei/protocol`` only, and Guance's own reading of them agrees with it.

Guance is the other company: it may not import them, so its sources are compared with them.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from mock_sites.guance.production_api import answers as guance_answers
from mock_sites.guance.production_api import app_info, envelope, kit, operations, signing, signing_v1
from mock_sites.huawei.protocol import activities, answers, codes, kit_lists, moments, names, orders, production
from mock_sites.huawei.protocol import kit as protocol_kit
from mock_sites.huawei.protocol import operations as protocol
from mock_sites.huawei.protocol import signing as protocol_signing
from mock_sites.huawei.protocol import signing_v1 as protocol_signing_v1
from mock_sites.huawei.protocol.parameters import Interface, Operation
from mock_sites.huawei.protocol.retries import Policy
from mock_sites.tests.protocol_reference import FILE, reference

HUAWEI: Final = Path(inspect.getfile(activities)).parents[1]
READERS: Final = ("conformance", "domain", "seller_center", "seller_gateway")
"""The packages that read the protocol."""


def values_of(module: object) -> set[str]:
    """The words that a module defines as constants."""
    return {value for name, value in vars(module).items() if name.isupper() and isinstance(value, str)}


WORDS: Final = {
    word
    for word in {
        *values_of(names),
        *(str(one) for kind in (activities.Activity, activities.V1Activity, activities.KitInterface) for one in kind),
    }
    if re.search(r"[a-z][A-Z]", word)
}
"""Names in calls that have no other meaning: those of several words."""

HEADERS: Final = {
    protocol_signing_v1.TOKEN,
    protocol_signing_v1.TIMESTAMP,
    protocol_signing_v1.BODY_SIGN,
    protocol_signing.KIT_SIGNATURE,
    protocol_signing.KIT_TIMESTAMP,
    protocol_signing.KIT_NONCE,
    protocol_signing.QUERY_DATE,
}
ORDERS: Final = {value for value in values_of(orders) if value.startswith("MOCK")} | {
    orders.FREEZE,
    orders.UNFREEZE,
    orders.RENEWAL,
    orders.RENEWAL_CHANGE,
    orders.UNSUBSCRIBE_RENEWAL_PERIOD,
}
CODES: Final = re.compile(rf"\b(?:{'|'.join(sorted(values_of(codes)))})\b")


@cache
def sources() -> dict[str, ast.Module]:
    """The modules that read the protocol, by path below ``huawei``."""
    found = [path for package in READERS for path in sorted((HUAWEI / package).rglob("*.py"))]
    return {str(path.relative_to(HUAWEI)): ast.parse(path.read_text("utf-8")) for path in found}


def literals(tree: ast.AST) -> Iterator[str]:
    """The texts and the names of arguments in a module, without its docstrings."""
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Constant) and isinstance(child.value, str) and not isinstance(node, ast.Expr):
                yield child.value
        if isinstance(node, ast.keyword) and node.arg:
            yield node.arg


def repeated(text: str) -> bool:
    """Whether a text is a fact of the protocol."""
    return text in WORDS | HEADERS | ORDERS or bool(CODES.search(text))


def test_no_module_repeats_a_fact_of_the_protocol() -> None:
    found = {(path, text) for path, tree in sources().items() for text in literals(tree) if repeated(text)}
    assert not found, "Import it from mock_sites.huawei.protocol"


def test_policies_of_retries_are_made_in_one_place() -> None:
    made = {
        path
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(Policy.__name__)
    }
    assert not made, "Add it to mock_sites.huawei.protocol.retries"


def test_every_operation_names_its_source() -> None:
    found = [one for every in protocol.OPERATIONS.values() for one in every]
    assert all(one.source.startswith("https://") for one in found)
    for every in protocol.OPERATIONS.values():
        assert len({one.name for one in every}) == len(every)


def test_the_reference_in_docs_is_made_from_the_protocol() -> None:
    assert FILE.read_text("utf-8") == reference(), f"Run python -m {reference.__module__}"


# ---------------------------------------------------------------------- Guance's reading


def of_interface(version: str, interface: Interface) -> dict[str, Operation]:
    """The operations of one version, by name."""
    return {one.name: one for one in protocol.OPERATIONS[version] if one.interface is interface}


def test_guance_answers_every_operation_and_no_other() -> None:
    assert set(operations.V1) == set(of_interface("v1", Interface.PRODUCTION))
    assert set(operations.V2) == set(of_interface("v2", Interface.PRODUCTION))
    for version in ("v1", "v2"):
        assert set(kit.INTERFACES) == set(of_interface(version, Interface.KIT))


def test_guance_answers_with_documented_codes_only() -> None:
    claimed = {
        name: value for name, value in vars(guance_answers).items() if name.isupper() and value in codes.EXPLANATIONS
    }
    bad_secret = claimed.pop("BAD_SECRET")
    assert bad_secret == codes.MOBILE_NUMBER, "Huawei's demo uses this code for client secrets, against the list"
    assert claimed == {name: getattr(codes, name) for name in claimed}


def test_both_companies_mean_the_same_by_headers_limits_and_times() -> None:
    assert signing_v1.TOKEN == protocol_signing_v1.TOKEN
    assert signing_v1.TIMESTAMP == protocol_signing_v1.TIMESTAMP
    assert signing_v1.BODY_SIGN == protocol_signing_v1.BODY_SIGN
    assert re.fullmatch(protocol_signing_v1.BODY_SIGN_FORM, signing_v1.body_sign("key", b"{}"))
    assert signing.SKEW == moments.SKEW == timedelta(seconds=60)
    assert operations.MOST_INSTANCES == production.MOST_INSTANCES
    assert operations.SCENES == orders.SCENES
    assert envelope.LONGEST_VALUE == answers.LONGEST_ID
    assert app_info.ENCRYPT_TYPE == answers.DEFAULT_ENCRYPT_TYPE
    assert kit.MOST_USERS == protocol_kit.MOST_USERS
    assert {kit_lists.ROLE, kit_lists.ADMINISTRATOR} == set(kit.ROLES)
    flags = (protocol_kit.DELETE, protocol_kit.ADD, protocol_kit.MODIFY, protocol_kit.CANCEL)
    assert tuple(str(flag) for flag in flags) == (kit.DELETE, kit.ADD, kit.MODIFY, kit.WITHDRAW)
    assert len(protocol_kit.V1) == len(protocol_kit.V2) == len(kit.INTERFACES)


UNREAD: Final = {
    (activities.Activity.NEW_INSTANCE, names.CUSTOMER_NAME): "optional on the international pages; Guance needs the id",
    (activities.KitInterface.AUTHORIZATION, names.CURRENT_SYNC_TIME): "Guance applies each call as it comes",
}
"""Mandatory parameters that Guance does not require, and why."""

NEEDED: Final = {
    names.INSTANCE_ID: "it may be empty while a credential is applied for, but not be missing",
    names.CLIENT_SECRET: "the Seller Center fills it in when it is left empty",
}
"""Fields of the kit that may be empty in the protocol but not at Guance, and why."""

VALUES: Final = {
    names.EXPIRE_TIME: "20270101000000",
    names.PRODUCT_INFO: {names.PRODUCT_ID: "p", names.SKU_CODE: "s", names.LINEAR_VALUE: 1, names.PRODUCT_NAME: "n"},
    names.CLIENT_SECRET: "encrypted",
    names.MOBILE_PHONE: "",
    names.EMAIL: "",
}
CASES: Final = [
    pytest.param(version, operation, id=f"{version}-{operation.name}")
    for version, every in protocol.OPERATIONS.items()
    for operation in every
    if operation.name != activities.V1Activity.GET_LICENSE  # Guance has no licences: it refuses every call
]


def taken(version: str, operation: Operation, **changed: object) -> bool:
    """Whether Guance accepts a call with the parameters' examples and these changes. None leaves one out."""
    body: dict[str, object] = {one.name: VALUES.get(one.name, one.example or "x") for one in operation.parameters}
    if operation.interface is Interface.KIT:
        body[names.TEST_FLAG] = 0
    body |= changed
    call = envelope.ProductionCall(
        version, {name: value for name, value in body.items() if value is not None}, "", "key"
    )
    read = (
        kit.INTERFACES if operation.interface is Interface.KIT else operations.V1 if version == "v1" else operations.V2
    )
    try:
        read[operation.name](call)
    except guance_answers.Fault as fault:
        return fault.code != codes.INVALID_PARAMETER
    return True


@pytest.fixture
def nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Client secrets are readable, and the marketplace is not asked about orders."""

    def look_up(_world: object, _order_id: str, _line_id: str) -> None:
        """Return no order."""

    monkeypatch.setattr(kit.client_secrets, "decrypt", str)
    monkeypatch.setattr(operations, "world", object)
    monkeypatch.setattr(operations.orders, "look_up", look_up)


@pytest.mark.usefixtures("nobody_is_asked")
@pytest.mark.parametrize(("version", "operation"), CASES)
def test_guance_demands_what_is_mandatory_and_nothing_else(version: str, operation: Operation) -> None:
    assert taken(version, operation)
    demanded = {one.name for one in operation.parameters if not taken(version, operation, **{one.name: None})}
    expected = operation.mandatory - {name for of, name in UNREAD if of == operation.name}
    if operation.interface is Interface.KIT:
        expected = (expected - {names.TEST_FLAG}) | (NEEDED.keys() & {one.name for one in operation.parameters})
    assert demanded == expected


@pytest.mark.usefixtures("nobody_is_asked")
@pytest.mark.parametrize(("version", "operation"), CASES)
def test_guance_takes_texts_as_long_as_documented_and_no_longer(version: str, operation: Operation) -> None:
    free = {names.ORDER_ID, names.ORDER_LINE_ID, names.BUSINESS_ID, names.PRODUCT_ID, names.SKU_CODE, names.CUSTOMER_ID}
    free |= {names.TENANT_ID, names.TENANT_CODE, names.NAME, names.DOMAIN_NAME, names.APP_ID, names.CLIENT_ID}
    free |= {names.INSTANCE_ID, names.ORG_CODE, names.ORG_NAME, names.PARENT_CODE}
    limits = {one.name: one.longest for one in operation.parameters if one.name in free}
    if operation.name == activities.KitInterface.TENANT:
        del limits[names.ORDER_ID]  # Guance has the order from newInstance and does not read it again
    assert {name for name, longest in limits.items() if not taken(version, operation, **{name: "x" * longest})} == set()
    assert {
        name for name, longest in limits.items() if taken(version, operation, **{name: "x" * (longest + 1)})
    } == set()
