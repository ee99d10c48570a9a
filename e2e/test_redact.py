"""`journeys redact`: anybody's trace without secrets, which opens and plays as before."""

import functools
import gzip
import hashlib
import io
import json
import os
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

import click
import playwright
import pytest
import zstandard
from click.testing import CliRunner, Result
from flask import Flask, send_file
from PIL import Image
from playwright.sync_api import Browser, expect

from e2e.cli import main
from e2e.support.corpus.serving import serve
from e2e.support.planted import ENCODINGS, PLANTED, UPPER, some
from e2e.support.planting import BODIES, LINES, harvest, left, plainly, plant, read_zip, write_zip
from fixtures.traces import OPTIONS, SHOP, Lines, action, asked, seen, visit_shop_and_pay, write
from mock_sites.redaction import contents, traces
from mock_sites.redaction.redact import RedactError, redact
from mock_sites.redaction.scan import scan
from mock_sites.review.traces import read_trace

SHARE: Final = 1 if os.environ.get("MOCK_SITES_SECRETS") == "all" else 4
"""In each encoding every fourth example is planted, or all."""

VIEWER: Final = Path(playwright.__file__).parent / "driver/package/lib/vite/traceViewer"

PLACES: Final = {*BODIES, *LINES, "websocket", "tree", "source"}


def journeys(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env={"COLUMNS": "200"})


def redacted(tmp_path: Path, shown: Lines, network: Lines = [], more: Any = None, **options: Any) -> dict[str, str]:  # noqa: B006
    """The files of a redacted trace as texts."""
    source = write(tmp_path / "in.zip", [OPTIONS, *shown], network, more)
    redact(source, tmp_path / "out.zip", **options)
    return {name: content.decode(errors="replace") for name, content in read_zip(tmp_path / "out.zip").items()}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_form_of_a_secret_is_left_in_any_place_of_a_trace(encoding: str, tmp_path: Path, real_trace: Path) -> None:
    examples = [example for examples in PLANTED.values() for example in examples]
    examples = examples[[*ENCODINGS].index(encoding) % SHARE :: SHARE]
    content = b"\n".join(ENCODINGS[encoding](f"first\n{example}\nlast") for example in examples)
    if encoding in {"gzip", "UTF-16"}:
        content = ENCODINGS[encoding]("\n".join(examples))
    before = plant(read_zip(real_trace), content)
    (tmp_path / "in.zip").write_bytes(write_zip(before))

    redact(tmp_path / "in.zip", tmp_path / "out.zip")

    planted = {place: left(said) for place, said in harvest(before)}
    remaining = {place: left(said) for place, said in harvest(read_zip(tmp_path / "out.zip"))}
    found = sum(map(len, planted.values()))
    missed = sum(map(len, remaining.values()))
    click.echo(f"{encoding}: {len(examples)} examples, {len(planted)} places, {found} secrets, {missed} left")
    assert remaining == {place: [] for place in (PLACES if content.isascii() else BODIES)}
    assert all({*secrets} == {*left(plainly("\n".join(examples)))} for secrets in planted.values())


def test_the_same_secret_gets_the_same_placeholder_everywhere_and_another_one_another(tmp_path: Path) -> None:
    one, two = "AKIA" + some(16, UPPER), "AKIA" + some(16, UPPER)
    console = {"type": "console", "messageType": "log", "text": f"{one} {two}", "time": 1}
    network = asked(1, "GET", f"http://localhost/?key={two}")
    cookies = [{"name": "sid", "value": some(20)} for _cookie in range(2)]
    network["snapshot"]["request"]["cookies"] = [*cookies, cookies[0]]

    files = redacted(tmp_path, [console], [network], {"resources/a.txt": f"&#{ord(one[0])};{one[1:]}".encode()})

    assert json.loads(files["trace.trace"].splitlines()[1])["text"] == "«key-1» «key-2»"
    assert "?key=«key-2»" in files["trace.network"]
    assert files["resources/a.txt"] == "«key-1»"
    sent = json.loads(files["trace.network"])["snapshot"]["request"]["cookies"]
    assert [cookie["value"] for cookie in sent] == ["«cookie-1»", "«cookie-2»", "«cookie-1»"]


SHORT: Final = "Pa5"
"""A password that is only known at its place."""


def test_passwords_are_replaced_in_fields_and_where_they_are_typed_however_short(tmp_path: Path) -> None:
    field = ["INPUT", {"type": "password", "name": "pin", "__playwright_value_": SHORT}]
    shown = [
        *action(1, 1, "fill", params={"selector": "#pin", "value": SHORT}),
        {"type": "log", "callId": "c1", "time": 2, "message": 'locator resolved to <input id="pin" type="password"/>'},
        {"type": "log", "callId": "c1", "time": 2, "message": f'  fill("{SHORT}")'},
        *action(2, 10, "press", params={"selector": "#password", "key": "q"}),
        *action(3, 20, "fill", params={"selector": "#name", "value": "Pa5ta"}),
        *action(4, 30, "keyboardType", params={"text": SHORT}),
        seen(1, 3, "after", SHOP, ["HTML", {}, ["BODY", {}, field]]),
    ]
    tree = {"aria/c1-after.json": json.dumps([{"role": "textbox", "text": SHORT}]).encode()}

    files = redacted(tmp_path, shown, more=tree)

    assert [word for word in (SHORT, '"q"') if word in files["trace.trace"].replace("Pa5ta", "")] == []
    assert '"value":"Pa5ta"' in files["trace.trace"]
    assert json.loads(files["aria/c1-after.json"])[0]["text"] == "«password-1»"


def test_headers_cookies_storage_and_forms_lose_their_secrets(tmp_path: Path) -> None:
    exchange = asked(1, "POST", SHOP)
    exchange["snapshot"]["request"] |= {
        "headers": [
            {"name": "Cookie", "value": f"lang=en; sid={(sid := some(20))}"},
            {"name": "authorization", "value": f"Token {(token := some(9))}"},
            {"name": "X-Api-Key", "value": (key := some(24))},
        ],
        "cookies": [{"name": "sid", "value": sid}],
        "postData": {"params": [{"name": "password", "value": (password := some(8))}]},
    }
    exchange["snapshot"]["response"]["headers"] = [{"name": "Set-Cookie", "value": f"sid={sid}; Path=/; HttpOnly"}]
    stored = {"localStorage": [{"name": "refresh_token", "value": (stored_token := some(24))}]}
    shown = [{"type": "after", "callId": "c1", "endTime": 1, "result": {"origins": [stored]}}]

    files = redacted(tmp_path, shown, [exchange])

    said = "".join(files.values())
    assert [secret for secret in (sid, token, key, password, stored_token) if secret in said] == []
    assert "sid=«cookie-2»; Path=/; HttpOnly" in files["trace.network"]
    assert '"value":"Token «token-' in files["trace.network"]


def test_known_secrets_are_replaced_and_too_short_ones_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write(tmp_path / "in.zip", [OPTIONS, seen(1, 1, "after", SHOP, ["P", {}, "blue whale, red fox"])], [])
    (tmp_path / "known.txt").write_text("blue whale\n", encoding="utf-8")
    (tmp_path / "short.txt").write_text("long enough\n\nabc\n", encoding="utf-8")
    monkeypatch.setenv("ANIMAL", "red fox")
    out = tmp_path / "out.zip"

    done = journeys("redact", source, out, "--secrets", tmp_path / "known.txt", "--env", "ANIMAL")
    refused = [
        journeys("redact", source, out, *words) for words in (("--secrets", tmp_path / "short.txt"), ("--env", "NO"))
    ]

    assert (done.exit_code, done.stdout) == (
        0,
        f"{out}: replaced secrets: secret 2; pictures without their secrets: 0.\n",
    )
    assert "«secret-1», «secret-2»" in read_zip(out)["trace.trace"].decode()
    assert [result.exit_code for result in refused] == [2, 2]
    assert "short.txt, line 3 has fewer than 4 characters" in refused[0].stderr


def test_two_runs_that_differ_in_their_secrets_only_are_equal_after_redaction_but_not_if_two_are_mixed_up(
    tmp_path: Path,
) -> None:
    for number in (1, 2):
        keys = [f"AKIA{some(16, UPPER)}" for _key in range(2)]
        page = ["HTML", {}, ["BODY", {}, ["H1", {}, keys[0]], ["P", {}, f"{keys[1]} {keys[0]}"]]]
        redact(write(tmp_path / f"{number}.zip", *visit_shop_and_pay(page, page)), tmp_path / f"clean-{number}.zip")
    mixed_up = ["HTML", {}, ["BODY", {}, ["H1", {}, keys[0]], ["P", {}, f"{keys[0]} {keys[1]}"]]]
    redact(write(tmp_path / "3.zip", *visit_shop_and_pay(mixed_up, mixed_up)), tmp_path / "clean-3.zip")

    outcomes = [
        journeys("review", tmp_path / "clean-1.zip", tmp_path / name).exit_code
        for name in ("clean-2.zip", "clean-3.zip")
    ]

    assert outcomes == [0, 1]


def test_folders_and_users_of_the_machine_are_replaced_on_demand_and_sources_are_found_under_the_new_path(
    tmp_path: Path,
) -> None:
    path = "/home/lisbeth/shop/test_shop.py"
    more = {
        "trace.stacks": json.dumps({"files": [path], "stacks": []}).encode(),
        f"src/{hashlib.sha1(path.encode(), usedforsecurity=False).hexdigest()}.py": b"# by lisbeth",
    }
    console = {"type": "console", "messageType": "log", "text": f"{path} C:\\Users\\Otto\\x", "time": 1}

    kept = redacted(tmp_path, [console], more=more)
    files = redacted(tmp_path, [console], more=more, paths=True)

    assert kept.keys() >= more.keys()
    said = "".join(files.values())
    assert [word for word in ("lisbeth", "/home", "Otto") if word in said] == []
    [renamed] = json.loads(files["trace.stacks"])["files"]
    assert files[f"src/{hashlib.sha1(renamed.encode(), usedforsecurity=False).hexdigest()}.py"] == "# by «user-1»"


def picture(kind: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (200, 100), "white").save(written, kind)
    return written.getvalue()


def test_pictures_are_masked_where_a_tree_says_the_place_and_else_plain_while_a_page_shows_a_secret(
    tmp_path: Path,
) -> None:
    key = "AKIA" + some(16, UPPER)
    hidden, shown = (["HTML", {}, ["BODY", {}, ["P", {}, text]]] for text in ("wait", f"Your key: {key}"))
    again = [[1, 2]]  # the body of the snapshot before
    lines = [
        {**OPTIONS, "options": {"viewport": {"width": 100, "height": 50}}},
        seen(1, 10, "after", SHOP, hidden),
        seen(2, 20, "after", SHOP, hidden),
        seen(3, 30, "after", SHOP, shown),
        seen(4, 40, "after", SHOP, ["HTML", {}, again]),
        seen(5, 50, "after", SHOP, hidden),
        seen(6, 60, "after", SHOP, hidden),
        *(
            {"type": "screencast-frame", "pageId": page, "timestamp": at, "file": f"screencast/{page}-{at}.jpeg"}
            for page, at in (("p1", 15), ("p1", 25), ("p1", 35), ("p1", 45), ("p1", 55), ("p2", 35))
        ),
        seen(7, 170, "after", SHOP, hidden),
        seen(8, 180, "after", SHOP, shown),
        {
            "type": "aria-snapshot",
            "callId": "c8",
            "phase": "after",
            "pageId": "p1",
            "timestamp": 181,
            "file": "aria/8.json",
        },
        {
            "type": "screenshot",
            "callId": "c8",
            "phase": "after",
            "pageId": "p1",
            "timestamp": 179,
            "file": "screenshots/8.png",
        },
    ]
    tree = [{"role": "paragraph", "text": f"Your key: {key}", "box": {"x": 10, "y": 10, "width": 30, "height": 10}}]
    films = {
        f"screencast/{name}.jpeg": picture("JPEG") for name in ("p1-15", "p1-25", "p1-35", "p1-45", "p1-55", "p2-35")
    }
    more = {"aria/8.json": json.dumps(tree).encode(), "screenshots/8.png": picture("PNG"), **films}

    redacted(tmp_path, lines, more=more)

    after = read_zip(tmp_path / "out.zip")
    assert {name for name in more if more[name] != after[name]} == {
        "aria/8.json",
        "screenshots/8.png",
        "screencast/p1-25.jpeg",
        "screencast/p1-35.jpeg",
        "screencast/p1-45.jpeg",
        "screencast/p2-35.jpeg",  # nothing is known of this page
    }
    with Image.open(io.BytesIO(after["screencast/p1-35.jpeg"])) as plain:
        assert (plain.format, plain.size, plain.getcolors()) == ("JPEG", (200, 100), [(200 * 100, (102, 102, 102))])
    with Image.open(io.BytesIO(after["screenshots/8.png"])) as masked:
        places = {(50, 30): (102, 102, 102), (10, 30): (255, 255, 255), (50, 60): (255, 255, 255)}
        assert {place: masked.getpixel(place) for place in places} == places


def test_pictures_of_older_versions_and_those_attached_to_a_test_are_made_plain(tmp_path: Path) -> None:
    key = "AKIA" + some(16, UPPER)
    attached = {
        "name": "screenshot",
        "contentType": "image/png",
        "sha1": "0123456789abcdef0123456789abcdef01234567.png",
    }
    lines = [
        seen(1, 10, "after", SHOP, ["HTML", {}, ["BODY", {}, key]]),
        {"type": "screencast-frame", "pageId": "p1", "timestamp": 10, "sha1": "page@1-10.jpeg"},
        {"type": "after", "callId": "c1", "endTime": 1, "attachments": [attached]},
    ]
    names = ("resources/page@1-10.jpeg", f"resources/{attached['sha1']}")
    pictures = {name: picture("JPEG" if name.endswith("jpeg") else "PNG") for name in names}
    source = "resources/src@76543210fedcba9876543210fedcba9876543210.txt"

    files = redacted(tmp_path, lines, more={**pictures, source: key.encode()})

    changed = {content for name, content in read_zip(tmp_path / "out.zip").items() if name.endswith(("jpeg", "png"))}
    assert changed.isdisjoint(pictures.values())
    [attachment] = json.loads(files["trace.trace"].splitlines()[-1])["attachments"]
    assert f"resources/{attachment['sha1']}" in files
    assert files[source] == "«key-1»"


def test_a_trace_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    shown, network = visit_shop_and_pay()
    source = write(tmp_path / "in.zip", shown, network)
    (tmp_path / "broken.zip").write_bytes(source.read_bytes()[:400])
    (tmp_path / "text.zip").write_text("no zip", encoding="utf-8")
    write(tmp_path / "cut.zip", shown, network, {"cut.trace": b'{"type": "bef'})
    (tmp_path / "link.zip").symlink_to(source)
    content, out = source.read_bytes(), tmp_path / "out.zip"
    out.write_bytes(b"older")

    same = [journeys("redact", source, other) for other in (source, tmp_path / "link.zip")]
    bad = [journeys("redact", tmp_path / name, out) for name in ("broken.zip", "text.zip", "cut.zip", "missing.zip")]

    assert [(result.exit_code, result.stderr.count("\n")) for result in (*same, *bad)] == [(2, 1)] * 6
    assert (source.read_bytes(), out.read_bytes()) == (content, b"older")
    assert journeys("redact", source, out).exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "in.zip",
        "out.zip",
        "broken.zip",
        "text.zip",
        "cut.zip",
        "link.zip",
    }


def test_what_is_left_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    drawn = b"\x89PNG\r\n\x1a\n" + b"blue whale"
    source = write(tmp_path / "in.zip", *visit_shop_and_pay(), {"resources/a.png": drawn})
    (tmp_path / "known.txt").write_text("blue whale", encoding="utf-8")

    result = journeys("redact", source, tmp_path / "out.zip", "--secrets", tmp_path / "known.txt")

    assert result.exit_code == 1
    assert "there would still be secrets in it: resources/a.png: secret.\n" in result.stderr
    assert not (tmp_path / "out.zip").exists()


def test_files_that_unpack_to_too_much_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "LARGEST", 100_000)
    monkeypatch.setattr(traces, "LARGEST", 100_000)
    bombs = {
        "zip": write_zip({"a": bytes(200_000)}),
        "gz": gzip.compress(bytes(200_000)),
        "zst": zstandard.ZstdCompressor().compress(bytes(200_000)),
        "layers": functools.reduce(lambda inner, _layer: gzip.compress(inner), range(20), b"x"),
    }
    for name, bomb in bombs.items():
        source = write(tmp_path / f"{name}.zip", *visit_shop_and_pay(), {f"resources/a.{name}": bomb})

        with pytest.raises(RedactError, match="unpacks to more than"):
            redact(source, tmp_path / "out.zip")
    source = write(tmp_path / "large.zip", *visit_shop_and_pay(), {"resources/a.txt": bytes(200_000)})
    with pytest.raises(RedactError, match="unpacks to more than"):
        redact(source, tmp_path / "out.zip")


def test_what_a_zip_says_of_its_size_is_enough_to_refuse_it() -> None:
    opened = contents.Contents(left=1000)

    with pytest.raises(contents.TooLargeError):
        opened.over("a.zip", write_zip({"a": bytes(2000)}), lambda _name, content: content)

    assert opened.left == 1000


def test_the_same_trace_is_redacted_to_the_same_bytes_and_is_read_as_before(tmp_path: Path) -> None:
    source = write(tmp_path / "in.zip", *visit_shop_and_pay())

    for name in ("one.zip", "two.zip"):
        redact(source, tmp_path / name)

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with ZipFile(tmp_path / "one.zip") as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert read_trace(tmp_path / "one.zip").steps == read_trace(source).steps


@pytest.fixture(scope="module")
def real_trace(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Playwright records of a small page."""
    context = browser.new_context()
    context.tracing.start(snapshots=True, screenshots=True)
    page = context.new_page()
    page.route("http://localhost/", lambda route: route.fulfill(body="<h1>Shop</h1>", content_type="text/html"))
    page.goto("http://localhost/")
    page.get_by_role("heading").click()
    file = tmp_path_factory.mktemp("real") / "trace.zip"
    context.tracing.stop(path=file)
    context.close()
    return file


def test_a_redacted_trace_plays_in_the_viewer_of_playwright(browser: Browser, tmp_path: Path) -> None:
    key, token = "AKIA" + some(16, UPPER), some(20)
    body = f"<link rel=stylesheet href='/style.css?token={token}'><h1>{key}</h1><input type=password>"
    context = browser.new_context()
    context.tracing.start(snapshots=True, screenshots=True, sources=True)
    page = context.new_page()
    page.route("http://localhost/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.route("http://localhost/style.css*", lambda route: route.fulfill(body="h1 { color: rgb(1, 2, 3) }"))
    page.goto("http://localhost/")
    page.get_by_role("textbox").fill("hunter-22")
    page.get_by_role("heading").click()
    context.tracing.stop(path=tmp_path / "in.zip")
    context.close()

    done = redact(tmp_path / "in.zip", tmp_path / "out.zip", paths=True)

    assert {*done.secrets} >= {"key", "password", "path", "token"}
    assert scan([tmp_path / "out.zip"], []).found == []
    context = browser.new_context()
    app = Flask("viewer", static_folder=VIEWER, static_url_path="/")
    app.add_url_rule("/out.zip", view_func=lambda: send_file(tmp_path / "out.zip"))
    with serve(app) as address:
        viewer = context.new_page()
        viewer.goto(f"{address}/index.html?trace={address}/out.zip")
        viewer.get_by_text("Click").first.click()
        shown = viewer.frame_locator("iframe.snapshot-visible").get_by_role("heading")
        expect(shown).to_have_text("«key-1»")
        expect(shown).to_have_css("color", "rgb(1, 2, 3)")
        expect(viewer.get_by_text("Fill").first).to_contain_text('"«password-1»"')
        viewer.get_by_role("tab", name="Source").click()
        expect(viewer.get_by_text("test_a_redacted_trace_plays_in_the_viewer")).to_be_visible()
    context.close()
