"""Checks what a machine needs to run the mock sites and their journeys, explains it and installs it.

It uses the standard library only, because packages may be missing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from mock_sites.environment import checks, remedies
from mock_sites.environment.browsers import VARIABLE
from mock_sites.environment.checks import CheckResult
from mock_sites.environment.remedies import RemedyStep
from mock_sites.serving.default_port import DEFAULT_PORT

NOT_READY: Final = 2
"""The exit code when something that is needed is missing."""


def _no_steps() -> Iterator[RemedyStep]:
    return iter(())


@dataclass(frozen=True)
class Topic:
    """Something that a machine needs, with texts that are the same on every machine."""

    id: str
    """A stable id; the documentation refers to it."""
    name: str
    symptom: str
    """What happens when it is missing."""
    advice: str
    look: Callable[[], CheckResult]
    steps: Callable[[], Iterable[RemedyStep]] = _no_steps
    """Commands that may install it. They are tried in order until one succeeds."""
    advisory: bool = False
    """Whether it is only needed for some uses."""


@dataclass(frozen=True)
class Check:
    """The state of a topic on this machine."""

    topic: Topic
    ok: bool
    detail: str

    @property
    def id(self) -> str:
        """The topic's stable id."""
        return self.topic.id

    @property
    def name(self) -> str:
        """What was checked."""
        return self.topic.name

    @property
    def advice(self) -> str:
        """What a person can do when it is missing."""
        return self.topic.advice

    @property
    def advisory(self) -> bool:
        """Whether it is only needed for some uses."""
        return self.topic.advisory


def run(echo: Callable[[str], object], *, fix: bool) -> int:
    """Print what this machine has and lacks, and install what is missing if asked to. Return the exit code."""
    found = examine()
    for check in found:
        mark = "ok     " if check.ok else "advice " if check.advisory else "MISSING"
        echo(f"{mark}  {check.name}: {check.detail}")
        if not check.ok and not fix:
            echo(f"         {check.advice}")
    ready = repair(found, echo) if fix else all(check.ok or check.advisory for check in found)
    return 0 if ready else NOT_READY


def examine() -> list[Check]:
    """Check everything, in the order of the documentation. Takes about half a second."""
    return [_check(topic) for topic in TOPICS]


def repair(found: Iterable[Check], echo: Callable[[str], object]) -> bool:
    """Repair what failed, and print each step. Return whether everything that is needed is there."""
    after = [check if check.ok else _repaired(check, echo) for check in found]
    for check in after:
        if not check.ok:
            echo(f"{'can do without' if check.advisory else 'still missing'}: {check.name}. {check.advice}")
    ready = all(check.ok or check.advisory for check in after)
    echo("Ready." if ready else "Not ready: see what is still missing above.")
    return ready


def _check(topic: Topic) -> Check:
    finding = topic.look()
    return Check(topic, finding.ok, finding.detail)


def _repaired(check: Check, echo: Callable[[str], object]) -> Check:
    for step in check.topic.steps():
        echo(f"{check.name}: {step.says} ...")
        complaint = remedies.take(step)
        if complaint:
            echo(f"    did not work: {complaint}")
        check = _check(check.topic)
        if check.ok:
            echo(f"    {check.detail}")
            break
    return check


def _steps_to_a_window() -> Iterable[RemedyStep]:
    return remedies.windowed_browser() if checks.display().ok else _no_steps()


TOPICS = (
    Topic(
        id="python",
        name="Python 3.11 or newer",
        symptom="`make setup` says that Python 3.11 or newer is needed",
        advice="Install Python 3.11 or newer, or name one: `make setup PYTHON=/path/to/python3`.",
        look=checks.python,
    ),
    Topic(
        id="packages",
        name="Python packages",
        symptom="Some packages are not as `requirements.lock` has them, or a command of `.venv/bin` is missing",
        advice="Run `make setup`: it makes `.venv` anew. Without a checkout, install the wheel again.",
        look=checks.locked_packages,
        steps=remedies.locked_packages,
    ),
    Topic(
        id="browser",
        name="Headless browser",
        symptom="No browser was found, or the one found does not start",
        advice=(
            "Run `mock-sites doctor --fix`, as root or with sudo if it asks for packages. By hand: "
            "`sudo apt-get install chromium-headless-shell` (Debian), `sudo .venv/bin/playwright install-deps "
            f"chromium` (Ubuntu), `brew install --cask chromium` (macOS); or set `{VARIABLE}` to a Chromium you have."
        ),
        look=checks.headless_browser,
        steps=remedies.headless_browser,
    ),
    Topic(
        id="window",
        name="Browser with a window",
        symptom="A demo or a headed run finds no browser that can show a window",
        advice=f"Install Chromium or Google Chrome, or set `{VARIABLE}` to one. Headless runs need none.",
        look=checks.windowed_browser,
        steps=_steps_to_a_window,
        advisory=True,
    ),
    Topic(
        id="font",
        name="Chinese font",
        symptom="Chinese text shows as empty boxes in pages and pictures",
        advice="Run `mock-sites doctor --fix`, or on Debian and Ubuntu: `sudo apt-get install fonts-noto-cjk`.",
        look=checks.chinese_font,
        steps=remedies.chinese_font,
        advisory=True,
    ),
    Topic(
        id="display",
        name="Display",
        symptom="A headed run ends at once with `Missing X server or $DISPLAY`",
        advice="Run it on a desktop, or under `xvfb-run`; or run headless.",
        look=checks.display,
        advisory=True,
    ),
    Topic(
        id="folders",
        name="Writable folders",
        symptom=(
            "`Permission denied`, `No such file or directory` or `No space left on device` when a run begins or writes"
        ),
        advice=(
            "Run from a folder you may write to. `TMPDIR`, if it is set, names a folder for worlds and browsers: "
            "one that exists."
        ),
        look=checks.writable_folders,
    ),
    Topic(
        id="port",
        name=f"Port {DEFAULT_PORT}",
        symptom=f"`mock-sites serve` says that port {DEFAULT_PORT} is taken",
        advice="Stop what listens there (on `127.0.0.1` or `::1`: both are needed, as browsers ask either), or choose "
        "another: `mock-sites serve --port 0`. Tests take free ports anyway.",
        look=checks.port,
        advisory=True,
    ),
    Topic(
        id="names",
        name="Host names for programs",
        symptom=(
            "A program other than a browser says `ENOTFOUND` or `Name or service not known` for a host of the sites"
        ),
        advice=(
            "Run `sudo .venv/bin/mock-sites hosts --write` while the sites are served. `mock-sites hosts` shows other "
            "ways, for Windows and containers too. Browsers need none."
        ),
        look=checks.host_names,
        advisory=True,
    ),
    Topic(
        id="git",
        name="git",
        symptom="`pre-commit` does not run",
        advice="Install git; only contributing needs it.",
        look=checks.git,
        advisory=True,
    ),
    Topic(
        id="ffmpeg",
        name="ffmpeg",
        symptom="A run with video says that ffmpeg is missing",
        advice="Run `.venv/bin/playwright install ffmpeg`. Nothing else needs it.",
        look=checks.ffmpeg,
        advisory=True,
    ),
)
"""Everything that is checked, in the order of the documentation."""
