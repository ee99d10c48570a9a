"""The people and products of every new world."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import bindparam, select

from mock_sites.huawei.domain import accounts, catalogue
from mock_sites.huawei.domain.tables import Account
from mock_sites.world import passwords
from mock_sites.world.company import Door, Person
from mock_sites.world.errors import N_
from mock_sites.world.unit_of_work import UnitOfWork

SIGN_IN: Final = "https://auth.huaweicloud.com/authui/login"

_SIGNED_IN_HOSTS: Final = tuple(
    f"{name}.huaweicloud.com" for name in ("marketplace", "console", "account", "www", "support")
)
"""The hosts that accounts are signed in to. They share a cookie."""

_ROLES: Final = {
    "hw_liwei": ("verified-buyer", N_("A verified buyer, ready to subscribe")),
    "hw_chenjing": ("unverified-buyer", N_("A buyer without real-name authentication")),
    "hw_wangfang": ("second-buyer", N_("A verified buyer of another company")),
}


_PEOPLE = select(Account.name, Account.real_name, Account.email).where(Account.name.in_(_ROLES))
_IDS = select(Account.name, Account.id).where(Account.name.in_(bindparam("usernames", expanding=True)))


def populate(uow: UnitOfWork) -> None:
    """Add the people and products to an empty world. The people have the same password, so they have the same hash."""
    password_hash = passwords.ready_made_hash(uow)
    catalogue.stock(uow)
    accounts.create(
        uow,
        name="hw_liwei",
        email="li.wei@acme.example.com",
        phone="13800000001",
        password_hash=password_hash,
        real_name="Li Wei",
    )
    accounts.create(
        uow, name="hw_chenjing", email="chen.jing@example.com", phone="13800000002", password_hash=password_hash
    )
    accounts.create(
        uow,
        name="hw_wangfang",
        email="wang.fang@globex.example.com",
        phone="13800000003",
        password_hash=password_hash,
        real_name="Wang Fang",
    )


def people(uow: UnitOfWork) -> list[Person]:
    """The ready-made Huawei Cloud accounts."""
    found = {account.name: account for account in uow.session.execute(_PEOPLE)}
    password = passwords.ready_made(uow.world.seed)
    return [
        Person(
            key=key,
            name=found[name].real_name or found[name].name,
            role=role,
            sign_in=SIGN_IN,
            username=name,
            password=password,
            email=found[name].email,
        )
        for name, (key, role) in _ROLES.items()
    ]


def doors(uow: UnitOfWork, usernames: Collection[str]) -> dict[str, list[Door]]:
    """All sites that know who is signed in to Huawei Cloud."""
    found = uow.session.execute(_IDS, {"usernames": usernames})
    return {name: [Door(host, accounts.REALM, account) for host in _SIGNED_IN_HOSTS] for name, account in found}
