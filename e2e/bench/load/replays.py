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
class Replay:
    """One replay of a journey: by which people, in which world, and how a new visitor of the sites is made."""

    world: World
    clock: str
    """The address that moves the world's clock forward."""
    visitor: Callable[[], Visitor]
    buyer: Person
    enterprise: EnterpriseDetails
    employee: NewMember
    registration: RegistrationDetails


def purchase_to_login(replay: Replay) -> None:
    """The main journey: from the purchase to the first login."""
    buyer = replay.visitor()
    account_id = purchase(replay, buyer)
    login_url = bind(replay, buyer)
    buyer.close()
    start_using_guance(replay, login_url, account_id)


def purchase(replay: Replay, buyer: Visitor) -> str:
    """Step One of S1. Returns the Account ID."""
    sign_in_at_huawei(replay, buyer)
    buyer.open(replay.world.local(PRODUCT))
    buyer.follow("Subscribe Now")
    buyer.check("I have read and agree")
    buyer.press("Subscribe Now")
    buyer.follow("Return to My Marketplace")
    buyer.call(replay.clock, {"seconds": 60})
    buyer.open(replay.world.local("https://marketplace.huaweicloud.com/buyer/purchased-services"))
    buyer.follow("Resource details")
    return read_account_id(replay, buyer)


def read_account_id(replay: Replay, buyer: Visitor) -> str:
    """Where S1 reads it: console, My Credentials."""
    buyer.open(replay.world.local("https://console.huaweicloud.com/"))
    buyer.follow("My Credentials")
    return buyer.read("//input[@id='account-id-value']/@value")


def bind(replay: Replay, buyer: Visitor) -> str:
    """Step Two of S1, up to what is passed on. Returns the login URL."""
    employee = replay.employee
    buyer.open(replay.world.local("https://marketplace.huaweicloud.com/buyer/"))
    buyer.follow("Start Usage")
    buyer.follow("Use Now")
    buyer.check("For Personal Use")
    buyer.press("Confirm")
    buyer.fill("Enterprise name", replay.enterprise.name)
    buyer.fill("Enterprise domain", replay.enterprise.domain)
    buyer.press("Create")
    buyer.call(replay.clock, {"seconds": 180})
    buyer.reload()
    buyer.follow("Add Members")
    buyer.fill("Password", replay.buyer.password)
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


def start_using_guance(replay: Replay, login_url: str, account_id: str) -> None:
    """The end of Step Two, and Step Three of S1."""
    employee, who = replay.visitor(), replay.employee
    # The script of the page reads what is behind the "#" and goes on to this address.
    employee.open(urljoin(login_url, f"/unified-login/{login_url.partition('#/')[2]}"))
    employee.fill("Account", f"{who.account}@{replay.enterprise.domain}")
    employee.fill("Password", who.password)
    employee.press("Log In")
    employee.fill("New password", who.new_password)
    employee.fill("Confirm new password", who.new_password)
    employee.press("Confirm")
    employee.check("No Fee Center Account")
    employee.press("Next")
    register(replay, employee)
    employee.fill("Huawei Cloud Account ID", account_id)
    name_workspace(replay, employee)
    employee.press("Subscribe")
    sign_in_at_guance(replay, employee)
    employee.close()


def register_at_guance(replay: Replay) -> None:
    """Many people can do this in one world: look at the marketplace as its buyer, and register at Guance."""
    buyer = replay.visitor()
    sign_in_at_huawei(replay, buyer)
    buyer.open(replay.world.local(PRODUCT))
    buyer.open(replay.world.local("https://marketplace.huaweicloud.com/buyer/purchased-services"))
    read_account_id(replay, buyer)
    buyer.close()
    person = replay.visitor()
    person.open(replay.world.local("https://docs.guance.com/plans/commercial-register/"))
    person.follow("Free Registration")
    person.fill("Site", "cn4")
    register(replay, person)
    person.follow("Direct Activation via Guance")
    name_workspace(replay, person)
    person.press("Activate")
    sign_in_at_guance(replay, person)
    person.close()


def sign_in_at_huawei(replay: Replay, buyer: Visitor) -> None:
    """From the portal."""
    buyer.open(replay.world.local("https://www.huaweicloud.com/"))
    buyer.follow("Sign In")
    buyer.fill("Account name", replay.buyer.username)
    buyer.fill("Password", replay.buyer.password)
    buyer.press("Sign In")


def register(replay: Replay, person: Visitor) -> None:
    """The first two steps of a registration at Guance. The code is read in the mailbox."""
    details = replay.registration
    person.fill("Username", details.username)
    person.fill("Login password", details.password)
    person.fill("Confirm password", details.password)
    person.fill("Email", details.email)
    person.fill("Phone number", details.phone)
    person.press("Get code", stay=True)
    reader = replay.visitor()
    reader.open(replay.world.local("https://mail/"))
    reader.fill("Recipient", details.email)
    reader.press("Filter")
    reader.open(reader.read("//table//a/@href"))
    person.fill("Verification code", reader.read(CODE))
    reader.close()
    person.press("Next")
    person.fill("Company name", details.company)
    person.check("Read and agree")
    person.press("Register")


def name_workspace(replay: Replay, person: Visitor) -> None:
    """What the third step asks of everybody."""
    person.fill("Workspace name", replay.registration.workspace)
    person.check("English")
    person.check("Read and agree")


def sign_in_at_guance(replay: Replay, person: Visitor) -> None:
    """From the last page of the registration to the bills of the workspace."""
    person.follow("Sign in to Guance")
    person.fill("Username or email", replay.registration.username)
    person.fill("Password", replay.registration.password)
    person.press("Sign in")
    person.follow("Billing")
    person.read("//h1")
