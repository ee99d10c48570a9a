"""``journeys``: what people see on the terminal, and how a demo ends."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import httpx
import pytest
from click.testing import CliRunner
from PIL import Image

from e2e.cli import main
from e2e.demo import Demo
from e2e.demo.setting import find_step
from e2e.journeys import JOURNEYS, Journey, cancellation, purchase_to_login, whole_life
from mock_sites import Commands, Server, loopback_client

ROOT: Final = Path(__file__).parents[1]
PATIENCE: Final = 60
"""Seconds after which a demo counts as hanging."""

JOURNEYS_COMMAND: Final = "from e2e.cli import main; main()"
SHORT: Final = f"from e2e.journeys import purchase_to_login; purchase_to_login.steps[3:] = []; {JOURNEYS_COMMAND}"
UNSEEN: Final = ("--headless", "--speed", "100")
FAILING: Final = f"""
from playwright.sync_api import expect
from e2e.journeys import Text, purchase_to_login

rounds = []

@purchase_to_login.step("buyer", en="Reach for the moon", zh="", caption=Text(en="", zh=""))
def reaches_for_the_moon(buyer, scenario):
    rounds.append(scenario)
    buyer.page.set_content("<h1>Earth</h1>" if len(rounds) == 2 else "<h1>Moon</h1>")
    expect(buyer.page.get_by_role("heading", name="Moon")).to_be_visible(timeout=100)

purchase_to_login.steps[:-1] = []
{JOURNEYS_COMMAND}
"""


def start(code: str, *arguments: str, folder: Path, **environment: str) -> subprocess.Popen[str]:
    """Start Python on ``code`` with its temporary files in ``folder``."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder), "PYTHONUNBUFFERED": "1", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def run(code: str, *arguments: str, folder: Path, environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    """The exit code of Python on ``code``, and what it printed."""
    process = start(code, *arguments, folder=folder, **(environment or {}))
    output, _nothing = process.communicate(timeout=PATIENCE)
    return process.returncode, output


def run_journeys(*arguments: str, **environment: str) -> tuple[int, str]:
    """The exit code of a command that starts neither server nor browser, done in this process, and what it printed."""
    result = CliRunner().invoke(main, arguments, env=environment)
    return result.exit_code, result.output


def leftovers(folder: Path) -> list[str]:
    """What servers and browsers left in their folder for temporary files."""
    return [path.name for path in folder.iterdir() if path.name.startswith(("mock-sites", "playwright"))]


def is_animated(film: Path) -> bool:
    """Whether a GIF shows several pictures."""
    with Image.open(film) as opened:
        return opened.format == "GIF" and getattr(opened, "n_frames", 1) > 1


def test_the_program_ends_in_order_on_a_signal() -> None:
    assert isinstance(main, Commands)


def is_dark(film: Path) -> bool:
    """Whether a film begins with a dark picture, such as the title; the pages are bright."""
    with Image.open(film) as opened:
        red, green, _blue = opened.convert("RGB").resize((1, 1)).tobytes()
        return max(red, green) < 100


def test_the_list_shows_journeys_steps_and_clauses() -> None:
    code, output = run_journeys("list")

    assert code == 0
    for journey in JOURNEYS.values():
        assert journey.name in output
        for step in journey.steps:
            assert f" {step.option} " in output
            assert find_step(journey, step.option) is step
            assert step.title.en in output
            assert step.title.zh in output
            assert " ".join(step.clauses) in output


def test_the_list_of_one_journey_shows_no_other() -> None:
    code, output = run_journeys("list", "cancellation")

    assert code == 0
    assert [name for name in JOURNEYS if f"{name}: " in output] == ["cancellation"]


def test_the_list_of_commands_has_whole_sentences() -> None:
    _code, output = run_journeys("--help")

    shown = " ".join(output.split())
    for command in main.commands.values():
        assert " ".join(str(command.help).split()).partition(".")[0] in shown, command.name


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("review", "`journeys record` writes to output/recordings. Or name what is there already: `journeys review "),
        ("review --watch", "`journeys record` writes to"),
        ("review gone", "`journeys record` writes to"),
        ("review --learn e2e gone", "`journeys record` writes to"),
        ("approve gone", "`journeys approve FOLDER`"),
        ("approve e2e --decisions gone.json", "`journeys review --decide gone.json`"),
        ("merge gone", "pytest --splits NUMBER --group NUMBER --junitxml gone/junit.xml"),
    ],
)
def test_what_is_not_there_yet_is_named_with_the_command_that_makes_it(
    words: str, command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "e2e").mkdir()
    monkeypatch.chdir(tmp_path)

    code, output = run_journeys(*words.split())

    assert code == 2
    assert command in output
    assert len(output.splitlines()) == 1


def test_a_world_that_was_not_recorded_is_refused_with_the_command_that_records(tmp_path: Path) -> None:
    with Server(port=0) as server:
        server.worlds.make("demo")
        words = ("save-test", "demo", str(tmp_path / "test_it.py"), "--mock-server", server.url)

        assert "`mock-sites worlds record NAME` begins a recording." in run_journeys(*words)[1]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("demo", f"Name a journey. There are: {', '.join(JOURNEYS)}."),
        ("demo purchase_to_login", "There is no journey called 'purchase_to_login'. Did you mean purchase-to-login?"),
        ("list cancelation", "There is no journey called 'cancelation'. Did you mean cancellation?"),
        ("record cancelation", "There is no journey called 'cancelation'. Did you mean cancellation?"),
    ],
)
def test_a_journey_that_is_not_named_or_misspelt_is_reported_in_one_line(words: str, line: str) -> None:
    assert run_journeys(*words.split()) == (2, f"journeys: {line}\n")


@pytest.mark.parametrize("command", ["demo", "record"])
def test_the_language_may_be_written_out(command: str) -> None:
    code, output = run_journeys(command, "to-the-moon", "--language", "zh")

    assert (code, "no journey called 'to-the-moon'" in output) == (2, True)


def test_a_demo_from_a_step_on_prints_its_steps_and_leaves_pictures_and_a_film(tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    (pictures / "03-clicks-subscribe-now.png").touch()
    (pictures / "holiday.png").touch()
    film, subtitles = tmp_path / "films" / "film.gif", tmp_path / "subtitles" / "film.vtt"
    files = ("--record", str(film), "--subtitles", str(subtitles))
    # Fast, but slow enough for the film to have a picture of the title.
    options = ("--headless", "--speed", "20", "--lang", "zh", "--from", "opens-the-product-page", *files)

    code, output = run(SHORT, "demo", "purchase-to-login", *options, "--output", str(pictures), folder=tmp_path)

    assert code == 0, output
    signs_in, *shown = purchase_to_login.steps[:3]
    assert signs_in.title.zh not in output
    assert "Going to step 2: what comes before it is played first." in output
    for step in shown:
        assert re.search(rf"{step.title.zh} .*\d\.\d\d s", output)
    assert sorted(path.name for path in pictures.iterdir()) == [
        "02-opens-the-product-page.png",
        "03-clicks-subscribe-now.png",
        "holiday.png",
    ]
    assert all(picture.stat().st_size for picture in pictures.glob("0*.png"))
    assert is_animated(film)
    assert is_dark(film), "the title of the journey is the first thing to be seen"
    shown_lines = [line for line in subtitles.read_text(encoding="utf-8").splitlines() if line and "-->" not in line]
    assert purchase_to_login.about
    assert shown_lines == [
        "WEBVTT",
        purchase_to_login.about.zh,
        *(f"<v 采购人员>{step.caption.zh}" for step in shown),
    ]
    assert leftovers(tmp_path) == []


def test_a_loop_continues_until_a_step_fails_which_is_reported_with_its_picture(tmp_path: Path) -> None:
    options = (*UNSEEN, "--loop", "--output", str(tmp_path))

    code, output = run(FAILING, "demo", "purchase-to-login", *options, folder=tmp_path)

    assert code == 1, output
    assert output.count("Done") == 1
    assert "Step 1, 'Reach for the moon', failed" in output
    assert "Moon" in output
    assert "Traceback" not in output
    assert (tmp_path / "01-reaches-for-the-moon.png").exists()
    assert leftovers(tmp_path) == []


def test_an_unknown_journey_is_reported_in_one_line() -> None:
    code, output = run_journeys("demo", "to-the-moon")

    assert code == 2
    assert output == f"journeys: There is no journey called 'to-the-moon'. There are: {', '.join(JOURNEYS)}.\n"


def test_a_folder_that_cannot_be_written_is_reported_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "pictures"

    code, output = run_journeys("demo", "purchase-to-login", "--output", str(folder))

    assert code == 2
    assert (
        output == f"journeys: Cannot write pictures to {folder}: Not a directory. Name another folder with --output.\n"
    )


def test_a_pause_without_a_terminal_and_a_window_is_refused_before_anything_starts(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"

    code, output = run_journeys("demo", "purchase-to-login", "--headless", "--pause", "--output", str(folder))

    assert code == 2
    assert output == "journeys: There is neither a terminal nor a window to press a key in. Leave out --pause.\n"
    assert not folder.exists()


def test_a_missing_browser_is_reported_in_one_line(tmp_path: Path) -> None:
    missing = {"MOCK_SITES_CHROMIUM": str(tmp_path / "no-such-headless-browser")}
    options = ("--headless", "--output", str(tmp_path))

    code, output = run(JOURNEYS_COMMAND, "demo", "purchase-to-login", *options, folder=tmp_path, environment=missing)

    assert code == 2
    assert len(output.splitlines()) == 1
    assert output.endswith("Correct or unset the variable MOCK_SITES_CHROMIUM.\n")


@pytest.mark.skipif(sys.platform == "darwin", reason="there is always a display")
def test_a_missing_display_is_reported_in_one_line(tmp_path: Path) -> None:
    options = ("--headed", "--output", str(tmp_path))

    code, output = run_journeys("demo", "purchase-to-login", *options, DISPLAY="", WAYLAND_DISPLAY="")

    assert code == 2
    assert output == "journeys: There is no display to show a browser on. Leave out --headed, or try xvfb-run.\n"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("film.avi", "A film cannot be written to {file}: name a file that ends in .webm, .mp4, .gif or .webp."),
        ("file/film.mp4", "Cannot write the film to {file}: {reason}."),
        ("folder.gif", "Cannot write the film to {file}: Is a directory."),
    ],
)
def test_a_film_that_cannot_be_written_is_reported_in_one_line_before_anything_is_played(
    tmp_path: Path, file: str, words: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder.gif").mkdir()

    code, output = run_journeys("demo", "purchase-to-login", "--headless", "--record", str(tmp_path / file))

    assert code == 2
    assert output in {
        f"journeys: {words.format(file=tmp_path / file, reason=reason)}\n"
        for reason in ("Not a directory", "File exists")
    }


def test_a_missing_ffmpeg_is_reported_in_one_line(tmp_path: Path) -> None:
    missing = str(tmp_path / "no-ffmpeg")

    code, output = run_journeys(
        "demo", "purchase-to-login", "--record", str(tmp_path / "film.mp4"), IMAGEIO_FFMPEG_EXE=missing
    )

    assert code == 2
    assert output == (
        f"journeys: There is no ffmpeg to write a film with at {missing}. "
        "Install one, or name one in IMAGEIO_FFMPEG_EXE.\n"
    )


def test_a_server_that_has_died_is_reported_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def play(_demo: Demo) -> None:
        loopback_client("http://localhost:9").get("/api/worlds")

    monkeypatch.setattr(Demo, "play", play)

    code, output = run_journeys("demo", "purchase-to-login", "--output", str(tmp_path))

    assert code == 2
    assert output == (
        "journeys: No mock sites answer at http://localhost:9: they have stopped, or were never started.\n"
    )


def test_a_film_is_of_one_round() -> None:
    code, output = run_journeys("demo", "purchase-to-login", "--loop", "--record", "film.mp4")

    assert code == 2
    assert output == "journeys: A film shows a journey once: leave out --loop or --record.\n"


def test_subtitles_need_a_film_and_a_file_that_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    options = ("--headless", "--record", str(tmp_path / "film.mp4"))
    lost = tmp_path / "file" / "film.vtt"

    assert run_journeys("demo", "purchase-to-login", "--subtitles", "film.vtt") == (
        2,
        "journeys: Subtitles have the times of a film: name a film with --record as well.\n",
    )
    code, output = run_journeys("demo", "purchase-to-login", *options, "--subtitles", str(lost))
    assert code == 2
    assert output.startswith(f"journeys: Cannot write the subtitles to {lost}: ")


def test_a_step_is_found_by_its_name_or_number_and_all_are_listed_if_it_is_not() -> None:
    third = purchase_to_login.steps[2]

    code, output = run_journeys("demo", "purchase-to-login", "--from", "to-the-moon")

    assert [find_step(purchase_to_login, name) for name in ("3", "clicks-subscribe-now", third.name)] == [third] * 3
    assert code == 2
    assert len(output.splitlines()) == 1
    assert "1 signs-in-to-huawei-cloud, 2 opens-the-product-page, 3 clicks-subscribe-now" in output


@pytest.mark.parametrize(
    ("journey", "step", "start"),
    [
        (purchase_to_login, "uses_now", "signs_in_to_huawei_cloud"),
        (purchase_to_login, "subscribes_with_the_account_id", "signs_in_at_unified_login"),
        (cancellation, "confirms_close_resource", "signs_in_to_huawei_cloud"),
        (cancellation, "unlocks_what_is_locked", "enters_the_locked_workspace"),
        # The buyer, who signed in at the beginning, goes on later.
        (whole_life, "subscribes_with_the_account_id", "signs_in_to_huawei_cloud"),
    ],
)
def test_a_ready_world_is_one_in_which_nobody_needs_an_earlier_sign_in(journey: Journey, step: str, start: str) -> None:
    assert journey.fresh_start(find_step(journey, step)).name == start


def seen(process: subprocess.Popen[str], client: httpx.Client, path: str, pattern: str) -> re.Match[str]:
    """What is found on a page, as soon as it is there, while the process runs."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        if found := re.search(pattern, client.get(path).text):
            return found
    process.kill()
    pytest.fail(f"no {pattern} at {path}: {process.communicate()}")


def choose(process: subprocess.Popen[str], client: httpx.Client, journey: str) -> None:
    """Choose a journey on the page of the world ``main`` as soon as the player waits."""
    token = seen(process, client, "/worlds/main", r'name="demo-csrf_token" type="hidden" value="([^"]+)"')[1]
    client.post("/worlds/main/demos", data={"demo-csrf_token": token, "demo-journey": journey})


def interrupt(process: subprocess.Popen[str]) -> str:
    """Press Ctrl-C. Return what the process has printed."""
    process.send_signal(signal.SIGINT)
    output, _nothing = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    return output


def test_a_journey_that_is_chosen_on_the_page_of_a_world_is_played_there_and_its_steps_are_seen(tmp_path: Path) -> None:
    with Server(port=0) as server, loopback_client(server.url) as client:
        server.worlds.make("main", running=False)
        options = ("--mock-server", server.url, *UNSEEN, "--output", str(tmp_path / "pictures"))
        process = start(SHORT, "player", *options, folder=tmp_path)
        choose(process, client, "purchase-to-login")
        steps = seen(process, client, "/worlds/main/timeline?kind=step", "played to its end").string
        output = interrupt(process)

    for number, step in enumerate(purchase_to_login.steps[:3], 1):
        assert step.title.en in steps
        assert f"{number}/3" in steps
    assert "Waiting for a journey that is chosen on the page of a world" in output
    assert "failed" not in output
    assert "not played to its end" not in steps
    assert len(list((tmp_path / "pictures").iterdir())) == 3
    assert leftovers(tmp_path) == []


def test_a_journey_is_stopped_on_the_page_of_its_world_and_the_next_one_is_played(tmp_path: Path) -> None:
    with Server(port=0) as server, loopback_client(server.url) as client:
        server.worlds.make("main", running=False)
        options = ("--mock-server", server.url, *UNSEEN, "--output", str(tmp_path / "pictures"))
        process = start(JOURNEYS_COMMAND, "player", *options, folder=tmp_path)
        for _round in range(2):
            choose(process, client, "purchase-to-login")
            stop = seen(process, client, "/worlds/main", r'action="(/worlds/main/demos/\d+/stop)"')
            token = re.search(r'name="csrf_token" value="([^"]+)"', stop.string)
            assert client.post(stop[1], data={"csrf_token": token[1] if token else ""}).status_code == 302
            seen(process, client, "/worlds/main", 'name="demo-journey"')
        steps = client.get("/worlds/main/timeline?kind=step").text
        output = interrupt(process)

    assert steps.count(">stopped<") == 2
    assert f"{len(purchase_to_login.steps)}/" not in steps
    assert "Traceback" not in output
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(("moment", "number"), [("http://", signal.SIGINT), (" 2/24", signal.SIGTERM)])
def test_a_signal_to_all_ends_browser_and_server_at_any_point_and_a_film_shows_what_was_seen(
    tmp_path: Path, moment: str, number: signal.Signals
) -> None:
    film = tmp_path / "film.gif"
    options = ("--headless", "--speed", "20", "--record", str(film), "--output", str(tmp_path))
    process = start(JOURNEYS_COMMAND, "demo", "purchase-to-login", *options, folder=tmp_path)
    assert process.stdout
    received = ""
    while moment not in received:
        received += process.stdout.read(1)

    os.killpg(process.pid, number)
    output, _nothing = process.communicate(timeout=PATIENCE)

    assert process.returncode == 128 + number, received + output
    assert "Stopped." in output
    assert "Traceback" not in output
    assert leftovers(tmp_path) == []
    assert is_animated(film) if moment == " 2/24" else not film.exists()
    assert ("No film was made: the demo was stopped before anything could be seen." in output) is not film.exists()
    assert not list(tmp_path.glob(".film*"))
