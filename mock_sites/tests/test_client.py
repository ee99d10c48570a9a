"""The client of running mock sites, for other programs and tests."""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from mock_sites import Server, loopback_client
from mock_sites.client import (
    ClientError,
    Mail,
    Snapshot,
    UnreachableError,
    UnusableWorld,
    World,
    Worlds,
    WorldState,
    new_prefix,
)
from mock_sites.client.seller_center import SellerChanges
from mock_sites.client.worlds import DAY
from mock_sites.control import api_views
from mock_sites.huawei.domain import catalogue
from mock_sites.huawei.seller_center.settings_schemas import ChangeSettings
from mock_sites.world.agreement import ORDER_QUERY, USAGE_PUSH

NONE = ["nothing", "", "localhost:8700", "https://localhost:8700", "http://", "http://localhost:x", "ftp://localhost"]
"""What is no address of a server."""


@pytest.fixture
def remote(server: Server) -> Iterator[Worlds]:
    with Worlds(server.url) as found:
        yield found


@pytest.fixture
def there(remote: Worlds) -> Iterator[World]:
    """A world, as the client sees it."""
    world = remote.make()
    yield world
    world.drop()


def test_worlds_are_made_forked_kept_and_dropped(remote: Worlds) -> None:
    first = remote.make("first", seed="7")
    first.clock.advance(hours=1)
    first.snapshot("later")
    copy = remote.fork(first)
    first.clock.advance(days=1)

    assert copy.clock.now() == "2026-03-02T02:00:00Z"
    states = {state.name: state for state in remote.all() if isinstance(state, WorldState)}
    assert states["first"] == WorldState(
        name="first",
        seed="7",
        now="2026-03-03T02:00:00Z",
        frozen=True,
        snapshots=["later"],
        url=first.url,
        stored_at=states["first"].stored_at,
    )
    first.restore("later")
    assert first.clock.now() == copy.clock.now()
    assert first.snapshots() == [Snapshot(label="later", now="2026-03-02T02:00:00Z")]
    first.drop_snapshot("later")
    assert first.snapshots() == []
    copy.drop()
    remote.drop("first")
    assert {"first", copy.name}.isdisjoint(state.name for state in remote.all())


def test_a_world_is_written_to_a_file_and_made_from_it(remote: Worlds, there: World, tmp_path: Path) -> None:
    there.clock.advance(hours=1)

    there.export(tmp_path / "there.zip")
    made = remote.import_file(tmp_path / "there.zip", "made")

    assert made.clock.now() == "2026-03-02T02:00:00Z"
    with pytest.raises(ClientError, match="There is a world called made already"):
        remote.import_file(tmp_path / "there.zip", "made")
    made.drop()
    with pytest.raises(ClientError, match="There is no world called made"):
        made.export(tmp_path / "made.zip")
    (tmp_path / "no.zip").write_text("text")
    with pytest.raises(ClientError, match="not an exported world"):
        remote.import_file(tmp_path / "no.zip", "made")


def test_a_world_that_cannot_be_used_is_listed_with_the_reason(
    remote: Worlds, there: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked_at(_names: list[str]) -> tuple[list[object], list[tuple[str, str]]]:
        return [], [(there.name, "It is old.")]

    (stored_at,) = (world.stored_at for world in remote.all() if world.name == there.name)
    monkeypatch.setattr(api_views, "looked_at", looked_at)

    assert list(remote.all()) == [UnusableWorld(name=there.name, reason="It is old.", stored_at=stored_at)]


def test_runs_that_share_a_server_have_worlds_with_names_of_their_own(server: Server, tmp_path: Path) -> None:
    with Worlds(server.url, prefix="run1") as first, Worlds(server.url, prefix=new_prefix()) as second:
        made = [first.make(), first.make("named"), first.fork("run1-1"), first.fork("run1-1", "copy"), second.make()]
        made[0].export(tmp_path / "file.zip")
        made.append(first.import_file(tmp_path / "file.zip", "imported"))
        for world in made:
            world.drop()

    names = [world.name for world in made]
    assert names[:4] == ["run1-1", "run1-named", "run1-2", "run1-copy"]
    assert re.fullmatch("run[0-9a-f]{8}-1", names[4])
    assert names[5] == "run1-imported"


def test_worlds_that_stopped_runs_have_left_are_dropped_when_they_are_old(
    tmp_path: Path,
) -> None:
    with Server(port=0, folder=tmp_path) as server, Worlds(server.url) as remote:
        for name in ("run0123abcd-1", "run0123abcd", "runner-1", "run4567abcd-1"):
            remote.make(name)
            if name != "run4567abcd-1":
                yesterday = time.time() - DAY - 60
                os.utime(tmp_path / "worlds" / name / "world.json", (yesterday, yesterday))

        assert remote.drop_left() == ["run0123abcd-1"]
        assert remote.drop_left(older_than=-60) == ["run4567abcd-1"]
        assert server.worlds.names() == ["run0123abcd", "runner-1"]


def test_a_clock_is_stopped_runs_and_is_stopped_in_a_block(there: World) -> None:
    assert there.clock.frozen
    there.clock.run()
    with there.clock.held():
        assert there.clock.frozen
    assert not there.clock.frozen
    there.clock.freeze()
    with there.clock.held():
        pass
    assert there.clock.frozen
    assert there.clock.advance(minutes=1).jobs_done == 0


def test_all_mails_and_events_are_read_in_several_answers(server: Server, there: World) -> None:
    with server.worlds.get(there.name).uow("guance", write=True) as uow:
        for number in range(1001):
            uow.record("counted", number=number)
        for number in range(101):
            uow.send_mail(sender="a@example.com", to="b@example.com", subject=f"Mail {number}", text="It is 123456.")

    assert [event.details["number"] for event in there.journal("guance.counted")] == list(range(1001))
    mails = there.mailbox.mails("b@example.com")
    assert [mail.subject for mail in mails] == [f"Mail {number}" for number in range(101)]
    assert there.mailbox.mails("b@example.com", subject="Mail 100") == [mails[-1]]
    assert there.mailbox.mails("c@example.com") == []
    assert mails[0] == Mail(
        number=mails[0].number,
        to="b@example.com",
        sender="a@example.com",
        subject="Mail 0",
        sent_at=mails[0].sent_at,
        text=mails[0].text,
        codes=["123456"],
    )
    assert there.mailbox.wait_for("b@example.com") == mails[0]
    assert there.mailbox.latest_code("b@example.com") == "123456"


def test_a_missing_mail_or_code_is_reported(there: World) -> None:
    with pytest.raises(ClientError, match=r"c@example\.com"):
        there.mailbox.wait_for("c@example.com", seconds=0)
    with pytest.raises(LookupError, match=r"No mail to c@example\.com has a code\."):
        there.mailbox.latest_code("c@example.com")


def test_ready_made_people_are_known_by_their_keys(there: World) -> None:
    buyer = there.people()["verified-buyer"]

    assert (buyer.key, buyer.company) == ("verified-buyer", "huawei")
    assert buyer.username
    assert buyer.password


def test_sellers_are_set_up_and_their_calls_read(there: World) -> None:
    center, product = there.seller_center, catalogue.GUANCE_CONTENT

    assert not next(one for one in center.sellers() if one.product == product).has_access_key
    changed = center.configure(product, production_address="http://localhost:9/", access_key="k" * 16, protocol="v1")
    assert (changed.built_in, changed.has_access_key, changed.protocol) == (False, True, "v1")
    assert center.use_built_in(product).built_in
    center.use_protocol("v2")
    assert {one.protocol for one in center.sellers()} == {"v2"}
    key = center.access_key()
    assert key.secret_access_key not in repr(key)
    assert {key.order_query, key.usage_push} == {there.local(one) for one in (ORDER_QUERY, USAGE_PUSH)}

    with loopback_client(center.url) as client:
        assert client.post("/api/calls", json={"product": product, "operation": "newInstance"}).status_code == 201
    calls = center.calls(product=product, operation="newInstance")
    assert [(call.verdict, call.code, call.protocol) for call in calls] == [("accepted", "000000", "v2")]
    assert center.calls(operation="releaseInstance") == []


def test_addresses_are_the_documents_or_local_ones(there: World) -> None:
    documented = "https://marketplace.huaweicloud.com/contents/1?x=y"

    local = there.local(documented)
    assert local == f"http://marketplace.huaweicloud.com{there.suffix}/contents/1?x=y"
    assert there.documented(local) == documented
    assert there.addresses.document(f"See {local}.") == f"See {documented}."
    assert there.local(local) == local


def test_refusals_are_sentences(remote: Worlds, there: World) -> None:
    with pytest.raises(ClientError, match=r"There is no world called demo\.") as caught:
        remote.get("demo")
    assert not isinstance(caught.value, UnreachableError)
    with pytest.raises(ClientError, match="snapshot"):
        there.restore("a\udcff")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://localhost:9", r"have stopped, or were never started\. Start them with `mock-sites serve`"),
        ("http://elsewhere.example", "is not on this machine"),
        *(
            (address, r"is no address of mock sites\. Use one such as http://localhost:8700, not https")
            for address in NONE
        ),
    ],
)
def test_an_address_without_mock_sites_is_reported(address: str, words: str) -> None:
    with pytest.raises(ClientError, match=words), Worlds(address) as worlds:
        worlds.make()


@pytest.mark.parametrize("rest", ["", "/", "?world={}", "/?world={}", "/worlds/{}", "/api/openapi.json", "#x"])
def test_any_address_of_the_start_page_will_do(server: Server, there: World, rest: str) -> None:
    address = f"http://localhost:{server.port}{rest.format(there.name)}"

    with Worlds(address) as worlds:
        assert worlds.get(there.name).url == there.url


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../x", "{}/snapshots/kept", "{}/"])
def test_a_name_never_leads_to_something_else(remote: Worlds, there: World, name: str, tmp_path: Path) -> None:
    there.snapshot("kept")
    before = list(remote.all())
    name = name.format(there.name)
    (tmp_path / "file").touch()
    acts = (
        lambda: remote.get(name),
        lambda: remote.drop(name),
        lambda: remote.fork(name),
        lambda: remote.import_file(tmp_path / "file", name),
        lambda: there.snapshot(name),
        lambda: there.restore(name),
        lambda: there.seller_center.use_built_in(name),
    )

    for act in acts:
        with pytest.raises(ClientError, match="is no name") as caught:
            act()
        assert not isinstance(caught.value, UnreachableError)

    assert list(remote.all()) == before


def test_another_program_at_the_address_is_reported(there: World) -> None:
    address = there.local("https://www.huaweicloud.com/")
    with Worlds(address) as worlds, pytest.raises(UnreachableError, match="is not the mock sites"):
        worlds.make()


def test_the_address_of_another_api_is_reported(there: World) -> None:
    address = there.local("https://marketplace.huaweicloud.com/")
    with Worlds(address) as worlds, pytest.raises(ClientError, match=r"The API at marketplace.* has no address"):
        worlds.make()


@pytest.mark.parametrize("answer", ["{}", "[]", "null", '{"worlds": [{}]}', ""])
def test_json_of_another_program_is_reported_too(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def request(*_request: object, **_options: object) -> httpx.Response:
        return httpx.Response(200, text=answer)

    monkeypatch.setattr(httpx.Client, "request", request)
    with Worlds("http://localhost:9") as worlds:
        for ask in (worlds.make, lambda: worlds.get("w1"), lambda: [*worlds.all()]):
            with pytest.raises(UnreachableError, match="is not the mock sites"):
                ask()


def test_a_query_may_contain_unpaired_surrogates(there: World) -> None:
    assert there.journal("\udc80") == []
    assert there.mailbox.mails("\udc80") == []
    assert there.seller_center.calls(product="\udc80") == []


def test_the_token_of_an_exposed_server_is_sent_to_all_its_sites() -> None:
    with Server(port=0, host="0.0.0.0") as server, Worlds(server.url, server.token) as worlds:  # noqa: S104
        world = worlds.make()
        assert world.mailbox.mails() == []
        assert world.seller_center.calls() == []
        for wrong in ("", "é\udcff"):
            with Worlds(server.url, wrong) as refused, pytest.raises(ClientError, match="token"):
                refused.get(world.name)


def test_every_setting_of_a_seller_can_be_changed_by_the_client() -> None:
    assert SellerChanges.__annotations__.keys() == ChangeSettings.model_fields.keys()


def test_switches_are_turned_for_customers_by_their_names(remote: Worlds) -> None:
    world = remote.make()
    switch = "Arbitrary Selection of Settlement Method"
    world.turn_on(switch, "zhouhao")
    world.turn_on(switch, "zhouhao")
    world.turn_off(switch, "zhouhao")

    assert [event.details["on"] for event in world.journal("guance.billing-account.any-settlement")] == [True, False]
    with pytest.raises(ClientError, match=f"There is no switch {switch} for nobody."):
        world.turn_on(switch, "nobody")
    with pytest.raises(ClientError, match="There is no switch Other for zhouhao"):
        world.turn_on("Other", "zhouhao")
    world.drop()
