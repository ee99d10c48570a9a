"""Two servers behind nginx, which finds the server of a world by its name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mock_sites import Server, loopback_client
from mock_sites.client import ClientError, Worlds
from mock_sites.tests.support.nginx import NGINX, free_port, running_nginx

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed (Debian: apt-get install nginx-light)")


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[Server]]]:
    """The address of nginx, and the two servers behind it."""
    folder = tmp_path_factory.mktemp("nginx")
    port = free_port()
    with (
        Server(port=0, public_port=port) as first,
        Server(port=0, public_port=port) as second,
        running_nginx({8700: port, 8701: first.port, 8702: second.port}, folder),
    ):
        yield f"http://localhost:{port}/", [first, second]


def names(server: Server) -> set[str]:
    """The worlds of a server that are a run's."""
    return {name for name in server.worlds.names() if name.startswith("run")}


def test_a_world_is_on_one_server_and_all_its_sites_and_copies_too(servers: tuple[str, list[Server]]) -> None:
    url, (first, second) = servers
    with Worlds(url) as worlds:
        # So many that no server is left without one, whatever the ports are.
        made = [worlds.make(f"run{number}-1") for number in range(24)]
        copies = [worlds.fork(world, f"{world.name}-2") for world in made[:4]]
        for world in (*made[:4], *copies):
            assert world.people()["verified-buyer"].username
            assert world.mailbox.mails() == []
            with loopback_client() as client:
                page = client.get(world.local("https://marketplace.huaweicloud.com/"), follow_redirects=True)
                start = client.get(world.url)
            assert page.status_code == 200
            assert set(page.url.netloc.decode().split(":")[1:]) == {url.rstrip("/").rpartition(":")[2]}
            assert world.name in start.text

    assert names(first) | names(second) == {world.name for world in (*made, *copies)}
    assert names(first).isdisjoint(names(second))
    assert names(first)
    assert names(second)


def test_a_world_without_a_name_has_no_server(servers: tuple[str, list[Server]]) -> None:
    with Worlds(servers[0]) as worlds, pytest.raises(ClientError, match="PUT /api/worlds/NAME"):
        worlds.make()


def test_a_world_moves_by_a_file(servers: tuple[str, list[Server]], tmp_path: Path) -> None:
    with Worlds(servers[0]) as worlds:
        worlds.make("origin").export(tmp_path / "origin.zip")
        for number in range(4):
            assert worlds.import_file(tmp_path / "origin.zip", f"moved{number}").people()


def test_somebody_signs_in_by_a_form_whose_page_came_through_nginx(servers: tuple[str, list[Server]]) -> None:
    with Worlds(servers[0]) as worlds, loopback_client() as client:
        world = worlds.make("form")
        person = world.people()["verified-buyer"]
        page = client.get(world.local("https://auth.huaweicloud.com/authui/login"))
        token = page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        fields = {"name": person.username, "password": person.password, "csrf_token": token}
        answer = client.post(page.url, data=fields, headers={"Origin": str(page.url.join("/")).rstrip("/")})

    assert answer.status_code == 302
    assert answer.headers["Location"] == world.local("https://console.huaweicloud.com/")
