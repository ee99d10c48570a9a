"""Recordings are written by another process while the next journey is played; one with a secret in it is refused."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Final

import pytest
from click.testing import CliRunner, Result

from e2e.cli import main
from e2e.journeys import Journey
from e2e.recording import writing
from e2e.recording.recorded import Recorded
from e2e.recording.session import RecordingSession
from mock_sites.client import DocumentedAddresses
from mock_sites.redaction.secrets import Secret

PASSWORD: Final = "Pa55word-of-the-buyer"
NAMES: Final = ["purchase-to-login", "cancellation", "prepaid-card"]

RECORDING_TIME: Final = 60
"""The most seconds that the test waits for a recording that another process writes."""


def recorded(content: bytes) -> Recorded:
    """What is left of a journey without steps, with a picture."""
    addresses = DocumentedAddresses(suffix=".localhost:8700", url="http://localhost:8700/")
    secrets = [Secret("password", PASSWORD)]
    return Recorded({"journey": "any"}, [], {"a.png": content}, [], [], {}, secrets, addresses, 0, 0)


Play = Callable[[dict[str, bytes]], list[str]]


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Play:
    """Play journeys that leave these pictures, one after the other; what was written when each of them ended."""

    def play_all(pictures: dict[str, bytes]) -> list[str]:
        seen: list[str] = []
        earlier: list[Future[Path]] = []

        def record(
            session: RecordingSession, journey: Journey, _worlds: object, _prepared: object, _browser: object,
            writer: Executor, _scratch: Path,
        ) -> tuple[None, Future[Path]]:  # fmt: skip
            for written in earlier:
                failure = written.exception(RECORDING_TIME)
                seen.append(type(failure).__name__ if failure else written.result().parent.name)
            earlier[:] = [writer.submit(recorded(pictures[journey.name]).write, session.output / f"{journey.name}-en")]
            return None, earlier[0]

        def no_sites(_server: str) -> AbstractContextManager[SimpleNamespace]:
            return nullcontext(SimpleNamespace(url=""))

        def no_browsers(*_arguments: object, **_options: object) -> AbstractContextManager[list[None]]:
            return nullcontext([None])

        def no_worlds(*_arguments: object) -> SimpleNamespace:
            return SimpleNamespace(close=lambda: None)

        monkeypatch.setattr(RecordingSession, "_record", record)
        monkeypatch.setattr("e2e.recording.session.open_worlds", no_sites)
        monkeypatch.setattr("e2e.recording.session.start_browsers", no_browsers)
        monkeypatch.setattr("e2e.recording.session.Prepared", no_worlds)
        return seen

    return play_all


def journeys_record(output: Path, names: list[str]) -> Result:
    return CliRunner().invoke(main, ["record", *names, "--output", str(output)], env={"COLUMNS": "200"})


def test_a_recording_is_written_by_another_process_while_the_next_journey_is_played(
    play: Play, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def here(_folder: Path) -> None:
        pytest.fail("this process writes the recording itself")

    monkeypatch.setattr(writing, "fresh", here)
    seen = play(dict.fromkeys(NAMES, b"plain"))

    result = journeys_record(tmp_path, NAMES)

    assert (result.exit_code, result.stderr) == (0, "")
    assert seen == [f"{name}-en" for name in NAMES[:-1]]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{name}-en" for name in NAMES)


def test_a_secret_that_another_process_finds_ends_the_run_with_the_journey_and_leaves_nothing_of_it(
    play: Play, tmp_path: Path
) -> None:
    older = tmp_path / f"{NAMES[0]}-en" / "manifest.json"
    older.parent.mkdir()
    older.write_text("older", encoding="utf-8")
    seen = play({NAMES[0]: PASSWORD.encode(), NAMES[1]: b"plain"})

    result = journeys_record(tmp_path, NAMES[:2])

    assert seen == ["LeakError"]
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"journeys: {NAMES[0]}: Not recorded, as secrets were left in ")
    assert "a.png: password" in result.stderr
    assert PASSWORD not in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{name}-en" for name in NAMES[:2])
    assert older.read_text("utf-8") == "older"
