from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from mock_sites.huawei.domain.jobs import ApproveAuthentication
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.web import json_api
from mock_sites.world.store import Worlds
from mock_sites.world.world import World


@pytest.fixture
def api(dispatcher: Dispatcher) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(dispatcher), base_url="http://localhost:8700/api/worlds") as client:
        yield client


@pytest.fixture
def name(worlds: Worlds) -> Iterator[str]:
    """A name for a world that the test makes."""
    name = "made-by-test"
    yield name
    for left in worlds.names():
        if left.startswith(name):
            worlds.drop(left)


def test_a_world_is_made_from_a_seed_with_a_stopped_clock(api: httpx.Client, name: str) -> None:
    answer = api.post("", json={"name": name, "seed": "7", "running": False})

    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/worlds/{name}"
    details = answer.json()
    assert datetime.fromisoformat(details.pop("stored_at")) <= datetime.now(UTC)
    assert details == {
        "name": name,
        "seed": "7",
        "clock": {"now": "2026-03-02T01:00:00Z", "frozen": True},
        "snapshots": [],
        "suffix": f".{name}.localhost:8700",
        "url": f"http://localhost:8700/?world={name}",
        "mailbox": f"http://mail.{name}.localhost:8700/",
    }
    assert api.get(f"/{name}").json() == answer.json()
    assert answer.json() in api.get("").json()["worlds"]


def test_a_world_is_made_in_a_language(api: httpx.Client, name: str, worlds: Worlds) -> None:
    for number, language in enumerate(("zh", "en")):
        assert api.put(f"/{name}-{number}", json={"language": language}).status_code == 201
        with worlds.using(f"{name}-{number}") as made:
            assert made.language == language


def test_a_taken_name_is_a_conflict_and_an_impossible_one_invalid(api: httpx.Client, world: World) -> None:
    assert api.post("", json={"name": world.name}).status_code == 409
    assert api.post("", json={"name": "../x"}).status_code == 422
    assert api.post("", json={"seed": ""}).status_code == 422
    assert api.post("", json={"running": "yes"}).status_code == 422
    assert api.post("", json={"language": "fr"}).status_code == 422
    assert api.post("", json={"colour": "red"}).status_code == 422
    assert api.post("", json=[1]).status_code == 422
    assert api.post("", content="{", headers={"Content-Type": "application/json"}).status_code == 400


def test_a_world_is_made_under_the_name_in_the_address(api: httpx.Client, name: str, world: World) -> None:
    answer = api.put(f"/{name}", json={"seed": "7", "running": False})

    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/worlds/{name}"
    assert api.get(f"/{name}").json() == answer.json()
    assert api.put(f"/{world.name}", json={}).status_code == 409
    assert api.put("/-x", json={}).status_code == 422
    assert api.put(f"/{name}-2", json={"name": "other"}).status_code == 422


def test_a_world_is_a_file_that_makes_another_world(api: httpx.Client, name: str, world: World) -> None:
    file = api.get(f"/{world.name}/file")

    assert (file.status_code, file.headers["Content-Type"]) == (200, "application/zip")
    made = api.put(f"/{name}/file", content=file.content, headers={"Content-Type": "application/zip"})
    assert (made.status_code, made.headers["Location"]) == (201, f"/api/worlds/{name}")
    assert made.json()["clock"] == api.get(f"/{world.name}").json()["clock"]


@pytest.mark.parametrize(
    ("kind", "content", "status", "reason"),
    [
        ("application/json", b"{}", 415, "application/zip"),
        ("application/zip", b"", 422, "not an exported world"),
        ("application/zip", b" " * 1001, 413, "Too Large"),
    ],
    ids=["another content type", "nothing", "too large"],
)
def test_what_is_not_the_file_of_a_world_is_refused(
    api: httpx.Client,
    name: str,
    kind: str,
    content: bytes,
    status: int,
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(json_api, "LARGEST_FILE", 1000)

    answer = api.put(f"/{name}/file", content=content, headers={"Content-Type": kind})

    assert answer.status_code == status
    assert reason in answer.json()["message"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("DELETE", "", None),
        ("POST", "/fork", "{}"),
        ("GET", "/file", None),
        ("GET", "/snapshots", None),
        ("PUT", "/snapshots/label", None),
        ("DELETE", "/snapshots/label", None),
        ("POST", "/snapshots/label/restore", None),
        ("GET", "/clock", None),
        ("PATCH", "/clock", '{"frozen": true}'),
        ("POST", "/clock/advance", '{"seconds": 1}'),
        ("PUT", "/switches", '{"name": "x", "customer": "x", "on": true}'),
        ("GET", "/journal", None),
        ("GET", "/jobs", None),
        ("GET", "/people", None),
        ("GET", "/sites", None),
    ],
)
def test_an_unknown_world_is_reported_as_json(api: httpx.Client, method: str, path: str, body: str | None) -> None:
    headers = {"Content-Type": "application/json"} if body else {}
    answer = api.request(method, f"/nowhere{path}", content=body, headers=headers)

    assert answer.status_code == 404
    assert answer.json() == {"message": "There is no world called nowhere."}


def test_a_fork_begins_as_its_origin_is_now_and_goes_its_own_way(api: httpx.Client, world: World, name: str) -> None:
    api.post(f"/{world.name}/clock/advance", json={"seconds": 60})

    fork = api.post(f"/{world.name}/fork", json={"name": name}).json()
    api.post(f"/{name}/clock/advance", json={"seconds": 60})

    assert fork["clock"]["now"] == "2026-03-02T01:01:00Z"
    assert api.get(f"/{name}/clock").json()["now"] == "2026-03-02T01:02:00Z"
    assert api.get(f"/{world.name}/clock").json()["now"] == "2026-03-02T01:01:00Z"


def test_a_snapshot_brings_back_time_and_journal(api: httpx.Client, world: World) -> None:
    before = api.get(f"/{world.name}/journal").json()
    clock = {"now": "2026-03-02T01:00:00Z", "frozen": True}
    early = {"world": world.name, "label": "early", "clock": clock}
    assert api.put(f"/{world.name}/snapshots/early").json() == early
    api.post(f"/{world.name}/clock/advance", json={"seconds": 60})
    with world.uow("guance", write=True) as uow:
        uow.record("something")

    restored = api.post(f"/{world.name}/snapshots/early/restore").json()

    assert restored["clock"]["now"] == "2026-03-02T01:00:00Z"
    assert restored["snapshots"] == ["early"]
    assert api.get(f"/{world.name}/journal").json() == before
    assert api.get(f"/{world.name}/snapshots/early").json() == early
    assert api.get(f"/{world.name}/snapshots").json() == {"snapshots": [early]}
    assert api.get(f"/{world.name}/snapshots/late").status_code == 404
    assert api.post(f"/{world.name}/snapshots/late/restore").status_code == 404
    assert api.put(f"/{world.name}/snapshots/No%20Label").status_code == 422


def test_a_snapshot_is_dropped_and_its_world_stays(api: httpx.Client, world: World) -> None:
    for label in ("first", "second"):
        api.put(f"/{world.name}/snapshots/{label}")

    assert api.delete(f"/{world.name}/snapshots/first").status_code == 204
    assert api.get(f"/{world.name}").json()["snapshots"] == ["second"]
    for label in ("first", "No%20Label"):
        assert api.delete(f"/{world.name}/snapshots/{label}").status_code == 404


def test_a_dropped_world_is_gone(api: httpx.Client, name: str) -> None:
    api.post("", json={"name": name})

    assert api.delete(f"/{name}").status_code == 204
    assert api.get(f"/{name}").status_code == 404


def test_a_clock_is_frozen_and_released(api: httpx.Client, world: World) -> None:
    assert api.patch(f"/{world.name}/clock", json={"frozen": False}).json()["frozen"] is False
    assert api.patch(f"/{world.name}/clock", json={"frozen": True}).json()["frozen"] is True


def test_advancing_reports_the_jobs_done_and_never_goes_back(api: httpx.Client, world: World) -> None:
    with world.uow("huawei", write=True) as uow:
        uow.schedule(ApproveAuthentication("nobody"), after=90)
    assert api.get(f"/{world.name}/jobs").json()["jobs"] == [
        {"due": "2026-03-02T01:01:30Z", "company": "huawei", "kind": "approve-authentication"}
    ]

    answer = api.post(f"/{world.name}/clock/advance", json={"seconds": 120}).json()

    assert answer == {"now": "2026-03-02T01:02:00Z", "frozen": True, "jobs_done": 1}
    assert api.get(f"/{world.name}/jobs").json()["jobs"] == []
    for wrong in (-1, 1e12, "60", None):
        assert api.post(f"/{world.name}/clock/advance", json={"seconds": wrong}).status_code == 422


def test_two_worlds_never_see_each_others_time(api: httpx.Client, world: World, name: str) -> None:
    api.post("", json={"name": name, "running": False})

    api.post(f"/{name}/clock/advance", json={"seconds": 3600})

    assert api.get(f"/{world.name}/clock").json()["now"] == "2026-03-02T01:00:00Z"


def test_the_journal_is_listed_in_order_by_kind_and_from_a_number_on(api: httpx.Client, world: World) -> None:
    with world.uow("guance", write=True) as uow:
        for count in range(3):
            uow.record("counted", count=count)

    answer = api.get(f"/{world.name}/journal", params={"kind": "guance.counted", "limit": 2}).json()

    assert [event["facts"] for event in answer["events"]] == [{"count": 0}, {"count": 1}]
    assert answer["more"] is True
    rest = api.get(f"/{world.name}/journal", params={"kind": "guance.", "after": answer["events"][-1]["number"]}).json()
    assert [event["facts"] for event in rest["events"]] == [{"count": 2}]
    assert rest["more"] is False
    for wrong in ("after=x", "after=-1", f"after={2**63}", "limit=0", "kinds=x"):
        assert api.get(f"/{world.name}/journal?{wrong}").status_code == 422


def test_people_and_sites_are_listed_with_addresses_of_their_world(api: httpx.Client, world: World) -> None:
    people = api.get(f"/{world.name}/people").json()["people"]
    sites = api.get(f"/{world.name}/sites").json()["sites"]

    assert {"verified-buyer", "unverified-buyer", "workspace-owner"} <= {person["key"] for person in people}
    assert all(f"{world.suffix}/" in person["sign_in"] for person in people)
    assert {
        "name": "mail",
        "url": f"http://mail{world.suffix}/",
        "title": "Mailbox",
        "company": "",
        "for_people": True,
    } in sites


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:3000"},
        {"Origin": "http://marketplace.huaweicloud.com.localhost:8700"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_page_of_another_host_cannot_call_the_api(api: httpx.Client, world: World, headers: dict[str, str]) -> None:
    for method in ("GET", "DELETE", "PUT"):
        path = f"/{world.name}/snapshots/label" if method == "PUT" else f"/{world.name}"
        answer = api.request(method, path, headers=headers)
        assert answer.status_code == 403
        assert answer.json()["message"]
    assert api.get(f"/{world.name}", headers={"Origin": "http://localhost:8700"}).status_code == 200


def test_a_form_cannot_call_the_api(api: httpx.Client) -> None:
    assert api.post("", data={"name": "x"}).status_code == 415
    assert api.post("", content='{"name":"x"}', headers={"Content-Type": "text/plain"}).status_code == 415


def test_the_api_is_on_no_other_host(dispatcher: Dispatcher, world: World) -> None:
    with httpx.Client(transport=httpx.WSGITransport(dispatcher)) as client:
        for host in ("evil.example:8700", "localhost.evil.example:8700", f"mail{world.suffix}"):
            assert client.get(f"http://{host}/api/worlds").status_code == 404


def test_a_wrong_method_and_an_unknown_path_are_reported_as_json(api: httpx.Client, world: World) -> None:
    assert api.patch(f"/{world.name}").status_code == 405
    message = "The API at localhost:8700 has no address /api/worlds/a/b/c/d. See /api/openapi.json."
    assert api.get("/a/b/c/d").json() == {"message": message}


def test_the_openapi_document_describes_every_address_and_every_reference_leads_somewhere(api: httpx.Client) -> None:
    document = api.get("http://localhost:8700/api/openapi.json").json()

    assert document["openapi"].startswith("3.")
    assert {"title", "version"} <= set(document["info"])
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations) >= 15
    assert all(operation["responses"] and operation["summary"] for operation in operations)
    for path, methods in document["paths"].items():
        for operation in methods.values():
            placed = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "path"}
            assert placed == {part.strip("{}") for part in path.split("/") if part.startswith("{")}
    for reference in references(document):
        place = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)
