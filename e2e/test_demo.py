"""``journeys``: what people see on the terminal, and how a demo ends."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from e2e.cli import main
from e2e.demo.windows import opener
from e2e.journeys import JOURNEYS, purchase_to_login
from e2e.pages.huawei_marketplace import ProductPage
from e2e.stage.actor import Actor
from e2e.stage.world import World

ROOT: Final = Path(__file__).parents[1]
PATIENCE: Final = 60
"""Seconds after which a demo counts as hanging."""

JOURNEYS_COMMAND: Final = "from e2e.cli import main; main()"
SHORT: Final = f"from e2e.journeys import purchase_to_login; purchase_to_login.steps[3:] = []; {JOURNEYS_COMMAND}"
FAILING: Final = f"""
from playwright.sync_api import expect
from e2e.journeys import purchase_to_login

@purchase_to_login.step("buyer", en="Reach for the moon", zh="")
def reaches_for_the_moon(buyer, stage):
    expect(buyer.page.get_by_role("heading", name="Moon")).to_be_visible(timeout=100)

purchase_to_login.steps[1:-1] = []
{JOURNEYS_COMMAND}
"""


def start(code: str, *arguments: str, folder: Path, **environment: str) -> subprocess.Popen[str]:
    """Start Python on ``code`` with its temporary files in ``folder``."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder), "PYTHONUNBUFFERED": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def run(code: str, *arguments: str, folder: Path, environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    """The exit code of Python on ``code``, and what it printed."""
    process = start(code, *arguments, folder=folder, **(environment or {}))
    said, _nothing = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def told(*arguments: str, **environment: str) -> tuple[int, str]:
    """The exit code of a command that starts neither server nor browser, done in this process, and what it printed."""
    result = CliRunner().invoke(main, arguments, env=environment)
    return result.exit_code, result.output


def leftovers(folder: Path) -> list[str]:
    """What servers and browsers left in their folder for temporary files."""
    return [path.name for path in folder.iterdir() if path.name.startswith(("mock-sites", "playwright"))]


def test_the_list_shows_journeys_steps_and_clauses() -> None:
    code, said = told("list", COLUMNS="200")

    assert code == 0
    for journey in JOURNEYS.values():
        assert journey.name in said
        for step in journey.steps:
            assert step.title.en in said
            assert step.title.zh in said
            assert " ".join(step.clauses) in said


def test_a_demo_tells_its_steps_and_leaves_a_picture_of_each(tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    (pictures / "03-clicks-subscribe-now.png").touch()
    (pictures / "holiday.png").touch()
    options = ("--headless", "--speed", "100", "--lang", "zh", "--output", str(pictures))

    code, said = run(SHORT, "demo", "purchase-to-login", *options, folder=tmp_path)

    assert code == 0, said
    for step in purchase_to_login.steps[:3]:
        assert re.search(rf"{step.title.zh} .*\d\.\d\d s", said)
    assert sorted(path.name for path in pictures.iterdir()) == [
        "01-signs-in-to-huawei-cloud.png",
        "02-opens-the-product-page.png",
        "03-clicks-subscribe-now.png",
        "holiday.png",
    ]
    assert all(picture.stat().st_size for picture in pictures.glob("0*.png"))
    assert leftovers(tmp_path) == []


def test_a_chapter_is_seen_in_spite_of_the_strict_pages(browser: Browser, world: World) -> None:
    with closing(opener(browser, 100)("en")) as context:
        viewer, complaints = Actor("buyer", world, "en", lambda _language: context), list[str]()
        context.on("console", lambda message: complaints.append(message.text))
        ProductPage(viewer).open()

        viewer.page.screencast.show_chapter("Subscribe Now", duration=10)

        assert complaints == []


def test_a_failing_step_is_told_with_its_picture(tmp_path: Path) -> None:
    options = ("--headless", "--speed", "100", "--output", str(tmp_path))

    code, said = run(FAILING, "demo", "purchase-to-login", *options, folder=tmp_path)

    assert code == 1, said
    assert "'Reach for the moon', failed" in said
    assert "Moon" in said
    assert "Traceback" not in said
    assert (tmp_path / "02-reaches-for-the-moon.png").exists()
    assert leftovers(tmp_path) == []


def test_an_unknown_journey_is_told_in_one_line() -> None:
    code, said = told("demo", "to-the-moon")

    assert code == 2
    assert said == f"journeys: There is no journey called 'to-the-moon'. There are: {', '.join(JOURNEYS)}.\n"


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "pictures"

    code, said = told("demo", "purchase-to-login", "--output", str(folder))

    assert code == 2
    assert said == f"journeys: Cannot write pictures to {folder}: Not a directory. Name another folder with --output.\n"


def test_a_missing_browser_is_told_in_one_line(tmp_path: Path) -> None:
    missing = {"MOCK_SITES_CHROMIUM": str(tmp_path / "no-such-headless-browser")}
    options = ("--headless", "--output", str(tmp_path))

    code, said = run(JOURNEYS_COMMAND, "demo", "purchase-to-login", *options, folder=tmp_path, environment=missing)

    assert code == 2
    assert len(said.splitlines()) == 1
    assert "mock-sites doctor --fix" in said


@pytest.mark.skipif(sys.platform == "darwin", reason="there is always a display")
def test_a_missing_display_is_told_in_one_line(tmp_path: Path) -> None:
    options = ("--headed", "--output", str(tmp_path))

    code, said = told("demo", "purchase-to-login", *options, DISPLAY="", WAYLAND_DISPLAY="")

    assert code == 2
    assert said == "journeys: There is no display to show a browser on. Leave out --headed, or try xvfb-run.\n"


@pytest.mark.parametrize("moment", ["http://", " 1/24"])
def test_ctrl_c_ends_browser_and_server_at_any_point(tmp_path: Path, moment: str) -> None:
    options = ("--headless", "--speed", "20", "--output", str(tmp_path))
    process = start(JOURNEYS_COMMAND, "demo", "purchase-to-login", *options, folder=tmp_path)
    assert process.stdout
    heard = ""
    while moment not in heard:
        heard += process.stdout.read(1)

    os.killpg(process.pid, signal.SIGINT)
    said, _nothing = process.communicate(timeout=PATIENCE)

    assert process.returncode == 130, heard + said
    assert "Stopped." in said
    assert "Traceback" not in said
    assert leftovers(tmp_path) == []
