"""The joint-operation kit of the reference seller, V1 and V2: enterprises, applications, members, departments (4.1)."""

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from sqlalchemy import select

from mock_sites.guance.domain import applications, organizations, subscriptions, tenants
from mock_sites.guance.domain.applications import Credentials
from mock_sites.guance.domain.subscriptions import Purchase
from mock_sites.guance.domain.tables import TenantMember
from mock_sites.guance.production_api import client_secrets
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.marketplace import BUYER, Marketplace
from mock_sites.world.agreement import GUANCE_PUBLIC_KEY, PRODUCTION_ADDRESS, seller_keys
from mock_sites.world.world import World

IDS = {"instanceId": "b1", "tenantId": "t1"}
WENDY = {"userName": "wendy", "name": "Wendy", "orgCode": "o1", "role": "user", "enable": "true"}
UNITS = [
    {"orgCode": "o1", "orgName": "Acme", "parentCode": ""},
    {"orgCode": "o2", "orgName": "研发", "parentCode": "o1"},
]


def encrypted(secret: str, *, digest: str = "SHA-256", mgf_hash: str = "SHA-256") -> str:
    """A client secret as the marketplace sends it."""
    key = load_pem_public_key(GUANCE_PUBLIC_KEY.encode())
    assert isinstance(key, RSAPublicKey)
    hashes = {"SHA-256": SHA256(), "SHA-1": SHA1()}  # noqa: S303 - Java's default mask
    padding = OAEP(mgf=MGF1(hashes[mgf_hash]), algorithm=hashes[digest], label=None)
    return base64.b64encode(key.encrypt(secret.encode(), padding)).decode()


APPLICATION = IDS | {"appId": "a1", "clientId": "c1", "clientSecret": encrypted("s1"), "flag": 1}
FIELDS: dict[str, dict[str, Any]] = {
    "tenantSync": IDS
    | {
        "orderId": "CS1",
        "tenantCode": "acme",
        "name": "Acme",
        "domainName": "https://macroverse.huaweicloud.com",
        "flag": 1,
    },
    "applicationSync": APPLICATION,
    "authSync": IDS | {"appId": "a1", "userList": [WENDY], "currentSyncTime": "20260302090000000", "flag": 1},
    "singleOrgSync": IDS | {"orgCode": "o3", "orgName": "Sales", "parentCode": "o1", "flag": 1},
    "allOrgSync": IDS | {"orgInfoList": UNITS},
}


@pytest.fixture
def marketplace(world: World, browse: Browse) -> Marketplace:
    """Calls Guance. It has an instance b1 that the enterprise t1 uses."""
    with world.uow("guance", write=True) as uow:
        subscriptions.open_subscription(uow, Purchase("CS1", "CS1-000001", BUYER, "OFFI", "Guance"), "b1")
        details = tenants.TenantFacts("t1", "b1", "acme", "Acme", "https://macroverse.huaweicloud.com")
        tenants.sync(uow, details)
    return Marketplace(world, browse(PRODUCTION_ADDRESS))


def sync(marketplace: Marketplace, interface: str, **changes: Any) -> str:
    """The result code of a call of V2."""
    body = FIELDS[interface] | {"testFlag": 0, "timeStamp": "20260302170000000"} | changes
    return marketplace.kit_v2(interface, body)["resultCode"]


def sync_v1(marketplace: Marketplace, interface: str, **changes: Any) -> str:
    """The result code of a call of V1. There all values are texts, and the departments have other names."""
    fields = FIELDS[interface] | {"testFlag": 0} | changes
    if interface == "allOrgSync":
        units = [{"orgCode": one["orgCode"], "name": one["orgName"], "parentCode": one["parentCode"]} for one in UNITS]
        fields = IDS | {"orgInfo": units, "testFlag": "0"} | changes
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}
    return marketplace.kit_v1(interface, texts)["resultCode"]


def credentials(world: World) -> Credentials:
    """The client with which the enterprise's codes are redeemed."""
    with world.uow("guance") as uow:
        tenant = tenants.at_instance(uow, "t1", "b1")
        assert tenant is not None
        return applications.credentials_of(uow, tenant)


def units_of(world: World) -> list[tuple[str, str, str]]:
    """The departments that Guance has stored."""
    with world.uow("guance") as uow:
        tenant = tenants.at_instance(uow, "t1", "b1")
        assert tenant is not None
        return [(row.org_code, row.name, row.parent_code) for row in organizations.departments(uow, tenant)]


def member(world: World) -> TenantMember | None:
    """The only member that Guance has stored."""
    with world.uow("guance") as uow:
        return uow.session.scalars(select(TenantMember)).one_or_none()


@pytest.mark.parametrize("interface", FIELDS)
def test_each_interface_adds_and_deletes_twice_in_both_versions(
    world: World, marketplace: Marketplace, interface: str
) -> None:
    for call in (sync, sync_v1):
        assert call(marketplace, interface) == call(marketplace, interface) == "000000"
        if interface != "allOrgSync":
            assert call(marketplace, interface, flag=0) == call(marketplace, interface, flag=0) == "000000"
        sync(marketplace, "tenantSync")
    assert not world.journal(kind="guance.job.failed")


@pytest.mark.parametrize("interface", FIELDS)
def test_unknown_instances_are_refused_but_can_be_deleted(marketplace: Marketplace, interface: str) -> None:
    assert sync(marketplace, interface, instanceId="b9") == "000003"
    if interface != "allOrgSync":
        assert sync(marketplace, interface, instanceId="b9", flag=0) == "000000"
    if interface != "tenantSync":
        assert sync(marketplace, interface, tenantId="t9") == "000002"


@pytest.mark.parametrize("interface", FIELDS)
def test_every_parameter_is_required_and_a_flag_must_be_valid(marketplace: Marketplace, interface: str) -> None:
    for name in FIELDS[interface].keys() - {"orderId", "parentCode", "currentSyncTime"}:
        assert sync(marketplace, interface, **{name: "x" * 1025}) == "000002", name
        assert sync(marketplace, interface, **{name: None}) == "000002", name
    if "flag" in FIELDS[interface]:
        for flag in (True, 4, -1, "", "1.0"):
            assert sync(marketplace, interface, flag=flag) == "000002"


@pytest.mark.parametrize("interface", FIELDS)
def test_a_test_call_with_virtual_values_touches_nothing(
    world: World, marketplace: Marketplace, interface: str
) -> None:
    before = len(world.journal())
    virtual = {"instanceId": "", "tenantId": "virtual", "testFlag": 1}
    assert sync(marketplace, interface, **virtual) == sync_v1(marketplace, interface, **virtual) == "000000"
    assert len(world.journal()) == before


def test_an_enterprise_without_instance_and_order_is_about_a_credential(world: World, marketplace: Marketplace) -> None:
    assert sync(marketplace, "tenantSync", instanceId="", orderId="") == "000000"
    assert sync(marketplace, "tenantSync", instanceId="") == "000002"
    assert len(world.journal(kind="guance.tenant.added")) == 1


def test_a_call_of_the_kit_is_signed_fresh_and_new(marketplace: Marketplace) -> None:
    fields = IDS | {"orgCode": "o1", "orgName": "Acme", "flag": "1"}
    stamped = fields | {"timeStamp": marketplace.stamp()}
    assert marketplace.kit_v1("singleOrgSync", stamped)["resultCode"] == "000001", "UTC is eight hours old here"
    assert marketplace.kit_v1("singleOrgSync", fields, key="guessed")["resultCode"] == "000001"
    assert marketplace.kit_v1("singleOrgSync", fields, authToken="x")["resultCode"] == "000001"
    unstamped = marketplace.client.post(f"{marketplace.address}/produceAPI/singleOrgSync", json=fields)
    assert unstamped.json()["resultCode"] == "000002"
    assert marketplace.kit_v2("singleOrgSync", fields, **{"x-sign": "00"})["resultCode"] == "000001"
    assert marketplace.kit_v2("singleOrgSync", fields, **{"x-timestamp": "1"})["resultCode"] == "000001"
    assert marketplace.kit_v2("singleOrgSync", fields, **{"x-nonce": ""})["resultCode"] == "000002"
    assert marketplace.client.post(f"{marketplace.address}/produceAPI/appSync").status_code == 404


def test_the_client_secret_is_decrypted_and_used_from_then_on(world: World, marketplace: Marketplace) -> None:
    assert credentials(world).client_id == seller_keys(world.seed).client_id
    sync(marketplace, "applicationSync")
    assert credentials(world) == Credentials("c1", "s1")
    sync(marketplace, "applicationSync", clientSecret=encrypted("s2"), flag=2)
    assert credentials(world) == Credentials("c1", "s2")
    assert not [event for event in world.journal(kind="guance") if "s2" in event.details.values()]
    sync(marketplace, "applicationSync", flag=0)
    assert credentials(world).client_id == seller_keys(world.seed).client_id


@pytest.mark.parametrize(
    "secret",
    ["s1", base64.b64encode(b"s1").decode(), encrypted("s1", mgf_hash="SHA-1"), encrypted("s1", digest="SHA-1"), "ü"],
    ids=["plain", "Base64", "another mask", "another digest", "no Base64"],
)
def test_a_secret_that_cannot_be_decrypted_is_refused_with_its_code(
    world: World, marketplace: Marketplace, secret: str
) -> None:
    assert sync(marketplace, "applicationSync", clientSecret=secret) == "000101"
    assert credentials(world).client_id == seller_keys(world.seed).client_id


@pytest.mark.parametrize(("digest", "mgf_hash"), [("SHA-256", "SHA-1"), ("SHA-1", "SHA-1")], ids=["Java", "SHA-1"])
def test_other_hashes_can_be_agreed(digest: str, mgf_hash: str) -> None:
    assert client_secrets.decrypt(encrypted("s1", digest=digest, mgf_hash=mgf_hash), digest, mgf_hash) == "s1"


def test_members_come_change_and_go(world: World, marketplace: Marketplace) -> None:
    sync(marketplace, "authSync")
    sync_v1(marketplace, "authSync", userList=json.dumps([WENDY | {"name": "Wendy Gu"}]))
    found = member(world)
    assert found is not None
    assert (found.name, found.enabled, found.authorized) == ("Wendy Gu", True, True)
    sync(marketplace, "authSync", flag=3, userList=[{"userName": "wendy"}, {"userName": "nobody"}])
    withdrawn = member(world)
    assert withdrawn is not None
    assert not withdrawn.authorized
    sync(marketplace, "authSync", flag=0, userList=[{"userName": "wendy"}])
    assert member(world) is None


@pytest.mark.parametrize(
    "users",
    [
        [WENDY] * 501,
        ["wendy"],
        {"userName": "wendy"},
        "[",
        [WENDY | {"role": "owner"}],
        [WENDY | {"role": ["user"]}],
        [WENDY | {"enable": "yes"}],
        [WENDY | {"orgCode": ""}],
        [WENDY | {"userName": "x" * 65}],
        [WENDY | {"email": 7}],
    ],
    ids=["501", "names", "one", "no JSON", "role", "roles", "enable", "no department", "long name", "number"],
)
def test_a_list_of_members_that_is_wrong_changes_nothing(world: World, marketplace: Marketplace, users: object) -> None:
    assert sync(marketplace, "authSync", userList=users) == "000002"
    assert member(world) is None


def test_departments_come_one_by_one_or_all_at_once(world: World, marketplace: Marketplace) -> None:
    sync(marketplace, "allOrgSync", orgInfoList=json.dumps(UNITS))
    sync(marketplace, "singleOrgSync")
    everything = [("o1", "Acme", ""), ("o2", "研发", "o1"), ("o3", "Sales", "o1")]
    assert units_of(world) == everything
    sync(marketplace, "singleOrgSync", orgName="Marketing", flag=2)
    assert units_of(world)[2] == ("o3", "Marketing", "o1")
    sync_v1(marketplace, "allOrgSync")
    assert units_of(world) == everything[:2]


@pytest.mark.parametrize(
    ("interface", "wrong"),
    [
        ("singleOrgSync", {"orgName": "研发"}),
        ("singleOrgSync", {"orgCode": "o1", "orgName": "Acme", "parentCode": "o2"}),
        ("singleOrgSync", {"parentCode": "o3"}),
        ("allOrgSync", {"orgInfoList": [UNITS[0], UNITS[0]]}),
        ("allOrgSync", {"orgInfoList": [UNITS[1], UNITS[1] | {"orgCode": "o9"}]}),
        ("allOrgSync", {"orgInfoList": [UNITS[1], UNITS[0] | {"parentCode": "o2"}]}),
        ("allOrgSync", {"orgInfoList": [{"orgCode": "o1", "name": "Acme"}]}),
    ],
    ids=["name", "circle", "itself", "code twice", "name twice", "circle of two", "name of V1"],
)
def test_departments_that_cannot_be_are_refused(
    world: World, marketplace: Marketplace, interface: str, wrong: dict[str, Any]
) -> None:
    sync(marketplace, "allOrgSync")
    before = units_of(world)
    assert sync(marketplace, interface, **wrong) == "000002"
    assert units_of(world) == before
