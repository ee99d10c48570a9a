"""Output that cannot be written, and output that nobody reads to its end, of every program and command."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from mock_sites.process.output import NOT_READ, UNWRITABLE
from mock_sites.process.program import run_program

FULL: Final = Path("/dev/full")
PROGRAMS: Final = {"mock_sites": "mock_sites.cli", "e2e": "e2e.cli"}
COMMANDS: Final = [
    (program, command) for program, module in PROGRAMS.items() for command in ("", *import_module(module).main.commands)
]

pytestmark = pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")


@pytest.mark.parametrize(("program", "command"), COMMANDS)
def test_every_command_ends_with_one_sentence_if_its_output_cannot_be_written(
    program: str, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", [program, *([command] if command else []), "--help"])
    with FULL.open("w", encoding="utf-8") as full, monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", full)
        with pytest.raises(SystemExit) as ended:
            run_program(PROGRAMS[program])
        patched.undo()

    assert ended.value.code == UNWRITABLE
    said = capsys.readouterr().err
    assert "The output cannot be written: No space left on device." in said
    assert said.count("\n") == 1


def write_a_file(_names: object) -> None:
    FULL.write_text("text", encoding="utf-8")


def test_a_file_on_a_full_disk_is_told_likewise(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["journeys", "list"])
    monkeypatch.setattr("e2e.listing.print_journeys", write_a_file)
    with pytest.raises(SystemExit) as ended:
        run_program(PROGRAMS["e2e"])

    assert ended.value.code == UNWRITABLE
    assert capsys.readouterr().err.startswith("journeys: The output cannot be written: ")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_ends_in_order_on_a_full_disk_and_at_the_end_of_its_reader(program: str, unbuffered: str) -> None:
    words = [sys.executable, "-m", program, "--help"]
    environment = {"PYTHONUNBUFFERED": unbuffered}

    with FULL.open("wb") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr.count("\n"), "cannot be written" in done.stderr) == (UNWRITABLE, 1, True)

    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == (b"", NOT_READ)
