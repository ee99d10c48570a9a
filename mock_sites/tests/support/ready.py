"""Prepares a world for a form, before each time it is sent. Each function returns what the session needs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select, update

from mock_sites.guance.auth import mfa
from mock_sites.guance.billing_center import contact_pages
from mock_sites.guance.domain import accounts
from mock_sites.guance.domain import mfa as domain_mfa
from mock_sites.guance.domain.sites import SITES
from mock_sites.guance.domain.tables import Account as ConsoleAccount
from mock_sites.guance.domain.tables import BillingAccount, MfaDevice, Registration, VerificationCode
from mock_sites.huawei.console.sign_in import VERIFYING
from mock_sites.huawei.domain.states import AuthenticationState
from mock_sites.huawei.domain.tables import Account, Enterprise, Member, RealNameMethod, RealNameRequest, Resource
from mock_sites.huawei.unified_login import views as unified_login
from mock_sites.tests.support.users import Users
from mock_sites.world.agreement import seller_keys
from mock_sites.world.passwords import stamp

EMAIL: Final = "typed@example.com"
CODE: Final = "123456"

Prepare = Callable[[Users], dict[str, Any]]


def nothing(_users: Users) -> dict[str, Any]:
    """Nothing to prepare."""
    return {}


def code_for(purpose: str, email: str = EMAIL) -> Prepare:
    """Make a code valid again."""

    def prepare(users: Users) -> dict[str, Any]:
        with users.world.uow("guance", write=True) as uow:
            details = {"digits": CODE, "sent_at": uow.now - timedelta(minutes=2), "wrong_tries": 0, "used": False}
            uow.session.merge(VerificationCode(email=email, purpose=purpose, **details))
        return {}

    return prepare


def registration(*, account: bool) -> Prepare:
    """A user at the second step of registration, or at the third."""

    def prepare(users: Users) -> dict[str, Any]:
        with users.world.uow("guance", write=True) as uow:
            name = f"user{uow.number('typed')}"
            who = {"username": name, "email": f"{name}@example.com", "password_hash": "-", "phone": "", "company": "C"}
            owner = accounts.create(uow, SITES["cn4"], **who) if account else None
            known = {"id": name, "site": "cn4", "began_at": uow.now, "account_id": owner.id if owner else None}
            uow.session.add(Registration(**who, **known))
        return {"registration": name}

    return prepare


def unsettled(users: Users) -> dict[str, Any]:
    """A service without an enterprise. Every domain except one is free."""
    with users.world.uow("huawei", write=True) as uow:
        uow.session.execute(update(Resource).values(enterprise_id=None, role="personal"))
        uow.session.execute(update(Enterprise).where(Enterprise.domain != "acme").values(domain=Enterprise.id))
    return {}


def first_login(users: Users) -> dict[str, Any]:
    """A member with the initial password."""
    where = {unified_login.DESTINATION: "/", unified_login.APPLICATION: ""}
    with users.world.uow("huawei", write=True) as uow:
        uow.session.execute(update(Member).values(password_is_initial=True))
        member = uow.session.get_one(Member, users.ids["member"])
        return {unified_login.FIRST_LOGIN: [member.id, stamp(member.password_hash)], **where}


def second_verification(users: Users) -> dict[str, Any]:
    """An account that has entered its password."""
    with users.world.uow("huawei") as uow:
        account = uow.session.get_one(Account, users.ids["account"])
        return {VERIFYING: [account.id, stamp(account.password_hash)]}


def transferred(users: Users) -> dict[str, Any]:
    """An amount has been transferred to a bank account for real-name authentication."""
    with users.world.uow("huawei", write=True) as uow:
        uow.session.execute(update(Account).values(authentication="transferring"))
        request = RealNameRequest(
            account_id=users.ids["account"],
            submitted_at=uow.now,
            kind="enterprise",
            proof=RealNameMethod.BANK_ACCOUNT,
            real_name="N",
            state=AuthenticationState.TRANSFERRING,
            ending="2345",
            amount_fen=37,
        )
        uow.session.add(request)
    return {}


def every(table: Any, **values: Any) -> Prepare:
    """All rows of a table with these values."""

    def prepare(users: Users) -> dict[str, Any]:
        company = "huawei" if "huawei" in table.__module__ else "guance"
        with users.world.uow(company, write=True) as uow:
            uow.session.execute(update(table).values(**values))
        return {}

    return prepare


def waiting_for_app(users: Users) -> dict[str, Any]:
    """The secret for an authenticator app is shown."""
    return _app(users, bound=False)


def verifying(who: str = "zhaomin") -> Prepare:
    """Somebody with an authenticator app has entered the password."""

    def prepare(users: Users) -> dict[str, Any]:
        return _app(users, who, bound=True)

    return prepare


def _app(users: Users, who: str = "zhaomin", *, bound: bool) -> dict[str, Any]:
    with users.world.uow("guance", write=True) as uow:
        account = uow.session.scalars(select(ConsoleAccount).where(ConsoleAccount.username == who)).one()
        bound_at = uow.now if bound else None
        device = MfaDevice(account_id=account.id, secret="A" * 32, begun_at=uow.now, bound_at=bound_at, last_step=0)
        uow.session.merge(device)
        until = (uow.now + timedelta(minutes=10)).isoformat()
        return {mfa.VERIFYING: [account.id, "/", until, domain_mfa.stamp(uow, account)]}


def proved(kind: str) -> Prepare:
    """The first stage of a change of email or phone is done."""

    def prepare(users: Users) -> dict[str, Any]:
        with users.world.uow("guance") as uow:
            who = uow.session.get_one(BillingAccount, users.ids["billing_account"])
            return {contact_pages.PROOF: [kind, who.email, (uow.now + timedelta(minutes=5)).isoformat()]}

    return prepare


def app_of_login(users: Users) -> dict[str, Any]:
    """The application's id is part of the address."""
    users.ids["app"] = seller_keys(users.world.seed).app_id
    return {}
