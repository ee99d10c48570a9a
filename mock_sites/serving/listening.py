"""The addresses of this machine and the sockets on them. ``localhost`` means both loopback families.

Browsers try ``::1`` before ``127.0.0.1``, so the port is used on both: else browsers could show another program that
listens on one of them. This module uses only the standard library.
"""

import errno
import ipaddress
import os
import socket
from contextlib import ExitStack
from typing import Final

LOOPBACK: Final = ("127.0.0.1", "::1")
"""The addresses of ``localhost`` and ``*.localhost``, if a machine has them."""

_EVERY_ADDRESS: Final = {"127.0.0.1": "0.0.0.0", "::1": "::"}  # noqa: S104 - what people ask for by --host
"""For each loopback address, the address that means all addresses of its family."""

FIRST_INHERITED: Final = 3
"""The number of the first inherited socket."""

BACKLOG: Final = 1024
"""How many connections may wait until they are accepted. One that finds no place is tried again a second later."""

MOST_DRAWS: Final = 50
"""How many free ports of one family are tried until one is free in the other family too."""


class ListeningError(Exception):
    """The server cannot listen on the port. The text says why and what to do."""


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine. IPv6 addresses may be in brackets."""
    name = host.strip("[]").lower()
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def loopback_addresses() -> tuple[str, ...]:
    """The addresses of ``LOOPBACK`` that this machine has. Some machines have no IPv6."""
    return tuple(filter(_is_here, LOOPBACK)) or LOOPBACK[:1]


def listen(host: str, port: int) -> list[socket.socket]:
    """Sockets that listen on ``port`` (0: any free one) of ``host`` and of the loopback addresses, all the same port.

    Raises:
        ListeningError: the port is taken or not allowed, or the host is not this machine's.
    """
    addresses = _addresses(host)
    for draw in range(MOST_DRAWS):
        with ExitStack() as stack:
            opened = list[socket.socket]()
            number = port
            for address in addresses:
                try:
                    opened.append(stack.enter_context(_open(address, number)))
                except OSError as error:
                    if error.errno == errno.EADDRINUSE and port == 0 and draw + 1 < MOST_DRAWS:
                        break
                    raise _refusal(address, number, error) from error
                number = opened[0].getsockname()[1]
            else:
                stack.pop_all()
                return opened
    raise AssertionError("the last draw raises")


def inherited() -> list[socket.socket]:
    """The sockets that the process was started with, by systemd's protocol (sd_listen_fds); none if there are none.

    They listen as long as the process that opened them holds them: connections wait while a server starts again.
    """
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return []
    count = int(os.environ["LISTEN_FDS"])
    return [socket.socket(fileno=number) for number in range(FIRST_INHERITED, FIRST_INHERITED + count)]


def _addresses(host: str) -> list[str]:
    """The addresses to listen on, each once.

    Raises:
        ListeningError: the host has no address.
    """
    loopback = loopback_addresses()
    if host == "localhost":
        return list(loopback)
    if host in _EVERY_ADDRESS.values():
        # All IPv6 addresses means all IPv4 addresses too.
        whole = set(_EVERY_ADDRESS) if host == "::" else {LOOPBACK[0]}
        found = [_EVERY_ADDRESS[address] if address in whole else address for address in loopback]
        return found if host in found else [*found, host]
    try:
        known = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, TypeError) as error:
        raise ListeningError(
            f"{host} is no address of this machine. Name another with --host, or leave --host out."
        ) from error
    return list(dict.fromkeys([*loopback, *(str(found[4][0]) for found in known)]))


def _open(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return socket.create_server((address, port), family=family, backlog=BACKLOG)


def _is_here(address: str) -> bool:
    try:
        _open(address, 0).close()
    except OSError:
        return False
    return True


def _refusal(address: str, port: int, error: OSError) -> ListeningError:
    return ListeningError(
        f"Cannot listen on {address} port {port}: {os.strerror(error.errno) if error.errno else error}. "
        "Choose another with --port, or --port 0 for any free one."
    )
