"""`journeys redact` of whole files: what it writes, refuses and says."""

import base64
import functools
import gzip
import os
from pathlib import Path
from zipfile import ZipFile

import pytest
import zstandard

from e2e.support.planted import UPPER, some
from e2e.support.planting import read_zip, write_zip
from e2e.support.redacting import journeys, redacted
from fixtures.traces import OPTIONS, SHOP, asked, seen, visit_shop_and_pay, write
from mock_sites.redaction import contents, traces
from mock_sites.redaction.redact import RedactError, redact
from mock_sites.redaction.scan import scan
from mock_sites.review.traces.trace import read_trace


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


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    """A program that replaces ``/dev/null`` breaks the machine, if it may."""
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(RedactError, match="pipe is no file"):
        redact(write(tmp_path / "in.zip", *visit_shop_and_pay()), tmp_path / "pipe")

    assert (tmp_path / "pipe").is_fifo()


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


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"x.trace": b""}, "none of its .trace files begins with the options"),
        ({"x.trace": b'{"a": 1}\n'}, "none of its .trace files begins with the options"),
        ({"x.trace": b"no JSON"}, "none of its .trace files begins with the options"),
        ({"a/trace.trace": b"{}"}, "without a .trace file"),
        ({}, "without a .trace file"),
    ],
)
def test_what_is_no_trace_is_refused(files: dict[str, bytes], said: str, tmp_path: Path) -> None:
    (tmp_path / "in.zip").write_bytes(write_zip(files))

    with pytest.raises(RedactError, match=said):
        redact(tmp_path / "in.zip", tmp_path / "out.zip")

    assert not (tmp_path / "out.zip").exists()


def test_a_folder_is_refused_with_what_to_do(tmp_path: Path) -> None:
    result = journeys("redact", tmp_path, tmp_path / "out.zip")

    assert result.exit_code == 2
    assert (
        f"{tmp_path} is no trace: no zip, and no folder of an unpacked one, or without a .trace file." in result.stderr
    )


def test_the_password_in_basic_credentials_is_replaced_wherever_it_is_written(tmp_path: Path) -> None:
    password = "gr\u00fcn-" + some(9)
    exchange = asked(1, "GET", SHOP)
    credentials = base64.b64encode(f"ana:{password}".encode()).decode()
    exchange["snapshot"]["request"]["headers"] = [{"name": "Authorization", "value": f"Basic {credentials}"}]
    more = {"src/0123.py": f'connect("{password}")'.encode(), "resources/a.txt": f"Basic {credentials}".encode()}

    files = redacted(tmp_path, [], [exchange], more)

    assert files["src/0123.py"].startswith('connect("«password-')
    assert f"{tmp_path}/in.zip/src/0123.py: password" in scan([tmp_path / "in.zip"], []).found
    assert [name for name, text in files.items() if password in text or credentials in text] == []
