"""The result of a review, on the terminal and in the formats of programs."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from check_jsonschema.cli import main as check_schema  # pyright: ignore[reportMissingTypeStubs]
from click import unstyle
from click.testing import CliRunner, Result
from junitparser import JUnitXml
from rich.cells import cell_len

from e2e.cli import main
from e2e.support.review_schema import SCHEMA, write_schema
from e2e.support.sample import SampleElement, SampleStep, make_sample, write_sample
from mock_sites.review.changes import Change, Kind, Value
from mock_sites.review.formats.github import write_commands
from mock_sites.review.formats.junit import write_junit
from mock_sites.review.formats.markdown import LONGEST, write_markdown
from mock_sites.review.formats.shorten import shorten
from mock_sites.review.review import Reviewed, review

LONG: Final = "https://marketplace.huaweicloud.com/" + "very-long-folder/" * 20
CHINESE: Final = "开通服务之前请仔细阅读并同意以下全部条款" * 12


@pytest.fixture
def runs(tmp_path: Path) -> tuple[Path, Path]:
    """Runs of the sample before and after changes of long texts, a slower step and a moved button."""
    before, after = long_texts("41", "甲"), long_texts("42", "乙")
    after[0].seconds = 9
    after[3].elements[4].right = 40
    write_sample(before, tmp_path / "before" / "purchase-en")
    write_sample(after, tmp_path / "after" / "purchase-en")
    return tmp_path / "before", tmp_path / "after"


def long_texts(number: str, letter: str) -> list[SampleStep]:
    steps = make_sample()
    steps[1].requests = [("GET", f"{LONG}?price={number}&{'x' * 90}", 200)]
    steps[2].elements.append(SampleElement("paragraph", text=f"{CHINESE}{letter}{CHINESE}"))
    return steps


def journeys(*words: str | Path, columns: int = 200, **environment: str) -> Result:
    variables = {"COLUMNS": str(columns), "GITHUB_STEP_SUMMARY": "", **environment}
    return CliRunner().invoke(main, [str(word) for word in words], env=variables)


def reviewed(runs: Sequence[Path]) -> Reviewed:
    before, after = runs
    return review(after, before)


@pytest.mark.parametrize("columns", [40, 80])
def test_the_terminal_shows_what_differs_at_any_width(columns: int, runs: tuple[Path, Path]) -> None:
    before, after = runs

    result = journeys("review", after, "--against", before, columns=columns, TTY_COMPATIBLE="1")

    printed = unstyle(result.stdout)
    lines = printed.splitlines()
    assert result.exit_code == 1
    assert all(cell_len(line) <= columns for line in lines[:-1])
    shown = "".join(printed.split())
    for text in ("?price=42&", "insteadof", "?price=41&", "甲", "乙", "moved40pixelstotheright", "takes9.0instead"):
        assert text in shown
    assert len(lines) < 16 * 80 / columns * 2


def test_in_a_file_each_place_has_one_line_without_blanks_at_its_end(runs: tuple[Path, Path]) -> None:
    before, after = runs

    lines = journeys("review", after, "--against", before, columns=40).stdout.splitlines()

    assert any(re.fullmatch(r"  purchase-en, 2\. .{40,}", line) for line in lines)
    assert [line for line in lines if line != line.rstrip()] == []


def test_what_differs_wholly_is_not_shortened_and_nor_is_a_short_text() -> None:
    value = Value("a" * 200, "b" * 200)

    assert shorten(Change(Kind.TEXT, f"“{value[0]}” is now “{value[1]}”", value=value), 50).count("…") == 0
    assert shorten(Change(Kind.TEXT, "“a” is now “b”", value=Value("a", "b")), 50) == "“a” is now “b”"
    assert shorten(Change(Kind.TEXT, "x" * 99), 50) == "x" * 99


def test_a_text_that_is_a_part_of_the_other_is_shortened_like_it() -> None:
    value = Value(LONG, f"{LONG}?page=2")

    assert shorten(Change(Kind.FLOW, f"ends on {value.after} instead of {value.before}", value=value), 80) == (
        "ends on …ery-long-folder/?page=2 instead of …ery-long-folder/"
    )


def test_json_is_as_its_schema_says(runs: tuple[Path, Path], tmp_path: Path) -> None:
    before, after = runs
    result = journeys("review", after, "--against", before, "--format", "json")
    (tmp_path / "review.json").write_text(result.stdout, encoding="utf-8")

    checked = CliRunner().invoke(check_schema, ["--schemafile", str(SCHEMA), str(tmp_path / "review.json")])

    assert (result.exit_code, checked.exit_code) == (1, 0), checked.output
    content = json.loads(result.stdout)
    assert (content["differences"], content["advice"], content["exit_code"]) == (3, 1, 1)
    text = content["findings"][0]
    assert (text["kind"], text["group"], text["before"]) == ("text", "page", f"{CHINESE}甲{CHINESE}")
    assert [(place["journey"], place["number"]) for place in text["places"]] == [("purchase-en", 3)]


def test_the_schema_in_the_documents_is_that_of_the_code() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == write_schema(), "run: .venv/bin/python -m e2e.support.review_schema"


def test_junit_has_a_test_case_for_each_recording(runs: tuple[Path, Path]) -> None:
    before, after = runs
    write_sample(make_sample(), after / "other-en")
    (after / "other-en" / "mails.json").unlink()
    result = journeys("review", after, "--against", before, "--format", "junit")

    assert result.exit_code == 2
    [suite] = JUnitXml.fromstring(result.stdout)
    assert (suite.tests, suite.failures, suite.errors) == (2, 1, 1)
    root = ET.fromstring(result.stdout)  # noqa: S314, it was just written
    failed, broken = root.iter("testcase")
    assert failed.get("name") == "purchase-en"
    assert "?price=42" in (failed.findtext("failure") or "")
    assert "takes 9.0" in (failed.findtext("system-out") or "")
    assert broken.find("error") is not None
    assert JUnitXml.fromstring(write_junit(Reviewed([], [], ["a: \0 <&>\x1b"]))).errors == 1


def test_github_gets_commands_and_a_summary_in_which_nothing_ends_a_command(
    runs: tuple[Path, Path], tmp_path: Path
) -> None:
    before, after = runs
    summary = tmp_path / "summary.md"

    result = journeys("review", after, "--against", before, "--format", "github", GITHUB_STEP_SUMMARY=str(summary))

    *commands, counts = result.stdout.splitlines()
    assert [command.partition("::")[2].partition("::")[0] for command in commands] == [
        "error title=Review%3A text",
        "error title=Review%3A requests",
        "warning title=Review%3A layout",
        "notice title=Review%3A time (advice)",
    ]
    assert "%0Apurchase-en, 3. Agree" in commands[0]
    assert counts == "Compared: 1, differences: 3, advice: 1, not compared: 0"
    assert summary.read_text(encoding="utf-8").startswith("### Review of recordings")


def test_percent_signs_and_line_ends_are_escaped_for_github(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)

    commands = write_commands(Reviewed([], [], ["100%\r\n::error::no"]))

    assert commands.splitlines()[0] == "::error title=Not compared::100%25%0D%0A::error::no"


def test_markdown_has_no_markup_of_pages_and_is_short_enough_for_a_comment(tmp_path: Path) -> None:
    steps = make_sample()
    steps[2].elements[2].text = "<b> [x](y) @all #12 `a` | https://example.com"
    steps[4].elements += [SampleElement("button", f"{'long ' * 50}{number}") for number in range(500)]
    write_sample(make_sample(), tmp_path / "before")
    write_sample(steps, tmp_path / "after")

    text = write_markdown(review(tmp_path / "after", tmp_path / "before"))

    assert "&lt;b&gt; \\[x\\]\\(y\\) @<!-- -->all #<!-- -->12 \\`a\\` \\| https://<!-- -->example.com" in text
    assert "3. Agree to the terms and subscribe" in text
    assert len(text) < LONGEST + 50
    assert text.splitlines()[-1].startswith("And ")


def test_questions_are_asked_in_the_format_of_the_terminal_only(runs: tuple[Path, Path], tmp_path: Path) -> None:
    result = journeys("review", runs[1], "--decide", tmp_path / "decisions.json", "--format", "json")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "leave --format out" in result.stderr
