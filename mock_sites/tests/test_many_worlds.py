"""Lists of worlds open no world, and no page grows with the number of worlds."""

import resource
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from argon2 import PasswordHasher

from mock_sites.control.lost import MOST_WORLDS
from mock_sites.process import open_files
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.world import hashes
from mock_sites.world.opened import FILES_OF_ONE, MOST_OPEN, most_open
from mock_sites.world.world import World

NUMBER = 120


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the worlds."""
    return tmp_path_factory.mktemp("many")


@pytest.fixture(scope="module")
def many(folder: Path) -> Iterator[Dispatcher]:
    """A dispatcher with main and many other worlds, none of which has been opened."""
    dispatcher = Dispatcher(folder, 8700)
    dispatcher.worlds.make("main", running=False)
    dispatcher.worlds.close()
    for number in range(NUMBER):
        shutil.copytree(folder / "worlds" / "main", folder / "worlds" / f"n{number:05}")
    dispatcher = Dispatcher(folder, 8700)
    with dispatcher.worlds.using("main"):
        pass
    yield dispatcher
    dispatcher.worlds.close()


@pytest.fixture
def control(many: Dispatcher) -> Iterator[httpx.Client]:
    """A client for the start page."""
    with httpx.Client(transport=httpx.WSGITransport(many), base_url="http://localhost:8700") as client:
        yield client


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[str]:
    """The databases of worlds that have been opened; a tool that watches the run may have its own."""
    files: list[str] = []
    connect = sqlite3.connect

    def watched(path: str, *args: Any, **options: Any) -> sqlite3.Connection:
        if str(folder) in str(path):
            files.append(str(path))
        return connect(path, *args, **options)

    monkeypatch.setattr(sqlite3, "connect", watched)
    return files


def test_the_api_lists_worlds_page_by_page_and_opens_none(control: httpx.Client, opened: list[str]) -> None:
    found: list[str] = []
    after = ""
    while after is not None:
        answer = control.get("/api/worlds", params={"after": after, "limit": 50}).json()
        found += [world["name"] for world in answer["worlds"]]
        assert len(answer["worlds"]) <= 50
        after = answer["next"]
    assert found == ["main", *sorted(set(found) - {"main"})]
    assert len(found) == NUMBER + 1
    assert opened == []


def test_a_client_that_asks_for_no_page_gets_as_many_as_an_answer_holds(control: httpx.Client) -> None:
    answer = control.get("/api/worlds").json()
    assert len(answer["worlds"]) == NUMBER + 1
    assert answer["next"] is None


@pytest.mark.parametrize("path", ["/", "/worlds", "/worlds?page=2", "/worlds/nowhere"])
def test_pages_do_not_grow_with_the_number_of_worlds(path: str, control: httpx.Client, opened: list[str]) -> None:
    page = control.get(path).text
    assert page.count("n00") <= 4 * MOST_WORLDS
    assert all("/main/" in file for file in opened)


def test_where_there_are_many_worlds_the_start_page_asks_for_a_name(control: httpx.Client) -> None:
    page = control.get("/").text
    assert f"All {NUMBER + 1} worlds" in page
    assert '<input class="form-control" id="world" name="world" value="main"' in page
    assert control.get("/", params={"world": "n00077"}).status_code == 200


def test_a_world_of_another_version_is_listed_and_can_be_dropped(control: httpx.Client, folder: Path) -> None:
    shutil.copytree(folder / "worlds" / "main", folder / "worlds" / "another")
    (folder / "worlds" / "another" / "world.json").write_text("{}")

    assert "another" in control.get("/worlds").text
    page = control.get("/worlds/another")
    assert page.status_code == 409
    assert "World another cannot be used" in page.text
    assert "Drop world" in page.text
    assert control.get("/api/worlds/another").status_code == 409
    assert [world["name"] for world in control.get("/api/worlds").json()["unusable"]] == ["another"]
    there = control.get("http://marketplace.huaweicloud.com.another.localhost:8700/")
    assert there.status_code == 409
    assert 'href="http://localhost:8700/worlds/another"' in there.text
    assert control.get("http://seller.huaweicloud.com.another.localhost:8700/api/openapi.json").json()["message"]
    assert control.get("http://marketplace.huaweicloud.com.n00004.localhost:8700/").status_code == 200

    assert control.delete("/api/worlds/another").status_code == 204
    assert "another" not in control.get("/worlds").text


def test_files_of_few_worlds_stay_open_where_few_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_files, "allowed", lambda: 2 * FILES_OF_ONE)
    dispatcher = Dispatcher(tmp_path, 8700)
    with httpx.Client(transport=httpx.WSGITransport(dispatcher)) as client:
        for name in ("a", "b", "c", "d"):
            dispatcher.worlds.make(name, running=False)
            assert client.get(f"http://mail.{name}.localhost:8700/").status_code == 200

        files = [Path(file.path) for file in psutil.Process().open_files()]

    assert {file.relative_to(tmp_path).parts[1] for file in files if file.is_relative_to(tmp_path / "worlds")} == {
        "c",
        "d",
    }
    dispatcher.worlds.close()


@pytest.mark.parametrize(("allowed", "kept"), [(256, 8), (1024, 32), (2**20, MOST_OPEN)])
def test_more_worlds_stay_open_where_more_files_may_be(
    allowed: int, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_files, "allowed", lambda: allowed)

    assert most_open() == kept


def test_a_server_is_allowed_more_files_and_gives_them_back() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[0] - 10, before[1]))
    try:
        with open_files.allowing(before[0]):
            assert open_files.allowed() == before[0]
        assert open_files.allowed() == before[0] - 10
        with open_files.allowing(16):
            assert open_files.allowed() == before[0] - 10
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_new_world_is_small(dispatcher: Dispatcher, world: World) -> None:
    size = sum(world.file(company).stat().st_size for company in dispatcher.worlds.companies)

    assert size < 500_000


def test_a_process_that_hashes_passwords_at_another_cost_has_worlds_of_the_same_version(
    dispatcher: Dispatcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = dispatcher.worlds.templates.fingerprint()
    monkeypatch.setattr(hashes, "hasher", PasswordHasher(time_cost=1, memory_cost=16, parallelism=1))
    other = Dispatcher(tmp_path, 8700)

    assert other.worlds.templates.fingerprint() == here
    other.worlds.close()
