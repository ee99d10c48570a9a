import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from mock_sites import Server
from mock_sites.cli import main
from mock_sites.cli.durations import Duration
from mock_sites.environment import doctor
from mock_sites.http.loopback import loopback_client
from mock_sites.process.signals import STOP_SIGNALS
from mock_sites.world import passwords

START = [sys.executable, "-c", "from mock_sites.cli import main; main()"]


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(port=0) as server:
        yield server


def run(*words: str, text: str = "", **environment: str) -> Result:
    return CliRunner().invoke(main, words, input=text, env=environment)


def refused(result: Result) -> str:
    """The message on stderr. It is one line, and the exit code is 2."""
    assert result.exit_code == 2
    assert result.stdout == ""
    [line] = result.stderr.splitlines()
    return line


@pytest.mark.usefixtures("hangup")
@pytest.mark.parametrize("number", STOP_SIGNALS)
def test_serve_prints_what_it_serves_and_ends_cleanly_on_a_signal(number: signal.Signals, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*START, "serve", "--port", "0"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    output = ""
    for line in process.stdout:
        output += line
        if "Ctrl-C stops" in line:
            break
    addresses = re.findall(r"http://[a-z0-9.-]+:[0-9]+/\S*", output)
    with loopback_client() as client:
        client.follow_redirects = True
        answers = {address: client.get(address).status_code for address in addresses}
    process.send_signal(number)
    rest, errors = process.communicate(timeout=30)

    assert process.returncode == 0
    assert re.match(r"Start page: http://localhost:\d+/\n", output)
    assert re.search(r"http://marketplace\.huaweicloud\.com\.localhost:\d+/", output)
    assert set(answers.values()) == {200}
    assert len(answers) > 30
    assert "hw_liwei" in output
    assert "Mock-2026-Pass" in output
    assert "verified-buyer" in output
    assert rest == "Stopped.\n"
    assert errors == ""
    assert not list(tmp_path.glob("mock-sites*"))


def test_a_signal_while_the_server_is_being_loaded_ends_it_cleanly_too() -> None:
    early = """
import contextlib, os, signal
from mock_sites import cli
from mock_sites.process import signals

collecting = signals.stop_signals

@contextlib.contextmanager
def at_once():
    with collecting() as wait:
        os.kill(os.getpid(), signal.SIGINT)
        yield wait

signals.stop_signals = at_once
cli.main(["serve", "--port", "0"])
"""
    done = subprocess.run([sys.executable, "-c", early], capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("Stopped.\n")


@pytest.mark.parametrize("port", ["abc", "65536", "-1", "1.5", "٣"])
def test_a_bad_port_is_reported_in_one_line(port: str) -> None:
    assert "Use 0 (any free port) to 65535" in refused(run("serve", "--port", port))


def test_a_port_in_use_is_reported_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        line = refused(run("serve", "--port", str(taken.getsockname()[1])))

    assert "Choose another with --port" in line


def test_a_folder_that_cannot_be_written_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert "Name another folder" in refused(run("serve", "--port", "0", "--data", str(tmp_path / "file" / "worlds")))


def test_a_bad_world_name_is_reported_in_one_line() -> None:
    assert "lower-case letters" in refused(run("serve", "--port", "0", "--world", "Bad Name"))


def test_a_seed_that_the_kept_world_was_not_made_from_is_refused(tmp_path: Path) -> None:
    with Server(port=0, folder=tmp_path) as server:
        server.worlds.make("main", "7")

    line = refused(run("serve", "--port", "0", "--data", str(tmp_path), "--seed", "8"))

    assert "made from the seed 7" in line


def test_an_unknown_option_is_reported_in_one_line() -> None:
    assert "No such option" in refused(run("serve", "--colour", "red"))


def made(server: Server, name: str) -> str:
    """What is printed of a world that was made: its address, and the password that opens its accounts."""
    password = passwords.ready_made(server.worlds.get(name).seed)
    return f"Made {name}: {server.url}?world={name}\nPassword of its ready-made accounts: {password}\n"


def test_worlds_are_managed_from_the_command_line(server: Server, tmp_path: Path) -> None:
    def worlds(*words: str, text: str = "") -> str:
        result = run("worlds", "--server", server.url, *words, text=text)
        assert result.exit_code == 0, result.output
        return result.stdout

    assert worlds("make", "demo", "--seed", "7", "--frozen") == made(server, "demo")
    assert worlds("snapshot", "demo", "early") == "Kept demo as early.\n"
    assert worlds("advance", "demo", "--days", "1", "--minutes", "5") == (
        "It is 2026-03-03 01:05:00 UTC in demo. Jobs done on the way: 0.\n"
    )
    assert "2026-03-03 01:05:00" in worlds("list")
    assert "It is 2026-03-03 02:35:30 UTC" in worlds("advance", "demo", "1h30m", "30")
    assert worlds("fork", "demo", "copy") == made(server, "copy")
    assert "Restored demo" in worlds("restore", "demo", "early")
    assert server.worlds.get("demo").clock.now().day == 2
    assert "early  2026-03-02 01:00:00" in worlds("snapshots", "demo")
    assert worlds("drop-snapshot", "demo", "early", text="y\n").endswith("Dropped snapshot early of demo.\n")
    assert server.worlds.snapshots("demo") == []
    assert worlds("export", "demo", str(tmp_path / "demo.zip")) == f"Exported demo to {tmp_path}/demo.zip.\n"
    again = worlds("export", "demo", str(tmp_path / "demo.zip"), text="y\n")
    assert again == f"Replace {tmp_path}/demo.zip? [y/N]: y\nExported demo to {tmp_path}/demo.zip.\n"
    assert worlds("import", "moved", str(tmp_path / "demo.zip")) == made(server, "moved")
    assert server.worlds.get("moved").clock.now().day == 2
    server.worlds.drop("moved")
    assert worlds("clean", "--older-than", "1h") == "Dropped: none.\n"
    server.worlds.make("run0123abcd-1")
    assert worlds("clean", "--older-than", "0") == "Dropped: run0123abcd-1.\n"
    assert "Dropped copy." in worlds("drop", "copy", text="y\n")
    assert server.worlds.names() == ["demo"]


def test_the_server_of_worlds_may_be_named_after_the_command(server: Server) -> None:
    gone = {"MOCK_SITES_SERVER": "http://localhost:9"}

    assert run("worlds", "make", "demo", "--server", server.url, **gone).stdout == made(server, "demo")
    assert "demo" in run("worlds", "--server", gone["MOCK_SITES_SERVER"], "list", "--server", server.url).stdout
    assert "localhost:9" in refused(run("worlds", "--server", server.url, "list", "--server", "http://localhost:9"))
    assert "demo" in run("worlds", "list", MOCK_SITES_SERVER=server.url).stdout


def every_group(group: click.Group, *words: str) -> Iterator[tuple[tuple[str, ...], click.Group]]:
    """A group of commands and those in it, with the words that lead there."""
    yield words, group
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_group(command, *words, name)


def options_of(command: click.Command) -> set[str]:
    return {option for param in command.params for option in param.opts if option.startswith("--")}


def test_what_a_group_takes_its_commands_take_too() -> None:
    for _words, group in every_group(main):
        for command in group.commands.values():
            assert options_of(group) <= options_of(command), command.name


def test_the_lists_of_commands_have_whole_sentences() -> None:
    for words, group in every_group(main):
        shown = " ".join(run(*words, "--help").stdout.split())
        for command in group.commands.values():
            assert " ".join(str(command.help).split()).partition(".")[0] in shown, command.name


def test_what_is_not_there_is_named_with_the_command_that_makes_it(server: Server, tmp_path: Path) -> None:
    server.worlds.make("demo")
    file = str(tmp_path / "file")
    for words, command in (
        ("worlds advance gone 1d", "worlds make"),
        ("worlds fork gone", "worlds make"),
        ("worlds drop gone --yes", "worlds make"),
        ("worlds snapshots gone", "worlds make"),
        (f"worlds export gone {file}", "worlds make"),
        ("buy --world gone", "worlds make"),
        ("datakit tkn --world gone", "worlds make"),
        ("hosts gone", "worlds make"),
        ("worlds restore demo gone", "worlds snapshot"),
        ("worlds drop-snapshot demo gone --yes", "worlds snapshot"),
        (f"worlds import again {file}", "worlds export"),
        (f"worlds save-test demo {file}", "worlds record"),
        ("worlds record demo --stop", "worlds record"),
        ("buy gone --world demo", "buy"),
        ("onboard Acme acme --world demo", "buy"),
        ("close --world demo", "buy"),
        ("close gone --world demo", "close"),
    ):
        assert f"mock-sites {command}" in refused(run(*words.split(), "--server", server.url)), words


def test_a_world_is_not_dropped_when_the_question_is_answered_no(server: Server) -> None:
    server.worlds.make("demo")

    assert run("worlds", "--server", server.url, "drop", "demo", text="n\n").exit_code == 1
    assert server.worlds.names() == ["demo"]


def test_what_the_server_refuses_is_reported_in_one_line(server: Server) -> None:
    assert "There is no world called demo." in refused(run("worlds", "--server", server.url, "drop", "demo", "--yes"))
    assert "nowhere.zip cannot be read: No such file" in refused(
        run("worlds", "--server", server.url, "import", "demo", "nowhere.zip")
    )
    assert "Say how far" in refused(run("worlds", "--server", server.url, "advance", "demo"))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("90s", 90), ("3m", 180), ("1h30m", 5400), ("1.5H", 5400), ("14d", 1209600), ("1d2h3m4s", 93784)],
)
def test_a_duration_is_read_as_people_type_it(text: str, seconds: float) -> None:
    assert Duration().convert(text, None, None) == seconds


@pytest.mark.parametrize("text", ["", "soon", "-3m", "3 m", "3x", "m", "1e9", "nan", "٣m", "1h30", "9" * 400])
def test_an_invalid_duration_is_reported_in_one_line(text: str) -> None:
    assert "is no duration. Say it like 90 (seconds), 3m, 1h30m or 14d." in refused(
        run("worlds", "advance", "demo", "--", text)
    )


def test_the_port_may_be_given_alone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"port {port}" in refused(run("serve", port))


@pytest.mark.parametrize(("words", "meant"), [("world list", "worlds"), ("serv", "serve"), ("worlds lst", "list")])
def test_a_command_that_is_misspelt_is_guessed(words: str, meant: str) -> None:
    assert f"Did you mean {meant!r}?" in refused(run(*words.split()))


def test_no_running_server_is_reported_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    assert "Start them with `mock-sites serve`" in refused(
        run("worlds", "--server", f"http://localhost:{port}", "list")
    )


def test_a_server_elsewhere_is_never_called() -> None:
    assert "not on this machine" in refused(run("worlds", "--server", "http://elsewhere.example", "list"))


def test_doctor_exits_with_2_only_when_something_needed_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    check = doctor.Check(doctor.TOPICS[0], ok=True, detail="")

    for ok, advisory, code in ((True, False, 0), (False, True, 0), (False, False, 2)):
        found = [replace(check, ok=ok, topic=replace(check.topic, advisory=advisory))]
        monkeypatch.setattr(doctor, "examine", partial(list[doctor.Check], found))
        result = run("doctor")
        assert result.exit_code == code
        assert (check.topic.advice in result.stdout) is not ok


UNPRINTABLE = "a\udcff\x1b[31m\u202e"
SELL = ("serve", "--port", "0", "--seller")
CHECK = ("conform", "--protocol", "v2", "--key")


@pytest.mark.parametrize(
    "words",
    [
        (UNPRINTABLE,),
        *((*SELL[:3], option, UNPRINTABLE) for option in ("--host", "--world", "--seed")),
        *((*SELL, UNPRINTABLE, "--seller-key", "k"), (*SELL, "http://localhost:9/", "--seller-key", UNPRINTABLE)),
        (*SELL, "http://localhost:9/", "--seller-key", "k", "--seller-login", UNPRINTABLE),
        *((*CHECK, UNPRINTABLE, "http://localhost:9/"), (*CHECK, "k", UNPRINTABLE)),
        (*CHECK, "k", f"http://localhost:9/{UNPRINTABLE}"),
        *((*CHECK, "k", "http://localhost:9/", option, f"no/{UNPRINTABLE}") for option in ("--html", "--public-key")),
    ],
)
def test_what_cannot_be_printed_is_printed_escaped(words: tuple[str, ...]) -> None:
    assert refused(run(*words)).isprintable()


def test_names_that_cannot_be_printed_reach_the_server_escaped(server: Server) -> None:
    at = ("worlds", "--server", server.url)
    for words in (("make", UNPRINTABLE), ("advance", UNPRINTABLE, "--minutes", "1"), ("restore", "main", UNPRINTABLE)):
        result = run(*at, *words)
        assert result.exit_code == 2
        assert result.stderr.replace("\n", "").isprintable()
