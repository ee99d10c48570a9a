"""The people and products of every new world."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Final

from sqlalchemy import bindparam, case, literal, select, union_all

from mock_sites.huawei.domain import accounts, catalogue, iam_users
from mock_sites.huawei.domain.states import AuthenticationState
from mock_sites.huawei.domain.tables import Account, IamAccess, IamUser
from mock_sites.world import passwords
from mock_sites.world.company import Door, Person
from mock_sites.world.errors import N_
from mock_sites.world.unit_of_work import UnitOfWork

SIGN_IN: Final = "https://auth.huaweicloud.com/authui/login"
IAM_SIGN_IN: Final = "https://auth.huaweicloud.com/authui/iam-login?id=hw_liwei"

IAM_USER: Final = "chen.tao"

_SIGNED_IN_HOSTS: Final = tuple(
    f"{name}.huaweicloud.com" for name in ("marketplace", "console", "account", "www", "support")
)
"""The hosts that accounts are signed in to. They share a cookie."""

_ROLES: Final = {
    "hw_liwei": ("verified-buyer", N_("A verified buyer, ready to subscribe")),
    "hw_chenjing": ("unverified-buyer", N_("A buyer without real-name authentication")),
    "hw_wangfang": ("second-buyer", N_("A verified buyer of another company")),
    IAM_USER: ("iam-user", N_("An IAM user of the verified buyer's account")),
}


_HISTORY: Final = timedelta(days=60)
"""How long they have had their accounts: before anybody of Guance's had one, as a journal goes forward in time."""

_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    name: {"en": name, "zh": chinese}
    for name, chinese in (("Li Wei", "李伟"), ("Chen Jing", "陈静"), ("Wang Fang", "王芳"), ("Chen Tao", "陈涛"))
}
"""What they are called, by language."""

_UNVERIFIED: Final = {"hw_chenjing": "Chen Jing"}
"""The names of those whose names Huawei Cloud does not know yet, by account."""

_IAM_USER = (Account.name == "hw_liwei", IamUser.name == IAM_USER)
_VERIFIED_NAME = case((Account.authentication == AuthenticationState.APPROVED, Account.real_name), else_="")
_PEOPLE = union_all(
    select(Account.name, _VERIFIED_NAME.label("real_name"), Account.email).where(Account.name.in_(_ROLES)),
    select(IamUser.name, literal("Chen Tao"), IamUser.email).join(Account).where(*_IAM_USER),
)
_SUBJECTS = union_all(
    select(Account.name, Account.id).where(Account.name.in_(bindparam("usernames", expanding=True))),
    select(IamUser.name, IamUser.account_id + "/" + IamUser.id).join(Account).where(*_IAM_USER, IamUser.enabled),
)
"""Names, and who signs in by them."""


def populate(uow: UnitOfWork) -> None:
    """Add the people and products to an empty world. The people have the same password, so they have the same hash."""
    password_hash = passwords.ready_made_hash(uow)
    today, uow.now = uow.now, uow.now - _HISTORY
    catalogue.stock(uow)
    buyer = accounts.create(
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
    _add_iam_users(uow, buyer, password_hash)
    uow.now = today


def person_names(name: str) -> Mapping[str, str]:
    """What a person is called, by language. Only the ready-made ones have a name in each."""
    return _NAMES.get(name, {"en": name})


def people(uow: UnitOfWork) -> list[Person]:
    """The ready-made Huawei Cloud accounts, and the IAM user of one of them while there is one."""
    found = {account.name: account for account in uow.session.execute(_PEOPLE)}
    password = passwords.ready_made(uow.world.seed)
    return [
        Person(
            key=key,
            names=person_names(found[name].real_name or _UNVERIFIED.get(name, name)),
            role=role,
            sign_in=IAM_SIGN_IN if name == IAM_USER else SIGN_IN,
            username=name,
            password=password,
            email=found[name].email,
        )
        for name, (key, role) in _ROLES.items()
        if name in found
    ]


def doors(uow: UnitOfWork, usernames: Collection[str]) -> dict[str, list[Door]]:
    """All sites that know who is signed in to Huawei Cloud. None for an IAM user who is disabled."""
    found = uow.session.execute(_SUBJECTS, {"usernames": usernames})
    subjects: dict[str, str] = {name: who for name, who in found if name in usernames}
    return {name: [Door(host, accounts.REALM, who) for host in _SIGNED_IN_HOSTS] for name, who in subjects.items()}


def _add_iam_users(uow: UnitOfWork, account: Account, password_hash: str) -> None:
    """An administrator, and a user who may only read."""
    for name, access, description in (
        (IAM_USER, IamAccess.ADMINISTRATOR, "SRE"),
        ("audit", IamAccess.READ_ONLY, "FinOps"),
    ):
        email = f"{name}@acme.example.com"
        details = iam_users.Details(name=name, email=email, phone="", description=description, access=access)
        iam_users.add(uow, account, details, password_hash)
