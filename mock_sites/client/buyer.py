"""A buyer of the marketplace without a browser: what the pages do, by the scenario API."""

from collections.abc import Sequence
from typing import Any, Final, Literal, TypeVar

from mock_sites.client.connection import Connection, read
from mock_sites.client.purchases import (
    Account,
    Enterprise,
    EnterpriseResult,
    EnterpriseSummary,
    Failure,
    Member,
    MemberResult,
    MembersResult,
    Offer,
    Onboarding,
    Order,
    OrderResult,
    Result,
    Service,
    ServiceResult,
    result,
)
from mock_sites.http import opaque_ids

MARKETPLACE: Final = "https://marketplace.huaweicloud.com"
"""The documented address of the marketplace."""

IN_USE: Final = "in_use"
"""The state of a service that can be used."""

HEADER: Final = "X-Auth-Token"
"""The header with the token of the sign-in."""

Listed = TypeVar("Listed")


class Buyer:
    """A buyer who is signed in. Made by ``World.sign_in`` or ``World.buyer``.

    Where an operation leads to a call to the seller, the world's clock is advanced until the seller has been called and
    the operation is done or has failed, unless ``wait`` is false. A ``ClientError`` has the reason of the page that
    refuses something.
    """

    def __init__(self, connection: Connection, url: str, name: str, password: str) -> None:
        """Sign in at the marketplace at ``url``.

        Raises:
            ClientError: it is not the password of an account.
        """
        marketplace = connection.at(url)
        token = marketplace.ask("POST", "sign-ins", body={"name": name, "password": password})["token"]
        self._api = marketplace.with_headers({HEADER: token})

    def sign_out(self) -> None:
        """End the sign-in."""
        self._api.ask("DELETE", "sign-ins")

    def account(self) -> Account:
        """The account."""
        return read(Account, self._api.ask("GET", "account"))

    # ------------------------------------------------------------------ orders

    def offers(self) -> list[Offer]:
        """All that can be ordered."""
        return [read(Offer, each) for each in self._api.ask("GET", "offers")["offers"]]

    def order(self, offer: str, number: int = 1, *, auto_renew: bool = False, wait: bool = True) -> OrderResult:
        """Order an offer by its id, agreeing to the terms. What costs something is then to be paid.

        Args:
            offer: the id of an offer.
            number: units of a card, months or years of a period product.
            auto_renew: whether a period product is renewed automatically.
            wait: whether to wait until the seller was called.
        """
        body = {"offer": offer, "number": number, "agreed": True, "auto_renew": auto_renew}
        return result(OrderResult, self._do("POST", "orders", body=body, wait=wait))

    def pay(self, order: str, *, wait: bool = True) -> OrderResult:
        """Pay an order by its number, from the account's balance."""
        return result(OrderResult, self._do("POST", "orders", order, "pay", wait=wait))

    def buy(self, offer: str, number: int = 1, *, auto_renew: bool = False, wait: bool = True) -> OrderResult:
        """Order an offer, and pay if it costs something. The arguments are those of ``order``."""
        return self._paid(self.order(offer, number, auto_renew=auto_renew, wait=wait), wait=wait)

    def cancel(self, order: str) -> Order:
        """Cancel an unpaid order."""
        return read(Order, self._api.ask("POST", "orders", order, "cancel"))

    def accept(self, order: str, *, wait: bool = True) -> OrderResult:
        """Accept what the seller of an order under service supervision has delivered."""
        return result(OrderResult, self._do("POST", "orders", order, "accept", wait=wait))

    def orders(self) -> list[Order]:
        """The orders, the latest first."""
        return self._all(Order, "orders")

    # ------------------------------------------------------------------ services

    def services(self) -> list[Service]:
        """The purchased services, the latest first."""
        return self._all(Service, "services")

    def service(self, instance: str) -> Service:
        """A purchased service by its instance."""
        return read(Service, self._api.ask("GET", "services", opaque_ids.to_segment(instance)))

    def renew(self, instance: str, specification: str, number: int = 1, *, wait: bool = True) -> OrderResult:
        """Order more periods of a service, and pay. A trial becomes formal."""
        return self._change(instance, "renew", wait, specification=specification, number=number)

    def renew_as(self, instance: str, specification: str, number: int = 1, *, wait: bool = True) -> OrderResult:
        """Order more periods of a service as another edition, if the seller allows it, and pay."""
        return self._change(instance, "renewal-change", wait, specification=specification, number=number)

    def upgrade(self, instance: str, specification: str, *, wait: bool = True) -> OrderResult:
        """Order a higher edition of a service for its remaining time, and pay."""
        return self._change(instance, "upgrade", wait, specification=specification)

    def unsubscribe(self, instance: str, *, wait: bool = True) -> OrderResult:
        """Unsubscribe a service, or its latest renewal."""
        return result(
            OrderResult,
            self._do("POST", "services", opaque_ids.to_segment(instance), "unsubscribe", body={}, wait=wait),
        )

    def change_policy(self, instance: str, *, auto_renew: bool) -> Service:
        """Change whether a service is renewed automatically."""
        body = {"auto_renew": auto_renew}
        return read(
            Service, self._api.ask("PATCH", "services", opaque_ids.to_segment(instance), "expiry-policy", body=body)
        )

    def close(self, instance: str, *, wait: bool = True) -> ServiceResult:
        """Close a service, which is then released."""
        return result(ServiceResult, self._do("POST", "services", opaque_ids.to_segment(instance), "close", wait=wait))

    # ------------------------------------------------------------------ partner services

    def choose_role(self, role: Literal["personal", "customer"] = "personal") -> Service:
        """Choose whom the newest service in use is for."""
        return read(Service, self._api.ask("PUT", "role", body={"role": role}))

    def set_up_enterprise(self, name: str, domain: str, *, wait: bool = True) -> EnterpriseResult:
        """Set up an enterprise for that service, after the role was chosen."""
        body = {"name": name, "domain": domain}
        return result(EnterpriseResult, self._do("POST", "enterprise", body=body, wait=wait))

    def use_enterprise(self, enterprise: str, *, wait: bool = True) -> EnterpriseResult:
        """Let an enterprise of an earlier service use that service, after the role was chosen."""
        body = {"enterprise": enterprise}
        return result(EnterpriseResult, self._do("POST", "enterprise", "existing", body=body, wait=wait))

    def enterprise(self) -> Enterprise:
        """The enterprise that uses that service."""
        return read(Enterprise, self._api.ask("GET", "enterprise"))

    def enterprises(self) -> list[EnterpriseSummary]:
        """The account's enterprises, also those of earlier services, the newest first."""
        return self._all(EnterpriseSummary, "enterprises")

    def failures(self) -> list[Failure]:
        """The failed calls about the account's enterprises, the oldest first. They are not repeated by themselves."""
        return self._all(Failure, "failures")

    def retry(self, failure: int, *, wait: bool = True) -> EnterpriseResult:
        """Send the seller a failed call again by its number, and the calls that follow it."""
        return result(EnterpriseResult, self._do("POST", "failures", str(failure), "retry", wait=wait))

    def members(self) -> list[Member]:
        """The members of the enterprise, in the order in which they were added."""
        return self._all(Member, "members")

    def add_member(self, password: str, *, wait: bool = True, **details: str) -> MemberResult:
        """Add a member to the enterprise.

        Args:
            password: the initial password.
            wait: whether to wait until the seller was called.
            details: name, department, phone, email and account. For the first member, those of the buyer are used for
                what is left out.
        """
        return result(MemberResult, self._do("POST", "members", body={"password": password} | details, wait=wait))

    def authorize(self, members: Sequence[str], *, wait: bool = True) -> MembersResult:
        """Authorize members by their ids for the application, agreeing to the terms."""
        body = {"members": list(members), "agreed": True}
        return result(MembersResult, self._do("POST", "members", "authorize", body=body, wait=wait))

    def cancel_authorization(self, member: str, *, wait: bool = True) -> MemberResult:
        """Revoke a member's authorization."""
        return result(MemberResult, self._do("POST", "members", member, "cancel-authorization", wait=wait))

    def onboard(self, name: str, domain: str, password: str) -> Onboarding:
        """Take the newest service into use: role, enterprise, the buyer as its first member, authorization.

        What was done before is not done again: an enterprise of the account with that name and domain is used, and the
        calls about it that failed are sent again.

        Args:
            name: the enterprise's name.
            domain: its domain.
            password: the member's initial password.
        """
        wanted = (name.strip(), domain.strip().lower())
        there = next((each for each in self.enterprises() if (each.name, each.domain) == wanted), None)
        in_use = next((each for each in self.services() if each.state == IN_USE), None)
        if in_use is None or in_use.enterprise is None:
            self.choose_role()
        failed = [each.number for each in self.failures() if there and each.enterprise == there.id]
        made = self.use_enterprise(there.id) if there else self.set_up_enterprise(name, domain)
        steps: list[Result] = [made, *map(self.retry, failed)]
        members = self.members()
        if not members:
            added = self.add_member(password)
            steps.append(added)
            members = [added.member]
        if not members[0].authorized:
            granted = self.authorize([members[0].id])
            steps.append(granted)
            members = granted.members
        decisive = next((step for step in steps if step.outcome != "done"), steps[-1])
        calls = [call for step in steps for call in step.calls]
        return Onboarding(decisive.outcome, there is not None, made.enterprise, members[0], calls)

    # ------------------------------------------------------------------ inside

    def _change(self, instance: str, operation: str, wait: bool, **body: str | int) -> OrderResult:  # noqa: FBT001
        ordered = self._api.ask("POST", "services", opaque_ids.to_segment(instance), operation, body=body)
        return self._paid(result(OrderResult, ordered), wait=wait)

    def _paid(self, ordered: OrderResult, *, wait: bool) -> OrderResult:
        """The result of paying an order that is to be paid, with the calls that came before."""
        if ordered.outcome != "unpaid":
            return ordered
        paid = self.pay(ordered.order.id, wait=wait)
        return OrderResult(paid.outcome, paid.now, [*ordered.calls, *paid.calls], paid.order)

    def _do(self, method: str, *path: str, wait: bool, body: dict[str, Any] | None = None) -> dict[str, Any]:
        return self._api.ask(method, *path, body=body, query={"wait": str(wait).lower()})

    def _all(self, kind: type[Listed], name: str) -> list[Listed]:
        found: list[Listed] = []
        page, pages = 0, 1
        while page < pages:
            page += 1
            answer = self._api.ask("GET", name, query={"page": page})
            found += (read(kind, each) for each in answer[name])
            pages = answer["pages"]
        return found
