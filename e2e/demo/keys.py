"""Space and Enter, in the terminal or in a browser window, continue a paused demo."""

import os
import select
import sys
import termios
import tty
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from typing import Final

from playwright.sync_api import BrowserContext, Error

from e2e.demo.errors import DemoError
from e2e.demo.windows import Windows

NOBODY: Final = "There is neither a terminal nor a window to press a key in. Leave out --pause."

_BINDING: Final = "demoGoesOn"
_EVERY: Final = 100
"""Milliseconds between two checks of the terminal."""

# While a person fills in a form by hand, the keys belong to the form. A click or another key since the pause began
# shows that a person does. Before that, the focus is where the journey has left it.
_LISTEN: Final = """
touched => {
    window.demoStopsListening?.();
    const listening = new AbortController();
    const options = {capture: true, signal: listening.signal};
    const takesKeys = 'input, textarea, select, button, summary, a[href], [contenteditable], [role=dialog] [tabindex]';
    window.demoStopsListening = () => listening.abort();
    addEventListener('pointerdown', () => { touched = true; }, options);
    addEventListener('keydown', event => {
        if ((event.key !== ' ' && event.key !== 'Enter') || (touched && event.target.matches?.(takesKeys))) {
            touched = true;
        } else if (!event.repeat) {
            event.preventDefault();
            event.stopImmediatePropagation();
            window.demoGoesOn();
        }
    }, options);
}
"""


class Keys:
    """Waits for somebody to press Space or Enter."""

    def __init__(self, *, headed: bool) -> None:
        """Without a window, only the terminal is used."""
        self._headed = headed
        self._terminal = True
        self._pressed = False

    def watch(self, context: BrowserContext) -> None:
        """Listen to keys that are pressed in ``context``."""
        context.expose_binding(_BINDING, self._press)

    def wait(self, windows: Windows) -> None:
        """Wait for the key. Until then, the pages get all other keys.

        Raises:
            DemoError: there is nobody to press it.
        """
        self._pressed = False
        with ExitStack() as stack:
            for context in windows.contexts:
                stack.enter_context(context.add_init_script(f"({_LISTEN})(true)"))
            for page in windows.pages:
                with suppress(Error):  # the page is just loading another one; the script above covers that
                    page.evaluate(_LISTEN, False)  # noqa: FBT003
            stack.callback(_stop_listening, windows)
            stack.enter_context(_single_keys())
            while not self._pressed:
                if not windows.pages:
                    raise DemoError("All windows were closed, so the demo ends here.")
                self._look_at_terminal()
                with suppress(Error):  # the page can be closed by hand
                    windows.pages[0].wait_for_timeout(_EVERY)

    def _press(self, *_source: object) -> None:
        self._pressed = True

    def _look_at_terminal(self) -> None:
        if not self._terminal or not select.select([sys.stdin], [], [], 0)[0]:
            return
        keys = os.read(sys.stdin.fileno(), 1024)
        self._pressed |= any(key in keys for key in b" \r\n")
        self._terminal = bool(keys)
        if not self._terminal and not self._headed:
            raise DemoError(NOBODY)


def check_that_somebody_can_press(*, headed: bool) -> None:
    """Check, before anything is started, that a pause can be ended.

    Raises:
        DemoError: there is neither a window nor a terminal.
    """
    if not headed and not (sys.stdin and sys.stdin.isatty()):
        raise DemoError(NOBODY)


def _stop_listening(windows: Windows) -> None:
    for page in windows.pages:
        with suppress(Error):
            page.evaluate("window.demoStopsListening?.(); delete window.demoStopsListening")


@contextmanager
def _single_keys() -> Generator[None]:
    """Set the terminal to pass on each key at once, and forget earlier keys."""
    if not sys.stdin.isatty():
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    termios.tcflush(sys.stdin, termios.TCIFLUSH)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)
