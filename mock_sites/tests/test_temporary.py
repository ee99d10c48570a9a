"""Temporary folders: removed by their makers, or by the next process."""

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mock_sites.process.temporary import temporary_folder


def test_a_folder_goes_with_all_that_is_in_it_however_the_block_ends(tmp_path: Path) -> None:
    def work() -> None:
        with temporary_folder(beside=tmp_path) as folder:
            (folder / "deep" / "down").mkdir(parents=True)
            (folder / "deep" / "file").touch()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_goes_when_the_next_folder_is_made(tmp_path: Path) -> None:
    killed = f"""
import os, signal
from pathlib import Path
from mock_sites.process.temporary import temporary_folder
with temporary_folder(beside=Path({str(tmp_path)!r})) as folder:
    (folder / "world.db").touch()
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == -signal.SIGKILL
    [left] = tmp_path.glob("*/files/*")

    with temporary_folder(beside=tmp_path) as folder:
        assert not left.exists()
        assert list(tmp_path.iterdir()) == [folder.parent]


def test_what_is_in_use_stays_and_so_does_what_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "mock-sites-data").mkdir()
    (tmp_path / "mock-sites-notes").touch()
    with (
        temporary_folder(beside=tmp_path) as used,
        temporary_folder(beside=tmp_path),
        temporary_folder(beside=tmp_path),
    ):
        assert used.is_dir()

    assert sorted(path.name for path in tmp_path.iterdir()) == ["mock-sites-data", "mock-sites-notes"]


def test_what_others_made_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mock-sites-1" / "files").mkdir(parents=True)
    (tmp_path / "mock-sites-1" / ".in-use").touch()

    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with temporary_folder(beside=tmp_path):
        pass
    assert (tmp_path / "mock-sites-1" / "files").is_dir()

    monkeypatch.undo()
    with temporary_folder(beside=tmp_path):
        assert not (tmp_path / "mock-sites-1").exists()


def test_a_folder_that_is_removed_before_its_maker_has_locked_it_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, others = fcntl.flock, list[Path]()

    def somebody_is_faster(file: int, operation: int) -> None:
        if not others:
            others.extend(tmp_path.iterdir())
            with temporary_folder(beside=tmp_path):
                pass
        lock(file, operation)

    monkeypatch.setattr(fcntl, "flock", somebody_is_faster)
    with temporary_folder(beside=tmp_path) as folder:
        assert folder.is_dir()
        assert not others[0].exists()
    assert list(tmp_path.iterdir()) == []


def test_folders_are_made_where_nothing_can_be_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(_file: int, _operation: int) -> None:
        raise OSError

    monkeypatch.setattr(fcntl, "flock", unsupported)
    with temporary_folder(beside=tmp_path) as used, temporary_folder(beside=tmp_path):
        assert used.is_dir()
    assert list(tmp_path.iterdir()) == []
