"""``mock-sites hosts``: the names of worlds in a hosts file, and nothing else in it."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mock_sites import Server
from mock_sites.cli import main
from mock_sites.environment import hosts_file
from mock_sites.environment.hosts_file import HostsFileError, rewritten
from mock_sites.serving.dispatch import all_sites

OTHERS = b"127.0.0.1\tlocalhost\n::1 localhost # b\xe9b\xe9\n"
BEGIN, END = "# BEGIN mock-sites 8700", "# END mock-sites 8700"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server with the worlds main and w1, under a domain of its own."""
    with Server(port=0, domain="market.test") as server:
        server.worlds.make("main")
        server.worlds.make("w1")
        yield server


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A hosts file with lines of somebody else."""
    file = tmp_path / "hosts"
    file.write_bytes(OTHERS)
    return file


def hosts(*words: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["hosts", *map(str, words)], prog_name="mock-sites")


@pytest.mark.parametrize("before", [b"", OTHERS, b"10.0.0.1 a", b"10.0.0.1 a\r\n"])
def test_only_lines_between_the_markers_come_and_go(before: bytes) -> None:
    newline = b"\r\n" if b"\r\n" in before else b"\n"
    first = rewritten(before, ["a.localhost"], 8700)
    kept = before if before.endswith(b"\n") or not before else before + newline
    assert first == kept + newline.join([BEGIN.encode(), b"127.0.0.1 a.localhost", END.encode(), b""])
    second = rewritten(first + b"10.0.0.2 later\n", ["b.localhost"], 8700)
    assert second == kept + b"10.0.0.2 later\n" + newline.join(
        [BEGIN.encode(), b"127.0.0.1 b.localhost", END.encode(), b""]
    )
    assert rewritten(first, [], 8700) == kept


def test_each_server_has_lines_of_its_own() -> None:
    both = rewritten(rewritten(OTHERS, ["a.localhost"], 8700), ["a.localhost"], 8701)
    assert both.count(b"127.0.0.1 a.localhost\n") == 2
    assert rewritten(both, [], 8700) == rewritten(OTHERS, ["a.localhost"], 8701)


@pytest.mark.parametrize(
    "lines", [[BEGIN], [END], [END, BEGIN], [BEGIN, BEGIN, END], [BEGIN, END, END], [BEGIN, END, BEGIN, END]]
)
def test_damaged_markers_change_nothing(lines: list[str], file: Path) -> None:
    file.write_text("\n".join(["10.0.0.1 before", *lines, "10.0.0.1 after", ""]))
    before = file.read_bytes()
    for names in ([], ["a.localhost"]):
        with pytest.raises(HostsFileError, match="by hand"):
            hosts_file.write(file, names, 8700)
    assert file.read_bytes() == before


def test_the_names_of_all_worlds_are_written_and_taken_out_again(server: Server, file: Path) -> None:
    file.chmod(0o640)
    wanted = ["start.market.test"]
    wanted += [f"{site.host}{suffix}.market.test" for suffix in ("", ".w1") for site in all_sites()]
    options = ("--server", server.url, "--file", file)
    written = hosts(*options, "--write", "--domain", "market.test")
    assert written.output == f"{file} has {len(wanted)} names of {server.url.rstrip('/')}.\n"
    added = file.read_bytes().removeprefix(OTHERS).decode().splitlines()
    assert added == hosts_file.lines(wanted, server.port)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert "already has" in hosts(*options, "--write", "--domain", "market.test").output
    assert hosts(*options, "--remove").output == f"{file} has no names of {server.url.rstrip('/')}.\n"
    assert file.read_bytes() == OTHERS
    assert list(file.parent.iterdir()) == [file]


def test_the_names_of_other_servers_that_stay_are_said(file: Path) -> None:
    for port in (8702, 8701, 8700):
        hosts_file.write(file, ["a.localhost"], port)
    first, *others = hosts("--server", "http://localhost:8700", "--file", file, "--remove").output.splitlines()
    assert first == f"{file} has no names of http://localhost:8700."
    assert [line.partition(":")[0] for line in others] == [
        f"It still has names of a server on port {port}" for port in (8701, 8702)
    ]
    for line in others:
        assert hosts(*line.split(": ")[1].split()[:3], "--file", file).exit_code == 0
    assert file.read_bytes() == OTHERS


def test_without_an_option_nothing_is_written_and_the_lines_are_shown_apart_from_the_advice(
    server: Server, file: Path
) -> None:
    shown = hosts("w1", "--server", server.url, "--file", file)
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[0] == f"# BEGIN mock-sites {server.port}"
    assert "127.0.0.1 macroverse.huaweicloud.com.w1.market.test\n" in shown.stdout
    assert "127.0.0.1 macroverse.huaweicloud.com.market.test\n" not in shown.stdout
    assert f"hosts --server {server.url.rstrip('/')} --domain market.test --write" in shown.stderr
    for word in ("Linux", "macOS", "Windows", "docker run", "--domain", "header Host"):
        assert word in shown.stderr
    assert "nss-myhostname" not in shown.stderr  # it knows names below localhost only
    assert file.read_bytes() == OTHERS


def test_no_names_of_a_domain_that_was_not_asked_for_are_written(server: Server, file: Path) -> None:
    refused = hosts("--server", server.url, "--file", file, "--write")
    assert refused.exit_code == 2
    assert "has the domain market.test. If it is yours, say so: --domain market.test." in refused.output
    assert file.read_bytes() == OTHERS


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--write", "--remove"], "Use either --write or --remove."),
        (["nowhere"], "nowhere"),
        (["--server", "http://localhost:9"], "Name another server with --server."),
        (["--server", "https://localhost"], "is no address of mock sites"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(server: Server, words: list[str], sentence: str) -> None:
    refused = hosts("--server", server.url, *words)
    assert refused.exit_code == 2
    assert sentence in refused.output
    assert refused.output.count("\n") == 1


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.EACCES, "Use sudo"),
        (errno.EROFS, "Use sudo"),
        (errno.EBUSY, "mounted, as in a container"),
        (errno.ENOSPC, "Name another file"),
    ],
)
@pytest.mark.parametrize("step", ["copystat", "replace"])
def test_a_file_that_cannot_be_replaced_stays_as_it_is(
    file: Path, monkeypatch: pytest.MonkeyPatch, number: int, advice: str, step: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(*((hosts_file.shutil, step) if step == "copystat" else (Path, step)), fail)
    with pytest.raises(HostsFileError, match=advice):
        hosts_file.write(file, ["a.localhost"], 8700)
    assert file.read_bytes() == OTHERS
    assert list(file.parent.iterdir()) == [file]


def test_a_file_that_another_program_changes_meanwhile_keeps_that_change(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copystat = hosts_file.shutil.copystat

    def interfere(source: Path, target: Path) -> None:
        copystat(source, target)
        source.write_bytes(b"10.0.0.9 new\n")

    monkeypatch.setattr(hosts_file.shutil, "copystat", interfere)
    with pytest.raises(HostsFileError, match="Run the command again"):
        hosts_file.write(file, ["a.localhost"], 8700)
    assert file.read_bytes() == b"10.0.0.9 new\n"


def test_a_link_stays_a_link(file: Path) -> None:
    link = file.with_name("link")
    link.symlink_to(file)
    assert hosts_file.write(link, ["a.localhost"], 8700)
    assert link.is_symlink()
    assert b"a.localhost" in file.read_bytes()


def test_a_file_that_does_not_exist_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(HostsFileError, match="No such file"):
        hosts_file.write(tmp_path / "none", ["a.localhost"], 8700)
    assert list(tmp_path.iterdir()) == []
