import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import httpx
import pytest

from mock_sites.control.app import TEMPLATES
from mock_sites.control.world_page import MOST_MAILS
from mock_sites.guance.domain.sites import SITES
from mock_sites.huawei.domain.jobs import ValidateUsage
from mock_sites.serving.dispatch import Dispatcher, all_sites
from mock_sites.tests.support.filling import counting
from mock_sites.tests.support.joining import joined
from mock_sites.tests.support.sending import without_tags
from mock_sites.web.markup import elements
from mock_sites.web.paging import SIZE
from mock_sites.web.site import LARGEST_BODY
from mock_sites.world import jobs, recording, world_files
from mock_sites.world.clock import LATEST
from mock_sites.world.store import Worlds
from mock_sites.world.world import World
from mock_sites.world.world_files import export_world, import_world


@pytest.fixture
def control(dispatcher: Dispatcher) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.WSGITransport(dispatcher), base_url="http://localhost:8700") as client:
        yield client


@pytest.fixture
def name(worlds: Worlds) -> Iterator[str]:
    """A name for a world that the test makes."""
    name = "made-on-page"
    yield name
    if name in worlds.names():
        worlds.drop(name)


def send(control: httpx.Client, page: str, action: str, **fields: str) -> httpx.Response:
    """Send a form of ``page``, with the token found there."""
    token = re.search(r'name="([\w-]*csrf_token)" type="hidden" value="([^"]+)"', control.get(page).text)
    token = token or re.search(r'name="(csrf_token)" value="([^"]+)"', control.get(page).text)
    assert token
    prefix = next((key.split("-")[0] + "-" for key in fields if "-" in key), "")
    return control.post(action, data={f"{prefix}csrf_token": token[2], **fields})


def test_the_start_page_shows_the_sites_and_the_accounts_of_its_world(control: httpx.Client, world: World) -> None:
    page = control.get("/", params={"world": world.name}).text

    assert world.local("https://marketplace.huaweicloud.com/") in page
    assert world.local("https://mail/") in page
    assert 'data-copy="hw_liwei"' in page
    assert 'data-copy="Mock-2026-Pass"' in page
    assert "2026-03-02 09:00:00" in joined(page)


def test_the_page_of_a_world_leads_to_mails_and_calls_to_sellers(control: httpx.Client, world: World) -> None:
    page = control.get(f"/worlds/{world.name}").text

    for address, title in (("https://mail/", "Mailbox"), ("https://seller.huaweicloud.com/", "Seller Center")):
        assert re.search(rf'<a href="{re.escape(world.local(address))}" [^>]*>{title}</a>', page)


def test_the_page_of_a_world_has_its_link_and_its_file(control: httpx.Client, world: World, worlds: Worlds) -> None:
    page = control.get(f"/worlds/{world.name}").text
    file = re.search(r'href="([^"]+)" download="([^"]+)"', page)

    assert f'data-copy="http://localhost:8700/?world={world.name}"' in page
    assert file
    assert file[2] == f"{world.name}.zip"
    made = import_world(worlds, BytesIO(control.get(file[1]).content))
    assert made.clock.now() == world.clock.now()
    worlds.drop(made.name)


def test_a_start_page_is_small(control: httpx.Client, world: World) -> None:
    assert len(control.get("/", params={"world": world.name}).content) < 60 * 1024


def test_a_world_is_made_on_the_page_and_has_its_language(control: httpx.Client, worlds: Worlds, name: str) -> None:
    control.headers["Accept-Language"] = "zh"
    answer = send(control, "/worlds", "/worlds", **{"make-name": name, "make-seed": "7", "make-frozen": "y"})

    assert answer.headers["Location"] == f"/worlds/{name}"
    assert worlds.get(name).seed.text == "7"
    assert worlds.get(name).clock.frozen
    assert worlds.get(name).language == "zh"


def test_a_refused_world_keeps_what_was_typed_and_says_why(control: httpx.Client, world: World, worlds: Worlds) -> None:
    before = worlds.names()

    taken = send(control, "/worlds", "/worlds", **{"make-name": world.name, "make-seed": "typed-seed"})
    wrong = send(control, "/worlds", "/worlds", **{"make-name": "no_such_name", "make-seed": "7"})

    assert taken.status_code == wrong.status_code == 422
    assert f"There is a world called {world.name} already." in without_tags(taken.text)
    assert 'value="typed-seed"' in taken.text
    assert "Use 1 to 40 lower-case letters and digits" in wrong.text
    assert worlds.names() == before


def test_nothing_changes_without_the_token_of_the_page(control: httpx.Client, world: World, worlds: Worlds) -> None:
    worlds.snapshot(world.name, "kept")
    for path in (
        "clock/run",
        "clock/advance",
        "clock/to",
        "clock/next-job",
        "fork",
        "snapshots",
        "drop",
        "snapshots/kept/delete",
    ):
        answer = control.post(f"/worlds/{world.name}/{path}", data={"fork-name": "x", "snapshot-label": "x"})
        assert answer.status_code == 400
        assert "This form is no longer valid" in answer.text
    assert worlds.get(world.name).clock.frozen
    assert worlds.snapshots(world.name) == ["kept"]


def test_the_clock_is_released_frozen_and_moved_on_the_page(control: httpx.Client, world: World) -> None:
    home = f"/worlds/{world.name}"

    send(control, home, f"{home}/clock/run")
    assert not world.clock.frozen
    send(control, home, f"{home}/clock/freeze")
    assert world.clock.frozen

    before = world.clock.now()
    send(control, home, f"{home}/clock/advance", **{"advance-amount": "2", "advance-unit": "days"})
    assert (world.clock.now() - before).days == 2


def test_a_clock_does_not_go_back_on_the_page(control: httpx.Client, world: World) -> None:
    home, before = f"/worlds/{world.name}", world.clock.now()

    for amount in ("-1", "x", "", "99999999"):
        answer = send(control, home, f"{home}/clock/advance", **{"advance-amount": amount, "advance-unit": "days"})
        assert answer.status_code == 422
        assert 'id="advance-amount-error"' in answer.text
    assert world.clock.now() == before


@pytest.mark.parametrize(("label", "hours"), [("+1 minute", 1 / 60), ("+1 hour", 1), ("+14 days", 14 * 24)])
def test_a_button_moves_the_clock_by_a_usual_step(
    control: httpx.Client, world: World, label: str, hours: float
) -> None:
    page, before = control.get(f"/worlds/{world.name}").text, world.clock.now()
    form = next(each for each in re.findall(r"<form.*?</form>", page, re.DOTALL) if f">{label}</button>" in each)
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))

    control.post(f"/worlds/{world.name}/clock/advance", data=fields)

    assert world.clock.now() - before == timedelta(hours=hours)


def test_a_clock_at_its_end_has_no_buttons_and_says_why(control: httpx.Client, world: World) -> None:
    def switched_off() -> set[str]:
        found = elements(control.get(f"/worlds/{world.name}").text)
        off = [each for each in found if each.tag == "fieldset" and "disabled" in each.attributes]
        return {each.text for each in found if each.tag == "button" and set(each.around()) & set(off)}

    assert switched_off() == set()
    world.clock.move_to(LATEST)
    assert switched_off() == {"Let it run", "+1 minute", "+1 hour", "+14 days", "Advance", "Advance to it"}
    assert 'aria-describedby="clock-ended"' in control.get(f"/worlds/{world.name}").text


def test_the_clock_moves_to_the_next_job_which_the_page_names(control: httpx.Client, world: World) -> None:
    home = f"/worlds/{world.name}"
    with world.uow("huawei", write=True) as uow:
        uow.schedule(ValidateUsage(), after=3600)
        uow.schedule(ValidateUsage(), after=7200)
    due = world.clock.now() + timedelta(hours=1)
    page = joined(control.get(home).text)

    assert "Check usage records · Huawei Cloud · " in page
    assert page.count("2026-03-02 10:00:00</span>") == 1
    answer = send(control, home, f"{home}/clock/next-job")

    assert "Jobs done on the way: 1." in control.get(answer.headers["Location"]).text
    assert world.clock.now() == due
    send(control, home, f"{home}/clock/next-job")
    assert "Nothing waits for its time." in send(control, home, f"{home}/clock/next-job").text


def test_the_clock_moves_to_a_moment_in_beijing(control: httpx.Client, world: World) -> None:
    home = f"/worlds/{world.name}"

    send(control, home, f"{home}/clock/to", **{"moment-moment": "2026-03-16T09:30"})

    assert world.clock.now() == datetime(2026, 3, 16, 1, 30, tzinfo=UTC)
    assert 'value="2026-03-16 09:30:00"' in control.get(home).text


def test_the_moment_that_the_page_shows_can_be_sent_as_it_is(control: httpx.Client, world: World) -> None:
    home, now = f"/worlds/{world.name}", datetime(2026, 3, 16, 1, 30, 0, 500_000, tzinfo=UTC)
    world.clock.move_to(now)

    answer = send(control, home, f"{home}/clock/to", **{"moment-moment": "2026-03-16T09:30:00"})

    assert answer.status_code == 302
    assert world.clock.now() == now


@pytest.mark.parametrize(
    "moment",
    ["", "x", "2026-03-02T08:59", "2026-02-30T09:00", "0001-01-01T00:00", "9999-12-31T23:59:59", "2037-01-01T00:00"],
)
def test_a_moment_that_no_clock_goes_to_is_refused_beside_the_field(
    control: httpx.Client, world: World, moment: str
) -> None:
    home, before = f"/worlds/{world.name}", world.clock.now()

    answer = send(control, home, f"{home}/clock/to", **{"moment-moment": moment})

    assert answer.status_code == 422
    assert 'id="moment-moment-error"' in answer.text
    assert world.clock.now() == before


def test_snapshots_are_listed_with_the_time_to_which_they_go_back_the_last_one_first(
    control: httpx.Client, world: World, worlds: Worlds
) -> None:
    home, before = f"/worlds/{world.name}", world.clock.now()

    send(control, home, f"{home}/snapshots", **{"snapshot-label": " Early  Name "})
    jobs.advance(world, 60)
    send(control, home, f"{home}/snapshots", **{"snapshot-label": "late-name"})
    page = joined(control.get(home).text)
    rows = re.findall(r'long">([a-z]+-name)</th>\s*<td[^>]*>([^<]+)</td>', page)
    assert "A snapshot keeps the world as it is now" in page
    restore = f"{home}/snapshots/early-name/restore"
    send(control, restore, restore)

    assert rows == [("late-name", "2026-03-02 09:01:00"), ("early-name", "2026-03-02 09:00:00")]
    assert worlds.get(world.name).clock.now() == before


def test_a_snapshot_keeps_its_label(control: httpx.Client, world: World, worlds: Worlds) -> None:
    home, kept = f"/worlds/{world.name}", world.clock.now()
    worlds.snapshot(world.name, "kept")
    jobs.advance(world, 60)

    for label, reason in (("kept", "There is a snapshot called kept already."), ("no_label", "Use 1 to 40"), ("", "")):
        answer = send(control, home, f"{home}/snapshots", **{"snapshot-label": label})
        assert answer.status_code == 422
        assert reason in without_tags(re.findall(r'id="snapshot-label-error">(.*?)</div>', answer.text)[0])

    assert worlds.look_at_snapshot(world.name, "kept").now == kept
    assert worlds.snapshots(world.name) == ["kept"]


def test_a_snapshot_is_deleted_only_after_asking(control: httpx.Client, world: World, worlds: Worlds) -> None:
    worlds.snapshot(world.name, "kept")
    page = f"/worlds/{world.name}/snapshots/kept/delete"

    assert "Delete snapshot kept?" in control.get(page).text
    assert worlds.snapshots(world.name) == ["kept"]

    answer = send(control, page, page)
    assert "Snapshot kept was deleted." in control.get(answer.headers["Location"]).text
    assert worlds.snapshots(world.name) == []
    assert control.get(page).status_code == 404


def test_many_snapshots_come_in_pages_and_a_damaged_one_says_so(
    control: httpx.Client, world: World, worlds: Worlds
) -> None:
    worlds.snapshot(world.name, "s0")
    folder = world.file("huawei").parents[1] / "snapshots"
    for number in range(1, SIZE + 1):
        shutil.copytree(folder / "s0", folder / f"s{number}")
    (folder / "s0" / "world.json").unlink()
    first, second = (control.get(f"/worlds/{world.name}?snapshots={page}").text for page in (1, 2))

    assert first.count("/delete") == SIZE
    assert second.count("/delete") == 1
    assert "Its files are damaged." in second


def test_a_world_is_forked_on_the_page(control: httpx.Client, world: World, worlds: Worlds, name: str) -> None:
    home = f"/worlds/{world.name}"

    assert send(control, home, f"{home}/fork", **{"fork-name": name}).headers["Location"] == f"/worlds/{name}"
    assert send(control, home, f"{home}/fork", **{"fork-name": name}).status_code == 422
    assert name in worlds.names()


def exported(worlds: Worlds, name: str) -> bytes:
    """The file of a world."""
    file = BytesIO()
    export_world(worlds, name, file)
    return file.getvalue()


def of_another_version(file: bytes) -> bytes:
    """The file of a world as a server with other tables would export it."""
    changed = BytesIO()
    with ZipFile(BytesIO(file)) as archive, ZipFile(changed, "w", ZIP_DEFLATED) as target:
        for member in archive.namelist():
            content = archive.read(member)
            if member == "world.json":
                content = json.dumps(json.loads(content) | {"fingerprint": "other"}).encode()
            target.writestr(member, content)
    return changed.getvalue()


def send_file(control: httpx.Client, content: bytes | None, name: str) -> httpx.Response:
    """Send the form that imports a world."""
    found = re.search(r'name="import-csrf_token" type="hidden" value="([^"]+)"', control.get("/import").text)
    assert found
    fields = {"import-csrf_token": found[1], "import-name": name}
    files = {} if content is None else {"import-file": ("w.zip", content, "application/zip")}
    return control.post("/import", data=fields, files=files)


def test_the_last_mails_are_on_the_page_and_one_of_them_can_be_read_there(control: httpx.Client, world: World) -> None:
    home = f"/worlds/{world.name}"
    assert "No mail has been sent in this world yet." in control.get(home).text
    for number in range(MOST_MAILS + 1):
        with world.uow("guance", write=True) as uow:
            uow.send_mail(
                sender="g@example.com", to="a@example.com", subject=f"<No. {number}>", text=f"<b>{number}</b>"
            )

    page = control.get(home).text
    links = re.findall(r'href="([^"]+)#mail"[^>]*>&lt;No. (\d)&gt;', page)
    shown = control.get(links[0][0]).text

    assert [number for _, number in links] == [str(number) for number in range(MOST_MAILS, 0, -1)]
    assert "&lt;b&gt;" not in page
    assert f"&lt;b&gt;{MOST_MAILS}" in shown
    mail = links[0][0].partition("mail=")[2]
    assert f'href="{world.local("https://mail/")}messages/{mail}"' in shown
    for odd in ("0", "-1", "x", "99999999999999999999"):
        assert 'id="mail"' not in control.get(f"{home}?mail={odd}").text


def test_the_page_of_a_world_is_small_and_asks_little(
    control: httpx.Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(MOST_MAILS):
        with world.uow("guance", write=True) as uow:
            uow.send_mail(sender="g@example.com", to="a@example.com", subject=f"No. {number}", text="x")
    control.get(f"/worlds/{world.name}")

    with counting(monkeypatch) as counted:
        page = control.get(f"/worlds/{world.name}")

    assert len(page.content) < 60 * 1024
    assert counted["statements"] <= 20


def test_a_world_is_imported_on_the_page(control: httpx.Client, world: World, worlds: Worlds, name: str) -> None:
    jobs.advance(world, 60)
    padding = b"x" * LARGEST_BODY  # an archive may have anything before it: the request is larger than others may be

    answer = send_file(control, padding + exported(worlds, world.name), name)

    assert answer.headers["Location"] == f"/worlds/{name}"
    assert worlds.get(name).clock.now() == world.clock.now()
    assert 'href="/import"' in control.get("/worlds").text


@pytest.mark.parametrize(
    ("kind", "field", "reason"),
    [
        ("none", "file", "Choose a file."),
        ("text", "file", "This is not an exported world"),
        ("empty", "file", "This is not an exported world"),
        ("cut off", "file", "This is not an exported world"),
        ("another version", "file", "exported by another version"),
        ("too large", "file", "The file is larger than 1 MiB."),
        ("taken", "name", "There is a world called"),
        ("odd name", "name", "Use 1 to 40 lower-case letters"),
    ],
)
def test_a_file_that_makes_no_world_is_refused_beside_the_field(
    control: httpx.Client,
    world: World,
    worlds: Worlds,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    field: str,
    reason: str,
) -> None:
    monkeypatch.setattr(world_files, "LARGEST_FILE", LARGEST_BODY)
    file, before = exported(worlds, world.name), worlds.names()
    content = {
        "none": None,
        "text": b"hello",
        "empty": b"",
        "cut off": file[:-100],
        "another version": of_another_version(file),
        "too large": b"x" * 2 * LARGEST_BODY,
    }.get(kind, file)
    names = {"taken": world.name, "odd name": "no_name"}

    answer = send_file(control, content, names.get(kind, ""))

    assert answer.status_code == 422
    assert re.search(rf'id="import-{field}-error">[^<]*{reason}', answer.text)
    assert worlds.names() == before


def test_a_file_is_not_imported_without_the_token_of_the_page(control: httpx.Client, worlds: Worlds) -> None:
    before = worlds.names()
    answer = control.post("/import", data={"import-name": "x"}, files={"import-file": b"x"})

    assert answer.status_code == 400
    assert "This form is no longer valid" in answer.text
    assert worlds.names() == before


def test_what_is_lost_is_asked_about_first(control: httpx.Client, world: World, worlds: Worlds) -> None:
    home, began = f"/worlds/{world.name}", world.clock.now()
    worlds.snapshot(world.name, "kept")
    jobs.advance(world, 60)
    recording.begin(worlds, world.name)

    for path in ("snapshots/kept/restore", "snapshots/kept/delete", "recording/begin", "recording/discard", "drop"):
        assert 'aria-labelledby="really"' in control.get(f"{home}/{path}").text

    assert world.recording
    restore = f"{home}/snapshots/kept/restore"
    assert "it. The recording of this world is discarded." in control.get(restore).text
    assert "。此环境的录制" in control.get(restore, headers={"Accept-Language": "zh"}).text
    world.recording = None
    assert "The recording of this world" not in control.get(restore).text
    assert (worlds.snapshots(world.name), world.clock.now()) == (["kept"], began + timedelta(minutes=1))


def test_no_button_that_removes_something_acts_at_once() -> None:
    """A button of a list or a panel that removes something leads to a question (``parts.html``, ``dialog``)."""
    at_once = [
        f"{page.name}: {found}"
        for page in sorted(TEMPLATES.glob("*.html"))
        for found in re.findall(r"button_form\([^\n]*danger[^\n]*", page.read_text())
    ]
    assert at_once == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("demos/7/stop", "Demo 7 is over, or has never been asked for"),
        ("snapshots/gone/restore", "has no snapshot called gone"),
    ],
)
def test_what_is_not_in_a_world_is_named(control: httpx.Client, world: World, path: str, text: str) -> None:
    answer = send(control, f"/worlds/{world.name}", f"/worlds/{world.name}/{path}")

    assert answer.status_code == 404
    assert text in without_tags(re.findall(r"<h1>(.*)</h1>", answer.text)[0])
    assert "There is no site" not in answer.text


def test_the_link_to_share_says_who_reaches_it(control: httpx.Client, world: World) -> None:
    assert "Only browsers on this machine reach it." in control.get(f"/worlds/{world.name}").text


def test_sites_with_the_same_title_are_on_one_card(control: httpx.Client, world: World) -> None:
    page = control.get("/", params={"world": world.name}).text

    for title in ("Guance console", "Guance sign-in and registration", "Marketplace and Buyer Center"):
        assert len(re.findall(rf'class="site-link"[^>]*>{title}<', page)) == 1
    assert page.count('aria-label="Guance console: ') == len(SITES)


def test_descriptions_of_sites_end_alike() -> None:
    assert [site.about for site in all_sites() if site.about.endswith(".")] == []


def test_a_world_is_dropped_only_after_asking(control: httpx.Client, worlds: Worlds, name: str) -> None:
    worlds.make(name)

    assert f"Drop world {name}?" in control.get(f"/worlds/{name}/drop").text
    assert name in worlds.names()

    assert send(control, f"/worlds/{name}/drop", f"/worlds/{name}/drop").status_code == 302
    assert name not in worlds.names()


def test_the_journal_is_filtered_by_kind_and_comes_in_pages(control: httpx.Client, world: World) -> None:
    with world.uow("guance", write=True) as uow:
        for count in range(60):
            uow.record("counted", mark=f"mark-{count}-")

    first = control.get(f"/worlds/{world.name}/journal?kind=guance.counted").text
    assert ">none</option>" not in control.get(f"/worlds/{world.name}/journal?kind=none").text
    assert "Events and mails have one numbering" in first
    second = control.get(f"/worlds/{world.name}/journal?kind=guance.counted&page=2").text

    assert "mark-59-" in first
    assert "mark-9-" not in first
    assert "mark-9-" in second
    assert "huawei.account" not in second.partition("<tbody>")[2]


def test_an_unknown_world_gets_a_page_that_lists_the_worlds_there_are(dispatcher: Dispatcher, world: World) -> None:
    with httpx.Client(transport=httpx.WSGITransport(dispatcher)) as client:
        for url in ("http://mail.nowhere.localhost:8700/", "http://localhost:8700/worlds/nowhere"):
            page = client.get(url)
            assert page.status_code == 404
            assert re.search("<h1>There is no world called <[^>]*>nowhere</[^>]*></h1>", page.text)
            assert page.text.count(f">{world.name}</a>") == 1, "each world is named once"
            assert f"?world={world.name}" in page.text or f"http://mail.{world.name}.localhost:8700/" in page.text
            names = [link.text for link in elements(page.text) if link.tag == "a" and link.text]
            assert names.count("Guance sign-in and registration") == 0, "the sites of a title are told apart"


def test_an_unknown_host_gets_a_page_that_lists_the_sites_there_are(dispatcher: Dispatcher, world: World) -> None:
    with httpx.Client(transport=httpx.WSGITransport(dispatcher)) as client:
        page = client.get(f"http://unknown.example{world.suffix}/a/path")
        posted = client.post(f"http://unknown.example{world.suffix}/a/path")

    assert page.status_code == posted.status_code == 404
    assert f"World {world.name} has no such site" in page.text
    assert world.local("https://mail/") in page.text


def test_the_pages_remember_the_chosen_language_outside_of_a_world(control: httpx.Client) -> None:
    control.get("/language/zh", params={"back": "/worlds"})

    assert '<html lang="zh-CN">' in control.get("/worlds").text
