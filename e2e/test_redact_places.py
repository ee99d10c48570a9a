"""Secrets are replaced in every place of a trace, in every encoding."""

import gzip
import hashlib
import io
import json
import os
import zipfile
from pathlib import Path
from typing import Final

import click
import pytest
from playwright.sync_api import Browser

from e2e.support.planted import ENCODINGS, PLANTED, UPPER, some
from e2e.support.planting import BODIES, LINES, harvest, left, plainly, plant, read_zip, write_zip
from e2e.support.redacting import redacted
from fixtures.traces import OPTIONS, SHOP, action, asked, seen, write
from mock_sites.redaction.redact import redact
from mock_sites.redaction.scan import scan

SHARE: Final = 1 if os.environ.get("MOCK_SITES_SECRETS") == "all" else 4
"""In each encoding every fourth example is planted, or all."""

PLACES: Final = {*BODIES, *LINES, "websocket", "tree", "source"}


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


PINS: Final = {
    "quoted": '{{"pin": "{pin}"}}',
    "as a form": "user=ana&card_pin={pin}&otp={pin}",
    "escaped": '"{{\\"userPin\\": \\"{pin}\\"}}"',
}
"""Texts with a PIN under its name."""


@pytest.mark.parametrize("text", PINS.values(), ids=[*PINS])
def test_a_pin_is_replaced_under_its_name_in_any_text_and_kept_elsewhere(text: str, tmp_path: Path) -> None:
    said = f"{text.format(pin='4711')}, 4711 items"
    console = {"type": "console", "messageType": "log", "text": said, "args": [{"value": said}], "time": 1}
    network = asked(1, "GET", f"http://localhost/?{PINS['as a form'].format(pin='4711')}")

    files = redacted(tmp_path, [console], [network], {"resources/a.txt": said.encode()})

    for content in (json.loads(files["trace.trace"].splitlines()[1])["text"], files["resources/a.txt"]):
        assert content == f"{text.format(pin='«password-1»')}, 4711 items"
    assert "card_pin=«password-1»&otp=«password-1»" in files["trace.network"]


def gzipped(content: bytes, flags: int, *fields: bytes) -> bytes:
    """A member of a gzip file with fields in its header."""
    plain = gzip.compress(content, mtime=0)
    return plain[:3] + bytes([flags]) + plain[4:10] + b"".join(fields) + plain[10:]


def commented(part: bytes, whole: bytes) -> bytes:
    """A zip with comments."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.comment = part
        archive.writestr(info, "text")
        archive.comment = whole
    return packed.getvalue()


SAID: Final = f"token = glpat-{some(20)}".encode()
BESIDE: Final = {
    "name": gzipped(b"text", 8, b"a-" + SAID + b".txt\0"),
    "comment": gzipped(b"text", 16, SAID + b"\0"),
    "extra": gzipped(b"text", 4 + 8, len(SAID).to_bytes(2, "little"), SAID, b"a.txt\0"),
    "second": gzipped(b"te", 8, b"a.txt\0") + gzipped(b"xt", 8 + 16, b"b.txt\0", SAID + b"\0"),
    "file": commented(SAID, b"none"),
    "archive": commented(b"none", SAID),
}
"""Compressed files with a secret beside what is compressed."""


@pytest.mark.parametrize("content", BESIDE.values(), ids=[*BESIDE])
def test_names_and_comments_in_compressed_files_are_looked_at_and_left_out(content: bytes, tmp_path: Path) -> None:
    packed = write(tmp_path / "in.zip", [OPTIONS], [], {"resources/a.bin": content})

    [line] = scan([packed], []).found
    redact(packed, tmp_path / "out.zip")
    files = read_zip(tmp_path / "out.zip")

    assert "GitLab token" in line
    [kept] = [held for name, held in files.items() if name.startswith("resources/")]
    assert SAID not in kept
    assert b"text" in (kept if kept.startswith(b"PK") else gzip.decompress(kept))


def test_fields_of_a_gzip_header_without_a_secret_are_kept(tmp_path: Path) -> None:
    content = gzipped(b"text", 8, b"a.txt\0")
    packed = write(tmp_path / "in.zip", [OPTIONS], [], {"resources/a.bin": content})

    redact(packed, tmp_path / "out.zip")

    assert read_zip(tmp_path / "out.zip")["resources/a.bin"] == content


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
