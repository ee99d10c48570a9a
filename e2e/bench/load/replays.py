"""The journeys as requests: the same pages, forms and order as with a browser, in English."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from e2e.bench.load.visitor import Visitor
from e2e.scenario.people import EnterpriseDetails, NewMember, RegistrationDetails
from mock_sites.client import Person, World

PRODUCT: Final = "https://marketplace.huaweicloud.com/contents/8990a122-f456-43a4-892c-a458be31e336"
CODE: Final = "//*[@data-testid='code']"


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Who plays, in which world, and how a new visitor of the sites is made."""

    world: World
    clock: str
    """The address that moves the world's clock forward."""
    visitor: Callable[[], Visitor]
    buyer: Person
    enterprise: EnterpriseDetails
    employee: NewMember
    registration: RegistrationDetails


def purchase_to_login(cast: Cast) -> None:
    """The main journey: from the purchase to the first login."""
    buyer = cast.visitor()
    account_id = purchase(cast, buyer)
    login_url = bind(cast, buyer)
    buyer.close()
    start_using_guance(cast, login_url, account_id)


def purchase(cast: Cast, buyer: Visitor) -> str:
    """Step One of S1. Returns the Account ID."""
    sign_in_at_huawei(cast, buyer)
    buyer.open(cast.world.local(PRODUCT))
    buyer.follow("Subscribe Now")
    buyer.check("I have read and agree")
    buyer.press("Subscribe Now")
    buyer.follow("Return to My Marketplace")
    buyer.call(cast.clock, {"seconds": 60})
    buyer.open(cast.world.local("https://marketplace.huaweicloud.com/buyer/purchased-services"))
    buyer.follow("Resource details")
    return read_account_id(cast, buyer)


def read_account_id(cast: Cast, buyer: Visitor) -> str:
    """Where S1 reads it: console, My Credentials."""
    buyer.open(cast.world.local("https://console.huaweicloud.com/"))
    buyer.follow("My Credentials")
    return buyer.read("//input[@id='account-id-value']/@value")


def bind(cast: Cast, buyer: Visitor) -> str:
    """Step Two of S1, up to what is passed on. Returns the login URL."""
    employee = cast.employee
    buyer.open(cast.world.local("https://marketplace.huaweicloud.com/buyer/"))
    buyer.follow("Start Usage")
    buyer.follow("Use Now")
    buyer.check("For Personal Use")
    buyer.press("Confirm")
    buyer.fill("Enterprise name", cast.enterprise.name)
    buyer.fill("Enterprise domain", cast.enterprise.domain)
    buyer.press("Create")
    buyer.call(cast.clock, {"seconds": 180})
    buyer.reload()
    buyer.follow("Add Members")
    buyer.fill("Password", cast.buyer.password)
    buyer.press("Save")
    buyer.follow("Add Members")
    for label, text in (
        ("Employee name", employee.name),
        ("Department", employee.department),
        ("Phone number", employee.phone),
        ("Email", employee.email),
        ("Account", employee.account),
        ("Password", employee.password),
    ):
        buyer.fill(label, text)
    buyer.press("Save")
    buyer.follow("Authorize Application Members")
    buyer.check(employee.name)
    buyer.check("Agree to Terms")
    buyer.press("Confirm Authorization")
    return buyer.read("//dd//a/@href")


def start_using_guance(cast: Cast, login_url: str, account_id: str) -> None:
    """The end of Step Two, and Step Three of S1."""
    employee, who = cast.visitor(), cast.employee
    # The script of the page reads what is behind the "#" and goes on to this address.
    employee.open(urljoin(login_url, f"/unified-login/{login_url.partition('#/')[2]}"))
    employee.fill("Account", f"{who.account}@{cast.enterprise.domain}")
    employee.fill("Password", who.password)
    employee.press("Log In")
    employee.fill("New password", who.new_password)
    employee.fill("Confirm new password", who.new_password)
    employee.press("Confirm")
    employee.check("No Fee Center Account")
    employee.press("Next")
    register(cast, employee)
    employee.fill("Huawei Cloud Account ID", account_id)
    name_workspace(cast, employee)
    employee.press("Subscribe")
    sign_in_at_guance(cast, employee)
    employee.close()


def register_at_guance(cast: Cast) -> None:
    """Many people can do this in one world: look at the marketplace as its buyer, and register at Guance."""
    buyer = cast.visitor()
    sign_in_at_huawei(cast, buyer)
    buyer.open(cast.world.local(PRODUCT))
    buyer.open(cast.world.local("https://marketplace.huaweicloud.com/buyer/purchased-services"))
    read_account_id(cast, buyer)
    buyer.close()
    person = cast.visitor()
    person.open(cast.world.local("https://docs.guance.com/plans/commercial-register/"))
    person.follow("Free Registration")
    person.fill("Site", "cn4")
    register(cast, person)
    person.follow("Direct Activation via Guance")
    name_workspace(cast, person)
    person.press("Activate")
    sign_in_at_guance(cast, person)
    person.close()


def sign_in_at_huawei(cast: Cast, buyer: Visitor) -> None:
    """From the portal."""
    buyer.open(cast.world.local("https://www.huaweicloud.com/"))
    buyer.follow("Sign In")
    buyer.fill("Account name", cast.buyer.username)
    buyer.fill("Password", cast.buyer.password)
    buyer.press("Sign In")


def register(cast: Cast, person: Visitor) -> None:
    """The first two steps of a registration at Guance. The code is read in the mailbox."""
    details = cast.registration
    person.fill("Username", details.username)
    person.fill("Login password", details.password)
    person.fill("Confirm password", details.password)
    person.fill("Email", details.email)
    person.fill("Phone number", details.phone)
    person.press("Get code", stay=True)
    reader = cast.visitor()
    reader.open(cast.world.local("https://mail/"))
    reader.fill("Recipient", details.email)
    reader.press("Filter")
    reader.open(reader.read("//table//a/@href"))
    person.fill("Verification code", reader.read(CODE))
    reader.close()
    person.press("Next")
    person.fill("Company name", details.company)
    person.check("Read and agree")
    person.press("Register")


def name_workspace(cast: Cast, person: Visitor) -> None:
    """What the third step asks of everybody."""
    person.fill("Workspace name", cast.registration.workspace)
    person.check("English")
    person.check("Read and agree")


def sign_in_at_guance(cast: Cast, person: Visitor) -> None:
    """From the last page of the registration to the bills of the workspace."""
    person.follow("Sign in to Guance")
    person.fill("Username or email", cast.registration.username)
    person.fill("Password", cast.registration.password)
    person.press("Sign in")
    person.follow("Billing")
    person.read("//h1")
