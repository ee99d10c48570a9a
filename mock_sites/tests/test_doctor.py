"""Browsers that do not start, missing folders, and host names that programs do not find."""

import socket
import tempfile
import threading
from pathlib import Path

import pytest

from mock_sites.environment import browsers, checks
from mock_sites.environment.browsers import find_chromium, launch_options


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder with programs. It has no browser, except what a test puts there."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.delenv("MOCK_SITES_CHROMIUM", raising=False)
    monkeypatch.setattr(browsers, "_mac_applications", lambda: iter(()))
    return tmp_path


def program(file: Path, script: str) -> Path:
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


def test_the_first_browser_that_starts_is_taken_and_the_doctor_names_those_that_do_not(path: Path) -> None:
    stub = program(path / "chromium-browser", "echo 'requires the chromium snap' >&2; exit 1")
    chrome = program(path / "google-chrome", "echo Google Chrome 150")

    found = [find_chromium(headed=headed) for headed in (False, True)]

    assert [chromium and chromium.executable for chromium in found] == [chrome, chrome]
    for finding in (checks.headless_browser(), checks.windowed_browser()):
        assert finding.ok
        assert finding.detail == (
            f"Google Chrome 150 ({chrome}, installed on this machine); "
            f"does not start: requires the chromium snap ({stub}, installed on this machine)"
        )


def test_where_none_starts_the_first_is_taken_and_the_doctor_names_all(path: Path) -> None:
    first = program(path / "chromium", "exit 7")
    program(path / "google-chrome", "exit 8")

    chromium, finding = find_chromium(headed=True), checks.windowed_browser()

    assert chromium is not None
    assert chromium.executable == first
    assert not finding.ok
    assert "exit code 7" in finding.detail
    assert "exit code 8" in finding.detail


def test_the_browser_that_is_named_is_never_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = program(path / "my-own", "exit 1")
    program(path / "google-chrome", "echo Google Chrome 150")
    monkeypatch.setenv("MOCK_SITES_CHROMIUM", str(named))

    chromium = find_chromium(headed=True)

    assert chromium is not None
    assert chromium.executable == named
    assert not checks.windowed_browser().ok


def test_the_only_browser_is_not_started_to_be_found(path: Path) -> None:
    program(path / "chromium", f": >{path}/started")

    assert find_chromium(headed=False) is not None
    assert not (path / "started").exists()


def test_the_doctor_sees_a_browser_that_was_repaired_meanwhile(path: Path) -> None:
    stub = program(path / "chromium", "exit 1")
    program(path / "google-chrome", "exit 1")
    find_chromium(headed=True)
    assert not checks.windowed_browser().ok

    program(stub, "echo Chromium 150")

    assert checks.windowed_browser().ok


@pytest.mark.parametrize("name", ["absent", "file"])
def test_a_tmpdir_that_is_no_folder_is_reported_though_python_uses_another(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("TMPDIR", str(tmp_path / name))

    finding = checks.writable_folders()

    assert not finding.ok
    assert finding.detail.startswith(f"TMPDIR is {tmp_path / name}: ")


def test_a_browser_is_given_a_folder_for_temporary_files_that_exists(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(path / "chromium", "exit 0")
    monkeypatch.setenv("TMPDIR", str(path / "absent"))
    monkeypatch.setattr(tempfile, "tempdir", None)  # Python caches which folder it took

    chromium = find_chromium(headed=False)

    assert chromium is not None
    assert Path(str(launch_options(chromium, headed=False)["env"]["TMPDIR"])).is_dir()


@pytest.mark.parametrize(
    ("addresses", "ok", "detail"),
    [
        (["127.0.0.1", "::1"], True, "leads to 127.0.0.1, ::1"),
        (["127.0.0.1", "192.0.2.7"], False, "leads to 192.0.2.7, which is not this machine"),
        ([], False, "is not found"),
    ],
)
@pytest.mark.parametrize("domain", ["localhost", "market.test"])
def test_the_doctor_says_whether_programs_find_the_host_names(
    addresses: list[str], *, ok: bool, detail: str, domain: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(name: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        assert name == f"macroverse.huaweicloud.com.{domain}"
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(0, 0, 0, "", (address, 0)) for address in addresses for _ in range(2)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setenv("MOCK_SITES_DOMAIN", "" if domain == "localhost" else domain)
    finding = checks.host_names()
    assert (finding.ok, finding.detail) == (ok, f"macroverse.huaweicloud.com.{domain} {detail}")


def test_the_doctor_does_not_wait_for_a_name_server_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def resolve(*_: object, **__: object) -> list[tuple[object, ...]]:
        answered.wait()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(checks, "_RESOLVER_SECONDS", 0.01)
    assert not checks.host_names().ok
    answered.set()
