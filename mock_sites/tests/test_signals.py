"""Programs that get a signal to stop."""

import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from mock_sites.cli import main
from mock_sites.cli.common import Commands
from mock_sites.process.signals import STOP_SIGNALS, orderly_interruption, stop_signals
from mock_sites.process.temporary import temporary_folder


@contextmanager
def handled_by(handler: signal.Handlers, number: signal.Signals) -> Generator[None]:
    before = signal.signal(number, handler)
    yield
    signal.signal(number, before)


@pytest.mark.usefixtures("hangup")
@pytest.mark.parametrize("number", STOP_SIGNALS)
def test_a_command_cleans_up_whatever_signal_stops_it(number: signal.Signals, tmp_path: Path) -> None:
    program = Commands("program")

    @program.command()
    def work() -> None:
        with temporary_folder(beside=tmp_path):
            try:
                # To this thread: a signal to the process may reach another thread, and later.
                signal.raise_signal(number)
            finally:
                # Closing a terminal or stopping a service may send several signals.
                for other in STOP_SIGNALS:
                    signal.raise_signal(other)

    result = CliRunner().invoke(program, ["work"])

    assert (result.exit_code, result.output) == (128 + number, "\nStopped.\n")
    assert list(tmp_path.iterdir()) == []


def test_the_program_has_such_commands() -> None:
    assert isinstance(main, Commands)


def test_a_test_run_is_stopped_by_any_signal() -> None:
    handlers = {signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    [handler] = handlers
    assert getattr(handler, "__module__", None) == orderly_interruption.__module__


IN_AN_EVENT_LOOP = """
import asyncio, os, signal
from mock_sites import orderly_interruption

done = []

def callback():
    os.kill(os.getpid(), signal.SIGTERM)
    done.append("callback")

async def loop():
    asyncio.get_running_loop().call_soon(callback)
    await asyncio.sleep(0)
    await asyncio.Event().wait()

try:
    with orderly_interruption():
        asyncio.run(loop())
except KeyboardInterrupt:
    print(*done)
"""


def test_within_an_event_loop_the_interruption_waits_for_the_end_of_a_callback() -> None:
    # In its own process: Playwright's event loop may be running in this one.
    done = subprocess.run([sys.executable, "-c", IN_AN_EVENT_LOOP], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "callback\n", "")


def test_a_program_under_nohup_goes_on_when_the_terminal_closes() -> None:
    with handled_by(signal.SIG_IGN, signal.SIGHUP):
        with orderly_interruption():
            signal.raise_signal(signal.SIGHUP)
        with stop_signals():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
