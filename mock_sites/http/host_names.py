"""The host names under which the sites are served: a documented name, the name of the world, and a domain.

``boss.guance.com`` is served as ``boss.guance.com.localhost`` in the world ``main`` and as
``boss.guance.com.w42.localhost`` in the world ``w42``. Another domain can take the place of ``localhost``. The
operator's pages are at ``localhost`` itself, or at ``start`` in another domain.
"""

import ipaddress
import re
from dataclasses import dataclass
from typing import Final

LOCALHOST: Final = "localhost"
"""The domain unless another one is asked for. Browsers resolve it and all names below it to this machine (RFC 6761)."""

MAIN: Final = "main"
"""The world whose host names have no part for the world."""

REAL_DOMAINS: Final = ("huaweicloud.com", "myhuaweicloud.com", "guance.com")
"""The domains of the real sites."""

_DOMAIN: Final = re.compile(
    r"(?=.{1,100}\Z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
)


class DomainError(Exception):
    """The sites cannot be served under a domain. The text says why and what to do."""


@dataclass(frozen=True)
class HostNames:
    """How the addresses of the sites are made.

    Attributes:
        port: the port in all addresses.
        domain: what all host names end with.
    """

    port: int
    domain: str = LOCALHOST

    @property
    def start_host(self) -> str:
        """The host of the operator's pages: a name below a domain, because a wildcard (RFC 4592) leaves out itself."""
        return self.domain if self.domain == LOCALHOST else f"start.{self.domain}"

    @property
    def only_here(self) -> bool:
        """Whether only browsers on this machine reach the addresses: ``localhost`` is loopback (RFC 6761, 6.3)."""
        return self.domain == LOCALHOST

    @property
    def start_page(self) -> str:
        """The address of the operator's pages."""
        return f"http://{self.start_host}:{self.port}/"

    def host_suffix(self, world: str) -> str:
        """What follows a documented host name in a world."""
        return f".{self.domain}" if world == MAIN else f".{world}.{self.domain}"

    def suffix(self, world: str) -> str:
        """What follows a documented host name in a world, with the port."""
        return f"{self.host_suffix(world)}:{self.port}"

    def local(self, url: str, world: str) -> str:
        """Where a documented ``https://`` address is served in a world."""
        return re.sub(r"^https://([^/?#]+)", lambda found: f"http://{found[1]}{self.suffix(world)}", url)

    def is_local(self, url: str) -> bool:
        """Whether an address is one of the sites, of any world and any port."""
        return re.match(rf"http://[^/?#@]*\.{re.escape(self.domain)}(?:[:/?#]|$)", url) is not None


def checked_domain(domain: str) -> str:
    """A domain under which the sites can be served, in lower case.

    Raises:
        DomainError: it is no domain name (RFC 1123, 2.1), leaves no place for a world's name, or is a real site's.
    """
    name = domain.lower()
    if not _DOMAIN.fullmatch(name) or _is_address(name):
        raise DomainError(
            f"{domain!r} is no domain. Use a name of letters, digits, hyphens and points, up to 100 characters, such "
            "as market.test."
        )
    if any(f".{name}".endswith(f".{real}") for real in REAL_DOMAINS):
        raise DomainError(f"{domain} is a domain of the real sites. Use one of your own, such as market.test.")
    return name


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
