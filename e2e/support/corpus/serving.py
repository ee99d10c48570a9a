"""Serves a site on a free port of this machine."""

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from functools import partial
from threading import Thread
from typing import Any, Final

from flask import Flask
from websockets.sync.server import serve as serve_sockets
from werkzeug.serving import WSGIRequestHandler, make_server

SOCKETS: Final = "sockets"
"""The extension of an app that answers WebSockets, and the setting with their address."""

_ATTENTIVE: Final = 0.02
"""How often the server looks whether it is to end, in seconds."""


class _Handler(WSGIRequestHandler):
    """Answers requests without a line on the terminal for each."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - the name of the method that it replaces
        """Say nothing."""


@contextmanager
def serve(app: Flask) -> Generator[str]:
    """The address at which the site is served, on a new port each time; its WebSockets on another one."""
    with ExitStack() as stack:
        if handler := app.extensions.get(SOCKETS):
            sockets = serve_sockets(handler, "127.0.0.1", 0)
            app.config[SOCKETS] = f"ws://127.0.0.1:{sockets.socket.getsockname()[1]}"
            _run(stack, sockets.serve_forever, sockets.shutdown)
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Handler)
        stack.callback(server.server_close)
        _run(stack, partial(server.serve_forever, poll_interval=_ATTENTIVE), server.shutdown)
        yield f"http://127.0.0.1:{server.server_port}"


def _run(stack: ExitStack, work: Callable[[], None], end: Callable[[], None]) -> None:
    """Do work in a thread until the block ends."""
    thread = Thread(target=work, daemon=True)
    thread.start()
    stack.callback(thread.join)
    stack.callback(end)
