"""``mock-sites hosts``: how programs other than browsers find the host names of the sites."""

# ruff: noqa: PLC0415

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import click

from mock_sites.cli.common import Problem
from mock_sites.cli.remote import DEFAULT_SERVER, MAKE_A_WORLD, of_a_server, report_refusals
from mock_sites.environment import hosts_file
from mock_sites.http.host_names import LOCALHOST, DomainError, HostNames, checked_domain

MOST_WORLDS: Final = 50
"""The most worlds whose names are written without being asked for."""

_WORLD: Final = re.compile("[a-z0-9-]{1,40}")

ADVICE: Final = """
A program on this machine finds these names when they are in its hosts file:
  Linux, macOS   sudo {program} hosts{options} --write      (--remove takes them out again)
  Windows        Add the lines to C:\\Windows\\System32\\drivers\\etc\\hosts, as administrator.
In a container, 127.0.0.1 is the container itself:
  host network   On Linux: docker run --network host --add-host NAME:127.0.0.1 ..., for each NAME that the program calls
  own network    On Linux: mock-sites serve --host 172.17.0.1, which is the address of Docker's bridge (`docker network
                 inspect bridge` shows it). With Docker Desktop on macOS and Windows: mock-sites serve, as it is.
                 Then for each NAME: docker run --add-host NAME:host-gateway ..., or in Compose
                 extra_hosts: ["NAME:host-gateway"]
Without a hosts file:
{myhostname}  own domain     mock-sites serve --domain DOMAIN, where *.DOMAIN leads to 127.0.0.1 in your name server
  any program    Connect to 127.0.0.1, port {port}, and send the name as the header Host.
"""

MYHOSTNAME: Final = """\
  Linux          nss-myhostname of systemd knows all names below localhost: install libnss-myhostname, and write
                 myhostname after files in the line hosts: of /etc/nsswitch.conf.
"""


@click.command()
@click.argument("worlds", metavar="[WORLD]...", nargs=-1)
@of_a_server
@click.option(
    "--domain",
    envvar="MOCK_SITES_DOMAIN",
    default=LOCALHOST,
    show_default=True,
    show_envvar=True,
    help="The domain of that server. No names of another one are written.",
)
@click.option("--write", is_flag=True, help="Write the lines into the hosts file, in place of those from before.")
@click.option("--remove", is_flag=True, help="Take the lines out of the hosts file. The server need not run.")
@click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    help=f"The hosts file.  [default: {hosts_file.default_file()}]",
)
def hosts(
    *, worlds: tuple[str, ...], server: str, token: str, domain: str, write: bool, remove: bool, file: Path | None
) -> None:
    """Show how programs other than browsers find the sites, or let them find them.

    Browsers resolve all names below localhost to this machine by themselves. Other programs, such as a seller's server
    in Node or Python, use the resolver of the system, which often does not. The lines that are shown go into a hosts
    file. They are those of each WORLD, or of all worlds of the server.

    With --write, only what stands between two marker lines is replaced. It is done as a whole or not at all.
    """
    if write and remove:
        raise Problem("Use either --write or --remove.")
    target = file or hosts_file.default_file()
    with report_refusals(MAKE_A_WORLD):
        from mock_sites.client.connection import server_address

        address = server_address(server)
        found, names = ("", []) if remove else _names(address, token, worlds)
    port = urlsplit(address).port or 80
    if write and found != domain:
        raise Problem(f"The server at {address} has the domain {found}. If it is yours, say so: --domain {found}.")
    if write or remove:
        _change(target, names, port, address)
        return
    click.echo("\n".join(hosts_file.lines(names, port)))
    click.echo(_advice(address, port, found), err=True, nl=False)


def _change(file: Path, names: Sequence[str], port: int, address: str) -> None:
    try:
        changed = hosts_file.write(file, names, port)
    except hosts_file.HostsFileError as error:
        raise Problem(str(error)) from error
    click.echo(f"{file} {'' if changed else 'already '}has {len(names) or 'no'} names of {address}.")
    if not names:
        for other in hosts_file.ports(file):
            options = f"--server http://localhost:{other} --remove"
            click.echo(f"It still has names of a server on port {other}: {options} takes them out.")


def _names(address: str, token: str, worlds: Sequence[str]) -> tuple[str, list[str]]:
    """The domain of the server at ``address``, and the host names of some of its worlds, or of all.

    They are made here. The server says only what its worlds and its domain are called.
    """
    from mock_sites.client import UnusableWorld, Worlds
    from mock_sites.serving.dispatch import all_sites

    def every() -> Iterator[str]:
        return (each.name for each in remote.all() if not isinstance(each, UnusableWorld))

    with Worlds(address, token) as remote:
        chosen = [remote.get(name) for name in worlds or islice(every(), MOST_WORLDS + 1)]
    if len(chosen) > MOST_WORLDS:
        raise Problem(f"There are more than {MOST_WORLDS} worlds. Name those to use: mock-sites hosts WORLD...")
    if not chosen:
        raise Problem(f"The server at {address} has no worlds yet. Make one: mock-sites worlds make NAME.")
    domain = chosen[0].domain
    try:
        hosts = HostNames(0, checked_domain(domain))
    except DomainError as error:
        raise Problem(f"What answers at {address} is not the mock sites. {error}") from error
    start = [] if domain == LOCALHOST else [hosts.start_host]
    known = [world.name for world in chosen if _WORLD.fullmatch(world.name)]
    return domain, start + [f"{site.host}{hosts.host_suffix(name)}" for name in known for site in all_sites()]


def _advice(address: str, port: int, domain: str) -> str:
    server = "" if address == DEFAULT_SERVER else f" --server {address}"
    return ADVICE.format(
        program=shlex.quote(str(Path(sys.argv[0]).absolute())),
        options=server if domain == LOCALHOST else f"{server} --domain {domain}",
        port=port,
        myhostname=MYHOSTNAME if domain == LOCALHOST else "",
    )
