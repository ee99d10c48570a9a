"""Debian's nginx with the configuration of ``docs/nginx.conf``, on free ports of this machine."""

import getpass
import os
import re
import shutil
import subprocess
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mock_sites.serving import listening

CONFIGURATION: Final = Path(__file__).parents[3] / "docs" / "nginx.conf"
NGINX: Final = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
TEMPORARY: Final = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
"""The kinds of files for which nginx has folders that only root may use."""


@contextmanager
def running_nginx(ports: Mapping[int, int], folder: Path) -> Generator[None]:
    """Run nginx until the end of the block. ``ports`` are used in place of those of the configuration."""
    text = re.sub(r"\b870[0-9]\b", lambda found: str(ports[int(found[0])]), CONFIGURATION.read_text(encoding="utf-8"))
    places = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in TEMPORARY)
    (folder / "nginx.conf").write_text(text.replace("http {", f"http {{\n{places}"), encoding="utf-8")
    # Without it, the worker of root is nobody, who may not use the folder.
    user = f"user {getpass.getuser()};" if os.geteuid() == 0 else ""
    words = f"{user} daemon off; worker_processes 1; pid {folder / 'pid'}; error_log stderr notice;"
    process = subprocess.Popen(
        [str(NGINX), "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf"), "-g", words],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    try:
        said = ""
        for line in process.stderr:
            said += line
            if "start worker process " in line:
                break
        else:
            raise AssertionError(said)
        yield
    finally:
        process.terminate()
        process.communicate()


def free_port() -> int:
    """A port that is free on both loopback addresses."""
    sockets = listening.listen("localhost", 0)
    port: int = sockets[0].getsockname()[1]
    for each in sockets:
        each.close()
    return port
