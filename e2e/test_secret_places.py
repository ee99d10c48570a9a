"""What the commands and the README say of the places of secrets is one list, and true."""

import io
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner

from e2e.cli import main
from e2e.support.planting import read_zip, write_zip
from fixtures.traces import OPTIONS, SHOP, Lines, action, asked, seen, write
from mock_sites.redaction.looked_for import FORMS, LOOKED_FOR, PLACES
from mock_sites.redaction.redact import redact
from mock_sites.redaction.scan import scan
from mock_sites.redaction.secrets import Secret

README: Final = Path(__file__).parents[1] / "README.md"


def typed(*keys: str, **attributes: str) -> Lines:
    """Keys, each of which goes into a field of its own."""
    lines: Lines = []
    for call, key in enumerate(keys, 1):
        field = ["INPUT", {**attributes, "__playwright_value_": key}]
        lines += [*action(call, call, "keyboardPress", params={"key": key})]
        lines.append(seen(call, call, "after", SHOP, ["HTML", {}, ["BODY", {}, field]]))
    return lines


def header(name: str, value: str) -> Lines:
    exchange = asked(1, "GET", SHOP)
    exchange["snapshot"]["request"]["headers"] = [{"name": name, "value": value}]
    return [exchange]


def said(text: str) -> Lines:
    return [{"type": "console", "messageType": "log", "text": text, "args": [], "time": 1}]


EXAMPLES: Final[Sequence[tuple[Lines, Lines]]] = (
    (typed(*"Q7", type="password"), []),
    (typed(*"1739", maxlength="1"), []),
    (typed("x", **{"aria-label": "API token"}), []),
    ([], header("Authorization", "Basic bWU6cGE1NQ==")),
    ([], header("Cookie", "sid=abcdefgh12345678")),
    (said('{"card_pin": "4711"}'), []),
    (said("access_key=abcdefgh12345678"), []),
    (said(f"{'a' * 16}.abcdef.{'b' * 27}"), []),
)


@pytest.mark.parametrize(("place", "example"), [*zip(PLACES, EXAMPLES, strict=True)])
def test_a_place_that_is_named_is_looked_at(place: str, example: tuple[Lines, Lines], tmp_path: Path) -> None:
    shown, network = example

    packed = write(tmp_path / "trace.zip", [OPTIONS, *shown], network)
    unpacked = tmp_path / "run" / "trace"
    shutil.unpack_archive(packed, unpacked)

    found = scan([packed], []).found

    assert place in LOOKED_FOR
    assert found
    assert scan([unpacked.parent], []).found == [line.replace(str(packed), str(unpacked)) for line in found]


def test_an_unpacked_trace_is_redacted_as_its_zip(tmp_path: Path) -> None:
    shown, network = typed(*"Q7", type="password"), header("Cookie", "sid=abcdefgh12345678")
    packed = write(tmp_path / "trace.zip", [OPTIONS, *shown], network)
    shutil.unpack_archive(packed, tmp_path / "run")

    redact(packed, tmp_path / "of-zip.zip")
    redact(tmp_path / "run", tmp_path / "of-folder.zip")

    assert read_zip(tmp_path / "of-folder.zip") == read_zip(tmp_path / "of-zip.zip")
    assert scan([tmp_path / "of-folder.zip"], []).found == []


def test_a_folder_with_traces_of_other_programs_is_looked_through(tmp_path: Path) -> None:
    (tmp_path / "other.trace").write_text("api_key=abcdefgh12345678", encoding="utf-8")

    assert scan([tmp_path], []).found == [f"{tmp_path}/other.trace: token, value of a secret's name"]


NAMES: Final = ("token=abcdefgh12345678/a.txt", "AKIAABCDEFGHIJKLMNOP/a.txt", "hunter2.txt")


@pytest.mark.parametrize("name", NAMES)
def test_names_of_files_have_no_secrets(name: str, tmp_path: Path) -> None:
    known = [Secret("secret", "hunter2")]
    inner = {name: b"a"}
    source = write(tmp_path / "in.zip", [OPTIONS, *said(name)], [], {**inner, "resources/b.zip": write_zip(inner)})
    shutil.unpack_archive(source, tmp_path / "run")

    redact(source, tmp_path / "out.zip", known)

    found = [scan([path], known).found for path in (source, tmp_path / "run", tmp_path / "out.zip")]
    secret = name.removesuffix(".txt").removesuffix("/a").removeprefix("token=")
    assert [len(lines) for lines in found] == [3, 3, 0]
    assert secret not in str(found)
    files = read_zip(tmp_path / "out.zip")
    [renamed] = read_zip(io.BytesIO(files[next(file for file in files if file.startswith("resources/"))]))
    assert renamed in files
    assert json.loads(files["trace.trace"].splitlines()[1])["text"] == renamed
    assert secret not in renamed


def test_a_password_that_is_only_in_a_name_is_replaced(tmp_path: Path) -> None:
    source = write(
        tmp_path / "in.zip", [OPTIONS], [], {"password=hunter2a1/a.txt": b"a", "a/password=hunter2a1.txt": b"a"}
    )

    redact(source, tmp_path / "out.zip")

    assert [*read_zip(tmp_path / "out.zip")][2:] == ["password=«password-1»/a.txt", "a/password=«password-1».txt"]
    assert len(found := scan([source], []).found) == 2
    assert "hunter2a1" not in str(found)


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("command", ["scan", "redact"])
def test_the_help_and_the_readme_name_all_places_and_no_others(command: str) -> None:
    shown = words(CliRunner().invoke(main, [command, "--help"]).stdout)
    listed: list[Any] = [f"- {told}" for told in (*PLACES, FORMS)]

    assert shown.endswith(f"Looked for: {' '.join(listed)}")
    assert " ".join(listed) in words(README.read_text("utf-8"))
