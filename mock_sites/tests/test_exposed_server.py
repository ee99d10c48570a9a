"""A server that other machines can reach: its own pages need a token, and nothing in it has a well-known value."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx
import pytest
from click.testing import CliRunner

from mock_sites import Server
from mock_sites.cli import main
from mock_sites.http.clients import LoopbackTransport
from mock_sites.serving import command
from mock_sites.serving.command import ServerOptions
from mock_sites.world.errors import WorldError
from mock_sites.world.passwords import check_policy, ready_made
from mock_sites.world.seed import DEFAULT_SEED, Seed
from mock_sites.world.transport import Call

EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - reached through loopback addresses only
SELLER: Final = "http://localhost:9/isv"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(host=EVERYWHERE, port=0, sellers=[SELLER]) as server:
        server.worlds.make("main", running=False)
        yield server


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    """A visitor who does not know the token."""
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", transport=LoopbackTransport()) as client:
        yield client


def rooms(server: Server) -> list[str]:
    """One page and one API address of every site that is only for people who run the mock."""
    main, port = server.worlds.get("main"), server.port
    return [
        *(f"http://localhost:{port}{path}" for path in ("/", "/worlds", "/worlds/main", "/nowhere", "/api/worlds")),
        *(f"http://localhost:{port}/api/{path}" for path in ("openapi.json", "worlds/main/people", "nowhere")),
        *(f"http://localhost:{port}/worlds/main/timeline{path}" for path in ("", "/stream")),
        *(f"http://localhost:{port}{path}" for path in ("/import", "/worlds/main/demos", "/api/demos/next")),
        f"http://127.0.0.1:{port}/",
        f"http://[::1]:{port}/",
        *(main.local(f"https://mail/{path}") for path in ("", "messages/1", "api/messages")),
        *(main.local(f"https://seller.huaweicloud.com/{path}") for path in ("", "settings", "api/calls")),
        main.local("https://marketplace.huaweicloud.com/api/offers"),
        f"http://nowhere.localhost:{port}/",
        f"http://marketplace.huaweicloud.com.nowhere.localhost:{port}/",
    ]


def test_every_operators_site_asks_for_the_token_whatever_the_host_header_says(
    server: Server, client: httpx.Client
) -> None:
    for address in rooms(server):
        asked = httpx.URL(address)
        path, host = asked.raw_path.decode(), {"Host": asked.netloc.decode()}
        for answer in (
            client.get(path, headers=host),
            client.post(path, headers=host, data={"name": "x"}),
            client.get(path, headers={**host, "Authorization": "Bearer x"}),
        ):
            assert answer.status_code == 401, address
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert "Mock-" not in answer.text
            assert "hw_liwei" not in answer.text
            if "/api/" in address:
                assert answer.json()["message"].startswith("Send the token")
            else:
                assert "Token of this server" in answer.text


def test_the_sites_themselves_are_open(server: Server, client: httpx.Client) -> None:
    for address in ("https://marketplace.huaweicloud.com/", "https://auth.huaweicloud.com/authui/login"):
        assert client.get(server.worlds.get("main").local(address)).status_code == 200


def test_the_token_opens_every_operators_site(server: Server, client: httpx.Client) -> None:
    client.headers["Authorization"] = f"Bearer {server.token}"

    assert {client.get(address).status_code for address in rooms(server)} == {200, 404, 405}
    assert client.get(f"http://localhost:{server.port}/api/worlds").json()["worlds"]


def test_a_browser_sends_the_token_once_by_post_and_keeps_a_cookie(server: Server, client: httpx.Client) -> None:
    page = f"http://localhost:{server.port}/worlds?after=a"
    form = {"csrf_token": csrf(client.get(page)), "operator_token": f" {server.token} "}

    answer = client.post(page, data=form)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/worlds?after=a")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert server.token not in cookie
    assert client.get(page).status_code == 200
    assert client.get(f"http://127.0.0.1:{server.port}/").status_code == 401


@pytest.mark.parametrize("token", ["", "wrong", "\N{SNOWMAN}", "<script>", "\0", "9" * 5000])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_wrong_token_is_refused_on_the_page(server: Server, client: httpx.Client, token: str, language: str) -> None:
    page = f"http://localhost:{server.port}/worlds"
    client.headers["Accept-Language"] = language
    answer = client.post(page, data={"csrf_token": csrf(client.get(page)), "operator_token": token})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert client.get(page).status_code == 401


def test_a_page_elsewhere_cannot_send_the_token(server: Server, client: httpx.Client) -> None:
    answer = client.post(f"http://localhost:{server.port}/", data={"operator_token": server.token})

    assert (answer.status_code, "mock_sites_token" in answer.headers.get("Set-Cookie", "")) == (422, False)


def csrf(page: httpx.Response) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page.text)
    assert found
    return found[1]


def test_worlds_have_random_seeds_and_passwords(server: Server) -> None:
    one, other = server.worlds.make(running=False), server.worlds.make(running=False)

    assert len({one.seed.text, other.seed.text, DEFAULT_SEED}) == 3
    assert len({ready_made(one.seed), ready_made(other.seed), ready_made(Seed(DEFAULT_SEED))}) == 3
    with pytest.raises(WorldError, match="Everybody knows the passwords of this seed"):
        server.worlds.make(seed=DEFAULT_SEED)


def test_ready_made_passwords_keep_the_rules_of_passwords() -> None:
    for number in range(50):
        check_policy(ready_made(Seed(str(number))))


def test_only_the_seller_that_was_named_is_called(server: Server, client: httpx.Client) -> None:
    client.headers["Authorization"] = f"Bearer {server.token}"
    world = server.worlds.get("main")
    api = world.local("https://seller.huaweicloud.com/api/sellers/")
    product = client.get(api.removesuffix("/")).json()["sellers"][0]["product"]

    for name in ("production_address", "login_address"):
        refused = client.patch(f"{api}{product}", json={name: "http://169.254.169.254/latest"})
        assert refused.status_code == 422
        assert "only the seller named by --seller" in refused.json()["message"]
    assert client.patch(f"{api}{product}", json={"production_address": SELLER}).status_code == 200
    for address in (
        "http://169.254.169.254/",
        "http://localhost:9/isvx",
        "http://localhost:90/isv",
        "http://localhost:9",
    ):
        fault = world.send(Call("GET", address, outside=True)).fault
        assert fault == "this server calls only the seller that was named when it started"
    assert "Refused" in world.send(Call("GET", f"{SELLER}/produceAPI", outside=True)).fault


def test_a_server_on_this_machine_asks_for_nothing() -> None:
    for host in ("localhost", "127.0.0.1", "::1"):
        server = Server(host=host, port=0)
        assert server.token == ""


def test_serve_prints_the_token_and_the_passwords(capsys: pytest.CaptureFixture[str]) -> None:
    seen = list[str]()

    def look() -> None:
        captured = capsys.readouterr()
        seen.append(captured.out + captured.err)

    command.serve(ServerOptions(0, EVERYWHERE, "main", None, open_browser=False, data=None), look)

    assert re.search(r"ask for this token: \S{32}\n", seen[0])
    assert "Mock-2026-Pass" not in seen[0]
    assert re.search(r"hw_liwei\s+Mock-[a-z0-9]{20}\s", seen[0])


def test_a_public_seed_or_a_world_made_from_it_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="Everybody knows"):
        command.serve(ServerOptions(0, EVERYWHERE, "main", DEFAULT_SEED, open_browser=False, data=None), lambda: None)
    with Server(port=0, folder=tmp_path) as server:
        server.worlds.make("main", running=False)
    with pytest.raises(WorldError, match="a seed whose passwords everybody knows"):
        command.serve(ServerOptions(0, EVERYWHERE, "main", None, open_browser=False, data=tmp_path), lambda: None)


def test_the_command_for_worlds_takes_the_token(server: Server) -> None:
    def run(**environment: str) -> str:
        return CliRunner().invoke(main, ["worlds", "--server", server.url, "list"], env=environment).output

    assert "Send the token that the server printed" in run()
    assert "main" in run(MOCK_SITES_TOKEN=server.token)
