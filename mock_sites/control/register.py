"""What the operator's pages show: the worlds, their sites and their people."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, cast

from flask import Flask, current_app

from mock_sites.control.demos import Demos
from mock_sites.http.host_names import MAIN
from mock_sites.web.site import Site
from mock_sites.world import jobs
from mock_sites.world.company import Person
from mock_sites.world.errors import N_, UnknownWorldError, UnusableWorldError
from mock_sites.world.store import Worlds
from mock_sites.world.world import World

COMPANIES: Final = {"huawei": N_("Huawei Cloud"), "guance": N_("Guance"), "": N_("Shared")}
"""The names of the companies on a page. The empty key is for sites without a company."""


@dataclass(frozen=True)
class Address:
    """The address of a site in one world."""

    site: Site
    url: str


@dataclass(frozen=True)
class Register:
    """The worlds of this server, the sites in each of them, and the demos that are asked for."""

    worlds: Worlds
    sites: tuple[Site, ...]
    demos: Demos

    @contextmanager
    def touch(self, name: str) -> Generator[World]:
        """The world called ``name``, after all jobs that are due.

        Raises:
            UnknownWorldError: there is none.
        """
        with self.worlds.using(name) as world:
            jobs.run_due(world)
            yield world

    def first(self) -> str | None:
        """The first world to show: ``main``, else any, or None."""
        return self.worlds.first()

    def addresses(self, world: World) -> list[Address]:
        """The addresses of all sites in ``world``."""
        return [self.address(site, world.name) for site in self.sites]

    def address(self, site: Site, world: str) -> Address:
        """The address of ``site`` in the world of this name."""
        return Address(site, self.worlds.hosts.local(f"https://{site.host}{site.path}", world))

    def mailbox(self, world: World) -> str:
        """The address of the mailbox of ``world``."""
        return world.local("https://mail/")


def people(world: World) -> list[tuple[str, Person]]:
    """The ready-made people of ``world``, each with the name of the company that knows them."""
    found: list[tuple[str, Person]] = []
    for company in world.companies.values():
        with world.uow(company.name) as uow:
            found += [(company.name, person) for person in company.people(uow)]
    return found


def by_company(addresses: list[Address]) -> list[tuple[str, list[list[Address]]]]:
    """The cards of each company: sites with the same title, such as those of several regions, are on one."""
    groups = dict[str, dict[str, list[Address]]]()
    for address in addresses:
        cards = groups.setdefault(COMPANIES.get(address.site.company, address.site.company), {})
        cards.setdefault(address.site.title, []).append(address)
    return [(company, list(cards.values())) for company, cards in groups.items()]


def looked_at(names: Iterable[str]) -> tuple[list[World], list[tuple[str, str]]]:
    """The worlds called ``names``, for a list, and those that cannot be used, each with the reason."""
    usable: list[World] = []
    unusable: list[tuple[str, str]] = []
    for name in names:
        try:
            usable.append(register().worlds.look(name))
        except UnusableWorldError as error:
            unusable.append((name, str(error)))
        except UnknownWorldError:
            continue  # dropped in the meantime
    return usable, unusable


def start_url(world: World) -> str:
    """The start page of ``world``."""
    home = world.hosts.start_page
    return home if world.name == MAIN else f"{home}?world={world.name}"


def enter(app: Flask, register: Register) -> None:
    """Give the views of ``app`` access to ``register``."""
    app.extensions[Register.__name__] = register


def register() -> Register:
    """The register of this app."""
    return cast("Register", current_app.extensions[Register.__name__])
