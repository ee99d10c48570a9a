"""Traces that are damaged, unknown or made to do harm are refused in one line."""

import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from e2e.cli import main
from fixtures.traces import BODY, OPTIONS, PAID, SHOP, Lines, action, seen, visit_shop_and_pay, write
from mock_sites.review.traces import archive


def journeys(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env={"COLUMNS": "200"})


def be_too_new(shown: Lines) -> None:
    shown[0] = {**OPTIONS, "version": 99, "playwrightVersion": "2.0.0"}


def be_newer_than_its_name(shown: Lines) -> None:
    shown[0] = {**OPTIONS, "version": 99}


def be_too_old(shown: Lines) -> None:
    shown[0] = {**OPTIONS, "version": 4}


def no_options(shown: Lines) -> None:
    del shown[0]


def of_a_test_runner(shown: Lines) -> None:
    shown[0] = {**OPTIONS, "origin": "testRunner"}


def no_page(shown: Lines) -> None:
    del shown[1:]


def no_page_but_an_event(shown: Lines) -> None:
    no_page(shown)
    shown.append({"type": "event", "time": 5, "class": "BrowserContext", "method": "page", "params": {"pageId": "p1"}})


def lost_time(shown: Lines) -> None:
    del shown[1]["startTime"]


def refer_to_very_much(shown: Lines) -> None:
    ten_times = ["HTML", {}, *[[[1, 0]]] * 10]
    shown[-1:] = [seen(1, 20 + at / 10, "after", SHOP, ten_times if at else ["HTML", {}]) for at in range(8)]
    shown.append(seen(3, 55, "after", PAID, ten_times))


def nest_elements(shown: Lines) -> None:
    html: Any = "deep"
    for _level in range(400):
        html = ["DIV", {}, html]
    shown[-1]["snapshot"]["html"] = html


def hold_no_element(shown: Lines) -> None:
    shown[-1]["snapshot"]["html"] = {"a": 1}


def have_no_attributes(shown: Lines) -> None:
    shown[-1]["snapshot"]["html"] = ["HTML", 5]


def name_a_file_outside(shown: Lines) -> None:
    shown.append({"type": "screenshot", "pageId": "p1", "timestamp": 56, "file": "../../etc/passwd.png"})


def name_no_picture(shown: Lines) -> None:
    shown.append({"type": "screenshot", "pageId": "p1", "timestamp": 56, "file": "trace.trace"})


def visit_too_much(shown: Lines) -> None:
    for at in range(1_001):
        shown += action(100 + at, 100 + at, "goto", params={"url": SHOP})
        shown.append(seen(100 + at, 100.5 + at, "after", f"{SHOP}/{at}", BODY))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (be_too_new, "of Playwright 2.0.0; traces of 1.40 to 1.65 are known"),
        (be_newer_than_its_name, "of Playwright after 1.65; traces of 1.40 to 1.65 are known"),
        (be_too_old, "of a Playwright before 1.40; record it again with 1.40 or newer"),
        (no_options, "does not begin as a trace does"),
        (of_a_test_runner, "no trace of a browser is in it"),
        (no_page, "no page was visited"),
        (no_page_but_an_event, "no page was visited"),
        (lost_time, "trace.trace, line 2: before.startTime: Field required"),
        (refer_to_very_much, "more than 100000 elements"),
        (nest_elements, "more than 250 elements are within each other"),
        (hold_no_element, "holds what is no element"),
        (have_no_attributes, "an element without attributes"),
        (name_a_file_outside, "which is not in it"),
        (name_no_picture, "is no picture"),
        (visit_too_much, "more than 1000 pages"),
    ],
)
def test_an_invalid_trace_is_refused_in_one_line(spoil: Callable[[Lines], None], reason: str, tmp_path: Path) -> None:
    shown, network = deepcopy(visit_shop_and_pay())
    network = network if shown[1:] else []
    spoil(shown)

    assert_refused(write(tmp_path / "bad.zip", shown, network if len(shown) > 1 else []), reason, tmp_path)


def assert_refused(file: Path, reason: str, tmp_path: Path) -> None:
    """The trace is refused on either side, with exit code 2 and one line."""
    good = write(tmp_path / "good.zip", *visit_shop_and_pay())
    for pair in ((file, good), (good, file)):
        result = journeys("review", *pair)

        assert result.exit_code == 2
        [refusal, summary] = result.stdout.splitlines()
        assert refusal.startswith("Not compared: ")
        assert reason in refusal
        assert summary == "Compared: 0, differences: 0, advice: 0, not compared: 1"


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-30])


def spoil_octets(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[60:64] = b"oops"
    file.write_bytes(content)


def no_zip(file: Path) -> None:
    file.write_text("Not a zip")


def lead_outside(file: Path) -> None:
    add(file, "../../outside.txt", b"")


def lead_to_a_drive(file: Path) -> None:
    add(file, "C:\\outside.txt", b"")


def be_absolute(file: Path) -> None:
    add(file, "/etc/outside.txt", b"")


def hold_twice(file: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        add(file, "trace.trace", b"")


def bomb(file: Path) -> None:
    claim_size(file, 2**32 - 2)


def large_picture(file: Path) -> None:
    shown, network = visit_shop_and_pay()
    shown.append({"type": "screenshot", "pageId": "p1", "timestamp": 56, "file": "aa.png"})
    write(file, shown, network, {"aa.png": b"\x89PNG" + bytes(2**20)})


def many_lines(file: Path) -> None:
    shown, network = visit_shop_and_pay()
    write(file, shown * 10, network)


def long_line(file: Path) -> None:
    shown, network = visit_shop_and_pay()
    shown[0] = {**OPTIONS, "options": "x" * 2**20}
    write(file, shown, network)


def claim_size(file: Path, size: int) -> None:
    """Let the list of files say that the first one unpacks to so many bytes."""
    content = bytearray(file.read_bytes())
    at = content.find(b"PK\x01\x02") + 24
    content[at : at + 4] = size.to_bytes(4, "little")
    file.write_bytes(content)


def many_files(file: Path) -> None:
    for number in range(4):
        add(file, f"resources/{number}", b"")


def nested(file: Path) -> None:
    content = file.read_bytes()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("trace.zip", content)


def broken_line(file: Path) -> None:
    rewrite(file, b'{"type": "context-options", "version": 10\n')


def nested_json(file: Path) -> None:
    rewrite(file, b"[" * 100_000)


def no_utf8(file: Path) -> None:
    rewrite(file, b"\xff")


def claim_an_unknown_packing(file: Path) -> None:
    content = file.read_bytes()
    for sign, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = content.find(sign) + place
        content = content[:at] + b"\x63\x00" + content[at + 2 :]
    file.write_bytes(content)


def add(file: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, content)


def rewrite(file: Path, lines: bytes) -> None:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("trace.trace", lines)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (cut, "truncated, or no zip"),
        (spoil_octets, "trace.trace is damaged"),
        (no_zip, "truncated, or no zip"),
        (lead_outside, "'../../outside.txt', which is outside"),
        (lead_to_a_drive, "which is outside"),
        (be_absolute, "which is outside"),
        (hold_twice, "'trace.trace' twice"),
        (bomb, "unpacks to more than 2048 MiB"),
        (large_picture, "aa.png unpacks to more than 1 MiB"),
        (many_lines, "trace.trace has more than 50 lines, or one of more than 1 MiB"),
        (long_line, "trace.trace has more than 50 lines, or one of more than 1 MiB"),
        (many_files, "more than 5 files"),
        (nested, "no trace of a browser is in it"),
        (broken_line, "trace.trace, line 1: truncated, or no JSON"),
        (nested_json, "trace.trace, line 1: truncated, or no JSON"),
        (no_utf8, "trace.trace, line 1: truncated, or no JSON"),
        (claim_an_unknown_packing, "packed in an unknown way"),
    ],
)
def test_a_zip_that_is_damaged_or_made_to_do_harm_is_refused(
    spoil: Callable[[Path], None], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit, value in {"MOST_FILES": 5, "MOST_LINES": 50, "LARGEST_FILE": 2**20}.items():
        monkeypatch.setattr(archive, limit, value)
    file = write(tmp_path / "bad.zip", *visit_shop_and_pay())
    spoil(file)

    assert_refused(file, reason, tmp_path)
    for command in (["redact", str(file), str(tmp_path / "clean.zip")], ["scan", str(file)]):
        result = CliRunner().invoke(main, command)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert result.exit_code == 0 or len(result.output.splitlines()) == 1
    (tmp_path / "clean.zip").unlink(missing_ok=True)
    assert [path.name for path in sorted(tmp_path.iterdir())] in (["bad.zip", "good.zip"], ["good.zip"])
