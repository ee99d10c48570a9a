"""Servers that tests can kill. As a program, it starts a server for each folder it reads, in a process of its own.

The modules are loaded only once, so a new server starts fast. For each line with a folder the program prints the
process id and the port. When that process has ended, it prints an empty line.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

from mock_sites.serving.server import Server


def main() -> None:
    """Start servers until there are no more folders."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            with Server(port=0, folder=Path(line.strip())) as server:
                _tell(f"{os.getpid()} {server.port}")
                signal.pause()
        os.waitpid(child, 0)
        _tell("")


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Servers:
    """The program, and the server that it currently runs."""

    def __init__(self) -> None:
        """Start the program, which loads all modules."""
        self._program = subprocess.Popen(
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._process = 0

    def start(self, folder: Path) -> int:
        """Start a server on the worlds in ``folder``. Returns its port."""
        stdin, stdout = self._program.stdin, self._program.stdout
        if stdin is None or stdout is None:
            raise RuntimeError
        stdin.write(f"{folder}\n")
        stdin.flush()
        self._process, port = map(int, stdout.readline().split())
        return port

    def kill(self) -> None:
        """Kill the server, whatever it is doing."""
        os.kill(self._process, signal.SIGKILL)

    def wait_until_gone(self) -> None:
        """Wait for the end of the server."""
        if self._program.stdout is not None:
            self._program.stdout.readline()
            self._process = 0

    def close(self) -> None:
        """End the program, and a server that a failed test has left."""
        if self._process:
            self.kill()
        self._program.communicate()


if __name__ == "__main__":
    main()
