"""What is typed into fields for secrets is replaced, also key by key; what is typed into others stays."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser

from e2e.support.planting import read_zip
from fixtures.traces import OPTIONS, SHOP, Lines, action, seen, write
from mock_sites.redaction.redact import redact
from mock_sites.redaction.scan import scan

VALUE: Final = "__playwright_value_"

TYPED: Final = "Wq7-x"
"""So short that it is only known at its place."""

FIELDS: Final[dict[str, dict[str, str]]] = {
    "password": {"type": "password"},
    "name": {"name": "apiToken"},
    "id": {"id": "card-pin"},
    "label": {"aria-label": "API token", "type": "text"},
    "placeholder": {"placeholder": "Passphrase"},
    "purpose": {"autocomplete": "section-a one-time-code"},
    "one character": {"maxlength": "1"},
}
OTHERS: Final[dict[str, dict[str, str]]] = {
    "name": {"name": "city"},
    "label": {"aria-label": "Has a password"},
    "length": {"maxlength": "10"},
    "purpose": {"autocomplete": "username"},
}

BY_KEYBOARD: Final[dict[str, list[tuple[str, str, str]]]] = {
    "press": [("keyboardPress", "key", key) for key in TYPED],
    "shifted": [("keyboardPress", "key", f"Shift+{key}") for key in TYPED],
    "down and up": [(method, "key", key) for key in TYPED for method in ("keyboardDown", "keyboardUp")],
    "type": [("keyboardType", "text", TYPED)],
    "insert": [("keyboardInsertText", "text", TYPED)],
}


def resolved(call: int, at: float, attributes: dict[str, str]) -> dict[str, Any]:
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return {"type": "log", "callId": f"c{call}", "time": at, "message": f"  locator resolved to <input{written}/>"}


def shown(call: int, at: float, attributes: dict[str, str], value: str) -> dict[str, Any]:
    return seen(call, at, "after", SHOP, ["HTML", {}, ["BODY", {}, ["INPUT", {**attributes, VALUE: value}]]])


def redacted(tmp_path: Path, lines: Lines) -> tuple[Lines, bool]:
    """The lines of a redacted trace, and whether a scan found something before."""
    source = write(tmp_path / "in.zip", [OPTIONS, *lines], [])
    found = scan([source], []).found
    redact(source, tmp_path / "out.zip")
    text = read_zip(tmp_path / "out.zip")["trace.trace"].decode()
    return [json.loads(line) for line in text.splitlines()], bool(found)


def typed(lines: Lines) -> list[str]:
    """What a trace says of what was typed."""
    params = [
        line["params"].get(name) for line in lines if line["type"] == "before" for name in ("key", "text", "value")
    ]
    return [text for text in params if text]


def type_by_keyboard(keyboard: str, attributes: dict[str, str], *, snapshots: bool = True) -> Lines:
    """Click a field, and type into it with the keyboard."""
    lines = [*action(1, 10, "click", params={"selector": "#x"}), resolved(1, 11, attributes)]
    for number, (method, name, key) in enumerate(BY_KEYBOARD[keyboard], 2):
        lines += action(number, number * 20, method, params={name: key})
        if snapshots:
            lines.append(shown(number, number * 20 + 5, attributes, TYPED[: number - 1]))
    return lines


@pytest.mark.parametrize("snapshots", [True, False])
@pytest.mark.parametrize("keyboard", BY_KEYBOARD)
@pytest.mark.parametrize("field", FIELDS)
def test_keys_in_a_field_for_secrets_are_replaced(
    field: str,
    keyboard: str,
    snapshots: bool,  # noqa: FBT001
    tmp_path: Path,
) -> None:
    lines, found = redacted(tmp_path, type_by_keyboard(keyboard, FIELDS[field], snapshots=snapshots))

    assert found
    assert {text.strip("«»").partition("-")[0] for text in typed(lines)} == {"password"}
    assert all(text not in json.dumps(lines) for text in (TYPED, TYPED[:3]))


@pytest.mark.parametrize("keyboard", BY_KEYBOARD)
@pytest.mark.parametrize("field", OTHERS)
def test_keys_in_other_fields_stay(field: str, keyboard: str, tmp_path: Path) -> None:
    before = type_by_keyboard(keyboard, OTHERS[field])

    lines, found = redacted(tmp_path, before)

    assert (lines[1:], found) == (before, False)


@pytest.mark.parametrize("selector", ['internal:label="API token"i', "#user-pin", 'internal:role=textbox[name="PIN"i]'])
@pytest.mark.parametrize(("method", "name"), [("fill", "value"), ("type", "text"), ("press", "key")])
def test_a_selector_tells_a_field_for_secrets(selector: str, method: str, name: str, tmp_path: Path) -> None:
    secret = TYPED[0] if name == "key" else TYPED
    target = {"id": "x", "__playwright_target__": ""}
    before = [
        *action(
            1, 10, method, title=f'{method.title()} "{secret}" {selector}', params={"selector": selector, name: secret}
        ),
        {"type": "log", "callId": "c1", "time": 11, "message": f'  {method}("{secret}")'},
        shown(1, 12, target, secret),
    ]

    lines, _found = redacted(tmp_path, before)

    assert lines[1]["params"][name] == "«password-1»"
    assert lines[1]["title"] == f'{method.title()} "«password-1»" {selector}'
    assert lines[3]["message"] == f'  {method}("«password-1»")'
    assert lines[4]["snapshot"]["html"][2][2][1][VALUE] == "«password-1»"


def test_tab_leaves_a_field_and_a_snapshot_tells_the_next_one(tmp_path: Path) -> None:
    lines = [*action(1, 10, "click", params={"selector": "#x"}), resolved(1, 11, {"name": "city"})]
    for number, key in enumerate(["B", "o", "Tab", "Q", "w", "Tab", "U", "l"], 2):
        lines += action(number, number * 20, "keyboardPress", params={"key": key})
        if key == "w":
            lines.append(shown(number, number * 20 + 5, {"type": "password"}, "Qw"))

    after, _found = redacted(tmp_path, lines)

    assert typed(after) == ["B", "o", "Tab", "«password-1»", "«password-2»", "Tab", "U", "l"]


def test_what_was_typed_key_by_key_is_replaced_wherever_it_is_written(tmp_path: Path) -> None:
    lines: Lines = []
    for number, digit in enumerate("482913", 1):
        lines += action(number, number * 20, "fill", params={"selector": f"#d{number}", "value": digit})
        lines.append(resolved(number, number * 20 + 1, {"maxlength": "1"}))
    console = {"type": "console", "messageType": "log", "text": "sent 482913, not 4829131", "time": 1482913.5}

    after, _found = redacted(tmp_path, [*lines, console])

    assert after[-1]["text"].startswith("sent «password-")
    assert after[-1]["text"].endswith("», not 4829131")
    assert after[-1]["time"] == 1482913.5


PAGE: Final = f"""<input id=a type=password>{"<input class=box maxlength=1>" * 6}<input id=city>
<script>
const boxes = document.querySelectorAll('.box');
boxes.forEach((box, at) => box.addEventListener('input', () => boxes[at + 1]?.focus()));
</script>"""


def test_keys_are_replaced_in_what_playwright_records(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context()
    context.tracing.start(snapshots=True)
    page = context.new_page()
    page.route("http://localhost/", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.goto("http://localhost/")
    page.locator("#a").focus()
    for key in "Xq7Zw":
        page.keyboard.press(key)
    page.keyboard.press("Tab")
    for digit in "482913":
        page.keyboard.press(digit)
    page.locator("#a").press_sequentially("K9")
    page.keyboard.insert_text("Vj3")
    assert page.locator("#a").input_value() == "K9Vj3Xq7Zw"
    page.locator("#city").press_sequentially("Ulm")
    context.tracing.stop(path=tmp_path / "in.zip")
    context.close()

    redact(tmp_path / "in.zip", tmp_path / "out.zip")

    text = read_zip(tmp_path / "out.zip")["trace.trace"].decode()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [said for said in typed(lines) if not said.startswith("«password-")] == ["Tab", "Ulm"]
    assert [said for said in ("Xq7", "K9", "Vj3", f'{VALUE}":"4"') if said in text] == []
    assert f'{VALUE}":"Ulm"' in text
