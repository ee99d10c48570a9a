"""Proxies of the environment: never used for this machine, and shown where a seller on another machine is called."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx
import pytest
from werkzeug.wrappers import Request, Response

from mock_sites.http.clients import (
    LoopbackTransport,
    UnusableProxyError,
    async_transport_to,
    proxy_for,
    transport_to,
)
from mock_sites.http.loopback import loopback_client
from mock_sites.serving.listening import is_loopback
from mock_sites.tests.support.conform_command import Serve, conform, refused, serve
from mock_sites.tests.support.conforming import KEY
from mock_sites.tests.support.gateway import seller
from mock_sites.tests.support.wrong_seller import WrongSeller
from mock_sites.world import sockets

__all__ = ["serve"]

ROOT: Final = Path(__file__).parents[2]
NAMES: Final = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
CLIENTS: Final = {"httpx.Client", "httpx.AsyncClient", "OAuth2Client", "AsyncOAuth2Client"}
DEAD: Final = "http://127.0.0.1:9"

Environment = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Environment:
    """The environment names no proxy, until a test names one."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return monkeypatch


@pytest.fixture
def dead(environment: Environment) -> None:
    """The environment names proxies that do not work."""
    environment.setenv("HTTP_PROXY", DEAD)
    environment.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    environment.setenv("NO_PROXY", "")


@pytest.mark.usefixtures("dead")
@pytest.mark.parametrize("host", ["127.0.0.1", "seller.localhost"])
def test_a_seller_on_this_machine_is_called_directly(serve: Serve, host: str) -> None:
    address = serve(WrongSeller(KEY)).replace("127.0.0.1", host)

    result = conform(address)

    assert (result.exit_code, "proxy" in result.output) == (0, False), result.output
    assert sockets.fetch("GET", address, {}, b"", limit=5, most=10000).status
    with loopback_client() as client:
        assert client.get(address).status_code


def test_a_seller_elsewhere_is_called_through_the_proxy_and_the_reports_name_it(
    serve: Serve, environment: Environment, tmp_path: Path
) -> None:
    proxy = serve(WrongSeller(KEY)).removesuffix("/produce")
    environment.setenv("ALL_PROXY", proxy.replace("//", "//me:s3cret@"))
    junit, html = tmp_path / "report.xml", tmp_path / "report.html"

    result = conform("http://seller.example/produce", "--junit", str(junit), "--html", str(html))

    assert result.exit_code == 0, result.output
    for report in (result.stdout, junit.read_text(encoding="utf-8"), html.read_text(encoding="utf-8")):
        assert proxy in report
        assert "s3cret" not in report
    assert sockets.fetch("GET", "http://seller.example/", {}, b"", limit=5, most=10000).status


@pytest.mark.parametrize(
    "proxy", ["socks5://me:s3cret@127.0.0.1:9", "ftp://127.0.0.1:9", "http://me:s3cret@", "http://a:b:c"]
)
def test_a_proxy_that_cannot_be_used_is_reported_in_one_line(environment: Environment, proxy: str) -> None:
    environment.setenv("ALL_PROXY", proxy)

    message = refused(conform("http://seller.example/produce"))

    assert "The environment names the proxy" in message
    assert message.endswith("Set NO_PROXY=seller.example to connect without a proxy.")
    assert "s3cret" not in message
    with pytest.raises(sockets.NoAnswerError, match="The environment names the proxy"):
        sockets.fetch("GET", "http://seller.example/", {}, b"", limit=5, most=10)


@pytest.mark.usefixtures("dead")
def test_a_proxy_that_does_not_answer_is_named() -> None:
    assert f"Nobody answers at http://seller.example/produce through the proxy {DEAD} (" in refused(
        conform("http://seller.example/produce")
    )


def test_a_proxy_that_refuses_to_connect_is_not_taken_for_the_seller(environment: Environment) -> None:
    with seller(lambda _heard: None) as proxy:
        environment.setenv("HTTPS_PROXY", proxy.removesuffix("/isv"))
        message = refused(conform("https://seller.example/produce"))

    assert "through the proxy" in message
    assert "501" in message


def test_the_variable_no_proxy_is_used(environment: Environment) -> None:
    environment.setenv("HTTP_PROXY", "proxy.example:3128")
    environment.setenv("NO_PROXY", "seller.example,.internal")

    named = proxy_for(httpx.URL("http://other.example/"))

    assert named is not None
    assert str(named.url) == "http://proxy.example:3128"
    assert proxy_for(httpx.URL("https://other.example/")) is None
    assert proxy_for(httpx.URL("http://seller.example/")) is None
    assert proxy_for(httpx.URL("http://a.internal/")) is None


@pytest.mark.parametrize("url", ["http://localhost:1/", "https://a.localhost/", "http://127.9.9.9/", "http://[::1]/"])
@pytest.mark.usefixtures("dead")
def test_this_machine_has_no_proxy(url: str) -> None:
    assert is_loopback(httpx.URL(url).host)
    assert proxy_for(httpx.URL(url)) is None
    transport_to(httpx.URL(url), proxy=None).close()
    async_transport_to(httpx.URL(url))


@pytest.mark.parametrize("host", ["localhost.example", "xlocalhost", "10.0.0.1", "::", ""])
def test_other_machines_are_not_taken_for_this_one(environment: Environment, host: str) -> None:
    environment.setenv("ALL_PROXY", "socks5://127.0.0.1:9")

    assert not is_loopback(host)
    if host:
        with pytest.raises(UnusableProxyError):
            proxy_for(httpx.URL("http://h/").copy_with(host=host))


def test_a_transport_to_this_machine_goes_nowhere_else() -> None:
    with httpx.Client(transport=LoopbackTransport()) as client, pytest.raises(httpx.UnsupportedProtocol):
        client.get("http://seller.example/")


def bare_clients(source: str) -> Iterator[int]:
    """The lines that create (or import) a client which would take its proxies from the environment."""
    if "httpx" not in source:  # which most modules do not name, and parsing them takes long
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "httpx":
            yield node.lineno
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in CLIENTS:
            how = {keyword.arg for keyword in node.keywords}
            yield from [node.lineno] if "transport" not in how else []


def test_every_client_says_how_it_connects() -> None:
    sources = [path for folder in ("mock_sites", "e2e", "fixtures", "docs") for path in (ROOT / folder).rglob("*.py")]
    bare = [f"{path.relative_to(ROOT)}:{line}" for path in sources for line in bare_clients(path.read_text("utf-8"))]

    assert bare == [], "use loopback_client, or a transport of mock_sites/http/clients.py"
    assert list(bare_clients("httpx.Client(timeout=3)\nfrom httpx import Client")) == [2, 1]


@pytest.mark.usefixtures("dead")
def test_a_proxy_that_is_named_is_used_for_this_machine_too_and_the_environment_is_not(serve: Serve) -> None:
    proxy = serve(WrongSeller(KEY)).removesuffix("/produce")

    through = conform("http://localhost:9/produce", "--proxy", proxy, "--listing", "one-time")
    without = refused(conform("http://127.0.0.1:9/produce", "--proxy", ""))

    assert through.exit_code == 0, through.output
    assert f"All calls went through the proxy {proxy}." in through.stdout
    assert "through the proxy" not in without


def test_the_answer_of_a_proxy_is_not_taken_for_that_of_the_seller(serve: Serve, environment: Environment) -> None:
    proxy = serve(Request.application(lambda _request: Response("no upstream", 502))).removesuffix("/produce")
    environment.setenv("HTTP_PROXY", proxy)

    shown = conform("http://seller.example/produce", "--listing", "one-time").stdout

    assert f"HTTP 502 may be the answer of the proxy {proxy}, not of the seller." in " ".join(shown.split())
    assert "the program failed" not in shown
