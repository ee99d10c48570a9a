"""The timeline of a world: what it lists, in which order, and what its stream sends."""

import json
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import select

from mock_sites import Server
from mock_sites.control import timeline_pages
from mock_sites.control.shown_facts import NAMES
from mock_sites.control.words import WORDS
from mock_sites.guance.domain import codes, members, settings, settlement_options, storage, tickets, wallet
from mock_sites.guance.domain.jobs import CloseLock
from mock_sites.guance.domain.states import LockReason, SuspendedFor
from mock_sites.http.clients import LoopbackTransport
from mock_sites.huawei.domain import enterprises
from mock_sites.huawei.domain.jobs import Origin, ValidateUsage
from mock_sites.huawei.domain.second_verification import Channel
from mock_sites.huawei.domain.states import CallVerdict, SupervisionState
from mock_sites.huawei.domain.tables import IamAccess, Product
from mock_sites.huawei.protocol import orders
from mock_sites.huawei.protocol.parameters import Interface
from mock_sites.huawei.seller_gateway.order_info import MOCK_ORDERS
from mock_sites.serving.dispatch import Dispatcher
from mock_sites.tests.conftest import Browse
from mock_sites.tests.support.subscribing import buy
from mock_sites.tests.support.waiting import wait_until
from mock_sites.web.language import LANGUAGES
from mock_sites.world import jobs, sightings, timeline
from mock_sites.world.shared_tables import ScheduledJob
from mock_sites.world.store import Worlds
from mock_sites.world.timeline import Filter, Kind
from mock_sites.world.world import World

MARKETPLACE = "https://marketplace.huaweicloud.com"


@pytest.fixture
def control(dispatcher: Dispatcher) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(dispatcher), base_url="http://localhost:8700") as client:
        yield client


def titles(world: World, kind: Kind | None = None, text: str = "") -> list[str]:
    return [entry.title for entry in timeline.latest(world, Filter(kind, text), 0, 50)]


def send_mail(world: World, subject: str, to: str = "a@example.com") -> None:
    with world.uow("guance", write=True) as uow:
        uow.send_mail(sender="g@example.com", to=to, subject=subject, text="x")


def record(world: World, kind: str, **facts: str) -> None:
    with world.uow("guance", write=True) as uow:
        uow.record(kind, **facts)


def message(answer: httpx.Response) -> dict[str, str]:
    """The fields of the only message in an answer of a stream."""
    assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert answer.text.endswith("\n\n")
    return dict(line.split(": ", 1) for line in answer.text.strip().splitlines())


def test_everything_is_in_one_list_in_the_order_in_which_it_happened(browse: Browse, world: World) -> None:
    page = f"GET {MARKETPLACE.removeprefix('https://')}/"
    browse(MARKETPLACE).get("/")
    record(world, "first")
    browse(MARKETPLACE).get("/?code=secret")
    send_mail(world, "Second")
    with world.uow("huawei", write=True) as uow:
        uow.schedule(ValidateUsage(), after=60)
    jobs.advance(world, 60)
    record(world, "last")

    job = ["validate-usage", "huawei.usage.validated"]
    assert titles(world)[:7] == ["guance.last", *job, "Second", page, "guance.first", page]


@pytest.mark.parametrize("typed", ["2026-99-99T00:00:00Z", "9999-12-31T23:59:59Z", "2026-03-02T25:00:00+99:99"])
def test_what_somebody_typed_is_shown_although_it_looks_like_a_moment(
    control: httpx.Client, world: World, typed: str
) -> None:
    record(world, "typed", username=typed)

    for page in ("journal", "timeline"):
        assert typed in control.get(f"/worlds/{world.name}/{page}").text


def test_a_new_world_has_its_history_in_the_order_of_time(world: World) -> None:
    moments = [event.at for event in world.journal()]
    assert moments == sorted(moments)
    assert moments[0] < world.clock.now()


def test_each_kind_has_its_entries_and_no_other(browse: Browse, world: World) -> None:
    browse(MARKETPLACE).get("/contents/none")
    buy(world)
    send_mail(world, "A mail")
    world.see(sightings.STEP, "A step")
    found = {kind: timeline.latest(world, Filter(kind), 0, 500) for kind in Kind}

    assert {entry.kind for entries in found.values() for entry in entries} == set(Kind)
    assert all(entry.kind == kind for kind, entries in found.items() for entry in entries)
    assert sum(map(len, found.values())) == timeline.count(world, Filter())
    assert found[Kind.PAGE][0].details["status"] == "404"
    assert found[Kind.MAIL][0].details == {"to": "a@example.com"}
    assert "mail.sent" not in " ".join(titles(world))


def test_a_failed_job_is_a_job(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(world.companies["huawei"].jobs, ValidateUsage.kind)
    with world.uow("huawei", write=True) as uow:
        uow.session.add(ScheduledJob(kind=ValidateUsage.kind, due=uow.now, payload={}))
    world.agenda.outdated()
    jobs.run_due(world)

    assert titles(world, Kind.JOB)[0] == "huawei.job.failed"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bill", ["Your Bill"]),
        ("ANN@", ["Your Bill"]),
        ("测试", ["guance.noted"]),
        ("noted", ["guance.noted"]),
        ("100%", ["guance.noted"]),
        ("_", []),
    ],
)
def test_a_text_is_looked_for_in_titles_and_facts(world: World, text: str, found: list[str]) -> None:
    end = timeline.position(world)
    send_mail(world, "Your Bill", to="ann@example.com")
    record(world, "noted", name="测试 100%")

    news = timeline.since(world, Filter(None, text), end, timeline.position(world), 50)

    assert [entry.title for entry in news] == found


def test_what_operators_and_programs_open_is_no_page_of_it(control: httpx.Client, browse: Browse, world: World) -> None:
    control.get(f"/worlds/{world.name}")
    browse("https://mail").get("/")
    browse("https://seller.huaweicloud.com").get("/")
    browse(MARKETPLACE).get("/api/offers")
    browse(MARKETPLACE).head("/")

    assert titles(world, Kind.PAGE) == []


def test_only_the_latest_pages_are_kept(world: World) -> None:
    for number in range(sightings.MOST + 5):
        world.see(sightings.PAGE, str(number))

    assert len(world.sightings.latest()) == sightings.MOST
    assert titles(world, Kind.PAGE)[0] == str(sightings.MOST + 4)


def test_a_world_that_is_opened_again_lists_its_pages_after_what_was_stored(
    worlds: Worlds, world: World, browse: Browse
) -> None:
    record(world, "stored")
    worlds.snapshot(world.name, "kept")
    again = worlds.restore(world.name, "kept")
    browse(MARKETPLACE).get("/")

    assert titles(again)[1:2] == ["guance.stored"]


def test_the_page_has_filters_and_pages(control: httpx.Client, world: World) -> None:
    for number in range(60):
        record(world, "counted", mark=f"mark-{number}-")
    address = f"/worlds/{world.name}/timeline?kind=event&text=mark-"

    first, second = control.get(address).text, control.get(f"{address}&page=2").text

    assert "mark-59-" in first
    assert "mark-9-" not in first
    assert "mark-9-" in second
    assert "data-stream" not in second
    assert 'value="mark-"' in first
    assert "Nothing of this kind has happened." in control.get(f"{address}nowhere").text
    for odd in ("kind=none", "kind=page&text=%00", "text=" + "9" * 5000, "page=-1", "text=<script>alert(1)</script>"):
        page = control.get(f"/worlds/{world.name}/timeline?{odd}")
        assert page.status_code == 200
        assert "<script>alert" not in page.text


def test_facts_without_a_value_are_left_out(control: httpx.Client, world: World) -> None:
    with world.uow("huawei", write=True) as uow:
        uow.record("call", path="/tenantSync", fault="", note=None, tries=0)

    shown = control.get(f"/worlds/{world.name}/timeline").text

    assert re.findall(r'"fact-name">(\w+)</span>', shown)[:2] == ["path", "tries"]


def test_only_addresses_are_broken_and_a_moment_keeps_its_markup(control: httpx.Client, world: World) -> None:
    record(world, "odd", to="ann@example.com", path="2026-03-02T07:04:59Z", name="a/b/c@d")

    for page in ("timeline", "journal"):
        facts = re.findall(
            r'"fact-name">(?:to|path|name)</span> <span[^>]*>(.*?)</span></span>',
            control.get(f"/worlds/{world.name}/{page}").text,
        )
        assert facts[:3] == [
            "a/b/c@d",
            '<span class="text-nowrap">2026-03-02</span> 15:04:59',
            "ann@<wbr>example.com",
        ]


def test_what_a_due_job_is_about_has_names(world: World) -> None:
    handlers = [handler for company in world.companies.values() for handler in company.jobs.values()]
    names = {field.name for handler in handlers for field in fields(handler.job)}
    assert len(names) > 20
    assert names - NAMES.keys() == set()


def test_due_jobs_of_one_kind_say_what_they_are_about(control: httpx.Client, world: World) -> None:
    with world.uow("guance", write=True) as uow:
        for workspace in ("wksp_one", "wksp_two"):
            uow.schedule(CloseLock(workspace), after=60)

    page = control.get(f"/worlds/{world.name}").text

    assert re.findall(r">(wksp_\w+)<", page) == ["wksp_one", "wksp_two"]


def test_every_job_and_every_value_of_ours_has_a_word_in_the_timeline(world: World) -> None:
    with world.uow("huawei") as uow:
        titles = uow.session.scalars(select(Product.title)).all()
    assert {kind for company in world.companies.values() for kind in company.jobs} == WORDS["job"].keys()
    for fact, values in {
        "access": IamAccess,
        "category": tickets.CATEGORIES,
        "channel": {*Channel} - {Channel.NONE},
        "credit": wallet.BALANCES,
        "interface": Interface,
        "item": storage.ITEMS,
        "language": LANGUAGES,
        "origin": Origin,
        "product": titles,
        "purpose": codes.Purpose,
        "reason": {*LockReason, *SuspendedFor} - {""},
        "role": {*enterprises.ROLES, *members.ROLES},
        "scene": orders.SCENES,
        "settlement": settlement_options.METHODS,
        "supervision": {*SupervisionState} - {SupervisionState.NONE},
        "type": {kind for kind, *_rest in MOCK_ORDERS.values()},
        "verdict": CallVerdict,
        "what": settings.KINDS,
    }.items():
        assert {*values} == WORDS[fact].keys(), fact


def test_facts_are_shown_in_the_language_of_the_page(control: httpx.Client, world: World) -> None:
    with world.uow("huawei", write=True) as uow:
        moment = datetime(2026, 3, 2, 7, 4, 59, tzinfo=UTC).isoformat()
        uow.record("changed", on=True, members=["Wendy", "Yan"], company="huawei", tries=0, verdict="accepted")
        uow.record("renewed", until=moment, origin="delivery", role="personal", explanation="Success.")
        uow.record("paid", fen=123_450, price=1200, purpose="recovery/cn4", type="NEW", workspaces=["wksp_1"])
    control.headers["Accept-Language"] = "zh"

    for page in ("timeline", "journal"):
        shown = control.get(f"/worlds/{world.name}/{page}").text
        shown = re.sub(r'<span class="text-nowrap">([^<]*)</span>', r"\1", shown)
        facts = re.findall(r'"fact-name">([^<]+)</span> <span[^>]*>([^<]+)<', shown)
        assert {("已开启", "是"), ("成员", "Wendy, Yan"), ("公司", "华为云"), ("次数", "0"), ("结论", "已接受")} <= {
            *facts
        }
        assert {
            ("截止时间", "2026-03-02 15:04:59"),
            ("来源", "订单或服务"),
            ("角色", "自己用"),
            ("说明", "成功。"),
            ("金额", "¥1,234.50"),
            ("价格", "¥1,200.00"),
            ("用途", "重置密码"),
            ("类型", "新购"),
            ("工作空间", "wksp_1"),
        } <= {*facts}


def test_a_mail_in_the_list_leads_to_the_mail(control: httpx.Client, browse: Browse, world: World) -> None:
    send_mail(world, "Look at me")
    page = control.get(f"/worlds/{world.name}/timeline?kind=mail&text=Look").text
    link = re.search(rf'href="{re.escape(world.local("https://mail/"))}(messages/\d+)"[^>]*>Look at me<', page)

    assert link
    assert "Look at me" in browse("https://mail").get(f"/{link[1]}").text


def test_a_stream_waits_until_something_happens(control: httpx.Client, world: World) -> None:
    stream = f"/worlds/{world.name}/timeline/stream?kind=mail"
    start = message(control.get(stream))
    assert json.loads(start["data"]) == ""

    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(control.get, stream, headers={"Last-Event-ID": start["id"]})
        wait_until(lambda: world.sightings.watched > 0)
        send_mail(world, "<New>")
        news = message(waiting.result())

    assert news["event"] == "entries"
    assert "&lt;New&gt;" in json.loads(news["data"])
    assert news["id"] != start["id"]
    record(world, "else")
    other = message(control.get(stream, headers={"Last-Event-ID": news["id"]}))
    assert (json.loads(other["data"]), other["id"] != news["id"]) == ("", True)


def test_a_page_wakes_up_a_stream(control: httpx.Client, world: World) -> None:
    stream = f"/worlds/{world.name}/timeline/stream"
    start = message(control.get(stream))
    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(control.get, stream, headers={"Last-Event-ID": start["id"]})
        wait_until(lambda: world.sightings.watched > 0)
        world.see(sightings.PAGE, "opened")

        assert "opened" in message(waiting.result())["data"]


def test_a_stream_that_nothing_happens_in_ends_and_goes_on(
    control: httpx.Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline_pages, "STREAM_SECONDS", 0.01)
    stream = f"/worlds/{world.name}/timeline/stream"
    start = message(control.get(stream))

    assert message(control.get(stream, params={"after": start["id"]})) == start


@pytest.mark.parametrize("position", ["", "x", "1", "-1.0", "1.2.3", "9" * 40 + ".1", "%00"])
def test_a_position_that_cannot_be_read_is_none(control: httpx.Client, world: World, position: str) -> None:
    answer = message(control.get(f"/worlds/{world.name}/timeline/stream?after={position}"))

    assert answer["event"] == "entries"
    assert re.fullmatch(r"\d+\.\d+", answer["id"])


def test_a_stream_says_that_the_world_was_restored(control: httpx.Client, worlds: Worlds, world: World) -> None:
    stream = f"/worlds/{world.name}/timeline/stream"
    worlds.snapshot(world.name, "early")
    record(world, "later")
    end = message(control.get(stream))["id"]
    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(control.get, stream, params={"after": end})
        wait_until(lambda: world.sightings.watched > 0)
        worlds.restore(world.name, "early")
        assert message(waiting.result())["event"] == "renewed"
    assert message(control.get(stream, params={"after": end}))["event"] == "renewed"


def test_a_stream_too_many_is_told_not_to_ask_again(
    control: httpx.Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = threading.BoundedSemaphore(1)
    monkeypatch.setattr(timeline_pages, "_streams", waiting)
    stream = f"/worlds/{world.name}/timeline/stream"
    for _ in range(3):
        assert control.get(stream).status_code == 200
    waiting.acquire()  # as if another one waited

    assert control.get(stream).status_code == 204


def test_streams_that_wait_take_no_thread_from_others_and_end_with_the_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timeline_pages, "STREAM_SECONDS", 600.0)  # none ends before all wait
    with ThreadPoolExecutor(timeline_pages.MOST_STREAMS) as threads:
        with Server(port=0) as server, httpx.Client(base_url=server.url, transport=LoopbackTransport()) as client:
            world = server.worlds.make("main", running=False)
            stream = "worlds/main/timeline/stream"
            end = message(client.get(stream))["id"]
            streams = [
                threads.submit(client.get, stream, params={"after": end}, timeout=60)
                for _ in range(timeline_pages.MOST_STREAMS)
            ]
            wait_until(lambda: world.sightings.watched == timeline_pages.MOST_STREAMS)
            assert client.get(stream).status_code == 204
            assert client.get("worlds/main").status_code == 200
            record(world, "done")
            assert {message(each.result())["event"] for each in streams} == {"entries"}
            end = message(client.get(stream))["id"]
            open_stream = threads.submit(client.get, stream, params={"after": end}, timeout=60)
            wait_until(lambda: world.sightings.watched > 0)
        assert open_stream.exception() or open_stream.result()


def test_a_stream_does_the_jobs_that_become_due(control: httpx.Client, world: World) -> None:
    with world.uow("huawei", write=True) as uow:
        uow.schedule(ValidateUsage(), after=0.3)
    end = "{}.{}".format(*timeline.position(world))
    world.set_frozen(False)
    stream = f"/worlds/{world.name}/timeline/stream"

    assert "Check usage records" in message(control.get(stream, params={"after": end}))["data"]
