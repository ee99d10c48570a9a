"""What README and docs tell people to type works: commands are parsed by the programs, Python is run."""

import re
import shlex
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any, Final

import click
import pytest

from e2e.journeys import Journey
from e2e.scenario.actor import Actor
from e2e.scenario.scenario import Scenario
from mock_sites import run_program

ROOT: Final = Path(__file__).parents[1]
PROGRAMS: Final = {"mock-sites": "mock_sites.cli", "journeys": "e2e.cli"}
BLOCK: Final = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.DOTALL | re.MULTILINE)
TOPS: Final = ("mock_sites", "e2e", "fixtures", "docs")
FILE: Final = re.compile(r"(?:[\w.-]+/)*[\w-]+\.(?:py|html|md|toml|po)\b")
"""The name of a source file or a document, with or without folders."""
FOLDER: Final = re.compile(rf"(?:{'|'.join(TOPS)})(?:/\w+)*/?")
INLINE: Final = re.compile(r"`([^`]+)`")


def pages() -> list[Path]:
    """README and docs, but for what is made from other sources."""
    return [ROOT / "README.md", *sorted({*(ROOT / "docs").rglob("*.md")} - {ROOT / "docs" / "clauses.md"})]


def commands() -> list[list[str]]:
    """What begins with the name of a program or with make, in blocks of a shell and within sentences."""
    found: list[list[str]] = []
    for page in pages():
        text = page.read_text(encoding="utf-8")
        lines = [line for block in BLOCK.finditer(text) if block[2] == "sh" for line in block[3].splitlines()]
        lines += [" ".join(code[1].split()) for code in INLINE.finditer(BLOCK.sub("", text))]
        for line in lines:
            words = shlex.split(line.strip(), comments=True)
            if words and words[0].removeprefix(".venv/bin/") in {*PROGRAMS, "make"}:
                found.append([words[0].removeprefix(".venv/bin/"), *words[1:]])
    return found


def python_blocks(page: str) -> list[str]:
    return [
        dedent(block[3]) for block in BLOCK.finditer((ROOT / page).read_text(encoding="utf-8")) if block[2] == "python"
    ]


def parsed_only(_command: click.Command, _context: click.Context) -> None:
    """In place of what a command does."""


def files() -> set[str]:
    """The files and folders of the project, from its top."""
    below = [path for top in TOPS for path in (ROOT / top).rglob("*") if "__pycache__" not in path.parts]
    return {path.relative_to(ROOT).as_posix() for path in (*ROOT.iterdir(), *below)}


def mentioned(text: str) -> set[str]:
    """The files and folders that a document names; ``NAME`` and the like stand for names to choose."""
    without_blocks = BLOCK.sub("", text)
    codes = {code[1] for code in INLINE.finditer(without_blocks)}
    drawn = {name for block in BLOCK.finditer(text) if block[2] == "mermaid" for name in FILE.findall(block[3])}
    paths = {code for code in codes if FILE.fullmatch(code) or FOLDER.fullmatch(code)}
    return {path for path in paths if not re.search("[A-Z]{4}(?!ME)|[*…]", path)} | drawn


def defined_in(program: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(program, "docs", "exec"), names)  # noqa: S102 - our own documents
    return names


@pytest.mark.parametrize("program", PROGRAMS)
def test_commands_take_the_arguments_that_documents_name(
    program: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(click.Command, "invoke", parsed_only)
    named = [words for words in commands() if words[0] == program and len(words) > 1]
    refused: dict[str, str] = {}

    for words in named:
        monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as ended:
            run_program(PROGRAMS[program])
        output = capsys.readouterr().err
        # A sentence may name a command or an option without what belongs to it.
        if ended.value.code and not re.search(r"Missing argument|requires an argument|^Usage:", output):
            refused[shlex.join(words)] = output

    assert refused == {}
    assert len(named) > 5


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_files_that_documents_name_exist(page: Path) -> None:
    there = [f"/{path}" for path in files()]
    named = mentioned(page.read_text(encoding="utf-8"))

    assert {name for name in named if not any(path.endswith(f"/{name.rstrip('/')}") for path in there)} == set()


def test_functions_that_the_walks_name_exist() -> None:
    text = (ROOT / "docs" / "contributing.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b([a-z]\w+)\(\)", text))
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "mock_sites").rglob("*.py"))

    assert named
    assert {name for name in named if f"def {name}(" not in sources} == set()


def test_make_has_the_targets_that_documents_name() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    named = {word for words in commands() if words[0] == "make" for word in words[1:] if "=" not in word}

    assert {"setup", "test", "demo"} <= named <= targets


def test_the_sites_are_served_by_the_lines_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    [serving] = python_blocks("README.md")

    defined_in(serving)

    assert re.fullmatch(r"http://marketplace\.huaweicloud\.com\.rehearsal\.localhost:\d+/\n", capsys.readouterr().out)


def test_the_example_of_a_test_passes(visitor: Actor, scenario: Scenario) -> None:
    example, _journey = python_blocks("docs/testing.md")

    defined_in(example)["test_a_wrong_password_is_refused"](visitor, scenario)


def test_the_example_of_a_journey_is_played(scenario: Scenario) -> None:
    _example, journey = python_blocks("docs/testing.md")
    looks_at_orders: Journey = defined_in(journey)["looks_at_orders"]

    looks_at_orders.play(scenario)

    assert [step.name for step in looks_at_orders.steps] == ["signs_in_for_orders", "opens_my_orders"]
