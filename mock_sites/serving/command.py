"""What ``mock-sites serve`` does: serve, print the addresses on the terminal, and stop on a signal."""

import logging
import re
import sys
import webbrowser
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import click
from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import SQLAlchemyError

from mock_sites.http.host_names import LOCALHOST
from mock_sites.http.loopback import ServerGoneError, loopback_client
from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.seller_gateway import sellers
from mock_sites.process import open_files
from mock_sites.process.printing import address_column, console_for, folding_table
from mock_sites.serving.default_port import DEFAULT_PORT
from mock_sites.serving.server import Server, ServerError
from mock_sites.world.errors import Refusal, UnknownWorldError, UnusableWorldError, WorldError
from mock_sites.world.store import Worlds
from mock_sites.world.unavailable import why_unavailable
from mock_sites.world.world import World

REFUSALS: Final = (ServerError, ServerGoneError, Refusal)
"""The errors of ``serve``. The text says why it cannot serve and what to do."""

FILES: Final = 10_000
"""Open files that are enough for the most connections and the most worlds. Many systems allow 1,024 unless asked."""


@dataclass(frozen=True)
class SellerOptions:
    """A seller to call instead of the built-in one."""

    address: str
    key: str = field(repr=False)
    kit_key: str = field(repr=False)
    """The key of the joint-operation kit. Empty if it is the same."""
    protocol: str
    login_address: str
    public_key: str = ""
    """Its RSA public key in PEM. Empty if it has none, or has one in its settings."""


@dataclass(frozen=True)
class ServerOptions:
    """What to serve, and where."""

    port: int
    host: str
    world: str
    seed: str | None
    open_browser: bool
    data: Path | None
    seller: SellerOptions | None = None
    public_port: int | None = None
    domain: str = LOCALHOST


class OneLine(logging.Formatter):
    """One line for each message, also if a client sends line breaks. Tracebacks of our own defects follow."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name logging calls
        """The line, with control characters written out."""
        line = super().formatMessage(record)
        return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", lambda found: repr(found[0])[1:-1], line)


def serve(plan: ServerOptions, wait_for_stop: Callable[[], None]) -> None:
    """Serve until ``wait_for_stop`` returns.

    Raises:
        ServerError: the port is taken or not allowed, or the host is not this machine's.
        WorldError: the folder cannot be written or is another server's, the disk is full, no world can be called that,
            or it was made from another seed or by another version.
        Refusal: the seller's address is no http(s) address, or its key is malformed.
    """

    def prepare(worlds: Worlds) -> None:
        world = _have_world(worlds, plan)
        if plan.seller:
            _have_seller(world, plan.seller)

    named = [plan.seller.address, plan.seller.login_address] if plan.seller else []
    served = Server(
        host=plan.host,
        port=plan.port,
        public_port=plan.public_port,
        domain=plan.domain,
        folder=plan.data,
        sellers=named,
        prepare=prepare,
    )
    with open_files.allowing(FILES), _log_on_stderr(), served as server:
        world = server.worlds.get(plan.world)
        if server.token:
            _announce_exposure(plan.host, server)
        start_page = server.url if world.name == "main" else f"{server.url}?world={world.name}"
        _announce(server, start_page, world.name)
        if plan.open_browser and not webbrowser.open(start_page):
            click.echo(f"No browser could be opened. Open {start_page} yourself.", err=True)
        wait_for_stop()
        with suppress(OSError):  # a terminal that is closed accepts no more text
            click.echo("Stopped.")


def _have_world(worlds: Worlds, plan: ServerOptions) -> World:
    try:
        return _find_world(worlds, plan)
    except UnusableWorldError as error:
        raise WorldError(
            f"{error} It can be dropped on the start page while another one is served: --world NAME."
        ) from error
    except (OSError, SQLAlchemyError) as error:
        raise why_unavailable(error) or error from error


def _find_world(worlds: Worlds, plan: ServerOptions) -> World:
    try:
        world = worlds.get(plan.world)
    except UnknownWorldError:
        return worlds.make(plan.world, plan.seed)
    if plan.seed not in {None, world.seed.text}:
        raise WorldError(
            "World {name} was made from the seed {seed}. Leave --seed out, or name another world with --world.",
            name=world.name,
            seed=world.seed.text,
        )
    return world


def _have_seller(world: World, plan: SellerOptions) -> None:
    """From now on that seller delivers every service of the world."""
    public_key = {"public_key": plan.public_key} if plan.public_key else {}
    with world.uow("huawei", write=True) as uow:
        for product in catalogue.all_products(uow):
            if product.kind != "card":
                sellers.configure(
                    uow,
                    product.content_id,
                    production_address=plan.address,
                    access_key=plan.key,
                    kit_key=plan.kit_key,
                    protocol=plan.protocol,
                    login_address=plan.login_address,
                    **public_key,
                )
    click.echo(
        f"In world {world.name} the marketplace drives the seller at {plan.address} (protocol "
        f"{plan.protocol.upper()}). Other worlds have the built-in seller."
    )


def _announce_exposure(host: str, server: Server) -> None:
    click.echo(
        f"Other machines can reach this server at {host}, port {server.port}. The start page, the Seller Center, the "
        f"mailbox and all interfaces ask for this token: {server.token}\n"
        "`mock-sites worlds` takes it from the variable MOCK_SITES_TOKEN, other programs send it as "
        "`Authorization: Bearer TOKEN`. The ready-made accounts have passwords that only this server knows. Products "
        "are delivered by the built-in seller, or by the one named by --seller."
    )


def _announce(server: Server, start_page: str, world: str) -> None:
    with loopback_client(server.url) as client:
        if server.token:
            client.headers["Authorization"] = f"Bearer {server.token}"
        sites = client.get(f"/api/worlds/{world}/sites").raise_for_status().json()["sites"]
        people = client.get(f"/api/worlds/{world}/people").raise_for_status().json()["people"]
    console = console_for(sys.stdout)
    console.print(Text("Start page: ").append(start_page, style=f"bold link {start_page}"), soft_wrap=True)
    console.print(_sites_table(sites, world))
    if people:
        console.print(_people_table(people))
    console.print(Text(_about_names(server)), soft_wrap=True)
    console.print("Ctrl-C stops the server.", soft_wrap=True)
    console.file.flush()


def _about_names(server: Server) -> str:
    """How programs find the addresses of the host names."""
    domain = server.worlds.hosts.domain
    ask = "mock-sites hosts" if server.port == DEFAULT_PORT else f"mock-sites hosts --server {server.url.rstrip('/')}"
    if domain == LOCALHOST:
        return f"Browsers find these names by themselves. Where another program does not, see `{ask}`."
    return f"All names below {domain} must lead to this machine. Where they do not, see `{ask}`."


def _sites_table(sites: list[dict[str, Any]], world: str) -> Table:
    table = folding_table("Site", address_column("URL"), title=f"Sites of world {world}")
    for site in sorted(sites, key=lambda site: not site["for_people"]):
        name = site["title"] if site["for_people"] else f"{site['title']} (for machines)"
        table.add_row(Text(name), Text(site["url"], style=f"link {site['url']}"))
    return table


def _people_table(people: list[dict[str, Any]]) -> Table:
    headings = ("Who", "Key", "Username", "Password", address_column("Sign in at"))
    table = folding_table(*headings, title="Ready-made accounts")
    for person in people:
        table.add_row(
            Text(f"{person['name']}: {person['role']}"),
            Text(person["key"]),
            Text(person["username"]),
            Text(person["password"]),
            Text(person["sign_in"], style=f"link {person['sign_in']}"),
        )
    return table


@contextmanager
def _log_on_stderr() -> Generator[None]:
    """Within the block the log goes to stderr, one line for each message."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine("%(asctime)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    try:
        yield
    finally:
        root.handlers = handlers
        root.setLevel(level)
