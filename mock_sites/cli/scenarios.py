"""``mock-sites buy``, ``onboard`` and ``close``: what a buyer does on the pages, without a browser."""

# ruff: noqa: PLC0415

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from mock_sites.cli.common import Problem
from mock_sites.cli.remote import MAKE_A_WORLD, of_a_server, report_refusals
from mock_sites.world.foreign_text import on_one_line

if TYPE_CHECKING:
    from mock_sites.client import Buyer, Offer, OperationCall, World

FAILED_STATUS: Final = 1
"""The exit code if the seller has refused for good."""

Command = TypeVar("Command", bound=Callable[..., Any])


def of_a_buyer(command: Command) -> Command:
    """Add the options that say who does it, and where."""
    options = (
        of_a_server,
        click.option("--world", default="main", show_default=True, help="The world."),
        click.option(
            "--as",
            "person",
            default="verified-buyer",
            show_default=True,
            help="Who does it: the key or the username of a ready-made buyer, or the name of another account.",
        ),
        click.option(
            "--password",
            envvar="MOCK_SITES_PASSWORD",
            show_envvar=True,
            help="The password of that account; not needed for ready-made buyers.",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print everything that is known, as JSON."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("offer", required=False)
@click.argument("number", type=int, default=1)
@click.option("--auto-renew", is_flag=True, help="Let a period product be renewed automatically.")
@of_a_buyer
def buy(*, offer: str | None, number: int, auto_renew: bool, as_json: bool, **who: Any) -> None:
    """Buy OFFER, pay, and let the world's clock go on until the seller has delivered it.

    NUMBER counts units of a card, or months or years of a period product. Without an OFFER, list the offers.
    """
    with _signed_in(**who) as (_, buyer):
        if offer is None:
            _print_offers(buyer.offers(), as_json=as_json)
            return
        with report_refusals("`mock-sites buy` without an OFFER lists the offers."):
            done = buyer.buy(offer, number, auto_renew=auto_renew)
    instance = f", instance {done.order.instance}" if done.order.instance else ""
    _report(done, f"Order {done.order.id} is {done.order.state}{instance}.", as_json=as_json)


@click.command()
@click.argument("name")
@click.argument("domain")
@click.option(
    "--member-password",
    envvar="MOCK_SITES_MEMBER_PASSWORD",
    show_envvar=True,
    help="The first member's initial password.  [default: the buyer's own]",
)
@of_a_buyer
def onboard(*, name: str, domain: str, member_password: str | None, as_json: bool, **who: Any) -> None:
    """Take the newest service into use: set up the enterprise NAME with DOMAIN, whose first member is the buyer, and
    authorize that member. If you have that enterprise already, only what is missing is done, and the calls about it
    that failed are sent again.
    """
    with _signed_in(**who) as (password, buyer):
        if not buyer.services():
            raise Problem("There is no service to take into use. Buy one first: mock-sites buy OFFER.")
        done = buyer.onboard(name, domain, member_password or password)
    line = f"Enterprise {done.enterprise.id} is {done.enterprise.state}, member {done.member.login_name} is authorized."
    if done.resumed:
        line = f"The enterprise was there already, so only what was missing was done.\n{line}"
    if done.outcome == "failed":
        line = f"{line} But the seller has not accepted all of it, so a login may fail:"
    _report(done, f"{line}\nMembers log in at {done.enterprise.login_url}", as_json=as_json)


@click.command()
@click.argument("instance", required=False)
@of_a_buyer
def close(*, instance: str | None, as_json: bool, **who: Any) -> None:
    """Close the service INSTANCE, or unsubscribe it if it was bought for a period, and let the world's clock go on
    until the seller has released it. Without an INSTANCE it is the newest service that is not closed.
    """
    from mock_sites.huawei.domain.states import ResourceState

    with _signed_in(**who) as (_, buyer):
        found = instance or next((each.instance for each in buyer.services() if each.closed_at is None), None)
        if found is None:
            raise Problem("There is no service to close. Buy one first: mock-sites buy OFFER.")
        with report_refusals("`mock-sites close` without an INSTANCE closes the newest service."):
            service = buyer.service(found)
        for_a_period = service.specification is not None and not service.trial
        # After a failed release, closing the service again continues its unsubscription.
        unsubscribes = for_a_period and service.state != ResourceState.CLOSING_FAILED
        done = buyer.unsubscribe(found) if unsubscribes else buyer.close(found)
        state = buyer.service(found).state
    unknown = " The seller does not know it, so nothing is left to release." if _is_unknown(done.calls) else ""
    _report(done, f"Service {found} is {state}.{unknown}", as_json=as_json)


@contextmanager
def _signed_in(
    *, server: str, token: str, world: str, person: str, password: str | None
) -> Generator[tuple[str, Buyer]]:
    """The password of the buyer, and the buyer."""
    from mock_sites.client import Worlds

    with report_refusals(), Worlds(server, token) as worlds:
        with report_refusals(MAKE_A_WORLD):
            found = worlds.get(world)
        name, secret = _credentials(found, person, password)
        yield secret, found.sign_in(name, secret)


def _credentials(world: World, person: str, password: str | None) -> tuple[str, str]:
    if ready_made := world.ready_made_buyer(person):
        return ready_made.username, password or ready_made.password
    if not password:
        raise Problem(f"{person} is no ready-made buyer: say the password, --password or MOCK_SITES_PASSWORD.")
    return person, password


def _report(done: Any, line: str, *, as_json: bool) -> None:
    """Print what was done, and leave with the exit code 1 if it has failed."""
    if as_json:
        click.echo(json.dumps(asdict(done), indent=2, ensure_ascii=False))
    else:
        click.echo(line)
        _print_calls(done.calls)
    if done.outcome == "failed":
        sys.exit(FAILED_STATUS)


def _print_calls(calls: Sequence[OperationCall]) -> None:
    from mock_sites.huawei.domain.states import CallVerdict

    for line, same in groupby(map(_described, calls)):
        times = len([*same])
        click.echo(line if times == 1 else f"{line} ({times} times)")
    failed = [call for call in calls if call.verdict in {CallVerdict.REFUSED, CallVerdict.FAULT}]
    if failed:
        click.echo(
            f"See {failed[-1].url} for the call and its answer, and to find the mistake if its signature is refused."
        )


def _is_unknown(calls: Sequence[OperationCall]) -> bool:
    """Whether the seller has refused the last call because it does not know the instance."""
    from mock_sites.huawei.domain.states import CallVerdict
    from mock_sites.huawei.protocol.codes import UNKNOWN_INSTANCE

    return bool(calls) and calls[-1].verdict == CallVerdict.REFUSED and calls[-1].code == UNKNOWN_INSTANCE


def _described(call: OperationCall) -> str:
    parts = (call.verdict, call.code, call.explanation, *call.advice)
    return on_one_line(f"{call.operation}: {' '.join(filter(None, parts))}")


def _print_offers(offers: Sequence[Offer], *, as_json: bool) -> None:
    from rich.text import Text

    from mock_sites.process.printing import console_for, folding_table

    if as_json:
        click.echo(json.dumps([asdict(each) for each in offers], indent=2, ensure_ascii=False))
        return
    table = folding_table("Offer", "Product", "Kind", "Period or quota", "Price (CNY)")
    for each in offers:
        title = f"{each.title}, {each.edition}" if each.edition else each.title
        quota = f"{each.quota} {each.unit}{', then it stops' if each.stops else ''}" if each.quota else ""
        cells = (each.offer, title, each.kind, each.period or quota or "-", str(each.price))
        table.add_row(*(Text(on_one_line(cell)) for cell in cells))
    console_for(sys.stdout).print(table)
