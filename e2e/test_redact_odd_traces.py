"""Traces and lists of secrets that are unusual, but right, are redacted; where nothing can be written, that is said."""

import json
from pathlib import Path

import pytest

from e2e.support.planted import UPPER, some
from e2e.support.redacting import redacted
from fixtures.traces import SHOP, seen, visit_shop_and_pay, write
from mock_sites.redaction.entropy import random_strings
from mock_sites.redaction.nesting import DEEPEST
from mock_sites.redaction.redact import RedactError, redact, secrets_in_file
from mock_sites.redaction.scan import scan


def test_a_half_of_a_character_stays(tmp_path: Path) -> None:
    console = {"type": "console", "messageType": "log", "text": f"\ud83d AKIA{some(16, UPPER)} \ude00\ud83d", "time": 1}

    files = redacted(tmp_path, [console])

    assert json.loads(files["trace.trace"].splitlines()[1])["text"] == "\ud83d «key-1» \ude00\ud83d"


def test_elements_are_deep_within_each_other(tmp_path: Path) -> None:
    html: object = f"AKIA{some(16, UPPER)}"
    for _level in range(DEEPEST // 3):
        html = ["DIV", {}, html]

    files = redacted(tmp_path, [seen(1, 1, "after", SHOP, html)])

    assert scan([tmp_path / "in.zip"], []).found == [f"{tmp_path}/in.zip/trace.trace: AWS access key"]
    assert files["trace.trace"].count('["DIV",{},') == DEEPEST // 3
    assert '["DIV",{},"«key-1»"]' in files["trace.trace"]


def test_a_list_of_secrets_may_be_written_on_any_machine(tmp_path: Path) -> None:
    odd = ["a.*b+(c)[d]$^", "two words", "  before", "秘密の言葉", "x\\y\"z'<&>"]
    (tmp_path / "known.txt").write_bytes("\r\n".join(["\ufeff" + odd[0], *odd[1:], "    ", ""]).encode())

    known = secrets_in_file(tmp_path / "known.txt")
    consoles = [{"type": "console", "messageType": "log", "text": f"a {text} b", "time": 1} for text in odd]
    files = redacted(tmp_path, consoles, known=known)

    assert [secret.value for secret in known] == odd
    said = [json.loads(line)["text"] for line in files["trace.trace"].splitlines()[1:]]
    assert said == [f"a «secret-{number}» b" for number in range(1, len(odd) + 1)]


def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    source = write(tmp_path / "in.zip", *visit_shop_and_pay())
    (tmp_path / "link").symlink_to("/dev/null")

    with pytest.raises(RedactError, match="is no file"):
        redact(source, tmp_path / "link")

    assert (tmp_path / "link").is_symlink()


def test_many_backslashes_are_read_once() -> None:
    assert [*random_strings("\\" * 50_000)] == []
