"""``mock-sites conform``: checks its options, runs the cases with progress, prints the table and writes the reports."""

import re
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from mock_sites.http.clients import UnusableProxyError, proxy_at, proxy_for, transport_to
from mock_sites.huawei.conformance.listing import ON_REQUEST, Kind, Listing, optional
from mock_sites.huawei.conformance.model import Result
from mock_sites.huawei.conformance.pushes import KINDS, PushListener
from mock_sites.huawei.conformance.report import Report
from mock_sites.huawei.conformance.requests import SellerConnection
from mock_sites.huawei.conformance.running import CannotRunError, Encrypt, Run, RunPlan
from mock_sites.huawei.conformance.sealing import sealer
from mock_sites.huawei.conformance.sending import Sender
from mock_sites.process.whole_files import write_whole
from mock_sites.world.seed import DEFAULT_SEED
from mock_sites.world.transport import ANSWER_LIMIT


@dataclass(frozen=True, kw_only=True)
class ConformOptions:
    """The options of the command line."""

    address: str
    key: str
    protocol: str
    kit_key: str = ""
    listing: Listing = field(default_factory=Listing)
    language: str = "en"
    proxy: str | None = None
    """The proxy for all calls: its address, empty for none, None for that of the environment."""
    kit: bool = True
    live: bool = False
    limit: float = ANSWER_LIMIT
    time: datetime | None = None
    """The time that calls carry at the start of the run. None for real time."""
    seed: str = DEFAULT_SEED
    """The ids of the run come from it."""
    public_key: Path | None = None
    oaep_digest: str = "sha256"
    mgf_hash: str = "sha256"
    usage_push: int | None = None
    """The port of this machine on which a usage push is waited for. None: it is not checked."""
    push_wait: float = 30.0
    """How long it is waited for after the last call, in seconds."""
    junit: Path | None = None
    html: Path | None = None


def conform(order: ConformOptions, *, output: Console, progress: Console) -> Report:
    """Run, print the table on ``output``, and write the reports.

    Raises:
        CannotRunError: the address, the key, the proxy or a file cannot be used, or nothing answers at the address.
    """
    proxy = _proxy(order)
    with _listening(order) as pushes:
        return _conform(order, proxy, pushes, output=output, progress=progress)


def _conform(
    order: ConformOptions,
    proxy: httpx.Proxy | None,
    pushes: PushListener | None,
    *,
    output: Console,
    progress: Console,
) -> Report:
    plan = RunPlan(
        _connection(order),
        listing=_listing(order),
        kit=order.kit,
        encrypt=_encrypt(order),
        now=_clock(order.time),
        pause=threading.Event().wait,
        proxy=str(proxy.url) if proxy else "",
        pushes=pushes,
        seed=order.seed,
    )
    began, line = datetime.now(UTC), plan.line
    transport = transport_to(httpx.URL(line.address), proxy=proxy)
    with _reserved(order.junit), _reserved(order.html), Sender(transport, limit=order.limit) as sender:
        results = _watched(Run(plan, sender), len(plan.cases) + bool(pushes), progress)
    report = Report(
        address=line.address,
        key=line.key,
        protocol=line.protocol,
        live=line.live,
        began=began,
        results=results,
        proxy=plan.proxy,
        kit_key=line.kit_key,
        listing=plan.listing,
        seed=plan.seed,
        language=order.language,
    )
    report.print_table(output)
    _write(order.junit, report.junit())
    _write(order.html, report.page().encode())
    return report


@contextmanager
def _listening(order: ConformOptions) -> Generator[PushListener | None]:
    """The listener for a usage push, if it is to be checked.

    Raises:
        CannotRunError: nothing is listed whose usage is pushed, or the port cannot be used.
    """
    if order.usage_push is None:
        yield None
        return
    if not order.listing.first_of(KINDS):
        raise CannotRunError("Only on-demand products and packages push usage. Add --listing on-demand.")
    try:
        other_keys = (order.kit_key,) if order.kit_key else ()
        listener = PushListener(_key(order.key), order.usage_push, order.push_wait, other_keys=other_keys)
    except OSError as error:
        raise CannotRunError(
            f"Cannot listen on port {order.usage_push}: {error.strerror}. Name another one with --usage-push."
        ) from error
    with listener:
        yield listener


def _checked(address: str) -> str:
    """The production address, letter by letter: some services answer only with the slash at its end, some without."""
    try:
        parts, port = urlsplit(address), urlsplit(address).port
        httpx.URL(address)
    except (ValueError, httpx.InvalidURL) as error:
        raise CannotRunError(f"{address!r} is no address ({error}).") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0 or re.search(r"\s", address):
        raise CannotRunError(f"{address!r} is no http(s) address. Use one such as http://localhost:9000/produce.")
    if parts.username is not None or parts.query or parts.fragment:
        raise CannotRunError("Give the production address alone: no user name, query or fragment.")
    return address


def _connection(order: ConformOptions) -> SellerConnection:
    address, key = _checked(order.address), _key(order.key)
    return SellerConnection(address, key, order.protocol, order.live, _key(order.kit_key) if order.kit_key else "")


def _listing(order: ConformOptions) -> Listing:
    """What the seller has listed.

    Raises:
        CannotRunError: the protocol has no calls for a kind, or no such optional parameter.
    """
    listing = order.listing
    if order.protocol == "v2" and Kind.LICENCE in listing.kinds:
        raise CannotRunError("V2.0 has no calls for licences. Leave the kind licence out, or use --protocol v1.")
    known = optional(order.protocol) | ON_REQUEST[order.protocol]
    if unknown := sorted((listing.parameters or frozenset()) - known):
        raise CannotRunError(
            f"{order.protocol.upper()} has no optional parameter, and no operation on request, {', '.join(unknown)}. "
            f"There are: {', '.join(sorted(known))}."
        )
    return listing.with_what_packages_need()


def _proxy(order: ConformOptions) -> httpx.Proxy | None:
    """The proxy for all calls: that of the option, or the one that the environment names for the seller."""
    try:
        if order.proxy is None:
            return proxy_for(httpx.URL(_checked(order.address)))
        return proxy_at(order.proxy) if order.proxy else None
    except UnusableProxyError as error:
        raise CannotRunError(str(error)) from error


def _key(key: str) -> str:
    if not key.strip():
        raise CannotRunError("The key is empty. Give the seller's key with --key.")
    if not key.isprintable():
        raise CannotRunError("The key has characters that cannot be printed. Give the seller's key with --key.")
    return key


def _encrypt(order: ConformOptions) -> Encrypt | None:
    if order.public_key is None:
        return None
    try:
        return sealer(order.public_key.read_bytes(), digest=order.oaep_digest, mgf=order.mgf_hash)
    except OSError as error:
        raise CannotRunError(f"Cannot read {order.public_key}: {error.strerror}.") from error
    except ValueError as error:
        raise CannotRunError(f"{order.public_key} {error}.") from error


def _clock(start: datetime | None) -> Callable[[], datetime]:
    if start is None:
        return lambda: datetime.now(UTC)
    offset = start - datetime.now(UTC)
    return lambda: datetime.now(UTC) + offset


def _watched(run: Run, total: int, console: Console) -> list[Result]:
    """The results of ``run``. Progress is shown if the output is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        return list(bar.track(run.results(), total=total, description="Calling the seller"))


@contextmanager
def _reserved(path: Path | None) -> Generator[None]:
    """Check that ``path`` can be written before any call is sent. No file is left there if the run fails."""
    if path is None:
        yield
        return
    there = path.exists()
    try:
        path.open("ab").close()
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield
    except BaseException:
        if not there:
            path.unlink()
        raise


def _unwritable(path: Path, error: OSError) -> CannotRunError:
    return CannotRunError(f"Cannot write {path}: {error.strerror}. Name another file.")


def _write(path: Path | None, content: bytes) -> None:
    if path is None:
        return
    try:
        write_whole(path, content)
    except OSError as error:
        raise _unwritable(path, error) from error
